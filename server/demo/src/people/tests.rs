use super::*;
use std::collections::HashSet;

#[test]
fn the_people_are_the_same_at_every_start() {
    let first = people();
    assert_eq!(first.len(), PEOPLE);
    assert_eq!(first, people());
}

#[test]
fn usernames_are_unique_and_plain() {
    let people = people();
    let uids: HashSet<&str> = people.iter().map(|person| person.uid.as_str()).collect();
    assert_eq!(uids.len(), PEOPLE);
    let plain = |uid: &&str| uid.len() > 2 && uid.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    assert_eq!(uids.iter().find(|uid| !plain(uid)), None);
}

#[test]
fn addresses_are_unique_and_some_have_none_or_two() {
    let people = people();
    let mails: Vec<&String> = people.iter().flat_map(|person| &person.mails).collect();
    assert_eq!(mails.iter().collect::<HashSet<_>>().len(), mails.len());
    let with = |count| people.iter().filter(|person| person.mails.len() == count).count();
    assert!(with(0) >= 20 && with(2) >= 20, "{} without, {} with two", with(0), with(2));
}

#[test]
fn two_people_have_the_same_name() {
    let people = people();
    assert_eq!(people[299].names, people[100].names);
    assert_ne!(people[299].uid, people[100].uid);
}

#[test]
fn every_language_every_department_and_every_office_is_there() {
    let people = people();
    let count = |of: fn(&Person) -> &'static str| people.iter().map(of).collect::<HashSet<_>>().len();
    assert_eq!(count(|person| person.names.language), CULTURES.len());
    assert_eq!(count(|person| person.department), DEPARTMENTS.len());
    assert_eq!(count(|person| person.office), OFFICES.len());
}

#[test]
fn uuids_have_their_version_and_variant() {
    let mut random = Random::new(1);
    let uuids: Vec<String> = (0..1000).map(|_| random.uuid()).collect();
    for uuid in &uuids {
        assert!(uuid.len() == 36 && uuid.as_bytes()[14] == b'4' && b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    }
    assert_eq!(uuids.iter().collect::<HashSet<_>>().len(), 1000);
}
