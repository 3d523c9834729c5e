//! People to fill a directory with: the same seed gives the same people, in any number.

use base64::{Engine, engine::general_purpose::STANDARD};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// The suffix of the tree.
pub const SUFFIX: &str = "dc=example,dc=org";
/// Where people are.
pub const PEOPLE_DN: &str = "ou=people,dc=example,dc=org";

const FIRST_NAMES: &[&str] = &[
    "Anna",
    "Björn",
    "Chloé",
    "Dávid",
    "Elif",
    "Farid",
    "Giulia",
    "Håkon",
    "Inês",
    "José",
    "Katarzyna",
    "Liam",
    "Mei",
    "Noor",
    "Ольга",
    "Pavel",
    "Qiang",
    "Rosa",
    "Søren",
    "Tariq",
    "Uma",
    "Victor",
    "Wanda",
    "Ximena",
    "裕子",
    "Zoë",
    "Aïsha",
    "Boris",
    "Carmen",
    "Δημήτρης",
    "Emma",
    "François",
    "Grace",
    "Hugo",
    "İpek",
    "Jürgen",
    "Kofi",
    "Lucía",
    "Marek",
    "Nadia",
    "Óscar",
    "Priya",
    "Renée",
    "Štefan",
    "Thandi",
    "Ulrich",
    "Věra",
    "William",
    "Yusuf",
    "Žofia",
];

const LAST_NAMES: &[&str] = &[
    "Andersson",
    "Brown",
    "Çelik",
    "Dubois",
    "Eriksen",
    "Fernández",
    "García",
    "Hoffmann",
    "Иванова",
    "Jansen",
    "Kowalski",
    "Li",
    "Müller",
    "Nguyễn",
    "O'Connor",
    "Петров",
    "Quispe",
    "Rossi",
    "Schmidt",
    "田中",
    "Ueda",
    "Vargas",
    "Wang",
    "Xu",
    "Yılmaz",
    "Zhang",
    "Abadi",
    "Baker",
    "de Castro",
    "Díaz",
    "Evans",
    "Groß",
    "Gupta",
    "Haddad",
    "Ito",
    "Jones",
    "Khan",
    "López",
    "Meyer",
    "Novák",
    "Okafor",
    "Παππάς",
    "Ramírez",
    "Silva",
    "Traoré",
    "Ul-Haq",
    "van der Berg",
    "Weber",
    "Yamamoto",
    "Ziegler",
];

const DEPARTMENTS: &[&str] = &[
    "Engineering",
    "Sales",
    "Finance",
    "Human Resources",
    "Legal",
    "Support",
    "Operations",
    "Marketing",
    "Research & Development",
    "IT, Infrastructure",
    "Facilities",
    "Einkauf und Verträge",
];

const TITLES: &[&str] = &[
    "Engineer",
    "Senior Engineer",
    "Analyst",
    "Manager",
    "Director",
    "Specialist",
    "Consultant",
    "Assistant",
    "Team Lead",
    "Administrator",
];

/// A number of people, made one by one and never all in memory.
#[derive(Debug, Clone, Copy)]
pub struct People {
    count: u32,
    seed: u64,
    changed: f64,
}

/// A person. Named as the attributes of inetOrgPerson.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the attributes of inetOrgPerson (RFC 2798)")]
pub struct Person {
    pub entry_uuid: String,
    pub uid: String,
    pub cn: String,
    pub given_name: String,
    pub sn: String,
    pub display_name: String,
    pub mail: String,
    pub telephone_number: String,
    pub mobile: String,
    pub department_number: String,
    pub title: String,
    pub employee_number: String,
}

impl People {
    /// So many people.
    pub fn new(count: u32) -> Self {
        Self { count, seed: 1, changed: 0.0 }
    }

    /// Others than those of the default seed; their uid and entryUUID stay the same.
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The same people later: this fraction of them, spread evenly, has another phone and title.
    pub fn changed(self, fraction: f64) -> Self {
        Self { changed: fraction, ..self }
    }

    /// Them, one by one.
    pub fn iter(self) -> impl Iterator<Item = Person> {
        (0..self.count).map(move |index| self.person(index))
    }

