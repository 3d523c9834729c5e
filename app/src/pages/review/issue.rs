//! What is wrong with a row, in words.

use crate::{components::field_name::field_name, text};
use identity::{field::Field, id::UserId};
use leptos::prelude::*;
use plan::Issue;

/// What an issue of a row of a file, or of an entry of a directory, says.
pub fn issue_text(issue: &Issue, is_file: bool) -> String {
    match issue {
        Issue::MissingUsername if is_file => text!(review.issue_missing_username_file).to_owned(),
        Issue::IllegalUsername if is_file => text!(review.issue_illegal_username_file).to_owned(),
        Issue::DuplicateRow { line: Some(line), .. } => {
            text!(review.issue_duplicate_line, line = text::number(*line))
        }
        Issue::MissingUsername => text!(review.issue_missing_username).to_owned(),
        Issue::IllegalUsername => text!(review.issue_illegal_username).to_owned(),
        Issue::MissingExternalId { attribute } if attribute.is_empty() => {
            text!(review.issue_missing_external_id).to_owned()
        }
        Issue::MissingExternalId { attribute } => {
            text!(review.issue_missing_external_id_named, attribute = attribute.clone())
        }
        Issue::InternalUserExists { .. } => text!(review.issue_internal_user_exists).to_owned(),
        Issue::LinkedElsewhere { .. } => text!(review.issue_linked_elsewhere).to_owned(),
        Issue::MatchesTwoUsers { .. } => text!(review.issue_matches_two).to_owned(),
        // Rows are numbered from 1 for people.
        Issue::DuplicateRow { row, line: None } => text!(review.issue_duplicate_row, row = row + 1),
        Issue::NotText { attribute } => text!(review.issue_not_text, attribute = attribute.clone()),
        Issue::NotFlag { attribute } => text!(review.issue_not_flag, attribute = attribute.clone()),
        Issue::TooLong { field } => text!(review.issue_too_long, field = field_name(field)),
        Issue::UnknownRole { role } => text!(review.issue_unknown_role, role = role.clone()),
        Issue::IllegalScope { role } => text!(review.issue_illegal_scope, role = role.clone()),
        Issue::UnknownGroup { group } => text!(review.issue_unknown_group, group = group.clone()),
        Issue::MayNotGrant { role } => text!(review.issue_may_not_grant, role = role.as_str().to_owned()),
        Issue::BeyondAuthor { role } => text!(review.issue_beyond_author, role = role.as_str().to_owned()),
        Issue::OwnedByDirectory { field } => text!(review.issue_owned, field = field_name(field)),
        Issue::UnknownOldName { username } => text!(review.issue_unknown_old_name, username = username.clone()),
        Issue::HasPassword { column } => text!(review.issue_has_password, column = column.clone()),
        Issue::NotSplit { column } => text!(review.issue_not_split, column = column.clone()),
        Issue::LastAdministrator => text!(review.issue_last_administrator).to_owned(),
        Issue::ActingUser => text!(review.issue_acting_user).to_owned(),
        Issue::Misshapen { field } => {
            let remedy = if is_file { text!(review.correct_cell) } else { text!(review.correct_entry) };
            format!("{} {remedy}", misshapen(field))
        }
        Issue::SameEmail { username, .. } => text!(review.issue_same_email, username = username.clone()),
    }
}

/// What a value of a field would be like.
fn misshapen(field: &Field) -> &'static str {
    match field {
        Field::Locale => text!(review.issue_no_locale),
        Field::TimeZone => text!(review.issue_no_time_zone),
        // The only other field whose values have a shape.
        _ => text!(review.issue_no_email),
    }
}

/// The users that an issue names.
fn users(issue: &Issue) -> Vec<(UserId, &'static str)> {
    match issue {
        Issue::InternalUserExists { user_id }
        | Issue::LinkedElsewhere { user_id }
        | Issue::SameEmail { user_id, .. } => vec![(*user_id, text!(review.see_user))],
        Issue::MatchesTwoUsers { user_id, other_id } => {
            vec![(*user_id, text!(review.see_user)), (*other_id, text!(review.see_other_user))]
        }
        _ => vec![],
    }
}

/// An issue, with links to the users that it names.
#[component]
pub fn IssueLine(
    /// The issue.
    issue: Issue,
    /// Whether it is about a row of a file.
    is_file: bool,
) -> AnyView {
    let class = if issue.blocks() { "issue issue-blocks" } else { "issue issue-warns" };
    let links = users(&issue)
        .into_iter()
        .map(|(user_id, word)| view! { " " <a href=format!("/users/{user_id}")>{word}</a> })
        .collect_view();
    view! { <li class=class>{issue_text(&issue, is_file)} {links}</li> }.into_any()
}
