//! The entries that are there at the start.

use super::{Tree, change::operational, clock};
use crate::{
    BASE_DN, BIND_DN, GROUPS_DN, PEOPLE_DN,
    people::{DEPARTMENTS, OFFICES, Person, Random, people},
};
use identity::{
    dn::{Dn, Rdn},
    entry::{AttributeValue, Entry},
};
use std::collections::{BTreeMap, HashMap};

type Attribute<'a> = (&'a str, Vec<String>);

impl Tree {
    /// A new tree with the demo's people and groups.
    pub(crate) fn seeded() -> Self {
        let uuids = Random::new(0x0064_656d_6f2d_7575);
        let mut tree = Tree { nodes: BTreeMap::new(), by_dn: HashMap::new(), next: 0, uuids };
        let top = |class: &str| ("objectClass", vec!["top".to_owned(), class.to_owned()]);
        let one = |name: &'static str, value: &str| (name, vec![value.to_owned()]);
        tree.plant(&dn(BASE_DN), vec![top("domain"), one("dc", "demo"), one("o", "Muster demo")]);
        tree.plant(
            &dn(BIND_DN),
            vec![top("applicationProcess"), one("cn", "muster"), one("description", "Muster's own account")],
        );
        tree.plant(&dn(PEOPLE_DN), vec![top("organizationalUnit"), one("ou", "people")]);
        tree.plant(&dn(GROUPS_DN), vec![top("organizationalUnit"), one("ou", "groups")]);
        let people = people();
        let names: Vec<Dn> = people.iter().map(person_dn).collect();
        for (person, name) in people.iter().zip(&names) {
            // Everyone's manager is the first of the department.
            let head = people.iter().position(|other| other.department == person.department);
            let manager = head.map(|head| &names[head]).filter(|head| *head != name);
            tree.plant(name, person_attributes(person, manager));
        }
        for (name, description, members) in groups(&people, &names) {
            tree.plant(
                &group_dn(&name),
                vec![top("groupOfNames"), one("cn", &name), one("description", &description), ("member", members)],
            );
        }
        tree
    }

    /// Adds an entry that was always there.
    fn plant(&mut self, dn: &Dn, attributes: Vec<Attribute<'_>>) {
        let uuid = self.uuids.uuid();
        let day = clock::day(self.uuids.below(2_500) as i64, self.uuids.below(86_400) as i64);
        let text = |(name, values): Attribute<'_>| {
            (name.to_owned(), values.into_iter().map(AttributeValue::Text).collect::<Vec<_>>())
        };
        let filled = attributes.into_iter().filter(|(_, values)| !values.is_empty());
        let attributes = filled.map(text).chain(operational(uuid, day)).collect();
        let parent = dn.parent().and_then(|parent| self.by_dn.get(&parent.key()).copied());
        self.insert(dn, Entry { dn: dn.to_string(), attributes }, parent);
    }
}

fn dn(text: &str) -> Dn {
    Dn::parse(text).expect("the demo's own names are DNs")
}

fn rdn(attribute: &str, value: &str) -> Rdn {
    Rdn::new(attribute, value).expect("the demo's own attributes have legal names")
}

/// Mostly `uid=…`; some by name, with a comma in it, as other directories do.
fn person_dn(person: &Person) -> Dn {
    let rdn = match person.number.is_multiple_of(50) {
        true => rdn("cn", &format!("{}, {} ({})", person.names.family, person.names.given, person.number)),
        false => rdn("uid", &person.uid),
    };
    dn(PEOPLE_DN).child(rdn)
}

fn group_dn(name: &str) -> Dn {
    dn(GROUPS_DN).child(rdn("cn", name))
}

fn person_attributes(person: &Person, manager: Option<&Dn>) -> Vec<Attribute<'static>> {
    let Person { uid, names, mails, phone, department, title, office, number } = person;
    let mut full_names = vec![format!("{} {}", names.given, names.family)];
    if number.is_multiple_of(50) {
        full_names.push(format!("{}, {} ({number})", names.family, names.given));
    }
    let classes = ["top", "person", "organizationalPerson", "inetOrgPerson"];
    vec![
        ("objectClass", classes.map(str::to_owned).to_vec()),
        ("uid", vec![uid.clone()]),
        ("cn", full_names),
        ("givenName", vec![names.given.clone()]),
        ("sn", vec![names.family.clone()]),
        ("displayName", vec![names.shown.clone()]),
        ("mail", mails.clone()),
        ("telephoneNumber", phone.iter().cloned().collect()),
        ("departmentNumber", vec![(*department).to_owned()]),
        ("ou", vec![(*department).to_owned()]),
        ("title", vec![title.clone()]),
        ("l", vec![(*office).to_owned()]),
        ("employeeNumber", vec![format!("{number:04}")]),
        ("preferredLanguage", vec![names.language.to_owned()]),
        ("manager", manager.map(Dn::to_string).into_iter().collect()),
    ]
}

/// Name, description and members: departments, offices, projects, groups of groups, and two that hold each other.
fn groups(people: &[Person], names: &[Dn]) -> Vec<(String, String, Vec<String>)> {
    let members = |belongs: &dyn Fn(&Person) -> bool| -> Vec<String> {
        people.iter().zip(names).filter(|(person, _)| belongs(person)).map(|(_, name)| name.to_string()).collect()
    };
    let plain = |text: &str| text.to_lowercase().replace(" & ", "-and-").replace(' ', "-");
    let office = |name: &str| format!("office-{}", plain(name));
    let mut groups = Vec::new();
    for (department, _) in DEPARTMENTS {
        let members = members(&|person| person.department == department);
        groups.push((plain(department), format!("Everyone in {department}"), members));
    }
    for (place, _) in OFFICES {
        groups.push((office(place), format!("The office in {place}"), members(&|person| person.office == place)));
    }
    for project in 1..=12 {
        let members = members(&|person| person.number % 12 == project % 12 && person.number.is_multiple_of(5));
        groups.push((format!("project-{project:02}"), format!("Project {project}"), members));
    }
    let (europe, world) = OFFICES.split_at(5);
    let offices = |part: &[(&str, &str)]| part.iter().map(|(place, _)| group_dn(&office(place)).to_string()).collect();
    groups.push(("region-europe".to_owned(), "Offices in Europe".to_owned(), offices(europe)));
    groups.push(("region-world".to_owned(), "Offices elsewhere".to_owned(), offices(world)));
    let regions = ["region-europe", "region-world"].map(|name| group_dn(name).to_string());
    groups.push(("all-staff".to_owned(), "Everyone, by region".to_owned(), regions.to_vec()));
    let heads = members(&|person| person.title.starts_with("Head of"));
    groups.push(("heads".to_owned(), "Heads of departments".to_owned(), heads));
    for (name, other, remainder) in [("guild-rust", "guild-directory", 3), ("guild-directory", "guild-rust", 7)] {
        let mut members = members(&|person| person.number % 40 == remainder);
        members.push(group_dn(other).to_string());
        groups.push((name.to_owned(), format!("With everyone of {other}"), members));
    }
    groups
}
