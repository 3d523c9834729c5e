//! The settings of a directory, without its password.

mod check;
mod step;
mod url;

pub use check::{LONGEST_RUN, SettingsError, SettingsField, SettingsProblem};
pub use step::{Step, StepKind};
pub use url::{DirectoryUrl, UrlError};

use crate::field::Field;
use serde::{Deserialize, Serialize};

/// Everything that a directory's page sets, but for the password, which never leaves the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectorySettings {
    /// The name for people.
    pub name: String,
    /// A short name for lists in which that has no room: capital letters, digits and hyphens. It stays when the name
    /// changes, no other directory has it, and empty it is none.
    #[serde(default)]
    pub code: String,
    /// How to reach it.
    pub connection: Connection,
    /// How its tree is laid out.
    pub schema: Schema,
    /// How its people become users.
    pub users: UserSchema,
    /// What happens when an internal user has the same name (R9).
    pub name_conflict: NameConflict,
}

/// How to reach a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// `ldap://host:port` or `ldaps://host:port`, tried in order; the first that answers serves a whole run.
    pub urls: Vec<String>,
    /// How the connection is protected.
    pub security: Security,
    /// Certificates of authorities, as PEM; the system's own when there is none.
    pub ca_pem: Option<String>,
    /// Whether the server's certificate is verified.
    pub verify_certificate: bool,
    /// SHA-256 of the one certificate that is accepted instead of a verified one: 64 hexadecimal digits.
    pub pinned_sha256: Option<String>,
    /// Who binds; empty for an anonymous search.
    pub bind_dn: String,
    /// Seconds until a connection must stand.
    pub connect_timeout: u32,
    /// Seconds until an operation, or one page of a search, must be answered.
    pub operation_timeout: u32,
    /// Seconds until a whole run must be over.
    pub run_deadline: u32,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// Begins plain, then TLS (RFC 4511 4.14).
    StartTls,
    /// TLS from the first byte.
    Ldaps,
    /// None. Passwords travel in the clear.
    None,
}

/// How a directory's tree is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The kind of server, whose defaults filled the form.
    pub preset: Preset,
    /// Where searches begin.
    pub base_dns: Vec<String>,
    /// How deep searches go.
    pub scope: Scope,
    /// Entries a page (RFC 2696), 1 to 10,000.
    pub page_size: u32,
    /// The attribute that holds an entry's lasting name.
    pub external_id_attribute: String,
}

/// A kind of directory server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// OpenLDAP with inetOrgPerson.
    OpenLdap,
    /// Anything else that speaks LDAP.
    Other,
}

/// The scope of a search (RFC 4511 4.5.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The children of the base.
    OneLevel,
    /// The base and all below it.
    Subtree,
}

/// How a directory's people become users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserSchema {
    /// Which entries are people, as an RFC 4515 filter.
    pub filter: String,
    /// The attribute whose first value is the username.
    pub username_attribute: String,
    /// The attributes that a typed name is looked for in.
    pub search_attributes: Vec<String>,
    /// Attribute → field.
    pub mapping: Vec<AttributeMapping>,
}

/// One attribute that fills one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeMapping {
    /// The attribute's name, without options.
    pub attribute: String,
    /// The field that it fills; not the username, which has a setting of its own.
    pub field: Field,
    /// What becomes of several values.
    pub rule: ManyValues,
}

/// What becomes of several values of an attribute where the field holds one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ManyValues {
    /// The first, in the order of the answer.
    First,
    /// The shortest; of equally short ones the first in alphabetical order.
    Shortest,
    /// All, sorted, with a comma and a blank between them.
    Joined,
    /// The first that fits a [pattern](crate::pattern); none, if none does. A custom attribute takes all that fit.
    Matching(String),
}

/// What happens to a row whose name belongs to an internal user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameConflict {
    /// The row is blocked, and says so.
    Refuse,
    /// The internal user becomes external.
    Link,
    /// The row is left out without an issue.
    Skip,
}

impl DirectorySettings {
    /// The defaults of a kind of server, for the form of a new directory.
    pub fn preset(preset: Preset) -> Self {
        let external_id_attribute = match preset {
            Preset::OpenLdap | Preset::Other => "entryUUID",
        };
        let map = |attribute: &str, field| AttributeMapping {
            attribute: attribute.to_owned(),
            field,
            rule: ManyValues::First,
        };
        Self {
            name: String::new(),
            code: String::new(),
            connection: Connection {
                urls: vec![],
                security: Security::StartTls,
                ca_pem: None,
                verify_certificate: true,
                pinned_sha256: None,
                bind_dn: String::new(),
                connect_timeout: 5,
                operation_timeout: 15,
                run_deadline: 600,
            },
            schema: Schema {
                preset,
                base_dns: vec![],
                scope: Scope::Subtree,
                page_size: 1000,
                external_id_attribute: external_id_attribute.to_owned(),
            },
            users: UserSchema {
                filter: "(objectClass=inetOrgPerson)".to_owned(),
                username_attribute: "uid".to_owned(),
                search_attributes: ["uid", "cn", "givenName", "sn", "mail"].map(str::to_owned).to_vec(),
                mapping: vec![
                    map("mail", Field::Email),
                    map("givenName", Field::FirstName),
                    map("sn", Field::LastName),
                    map("displayName", Field::DisplayName),
                    map("telephoneNumber", Field::Phone),
                    map("departmentNumber", Field::Department),
                    map("title", Field::JobTitle),
                ],
            },
            name_conflict: NameConflict::Refuse,
        }
    }
}
