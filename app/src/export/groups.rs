//! Groups as rows.

use super::or_blank;
use identity::group::GroupFields;
use identity::user::Origin;

/// The headers of groups. Members are not in it: they stand with the users.
pub const HEADER: [&str; 4] = ["name", "label", "description", "origin"];

/// A group as a row.
pub fn row(fields: &GroupFields, origin: Origin) -> Vec<String> {
    let GroupFields { name, label, description } = fields;
    let origin = match origin {
        Origin::Internal => "internal",
        Origin::External => "external",
    };
    vec![name.to_string(), or_blank(label), or_blank(description), origin.to_owned()]
}
