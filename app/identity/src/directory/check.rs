//! What is wrong with a directory's settings, field by field.

use super::{Connection, DirectorySettings, ManyValues, Schema, Security, UserSchema, url};
use crate::{
    attribute,
    dn::{Dn, DnError},
    field::Field,
    filter::{Filter, FilterError},
    pattern,
};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct SettingsError {
    /// Where.
    pub field: SettingsField,
    /// What.
    pub problem: SettingsProblem,
}

/// A field of a directory's page. Lists are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the setting of the same name")]
pub enum SettingsField {
    Name,
    Code,
    Urls,
    Url(u32),
    Security,
    CaPem,
    PinnedSha256,
    BindDn,
    ConnectTimeout,
    OperationTimeout,
    RunDeadline,
    BaseDns,
    BaseDn(u32),
    PageSize,
    ExternalIdAttribute,
    UserFilter,
    UsernameAttribute,
    SearchAttributes,
    SearchAttribute(u32),
    MappingAttribute(u32),
    MappingField(u32),
    MappingPattern(u32),
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SettingsProblem {
    /// Nothing, or white space only.
    #[error("this is needed")]
    Missing,
    /// Longer than a person would write.
    #[error("at most {0} characters")]
    TooLong(u32),
    /// A number outside of its range.
    #[error("a number from {least} to {most}")]
    OutOfRange {
        /// The least that is accepted.
        least: u32,
        /// The most that is accepted.
        most: u32,
    },
    /// Not a short code.
    #[error("capital letters, digits and hyphens")]
    Code,
    /// Not an address of a directory.
    #[error(transparent)]
    Url(url::UrlError),
    /// `ldap://` with [`Security::Ldaps`].
    #[error("LDAPS needs an address that begins with ldaps://")]
    NeedsLdaps,
    /// `ldaps://` with StartTLS or without protection.
    #[error("ldaps:// is protected from the first byte: choose LDAPS, or an address that begins with ldap://")]
    NeedsPlain,
    /// Not a DN.
    #[error(transparent)]
    Dn(DnError),
    /// Not a filter.
    #[error(transparent)]
    Filter(FilterError),
    /// Not an attribute's name.
    #[error("an attribute's name: a letter, then letters, digits and hyphens")]
    Attribute,
    /// Not a SHA-256.
    #[error("64 hexadecimal digits")]
    Sha256,
    /// No certificate in the text.
    #[error("a certificate begins with -----BEGIN CERTIFICATE-----")]
    Certificate,
    /// The same as an earlier one of the list.
    #[error("this stands in the list twice")]
    Twice,
    /// The username has a setting of its own.
    #[error("the username is filled by the username attribute")]
    Username,
}

/// The most time that a run may be given, in seconds.
pub const LONGEST_RUN: u32 = 86_400;

/// The longest name of a directory, in characters.
const MAX_NAME: usize = 100;
/// The longest code of a directory, in characters: it stands where there is little room.
const MAX_CODE: usize = 12;

impl SettingsField {
    /// The name that a page's form gives to it: `url-0`, `bind-dn`.
    pub fn name(self) -> String {
        use SettingsField as F;
        let (name, index) = match self {
            F::Name => ("name", None),
            F::Code => ("code", None),
            F::Urls => ("urls", None),
            F::Url(index) => ("url", Some(index)),
            F::Security => ("security", None),
            F::CaPem => ("ca-pem", None),
            F::PinnedSha256 => ("pinned-sha256", None),
            F::BindDn => ("bind-dn", None),
            F::ConnectTimeout => ("connect-timeout", None),
            F::OperationTimeout => ("operation-timeout", None),
            F::RunDeadline => ("run-deadline", None),
            F::BaseDns => ("base-dns", None),
            F::BaseDn(index) => ("base-dn", Some(index)),
            F::PageSize => ("page-size", None),
            F::ExternalIdAttribute => ("external-id-attribute", None),
            F::UserFilter => ("user-filter", None),
            F::UsernameAttribute => ("username-attribute", None),
            F::SearchAttributes => ("search-attributes", None),
            F::SearchAttribute(index) => ("search-attribute", Some(index)),
            F::MappingAttribute(index) => ("mapping-attribute", Some(index)),
            F::MappingField(index) => ("mapping-field", Some(index)),
            F::MappingPattern(index) => ("mapping-pattern", Some(index)),
        };
        index.map_or_else(|| name.to_owned(), |index| format!("{name}-{index}"))
    }
}

impl std::fmt::Display for SettingsField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

impl DirectorySettings {
    /// Everything that is wrong, in the order of the page; nothing when the settings can be used.
    pub fn check(&self) -> Vec<SettingsError> {
        // Taken apart so that a new setting does not compile until it is checked here.
        let DirectorySettings { name, code, connection, schema, users, name_conflict: _ } = self;
        let mut found = Found(Vec::new());
        found.text(SettingsField::Name, name, MAX_NAME);
        found.code(code);
        found.connection(connection);
        found.schema(schema);
        found.users(users);
        found.0
    }
}

impl DirectorySettings {
    /// Everything that is wrong but for the name, which only people need: enough to connect and search.
    pub fn check_but_name(&self) -> Vec<SettingsError> {
        let mut found = self.check();
        found.retain(|error| error.field != SettingsField::Name);
        found
    }
}

struct Found(Vec<SettingsError>);

impl Found {
    fn push(&mut self, field: SettingsField, problem: SettingsProblem) {
        self.0.push(SettingsError { field, problem });
    }

