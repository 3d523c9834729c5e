use super::*;
use crate::{BASE_DN, GROUPS, GROUPS_DN, PEOPLE, PEOPLE_DN};
use identity::matching;

fn search(tree: &Tree, base: &str, filter: &str) -> Vec<Arc<Entry>> {
    let (base, filter) = (Dn::parse(base).expect(base), Filter::parse(filter).expect(filter));
    tree.search(&base, &LdapSearchScope::Subtree, &filter).expect("the base exists")
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::Text(text.to_owned())
}

fn some_person(tree: &Tree) -> Dn {
    Dn::parse(&search(tree, PEOPLE_DN, "(employeeNumber=0001)")[0].dn).expect("a DN")
}

#[test]
fn the_tree_is_the_same_at_every_start() {
    let (first, second) = (Tree::seeded(), Tree::seeded());
    assert_eq!(search(&first, BASE_DN, "(&)"), search(&second, BASE_DN, "(&)"));
    assert_eq!(search(&first, PEOPLE_DN, "(objectClass=inetOrgPerson)").len(), PEOPLE);
    assert_eq!(search(&first, GROUPS_DN, "(objectClass=groupOfNames)").len(), GROUPS);
}

#[test]
fn every_member_exists_and_every_group_has_some() {
    let tree = Tree::seeded();
    for group in search(&tree, GROUPS_DN, "(objectClass=groupOfNames)") {
        let members: Vec<&str> = group.texts("member").collect();
        assert!(!members.is_empty(), "{}", group.dn);
        for member in members {
            assert!(tree.find(&Dn::parse(member).expect(member)).is_some(), "{member}");
        }
    }
}

#[test]
fn every_entry_has_the_values_of_its_name() {
    let tree = Tree::seeded();
    for entry in search(&tree, BASE_DN, "(&)") {
        let dn = Dn::parse(&entry.dn).expect(&entry.dn);
        for part in dn.rdn().expect("no root").parts() {
            let named = matching::fold(part.value().text().expect("text"));
            assert!(entry.texts(part.attribute()).any(|value| matching::fold(value) == named), "{}", entry.dn);
        }
    }
}

#[test]
fn a_modify_is_applied_whole_or_not_at_all() {
    let mut tree = Tree::seeded();
    let dn = some_person(&tree);
    let before = tree.find(&dn).cloned();
    let changes = vec![
        Change::Replace("title".to_owned(), vec![text("Poet")]),
        Change::Delete("mail".to_owned(), vec![text("nobody@demo.example")]),
    ];
    assert_eq!(tree.modify(&dn, changes).map_err(|refusal| refusal.code), Err(LdapResultCode::NoSuchAttribute));
    assert_eq!(tree.find(&dn).cloned(), before);
    tree.modify(&dn, vec![Change::Replace("title".to_owned(), vec![text("Poet")])]).expect("legal");
    assert_eq!(search(&tree, BASE_DN, "(title=poet)").len(), 1);
}

#[test]
fn what_must_not_be_changed_is_not() {
    let mut tree = Tree::seeded();
    let dn = some_person(&tree);
    let mut code = |change| tree.modify(&dn, vec![change]).map_err(|refusal| refusal.code);
    assert_eq!(code(Change::Delete("uid".to_owned(), vec![])), Err(LdapResultCode::NotALlowedOnRDN));
    assert_eq!(code(Change::Delete("objectClass".to_owned(), vec![])), Err(LdapResultCode::ObjectClassViolation));
    assert_eq!(code(Change::Replace("entryUUID".to_owned(), vec![])), Err(LdapResultCode::ConstraintViolation));
    assert_eq!(code(Change::Add("c n".to_owned(), vec![text("x")])), Err(LdapResultCode::UndefinedAttributeType));
    assert_eq!(code(Change::Delete("fax".to_owned(), vec![])), Err(LdapResultCode::NoSuchAttribute));
}

#[test]
fn an_added_entry_is_found_and_can_be_deleted_again() {
    let mut tree = Tree::seeded();
    let dn = Dn::parse(&format!("uid=new,{PEOPLE_DN}")).expect("a DN");
    let class = || vec![("objectClass".to_owned(), vec![text("person")])];
    tree.add(&dn, class()).expect("legal");
    let again = tree.add(&dn, class()).map_err(|refusal| refusal.code);
    assert_eq!(again, Err(LdapResultCode::EntryAlreadyExists));
    let entry = tree.find(&dn).expect("added");
    assert_eq!(entry.texts("uid").collect::<Vec<_>>(), ["new"]);
    assert_eq!(entry.texts("entryUUID").count(), 1);
    tree.delete(&dn).expect("no children");
    assert!(tree.find(&dn).is_none());
    let orphan = Dn::parse("uid=x,ou=nowhere,dc=demo,dc=muster").expect("a DN");
    let refusal = tree.add(&orphan, class()).expect_err("no parent");
    assert_eq!((refusal.code, refusal.matched.as_str()), (LdapResultCode::NoSuchObject, BASE_DN));
}
