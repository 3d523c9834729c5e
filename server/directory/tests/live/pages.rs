//! Complete results: all pages, all bases, nothing lost and nothing twice.

use crate::target::{everyone, find, search, target};
use directory::Search;
use identity::{
    directory::Scope,
    entry::{AttributeValue, Entry},
    filter::Filter,
};
use std::collections::BTreeSet;
use testkit::{People, Slapd};

fn uids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeSet<&'a str> {
    entries.into_iter().flat_map(|entry| entry.texts("uid")).collect()
}

#[tokio::test]
async fn five_thousand_people_arrive_in_pages_of_a_thousand() {
    let slapd = Slapd::shared();
    let found = find(&target(&slapd.url()), everyone()).await;
    assert_eq!(found.pages.iter().map(Vec::len).collect::<Vec<_>>(), [1000; 5]);
    assert_eq!(uids(found.pages.iter().flatten()).len(), 5000);
    assert_eq!(found.end.expect("no error").expect("complete").entries, 5000);
}

#[tokio::test]
async fn people_arrive_as_they_are() {
    let slapd = Slapd::shared();
    let found = find(&target(&slapd.url()), everyone()).await;
    for (entry, person) in found.pages.iter().flatten().zip(People::new(5000).iter()) {
        assert_eq!(entry.dn, person.dn());
        let text = |name| entry.texts(name).collect::<Vec<_>>();
        assert_eq!(text("entryUUID"), [person.entry_uuid.as_str()]);
        assert_eq!(text("cn"), [person.cn.as_str()]);
        assert_eq!(text("displayName"), [person.display_name.as_str()]);
        assert_eq!(text("mobile"), [""; 0], "only what was asked for is fetched");
    }
}

#[tokio::test]
async fn a_server_limit_of_a_thousand_a_page_does_not_lose_anybody() {
    let limits = "size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited";
    let slapd = Slapd::builder(2300).limits(limits).start();
    let found = find(&target(&slapd.url()), everyone()).await;
    assert_eq!(found.pages.iter().map(Vec::len).collect::<Vec<_>>(), [1000, 1000, 300]);
    assert_eq!(found.end.expect("no error").expect("complete").entries, 2300);
}

#[tokio::test]
async fn nobody_found_is_a_complete_answer() {
    let slapd = Slapd::shared();
    let found = find(&target(&slapd.url()), search("(uid=nobody)")).await;
    assert_eq!(found.entries(), 0);
    assert_eq!(found.end.expect("no error").expect("complete").entries, 0);
}

#[tokio::test]
async fn all_bases_are_searched_one_after_the_other() {
    let ldif = "dn: ou=guests,dc=example,dc=org\nobjectClass: organizationalUnit\nou: guests\n\n\
                dn: uid=guest,ou=guests,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: guest\ncn: G\nsn: G\n\n\
                dn: uid=deep,uid=guest,ou=guests,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: deep\ncn: D\nsn: D";
    let slapd = Slapd::builder(20).ldif(ldif).start();
    let mut target = target(&slapd.url());
    target.settings.schema.base_dns.push("ou=guests,dc=example,dc=org".to_owned());
    let found = find(&target, everyone()).await;
    assert_eq!(found.entries(), 22);
    assert!(found.end.expect("no error").is_some());

    target.settings.schema.scope = Scope::OneLevel;
    let found = find(&target, everyone()).await;
    assert_eq!(found.entries(), 21);
    assert!(!uids(found.pages.iter().flatten()).contains("deep"));
}

#[tokio::test]
async fn a_picture_is_bytes_and_a_name_is_text() {
    let ldif = "dn: uid=pic,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: pic\ncn:: SsO8cmdlbg==\nsn: P\n\
                jpegPhoto:: /9j/4AAQ";
    let slapd = Slapd::builder(0).ldif(ldif).start();
    let filter = Filter::equal("uid", "pic").expect("any text is a value");
    let found = find(&target(&slapd.url()), Search { filter, attributes: vec!["*".to_owned()] }).await;
    let [entry] = &found.pages[0][..] else { panic!("one entry: {:?}", found.pages) };
    let values = |name| entry.values(name).cloned().collect::<Vec<_>>();
    assert_eq!(values("jpegPhoto"), [AttributeValue::Binary(vec![0xff, 0xd8, 0xff, 0xe0, 0, 0x10])]);
    assert_eq!(values("cn"), [AttributeValue::Text("Jürgen".to_owned())]);
}

#[tokio::test]
async fn a_filter_of_another_mind_finds_nobody_rather_than_everybody() {
    let slapd = Slapd::shared();
    for name in ["*)(uid=*", "*", r"\2a", "a)(|(uid=*)"] {
        let filter = Filter::equal("uid", name).expect("any text is a value");
        let found = find(&target(&slapd.url()), Search { filter, attributes: vec![] }).await;
        assert_eq!(found.entries(), 0, "{name}");
        assert!(found.end.expect("no error").is_some());
    }
}
