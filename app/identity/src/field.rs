//! The fields of our user, and values for them.

use crate::username::UsernameKey;
use crate::{email, locale, time_zone};
use serde::{Deserialize, Serialize};

/// A field of a user. Its text form (`email`, `first_name`, `custom:badge`) is the one that files,
/// mappings and addresses use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What the person signs in with; unique by [`crate::username::UsernameKey`].
    Username,
    /// E-mail address.
    Email,
    /// Given name.
    FirstName,
    /// Family name.
    LastName,
    /// The name as people write it.
    DisplayName,
    /// Telephone number.
    Phone,
    /// Department or organisational unit.
    Department,
    /// Job title.
    JobTitle,
    /// Locale of the interface, such as `de-DE`.
    Locale,
    /// IANA time zone, such as `Europe/Berlin`.
    TimeZone,
    /// Whether the user may sign in.
    Enabled,
    /// A custom attribute: a name and any number of values.
    Custom(String),
}

impl Field {
    /// Every field that all users have, in the order in which people read them.
    pub const FIXED: [Field; 11] = [
        Field::Username,
        Field::Email,
        Field::FirstName,
        Field::LastName,
        Field::DisplayName,
        Field::Phone,
        Field::Department,
        Field::JobTitle,
        Field::Locale,
        Field::TimeZone,
        Field::Enabled,
    ];

    /// The field with this text form.
    pub fn parse(name: &str) -> Option<Field> {
        if let Some(custom) = name.strip_prefix("custom:") {
            return (!custom.trim().is_empty()).then(|| Field::Custom(custom.trim().to_owned()));
        }
        Field::FIXED.into_iter().find(|field| field.name() == name)
    }

    /// The text form.
    pub fn name(&self) -> std::borrow::Cow<'static, str> {
        match self {
            Field::Username => "username".into(),
            Field::Email => "email".into(),
            Field::FirstName => "first_name".into(),
            Field::LastName => "last_name".into(),
            Field::DisplayName => "display_name".into(),
            Field::Phone => "phone".into(),
            Field::Department => "department".into(),
            Field::JobTitle => "job_title".into(),
            Field::Locale => "locale".into(),
            Field::TimeZone => "timezone".into(),
            Field::Enabled => "enabled".into(),
            Field::Custom(name) => format!("custom:{name}").into(),
        }
    }

    /// Whether a text that is not blank has the shape that values of this field have. Of most fields everything has.
    pub fn fits(&self, text: &str) -> bool {
        match self {
            Field::Email => email::is_address(text),
            Field::Locale => locale::is_tag(text),
            Field::TimeZone => time_zone::is_name(text),
            _ => true,
        }
    }

    /// Whether another value of this field changes what lets somebody sign in as a user: the name to sign in with, the
    /// address that a link to choose a password is sent to, and whether anybody may at all. Another spelling of the
    /// same username does not.
    ///
    /// Whoever changes that needs every permission of the user's roles ([`crate::role::lacking`]). They could else
    /// become a user who may do more than they may, or take all of it away from one.
    pub fn changes_sign_in(&self, before: Option<&Value>, after: Option<&Value>) -> bool {
        match (self, before, after) {
            (Field::Username, Some(Value::Text(before)), Some(Value::Text(after))) => {
                UsernameKey::of(before) != UsernameKey::of(after)
            }
            (Field::Username | Field::Email | Field::Enabled, ..) => before != after,
            _ => false,
        }
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Field::parse(&name).ok_or_else(|| serde::de::Error::custom(format!("no field is called {name}")))
    }
}

/// A value of a field. A field without a value is `None` of this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// For [`Field::Enabled`].
    Flag(bool),
    /// For every other fixed field. Never blank.
    Text(String),
    /// For [`Field::Custom`]. Never empty.
    Many(Vec<String>),
}

/// By hand: the derived one keeps each value to try the kinds one after the other, and plans hold many values.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> serde::de::Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a flag, a text or a list of texts")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut many = Vec::new();
        while let Some(value) = values.next_element()? {
            many.push(value);
        }
        Ok(Value::Many(many))
    }
}

/// What a source says of one field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Patch<T> {
    /// Nothing: the field stays as it is.
    #[default]
    Keep,
    /// The field has no value.
    Clear,
    /// The field has this value.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether the source says nothing.
    pub fn is_keep(&self) -> bool {
        matches!(self, Patch::Keep)
    }
}
