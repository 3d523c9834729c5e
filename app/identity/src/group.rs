//! Groups, and the names that they are known by.

use crate::username::UsernameKey;
use serde::{Deserialize, Serialize};

/// The longest name of a group, in characters.
pub const MAX_LENGTH: usize = 200;

/// The name of a group: what files, directories and people call it. Unique by [`GroupName::key`], kept as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GroupName(String);

/// The text is not a group's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a group's name has 1 to {MAX_LENGTH} characters and no control characters")]
pub struct GroupNameError;

impl GroupName {
    /// Accepts a name, without the white space around it.
    pub fn parse(text: &str) -> Result<Self, GroupNameError> {
        let name = text.trim();
        let fits = !name.is_empty() && name.chars().take(MAX_LENGTH + 1).count() <= MAX_LENGTH;
        if fits && !name.chars().any(char::is_control) { Ok(Self(name.to_owned())) } else { Err(GroupNameError) }
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What names of groups are compared by: the same rules as for usernames.
    pub fn key(&self) -> UsernameKey {
        UsernameKey::of(&self.0)
    }
}

/// What people write of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFields {
    /// What files and directories call it.
    pub name: GroupName,
    /// What people call it, where that is something else.
    pub label: Option<String>,
    /// What it is for.
    pub description: Option<String>,
}

impl GroupFields {
    /// The name to show: the label, or the name.
    pub fn shown_name(&self) -> &str {
        self.label.as_deref().unwrap_or(self.name.as_str())
    }
}

impl std::fmt::Display for GroupName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for GroupName {
    type Error = GroupNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<GroupName> for String {
    fn from(name: GroupName) -> String {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_as_written_and_compared_folded() {
        let name = GroupName::parse("  IT Support, Köln ").expect("a name");
        assert_eq!(name.as_str(), "IT Support, Köln");
        assert_eq!(name.key(), GroupName::parse("it support, KO\u{308}LN").expect("a name").key());
        for text in ["", " ", "a\nb", "\0", &"x".repeat(MAX_LENGTH + 1)] {
            assert_eq!(GroupName::parse(text), Err(GroupNameError), "{text:?}");
        }
        assert!(GroupName::parse(&"ü".repeat(MAX_LENGTH)).is_ok());
    }
}
