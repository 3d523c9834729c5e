//! What a column can fill.

use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a column can fill. Its text form is the one of files: `email`, `custom:badge`, `roles`, `old_username`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A field of the user.
    Field(Field),
    /// All roles that the user has afterwards, by code.
    Roles,
    /// All groups that the user is in afterwards, by name.
    Groups,
    /// The username until now: the row renames.
    OldUsername,
    /// A password. It is never read: a row that has one waits until the column is gone (R17).
    Password,
}

impl Target {
    /// Every target but custom attributes, in the order in which people read them.
    pub const FIXED: [Target; 15] = [
        Target::Field(Field::Username),
        Target::Field(Field::Email),
        Target::Field(Field::FirstName),
        Target::Field(Field::LastName),
        Target::Field(Field::DisplayName),
        Target::Field(Field::Phone),
        Target::Field(Field::Department),
        Target::Field(Field::JobTitle),
        Target::Field(Field::Locale),
        Target::Field(Field::TimeZone),
        Target::Field(Field::Enabled),
        Target::Groups,
        Target::Roles,
        Target::OldUsername,
        Target::Password,
    ];

    /// The target of a custom attribute.
    pub fn custom(name: impl Into<String>) -> Self {
        Target::Field(Field::Custom(name.into()))
    }

    /// The target with this text form.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "roles" => Some(Target::Roles),
            "groups" => Some(Target::Groups),
            "old_username" => Some(Target::OldUsername),
            "password" => Some(Target::Password),
            field => Field::parse(field).map(Target::Field),
        }
    }

    /// The text form.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Target::Field(field) => field.name(),
            Target::Roles => "roles".into(),
            Target::Groups => "groups".into(),
            Target::OldUsername => "old_username".into(),
            Target::Password => "password".into(),
        }
    }
}

impl Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Cow::<'de, str>::deserialize(deserializer)?;
        Target::parse(&name).ok_or_else(|| serde::de::Error::custom(format!("nothing to fill is called {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_is_read_back() {
        for target in Target::FIXED.into_iter().chain([Target::custom("badge")]) {
            assert_eq!(Target::parse(&target.name()), Some(target));
        }
        assert_eq!(Target::parse("custom: "), None);
        assert_eq!(Target::parse("Email"), None);
    }
}
