//! Users as rows.

use super::or_blank;
use identity::{
    assignment::Assignment,
    field::Field,
    user::{Origin, User, UserFields},
};
use plan::many;
use std::collections::BTreeSet;

/// Whose columns a file of users has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Ours: every field, then the custom attributes.
    Native,
    /// Akeneo's: semicolons, `enabled` is 1 or 0, and only the columns that it knows.
    Akeneo,
}

/// The headers of the native layout, without those of custom attributes.
pub const NATIVE: [&str; 14] = [
    "username",
    "email",
    "first_name",
    "last_name",
    "display_name",
    "phone",
    "department",
    "job_title",
    "enabled",
    "origin",
    "groups",
    "roles",
    "locale",
    "timezone",
];

/// The headers of Akeneo. What is no field of ours is the custom attribute of the same name, as it is when such a file
/// is read.
pub const AKENEO: [&str; 19] = [
    "username",
    "email",
    "avatar",
    "catalog_default_locale",
    "catalog_default_scope",
    "default_category_tree",
    "default_product_grid_view",
    "enabled",
    "first_name",
    "groups",
    "last_name",
    "middle_name",
    "name_prefix",
    "name_suffix",
    "phone",
    "product_grid_filters",
    "roles",
    "timezone",
    "user_default_locale",
];

impl Layout {
    /// Every one, in the order of the dialog.
    pub const ALL: [Layout; 2] = [Layout::Native, Layout::Akeneo];

    /// The text that addresses hold.
    pub fn code(self) -> &'static str {
        match self {
            Layout::Native => "native",
            Layout::Akeneo => "akeneo",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Layout::ALL.into_iter().find(|layout| layout.code() == code)
    }
}

/// The columns of a file of users.
#[derive(Debug, Clone)]
pub struct Columns {
    layout: Layout,
    /// The names of the custom attributes that have a column of their own.
    custom: Vec<String>,
}

impl Columns {
    /// The columns for users who have these custom attributes.
    pub fn new(layout: Layout, custom: BTreeSet<String>) -> Self {
        let custom = match layout {
            Layout::Native => custom.into_iter().collect(),
            Layout::Akeneo => vec![],
        };
        Self { layout, custom }
    }

    /// The header row. A custom attribute is written `custom:NAME`: bare, one that is called `mail` or `Abteilung` would
    /// be taken for the field that such a header means elsewhere.
    pub fn header(&self) -> Vec<String> {
        let fixed: &[&str] = match self.layout {
            Layout::Native => &NATIVE,
            Layout::Akeneo => &AKENEO,
        };
        let custom = self.custom.iter().map(|name| Field::Custom(name.clone()).name().into_owned());
        fixed.iter().map(|header| (*header).to_owned()).chain(custom).collect()
    }

    /// The row of a user.
    pub fn row(&self, user: &User) -> Vec<String> {
        match self.layout {
            Layout::Native => self.native(user),
            Layout::Akeneo => AKENEO.map(|header| akeneo(header, user)).to_vec(),
        }
    }

    fn native(&self, user: &User) -> Vec<String> {
        // Destructured so that a new field does not compile until its column is decided.
        let User { user_id: _, version: _, fields, link: _, roles: _, groups: _ } = user;
        let UserFields {
            username,
            email,
            first_name,
            last_name,
            display_name,
            phone,
            department,
            job_title,
            locale,
            time_zone,
            enabled,
            custom: _,
        } = fields;
        let origin = match user.origin() {
            Origin::Internal => "internal",
            Origin::External => "external",
        };
        let mut row = vec![
            username.clone(),
            or_blank(email),
            or_blank(first_name),
            or_blank(last_name),
            or_blank(display_name),
            or_blank(phone),
            or_blank(department),
            or_blank(job_title),
            enabled.to_string(),
            origin.to_owned(),
            groups(user),
            roles(user),
            or_blank(locale),
            or_blank(time_zone),
        ];
        row.extend(self.custom.iter().map(|name| custom(user, name)));
        row
    }
}

fn akeneo(header: &str, user: &User) -> String {
    let UserFields { username, email, first_name, last_name, phone, locale, time_zone, enabled, .. } = &user.fields;
    match header {
        "username" => username.clone(),
        "email" => or_blank(email),
        "enabled" => u8::from(*enabled).to_string(),
        "first_name" => or_blank(first_name),
        "groups" => groups(user),
        "last_name" => or_blank(last_name),
        "phone" => or_blank(phone),
        "roles" => roles(user),
        "timezone" => or_blank(time_zone),
        "user_default_locale" => or_blank(locale),
        name => custom(user, name),
    }
}

fn roles(user: &User) -> String {
    let roles: Vec<_> = user.roles.iter().map(Assignment::text).collect();
    many::join(roles.iter().map(|role| &**role))
}

fn groups(user: &User) -> String {
    many::join(user.groups.iter().map(|group| group.as_str()))
}

fn custom(user: &User, name: &str) -> String {
    user.fields.custom.get(name).map(|values| many::join(values.iter().map(String::as_str))).unwrap_or_default()
}
