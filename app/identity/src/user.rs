//! A user of Muster.

use crate::assignment::Assignment;
use crate::external_id::ExternalId;
use crate::field::{Field, Patch, Value};
use crate::group::GroupName;
use crate::id::{DirectoryId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A stored user, as the plan and the pages see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its number.
    pub user_id: UserId,
    /// Counts up at every change of fields, link or roles. A change names the version it was computed from.
    pub version: i64,
    /// The values of its fields.
    pub fields: UserFields,
    /// Where it came from: linked to an entry of a directory (external), or not (internal).
    pub link: Option<Link>,
    /// The roles assigned to it directly.
    pub roles: BTreeSet<Assignment>,
    /// The groups that it is a member of.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub groups: BTreeSet<GroupName>,
}

/// The values of a user's fields. Texts are never blank: a field without a value is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub struct UserFields {
    pub username: String,
    pub email: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub display_name: Option<String>,
    pub phone: Option<String>,
    pub department: Option<String>,
    pub job_title: Option<String>,
    pub locale: Option<String>,
    pub time_zone: Option<String>,
    pub enabled: bool,
    /// Custom attributes: name → values, none of them empty.
    pub custom: BTreeMap<String, Vec<String>>,
}

impl UserFields {
    /// The value of a field, if it has one.
    pub fn get(&self, field: &Field) -> Option<Value> {
        let text = |value: &Option<String>| value.clone().map(Value::Text);
        match field {
            Field::Username => Some(Value::Text(self.username.clone())),
            Field::Email => text(&self.email),
            Field::FirstName => text(&self.first_name),
            Field::LastName => text(&self.last_name),
            Field::DisplayName => text(&self.display_name),
            Field::Phone => text(&self.phone),
            Field::Department => text(&self.department),
            Field::JobTitle => text(&self.job_title),
            Field::Locale => text(&self.locale),
            Field::TimeZone => text(&self.time_zone),
            Field::Enabled => Some(Value::Flag(self.enabled)),
            Field::Custom(name) => self.custom.get(name).cloned().map(Value::Many),
        }
    }

    /// Sets a field, or clears it with `None`. A value of the wrong kind, or clearing the username or
    /// `enabled`, changes nothing and answers `false`.
    #[must_use]
    pub fn set(&mut self, field: &Field, value: Option<Value>) -> bool {
        let slot = match field {
            Field::Username => {
                let Some(Value::Text(text)) = value else { return false };
                self.username = text;
                return true;
            }
            Field::Enabled => {
                let Some(Value::Flag(flag)) = value else { return false };
                self.enabled = flag;
                return true;
            }
            Field::Custom(name) => {
                match value {
                    None => drop(self.custom.remove(name)),
                    Some(Value::Many(values)) if !values.is_empty() => {
                        self.custom.insert(name.clone(), values);
                    }
                    Some(_) => return false,
                }
                return true;
            }
            Field::Email => &mut self.email,
            Field::FirstName => &mut self.first_name,
            Field::LastName => &mut self.last_name,
            Field::DisplayName => &mut self.display_name,
            Field::Phone => &mut self.phone,
            Field::Department => &mut self.department,
            Field::JobTitle => &mut self.job_title,
            Field::Locale => &mut self.locale,
            Field::TimeZone => &mut self.time_zone,
        };
        match value {
            None => *slot = None,
            Some(Value::Text(text)) => *slot = Some(text),
            Some(_) => return false,
        }
        true
    }

    /// The name to show: the display name, or first and last name, or the username.
    pub fn shown_name(&self) -> String {
        let [display, first, last] =
            [&self.display_name, &self.first_name, &self.last_name].map(|name| name.as_deref());
        shown_name(&self.username, display, first, last)
    }
}

/// The name to show: the display name, or first and last name, or the username.
pub fn shown_name(username: &str, display: Option<&str>, first: Option<&str>, last: Option<&str>) -> String {
    match (display, first, last) {
        (Some(name), _, _) | (None, Some(name), None) | (None, None, Some(name)) => name.to_owned(),
        (None, Some(first), Some(last)) => format!("{first} {last}"),
        (None, None, None) => username.to_owned(),
    }
}

/// What a source says of a user's fields: those that it does not map are [`Patch::Keep`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub struct FieldPatch {
    pub username: Option<String>,
    pub email: Patch<String>,
    pub first_name: Patch<String>,
    pub last_name: Patch<String>,
    pub display_name: Patch<String>,
    pub phone: Patch<String>,
    pub department: Patch<String>,
    pub job_title: Patch<String>,
    pub locale: Patch<String>,
    pub time_zone: Patch<String>,
    pub enabled: Option<bool>,
    pub custom: BTreeMap<String, Patch<Vec<String>>>,
}

impl FieldPatch {
    /// Says nothing of a field any more.
    pub fn forget(&mut self, field: &Field) {
        let slot = match field {
            Field::Username => {
                self.username = None;
                return;
            }
            Field::Enabled => {
                self.enabled = None;
                return;
            }
            Field::Custom(name) => {
                self.custom.remove(name);
                return;
            }
            Field::Email => &mut self.email,
            Field::FirstName => &mut self.first_name,
            Field::LastName => &mut self.last_name,
            Field::DisplayName => &mut self.display_name,
            Field::Phone => &mut self.phone,
            Field::Department => &mut self.department,
            Field::JobTitle => &mut self.job_title,
            Field::Locale => &mut self.locale,
            Field::TimeZone => &mut self.time_zone,
        };
        *slot = Patch::Keep;
    }
}

/// The entry of a directory that a user belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Which directory.
    pub directory_id: DirectoryId,
    /// The entry's lasting name.
    pub external_id: ExternalId,
    /// The DN where it was last seen, as the directory wrote it.
    pub dn: String,
}

/// Where a user came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Made by hand or by a file; signs in with Muster's own password.
    Internal,
    /// Linked to an entry of a directory.
    External,
}

impl User {
    /// Internal or external.
    pub fn origin(&self) -> Origin {
        if self.link.is_some() { Origin::External } else { Origin::Internal }
    }
}
