//! What roles are called.

use crate::text;
use identity::role::{RoleCode, built_in};

/// The name of a role, for people. Those that every installation begins with are called so in the reader's language, as
/// long as nobody has given them another name.
pub fn role_name(code: &RoleCode, label: &str) -> String {
    let is_first_name = built_in().iter().any(|role| role.code == *code && role.label == label);
    match code.as_str() {
        RoleCode::ADMINISTRATOR if is_first_name => text!(roles.administrator).to_owned(),
        RoleCode::USER_MANAGER if is_first_name => text!(roles.user_manager).to_owned(),
        RoleCode::AUDITOR if is_first_name => text!(roles.auditor).to_owned(),
        _ => label.to_owned(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::text::in_language;

    #[test]
    fn the_first_roles_are_named_in_the_readers_language() {
        for role in built_in() {
            let named = |language| in_language(language, || role_name(&role.code, &role.label));
            assert_eq!(named("en"), role.label);
            assert_ne!(named("de"), role.label);
            assert_eq!(in_language("de", || role_name(&role.code, "Chefs")), "Chefs");
        }
    }
}
