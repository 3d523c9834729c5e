//! Filters: what is read is printed as a text that says the same, and is asked without an answer too many.
#![no_main]

use identity::entry::{AttributeValue, Entry};
use identity::filter::Filter;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let filter = match Filter::parse(text) {
        Ok(filter) => filter,
        Err(error) => return assert!(error.position as usize <= text.chars().count() && !error.to_string().is_empty()),
    };
    assert_eq!(filter.check(), Ok(()), "what is read is within the limits");
    assert_eq!(Filter::parse(&filter.to_string()).as_ref(), Ok(&filter));
    let entry = entry();
    let not = Filter::Not(Box::new(filter.clone()));
    assert!(!filter.evaluate(&entry) || !not.evaluate(&entry), "it matches, and its opposite does not");
    assert_eq!(Filter::Not(Box::new(not)).evaluate(&entry), filter.evaluate(&entry));
});

fn entry() -> Entry {
    let texts = |texts: &[&str]| texts.iter().map(|text| AttributeValue::Text((*text).to_owned())).collect();
    Entry {
        dn: r"uid=jo+cn=J\C3\BCrgen,ou=a,dc=b".to_owned(),
        attributes: vec![
            ("uid".to_owned(), texts(&["jo", "Jo "])),
            ("cn;lang-de".to_owned(), texts(&["Jürgen  Müller"])),
            ("a".to_owned(), texts(&["120", "b", "uid=x,dc=b"])),
            ("b".to_owned(), vec![AttributeValue::Binary(vec![0xff, 0xd8, 0, 16])]),
        ],
    }
}