    /// How many of them have changed.
    pub fn changed_count(self) -> u32 {
        (0..self.count).filter(|index| self.has_changed(*index)).count() as u32
    }

    /// Writes the suffix, `ou=people` and the people as LDIF (RFC 2849).
    pub fn write_ldif(self, path: &Path) -> io::Result<()> {
        let mut ldif = BufWriter::with_capacity(1 << 20, File::create(path)?);
        writeln!(ldif, "dn: {SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Example\ndc: example\n")?;
        writeln!(ldif, "dn: {PEOPLE_DN}\nobjectClass: organizationalUnit\nou: people\n")?;
        for person in self.iter() {
            person.write_ldif(&mut ldif)?;
        }
        ldif.flush()
    }

    fn person(self, index: u32) -> Person {
        let mut random = Random(self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(index) << 20);
        let given_name = random.pick(FIRST_NAMES).to_owned();
        let sn = random.pick(LAST_NAMES).to_owned();
        let uid = format!("user{index:07}");
        let display_name =
            if random.below(4) == 0 { format!("{sn}, {given_name}") } else { format!("{given_name} {sn}") };
        let mut person = Person {
            entry_uuid: format!("00000000-0000-4000-8000-{index:012x}"),
            mail: format!("{uid}@example.org"),
            cn: format!("{given_name} {sn}"),
            telephone_number: format!("+49 30 {:07}", random.below(10_000_000)),
            mobile: format!("+49 170 {:07}", random.below(10_000_000)),
            department_number: random.pick(DEPARTMENTS).to_owned(),
            title: random.pick(TITLES).to_owned(),
            employee_number: format!("{}", 100_000 + index),
            uid,
            given_name,
            sn,
            display_name,
        };
        if self.has_changed(index) {
            person.title = format!("Promoted {}", person.title);
            person.telephone_number = format!("+49 40 {:07}", random.below(10_000_000));
        }
        person
    }

    /// Every 1/fraction-th.
    fn has_changed(self, index: u32) -> bool {
        let before = (f64::from(index) * self.changed).floor();
        (f64::from(index + 1) * self.changed).floor() > before
    }
}

impl Person {
    /// The DN.
    pub fn dn(&self) -> String {
        format!("uid={},{PEOPLE_DN}", self.uid)
    }

    /// Its attributes, in a fixed order.
    pub fn attributes(&self) -> [(&'static str, &str); 11] {
        [
            ("uid", &self.uid),
            ("cn", &self.cn),
            ("givenName", &self.given_name),
            ("sn", &self.sn),
            ("displayName", &self.display_name),
            ("mail", &self.mail),
            ("telephoneNumber", &self.telephone_number),
            ("mobile", &self.mobile),
            ("departmentNumber", &self.department_number),
            ("title", &self.title),
            ("employeeNumber", &self.employee_number),
        ]
    }

    /// Writes the entry, ready for `slapadd`.
    pub fn write_ldif(&self, ldif: &mut impl Write) -> io::Result<()> {
        writeln!(ldif, "dn: {}\nobjectClass: inetOrgPerson\nentryUUID: {}", self.dn(), self.entry_uuid)?;
        for (name, value) in self.attributes() {
            if value.is_ascii() && !value.starts_with([' ', ':', '<']) && !value.ends_with(' ') {
                writeln!(ldif, "{name}: {value}")?;
            } else {
                writeln!(ldif, "{name}:: {}", STANDARD.encode(value))?;
            }
        }
        writeln!(ldif)
    }
}

/// SplitMix64: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_people() {
        assert!(People::new(100).iter().eq(People::new(100).iter()));
        assert!(!People::new(100).iter().eq(People::new(100).seed(2).iter()));
    }

    #[test]
    fn five_in_a_hundred_change_and_the_others_do_not() {
        let later = People::new(1000).changed(0.05);
        let differing = People::new(1000).iter().zip(later.iter()).filter(|(before, after)| before != after).count();
        assert_eq!((differing, later.changed_count()), (50, 50));
    }
}
