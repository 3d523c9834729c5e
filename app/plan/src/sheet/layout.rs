//! Layouts that are known by their headers (product §6).

use super::header::{key, trimmed};
use super::suggest::Recognised;
use super::target::Target;
use crate::many;
use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Whose file it is, by its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Ours.
    Native,
    /// A product catalogue's (Akeneo).
    Catalogue,
    /// Moodle's.
    Moodle,
    /// Snipe-IT's.
    SnipeIt,
    /// Zammad's.
    Zammad,
    /// None of these.
    Unknown,
}

/// What the files of rows that were not applied have beside the columns of the rows, as keys and in every language: it
/// comes back with a file that was repaired, whatever the rest of that file looks like.
pub(super) const REST: &[&str] = &["line", "addroles", "removeroles", "addgroups", "removegroups", "reason", "grund"];
/// Headers that our files have, of which some are needed to know them.
const NATIVE: [&str; 14] = [
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
/// Of those, the ones that hardly any other file with such headers has.
const NATIVE_ONLY: [&str; 3] = ["display_name", "job_title", "origin"];

/// What a catalogue knows of its users and has no field here: custom attributes.
const CATALOGUE_CUSTOM: [&str; 9] = [
    "avatar",
    "catalog_default_locale",
    "catalog_default_scope",
    "default_category_tree",
    "default_product_grid_view",
    "middle_name",
    "name_prefix",
    "name_suffix",
    "product_grid_filters",
];
/// What a catalogue writes and does not read.
const CATALOGUE_IGNORED: [&str; 5] =
    ["date_account_created", "date_account_last_updated", "last_logged_in", "login_count", "origin"];

/// What Moodle has and no field is for: technical settings. Enrolments have a number behind their name.
const MOODLE_IGNORED: [&str; 21] = [
    "auth",
    "autosubscribe",
    "calendartype",
    "cohort",
    "course",
    "deleted",
    "descriptionformat",
    "emailstop",
    "enroltimestart",
    "enrolperiod",
    "enrolstatus",
    "group",
    "htmleditor",
    "mailformat",
    "maildigest",
    "maildisplay",
    "mnethostid",
    "role",
    "suspended",
    "sysrole",
    "type",
];
/// What Moodle puts before the name of a profile field.
const MOODLE_CUSTOM: &str = "profile_field_";

/// What Zammad has and no field is for.
const ZAMMAD_IGNORED: [&str; 10] = [
    "id",
    "verified",
    "last_login",
    "login_failed",
    "out_of_office",
    "out_of_office_start_at",
    "out_of_office_end_at",
    "image",
    "image_source",
    "source",
];
/// What stands between values there.
const ZAMMAD_SEPARATOR: &str = "~~~";

impl Layout {
    /// Whose file has these headers.
    pub fn of(headers: &[String]) -> Self {
        let headers: HashSet<&str> = headers.iter().map(|header| trimmed(header)).collect();
        let has = |header: &str| headers.contains(header);
        let all = |wanted: &[&str]| wanted.iter().all(|header| has(header));
        let any = |wanted: &[&str]| wanted.iter().any(|header| has(header));
        let count = |wanted: &[&str]| wanted.iter().filter(|header| has(header)).count();
        let is_ours = count(&NATIVE) >= 5 && any(&NATIVE_ONLY);
        if has("username") && (count(&CATALOGUE_CUSTOM) >= 3 || has("user_default_locale")) {
            Layout::Catalogue
        } else if has("username") && (is_ours || headers.iter().any(|header| header.starts_with("custom:"))) {
            Layout::Native
        } else if all(&["login", "firstname", "lastname"]) {
            Layout::Zammad
        } else if all(&["username", "firstname", "lastname"]) {
            Layout::Moodle
        } else if all(&["First Name", "Last Name"])
            && any(&["Username", "User name"])
            && any(&["Activated", "Employee Number", "Phone Num", "Job Title For User"])
        {
            Layout::SnipeIt
        } else {
            Layout::Unknown
        }
    }

    /// What stands between the values of a cell.
    pub(super) fn separator(self) -> &'static str {
        if self == Layout::Zammad { ZAMMAD_SEPARATOR } else { many::SEPARATOR }
    }

    /// Whether a column that is nothing else is a custom attribute. Elsewhere a person chooses.
    pub(super) fn keeps_others(self) -> bool {
        matches!(self, Layout::Native | Layout::Catalogue)
    }

    /// What a header means here, if that is something of its own.
    pub(super) fn meaning(self, header: &str) -> Option<(Recognised, Option<Target>)> {
        let ignored = Some((Recognised::IgnoredKnown, None));
        match self {
            _ if REST.contains(&key(header).as_str()) => ignored,
            Layout::Catalogue if CATALOGUE_IGNORED.contains(&header) => ignored,
            Layout::Catalogue if CATALOGUE_CUSTOM.contains(&header) => {
                Some((Recognised::Custom, Some(Target::custom(header))))
            }
            Layout::Catalogue if header == "user_default_locale" => {
                Some((Recognised::Exact, Some(Target::Field(Field::Locale))))
            }
            Layout::Moodle => match header.strip_prefix(MOODLE_CUSTOM).map(str::trim) {
                Some(name) if !name.is_empty() => Some((Recognised::Custom, Some(Target::custom(name)))),
                _ => {
                    let name = header.trim_end_matches(|character: char| character.is_ascii_digit());
                    ignored.filter(|_| MOODLE_IGNORED.contains(&name))
                }
            },
            Layout::Zammad if ZAMMAD_IGNORED.contains(&header) => ignored,
            Layout::Native | Layout::Unknown if header == "origin" => ignored,
            _ => None,
        }
    }
}
