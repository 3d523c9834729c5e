//! DNs: what is read is printed as a text that names the same entry.
#![no_main]

use identity::dn::{Dn, MAX_LENGTH};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let dn = match Dn::parse(text) {
        Ok(dn) => dn,
        Err(error) => return assert!(error.position as usize <= text.chars().count() && !error.to_string().is_empty()),
    };
    let printed = dn.to_string();
    assert_eq!(Dn::parse(&printed).as_ref(), Ok(&dn));
    assert!(dn.same_as(&dn) && dn.contains(&dn) && !dn.is_below(&dn) && Dn::root().contains(&dn));
    if let (Some(parent), Some(rdn)) = (dn.parent(), dn.rdn()) {
        assert!(dn.is_below(&parent) && !parent.is_below(&dn));
        assert_eq!(parent.child(rdn.clone()), dn);
    }
    // Folding may make a text longer.
    let key = dn.key();
    if key.as_str().len() <= MAX_LENGTH {
        let normalised = Dn::parse(key.as_str()).expect("a key is a DN");
        assert!(normalised.same_as(&dn) && normalised.key() == key);
    }
});
