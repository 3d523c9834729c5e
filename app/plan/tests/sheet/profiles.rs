//! Which saved mapping a sheet is for.

use crate::notation::{cells, mapping};
use plan::sheet::{Profile, SheetKind, best_profile};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn profile(name: &str, headers: &str, rules: &str) -> Profile {
    Profile {
        name: name.to_owned(),
        kind: SheetKind::Users,
        format: String::new(),
        headers: cells(headers),
        mapping: mapping(rules),
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_profile_with_the_same_columns_is_chosen() {
    let profiles = [
        profile("short", "Login|Mail", "username <- #0\nemail <- #1"),
        profile("long", "Login|Mail|Tel|Kennwort", "username <- #0\nemail <- #1\npassword <- #3"),
        profile("again", "Login|Mail|Tel|Kennwort", "username <- #0\nemail <- #1"),
        profile("nameless", "Login|Mail|Tel", "email <- #1"),
        Profile { kind: SheetKind::Groups, ..profile("groups", "name", "username <- #0") },
    ];
    let best = |kind, headers: &str| best_profile(&profiles, kind, &cells(headers)).map(|best| best.name.as_str());
    assert_eq!(best(SheetKind::Users, "Login|Mail"), Some("short"));
    assert_eq!(best(SheetKind::Users, "mail|LOGIN|Tel"), Some("long"));
    assert_eq!(best(SheetKind::Users, "Login|Tel"), None);
    assert_eq!(best(SheetKind::Users, "name"), None);
    // Has all that the short one reads, and is another sheet.
    assert_eq!(best(SheetKind::Users, "Login|Mail|Room|Car"), None);
    assert_eq!(best(SheetKind::Groups, "Name"), Some("groups"));
    assert_eq!(best(SheetKind::Users, ""), None);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn columns_are_found_again_wherever_they_stand() {
    let saved = profile(
        "",
        "Login|Mail|Tel|Tel|",
        "username <- #0\nemail <- {Mail}\nphone <- #3\ncustom:x <- #4\nlocale <- =de",
    );
    assert_eq!(
        saved.mapping_for(&cells("tel|mail|login|TEL||new")),
        mapping("username <- #2\nemail <- {Mail}\nphone <- #3\ncustom:x <- #4\nlocale <- =de"),
    );
    assert_eq!(saved.mapping_for(&cells("login|tel")), mapping("username <- #0\nemail <- {Mail}\nlocale <- =de"),);
}