    /// None at all is one that can be used.
    fn code(&mut self, code: &str) {
        if code.chars().any(|letter| !matches!(letter, 'A'..='Z' | '0'..='9' | '-')) {
            self.push(SettingsField::Code, SettingsProblem::Code);
        } else if code.len() > MAX_CODE {
            self.push(SettingsField::Code, SettingsProblem::TooLong(MAX_CODE as u32));
        }
    }

    fn connection(&mut self, connection: &Connection) {
        let Connection {
            urls,
            security,
            ca_pem,
            verify_certificate: _,
            pinned_sha256,
            bind_dn,
            connect_timeout,
            operation_timeout,
            run_deadline,
        } = connection;
        if urls.is_empty() {
            self.push(SettingsField::Urls, SettingsProblem::Missing);
        }
        for (index, text) in (0..).zip(urls) {
            self.url(SettingsField::Url(index), text, *security);
        }
        self.repeated(urls.iter().map(|url| url.to_ascii_lowercase()), SettingsField::Url);
        if ca_pem.as_ref().is_some_and(|pem| !pem.contains("-----BEGIN CERTIFICATE-----")) {
            self.push(SettingsField::CaPem, SettingsProblem::Certificate);
        }
        let is_sha256 = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if pinned_sha256.as_ref().is_some_and(|pin| !is_sha256(pin)) {
            self.push(SettingsField::PinnedSha256, SettingsProblem::Sha256);
        }
        self.dn(SettingsField::BindDn, bind_dn);
        self.range(SettingsField::ConnectTimeout, *connect_timeout, 1..=600);
        self.range(SettingsField::OperationTimeout, *operation_timeout, 1..=600);
        self.range(SettingsField::RunDeadline, *run_deadline, 10..=LONGEST_RUN);
    }

    fn schema(&mut self, schema: &Schema) {
        let Schema { preset: _, base_dns, scope: _, page_size, external_id_attribute } = schema;
        if base_dns.is_empty() {
            self.push(SettingsField::BaseDns, SettingsProblem::Missing);
        }
        for (index, base_dn) in (0..).zip(base_dns) {
            if base_dn.trim().is_empty() {
                self.push(SettingsField::BaseDn(index), SettingsProblem::Missing);
            }
            self.dn(SettingsField::BaseDn(index), base_dn);
        }
        let keys = base_dns.iter().map(|text| Dn::parse(text).map_or(text.clone(), |dn| dn.key().as_str().to_owned()));
        self.repeated(keys, SettingsField::BaseDn);
        self.range(SettingsField::PageSize, *page_size, 1..=10_000);
        self.attribute(SettingsField::ExternalIdAttribute, external_id_attribute);
    }

    fn users(&mut self, users: &UserSchema) {
        let UserSchema { filter, username_attribute, search_attributes, mapping } = users;
        if let Err(error) = Filter::parse(filter) {
            self.push(SettingsField::UserFilter, SettingsProblem::Filter(error));
        }
        self.attribute(SettingsField::UsernameAttribute, username_attribute);
        if search_attributes.is_empty() {
            self.push(SettingsField::SearchAttributes, SettingsProblem::Missing);
        }
        for (index, name) in (0..).zip(search_attributes) {
            self.attribute(SettingsField::SearchAttribute(index), name);
        }
        self.repeated(search_attributes.iter().map(|name| name.to_ascii_lowercase()), SettingsField::SearchAttribute);
        for (index, mapping) in (0..).zip(mapping) {
            self.attribute(SettingsField::MappingAttribute(index), &mapping.attribute);
            if mapping.field == Field::Username {
                self.push(SettingsField::MappingField(index), SettingsProblem::Username);
            }
            if let ManyValues::Matching(pattern) = &mapping.rule {
                self.text(SettingsField::MappingPattern(index), pattern, pattern::MAX_LENGTH);
            }
        }
        self.repeated(mapping.iter().map(|mapping| &mapping.field), SettingsField::MappingField);
    }

    fn text(&mut self, field: SettingsField, text: &str, most: usize) {
        if text.trim().is_empty() {
            self.push(field, SettingsProblem::Missing);
        } else if text.chars().count() > most {
            self.push(field, SettingsProblem::TooLong(most as u32));
        }
    }

    fn url(&mut self, field: SettingsField, text: &str, security: Security) {
        match url::DirectoryUrl::parse(text) {
            Err(error) => self.push(field, SettingsProblem::Url(error)),
            Ok(url) => match (security, url.tls) {
                (Security::Ldaps, false) => self.push(field, SettingsProblem::NeedsLdaps),
                (Security::StartTls | Security::None, true) => self.push(field, SettingsProblem::NeedsPlain),
                (Security::Ldaps, true) | (Security::StartTls | Security::None, false) => {}
            },
        }
    }

    fn dn(&mut self, field: SettingsField, text: &str) {
        if let Err(error) = Dn::parse(text) {
            self.push(field, SettingsProblem::Dn(error));
        }
    }

    fn attribute(&mut self, field: SettingsField, name: &str) {
        if name.trim().is_empty() {
            self.push(field, SettingsProblem::Missing);
        } else if !attribute::is_name(name) {
            self.push(field, SettingsProblem::Attribute);
        }
    }

    fn range(&mut self, field: SettingsField, value: u32, range: RangeInclusive<u32>) {
        if !range.contains(&value) {
            self.push(field, SettingsProblem::OutOfRange { least: *range.start(), most: *range.end() });
        }
    }

    fn repeated<T: PartialEq>(&mut self, items: impl Iterator<Item = T>, field: fn(u32) -> SettingsField) {
        let items: Vec<T> = items.collect();
        for (index, item) in (0..).zip(&items) {
            if items[..index as usize].contains(item) {
                self.push(field(index), SettingsProblem::Twice);
            }
        }
    }
}

#[cfg(test)]
mod tests;
