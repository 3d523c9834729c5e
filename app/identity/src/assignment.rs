//! Roles as users have them.

use crate::role::{RoleCode, RoleCodeError};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A role as a user has it: everywhere, or within a scope. Muster's own permissions know no scopes: an assignment within
/// one is for the application that it names a part of, and gives nothing here.
///
/// Its text form, in files, addresses and everything that is stored, is the role's code, and `@` and the scope behind it
/// if there is one: `ROLE_EDITOR@Germany`. A code has no `@`, so the first one ends it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Assignment {
    /// The role.
    pub role: RoleCode,
    /// Where it holds; `None` for everywhere.
    pub scope: Option<Scope>,
}

/// A part of an application: a country, a catalogue, a tenant. Opaque to Muster, and compared as it is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(String);

/// The longest scope, in characters.
pub const MAX_SCOPE: usize = 200;

/// What stands for no scope where scopes are listed.
pub const EVERYWHERE: &str = "*";

/// The text is not an assignment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// What stands before the `@`, or all of it, is not a role's code.
    #[error(transparent)]
    Role(#[from] RoleCodeError),
    /// What stands behind the `@` is not a scope.
    #[error(
        "“{0}” is not a scope: it has 1 to {MAX_SCOPE} characters, no commas and no control characters, and is not {EVERYWHERE}"
    )]
    Scope(String),
}

impl Scope {
    /// Accepts a scope. White space around it does not count.
    pub fn parse(text: &str) -> Result<Self, AssignmentError> {
        let scope = text.trim();
        let fits = !scope.is_empty() && scope.chars().take(MAX_SCOPE + 1).count() <= MAX_SCOPE;
        if fits && scope != EVERYWHERE && !scope.chars().any(|c| c.is_control() || c == ',') {
            Ok(Self(scope.to_owned()))
        } else {
            Err(AssignmentError::Scope(scope.chars().take(MAX_SCOPE).collect()))
        }
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Assignment {
    /// Accepts the text form.
    pub fn parse(text: &str) -> Result<Self, AssignmentError> {
        match text.split_once('@') {
            None => Ok(RoleCode::parse(text)?.into()),
            Some((role, scope)) => Ok(Self { role: RoleCode::parse(role)?, scope: Some(Scope::parse(scope)?) }),
        }
    }

    /// The text form.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.scope {
            None => Cow::Borrowed(self.role.as_str()),
            Some(Scope(scope)) => Cow::Owned(format!("{}@{scope}", self.role)),
        }
    }

    /// Whether the role holds everywhere, and so gives what it gives in Muster.
    pub fn is_everywhere(&self) -> bool {
        self.scope.is_none()
    }
}

/// The roles of assignments, each once.
pub fn roles_of<'a>(assignments: impl IntoIterator<Item = &'a Assignment>) -> BTreeSet<RoleCode> {
    assignments.into_iter().map(|assignment| assignment.role.clone()).collect()
}

impl std::fmt::Display for Assignment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}

impl From<RoleCode> for Assignment {
    /// Everywhere.
    fn from(role: RoleCode) -> Self {
        Self { role, scope: None }
    }
}

impl TryFrom<String> for Assignment {
    type Error = AssignmentError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Assignment> for String {
    fn from(assignment: Assignment) -> String {
        assignment.text().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_at_ends_the_code() {
        let parsed = Assignment::parse("ROLE_A@team@office").expect("an assignment");
        assert_eq!(parsed.role.as_str(), "ROLE_A");
        assert_eq!(parsed.scope.as_ref().map(Scope::as_str), Some("team@office"));
        assert_eq!(Assignment::parse("ROLE_A"), Ok(RoleCode::parse("ROLE_A").expect("a code").into()));
        assert_eq!(Assignment::parse("ROLE_A@ Köln ").map(String::from), Ok("ROLE_A@Köln".to_owned()));
    }

    #[test]
    fn what_is_none_says_which_half() {
        let long = format!("ROLE_A@{}", "x".repeat(MAX_SCOPE + 1));
        for text in ["ROLE_A@", "ROLE_A@ ", "ROLE_A@*", "ROLE_A@a,b", "ROLE_A@a\nb", "ROLE_A@a\0b", &long] {
            assert!(matches!(Assignment::parse(text), Err(AssignmentError::Scope(_))), "{text:?}");
        }
        for text in ["", "@a", "role@a", "ROLE_@a", "ROLE_A b"] {
            assert!(matches!(Assignment::parse(text), Err(AssignmentError::Role(_))), "{text:?}");
        }
    }

    #[test]
    fn everywhere_comes_before_the_scopes_and_stores_as_the_code_alone() {
        let parse = |text: &str| Assignment::parse(text).expect("an assignment");
        assert!(parse("ROLE_A") < parse("ROLE_A@a") && parse("ROLE_A@z") < parse("ROLE_B"));
        let stored = serde_json::to_string(&[parse("ROLE_A"), parse("ROLE_A@a")]).expect("texts");
        assert_eq!(stored, r#"["ROLE_A","ROLE_A@a"]"#);
    }

    proptest! {
        #[test]
        fn the_text_form_is_read_back(role in "ROLE_[A-Z0-9_]{1,9}", scope in proptest::option::of("\\PC{1,20}")) {
            let scope = scope.and_then(|scope| Scope::parse(&scope).ok());
            let assignment = Assignment { role: RoleCode::parse(&role).expect("a code"), scope };
            prop_assert_eq!(Assignment::parse(&assignment.text()), Ok(assignment.clone()));
        }

        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = Assignment::parse(&text);
        }
    }
}
