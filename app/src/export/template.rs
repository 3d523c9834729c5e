//! Empty files to fill in: headers, and what each column takes.

use super::{groups, roles, users};
use crate::text;

/// Of what a template is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Users.
    Users,
    /// Groups.
    Groups,
    /// Roles.
    Roles,
}

impl Kind {
    /// Every one.
    pub const ALL: [Kind; 3] = [Kind::Users, Kind::Groups, Kind::Roles];

    /// The text that addresses hold, which also begins the name of the file.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Users => "users",
            Kind::Groups => "groups",
            Kind::Roles => "roles",
        }
    }

    /// The one with this text.
    pub fn parse(code: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The header row. Where an object came from is not for a person to fill in.
    pub fn header(self) -> Vec<&'static str> {
        match self {
            Kind::Users => users::NATIVE.into_iter().filter(|header| *header != "origin").collect(),
            Kind::Groups => groups::HEADER.into_iter().filter(|header| *header != "origin").collect(),
            Kind::Roles => roles::HEADER.to_vec(),
        }
    }

    /// What the sheet beside is called that says what the columns take, in the reader's language.
    pub fn sheet_name(self) -> &'static str {
        text!(export.columns)
    }

    /// What the columns take, in the reader's language: a table with a header row of its own.
    pub fn explained(self) -> Vec<Vec<String>> {
        let mut rows = vec![vec![text!(export.column).to_owned(), text!(export.takes).to_owned()]];
        rows.extend(self.header().into_iter().map(|header| vec![header.to_owned(), self.takes(header).to_owned()]));
        if self == Kind::Users {
            rows.push(vec!["custom:…".to_owned(), text!(export.takes_custom).to_owned()]);
        }
        rows.push(vec![String::new(), text!(export.takes_blank).to_owned()]);
        rows
    }

    fn takes(self, header: &str) -> &'static str {
        match (self, header) {
            (Kind::Users, "username") => text!(export.takes_username),
            (Kind::Users, "enabled") => text!(export.takes_enabled),
            (Kind::Users, "groups") => text!(export.takes_groups),
            (Kind::Users, "roles") => text!(export.takes_roles),
            (Kind::Users, "locale") => text!(export.takes_locale),
            (Kind::Users, "timezone") => text!(export.takes_timezone),
            (Kind::Groups, "name") => text!(export.takes_group),
            (Kind::Roles, "role") => text!(export.takes_role),
            (Kind::Roles, "permissions") => text!(export.takes_permissions),
            (Kind::Groups | Kind::Roles, "label") => text!(export.takes_label),
            _ => text!(export.takes_text),
        }
    }
}
