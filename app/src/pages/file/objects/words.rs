//! What the review of groups and roles says of a row.

use super::line::ObjectKind;
use crate::text;
use plan::Kind;
use plan::objects::{Attribute, ObjectIssue};

/// The kind of a plan of users that looks and is called the same.
pub fn plan_kind(kind: ObjectKind) -> Kind {
    match kind {
        ObjectKind::Create => Kind::Create,
        ObjectKind::Update => Kind::Update,
        ObjectKind::Unchanged => Kind::Unchanged,
        ObjectKind::Blocked => Kind::Blocked,
    }
}

/// What a text is called.
pub fn attribute_word(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::Name => text!(groups.name),
        Attribute::Label => text!(groups.label),
        Attribute::Description => text!(groups.description),
    }
}

/// What speaks against a row, and what to do. `line_of` gives the place in the file of a row of the plan.
pub fn issue_text(issue: &ObjectIssue, line_of: impl Fn(u32) -> String) -> String {
    match issue {
        ObjectIssue::MissingName => text!(objects.issue_missing_name).to_owned(),
        ObjectIssue::IllegalName => text!(objects.issue_illegal_name).to_owned(),
        ObjectIssue::DuplicateRow { row } => text!(objects.issue_duplicate, line = line_of(*row)),
        ObjectIssue::NotText { attribute } => {
            text!(objects.issue_not_text, attribute = attribute_word(*attribute))
        }
        ObjectIssue::IllegalPermission { permission } => {
            text!(objects.issue_permission, permission = permission.clone())
        }
        ObjectIssue::MayNotGive { permission } => text!(objects.issue_may_not_give, permission = permission.clone()),
        ObjectIssue::AdministratorRole => text!(objects.issue_administrator).to_owned(),
        ObjectIssue::Unreadable { column } => text!(objects.issue_unreadable, column = column.clone()),
    }
}

/// Numbers of rows, those that follow each other as one: `2–5, 9`.
pub fn spans(numbers: &[u32]) -> String {
    let mut spans: Vec<(u32, u32)> = vec![];
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*number) => *last = *number,
            _ => spans.push((*number, *number)),
        }
    }
    let span = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    spans.into_iter().map(span).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::spans;

    #[test]
    fn rows_that_follow_each_other_are_one() {
        assert_eq!(spans(&[2, 3, 4, 9, 11, 12]), "2–4, 9, 11–12");
        assert_eq!(spans(&[]), "");
    }
}
