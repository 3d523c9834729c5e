//! The demo's people: the same ones at every start.

mod ascii;
mod names;
mod random;

pub(crate) use random::Random;

use crate::PEOPLE;
use names::{CULTURES, Culture};
use std::collections::HashMap;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// ASCII, unique.
    pub(crate) uid: String,
    pub(crate) names: Names,
    /// None, one or two.
    pub(crate) mails: Vec<String>,
    pub(crate) phone: Option<String>,
    pub(crate) department: &'static str,
    pub(crate) title: String,
    pub(crate) office: &'static str,
    /// 1 to [`PEOPLE`].
    pub(crate) number: usize,
}

/// What a person is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    /// In Latin letters.
    pub(crate) given: String,
    /// In Latin letters.
    pub(crate) family: String,
    /// Both, as the person writes them.
    pub(crate) shown: String,
    /// BCP 47.
    pub(crate) language: &'static str,
}

/// The departments, each with what its people are called.
pub(crate) const DEPARTMENTS: [(&str, [&str; 3]); 12] = [
    ("Engineering", ["Software Engineer", "Systems Engineer", "Test Engineer"]),
    ("Research", ["Researcher", "Data Scientist", "Laboratory Assistant"]),
    ("Design", ["Designer", "Illustrator", "User Researcher"]),
    ("Sales", ["Account Manager", "Sales Representative", "Sales Analyst"]),
    ("Marketing", ["Campaign Manager", "Copywriter", "Event Planner"]),
    ("Support", ["Support Agent", "Support Engineer", "Trainer"]),
    ("Finance", ["Accountant", "Controller", "Payroll Clerk"]),
    ("Legal", ["Counsel", "Paralegal", "Contract Manager"]),
    ("People & Culture", ["Recruiter", "HR Partner", "Coach"]),
    ("Operations", ["Operator", "Site Reliability Engineer", "Network Engineer"]),
    ("Logistics", ["Planner", "Warehouse Manager", "Buyer"]),
    ("Facilities", ["Facility Manager", "Electrician", "Receptionist"]),
];

/// The offices with the beginnings of their telephone numbers. The first five are in Europe.
pub(crate) const OFFICES: [(&str, &str); 10] = [
    ("Berlin", "+49 30"),
    ("Kraków", "+48 12"),
    ("Αθήνα", "+30 21"),
    ("Paris", "+33 1"),
    ("Zürich", "+41 44"),
    ("İstanbul", "+90 212"),
    ("Hà Nội", "+84 24"),
    ("東京", "+81 3"),
    ("São Paulo", "+55 11"),
    ("Toronto", "+1 416"),
];

/// All of them, in the order of their numbers.
pub(crate) fn people() -> Vec<Person> {
    let mut random = Random::new(0x006d_7573_7465_7221);
    let mut taken = HashMap::new();
    let mut people: Vec<Person> = Vec::with_capacity(PEOPLE);
    for number in 1..=PEOPLE {
        // Now and then two people of the same name: a name alone does not tell who is meant.
        let names = match number.is_multiple_of(300) {
            true => people[number - 200].names.clone(),
            false => names(&mut random),
        };
        let uid = unique_uid(&mut taken, &names);
        people.push(person(&mut random, number, uid, names));
    }
    people
}

fn names(random: &mut Random) -> Names {
    let Culture { language, family_first, given, family } = &CULTURES[random.below(CULTURES.len())];
    let (given, given_native) = random.pick(given);
    let (family, family_native) = random.pick(family);
    let shown = if *family_first {
        format!("{family_native} {given_native}")
    } else {
        format!("{given_native} {family_native}")
    };
    Names { given: given.to_owned(), family: family.to_owned(), shown, language }
}

fn unique_uid(taken: &mut HashMap<String, usize>, names: &Names) -> String {
    let initial: String = ascii::ascii(&names.given).chars().take(1).collect();
    // Without digits, so that a number at the end is always the count.
    let stem = format!("{initial}{}", ascii::ascii(&names.family));
    let count = taken.entry(stem.clone()).or_insert(0);
    *count += 1;
    if *count == 1 { stem } else { format!("{stem}{count}") }
}

fn person(random: &mut Random, number: usize, uid: String, names: Names) -> Person {
    let (department, titles) = DEPARTMENTS[random.below(DEPARTMENTS.len())];
    let (office, prefix) = OFFICES[random.below(OFFICES.len())];
    let title = match random.below(20) {
        0 => format!("Head of {department}"),
        1..=4 => format!("Senior {}", random.pick(&titles)),
        _ => random.pick(&titles).to_owned(),
    };
    let mail = format!("{uid}@demo.example");
    let mails = match number {
        _ if number.is_multiple_of(41) => vec![],
        _ if number.is_multiple_of(37) => {
            let (given, family) = (ascii::ascii(&names.given), ascii::ascii(&names.family));
            let long = format!("{given}.{family}.{number}@demo.example");
            vec![mail, long]
        }
        _ => vec![mail],
    };
    let phone = (!number.is_multiple_of(29)).then(|| format!("{prefix} 555 {number:04}"));
    Person { uid, names, mails, phone, department, title, office, number }
}

#[cfg(test)]
mod tests;
