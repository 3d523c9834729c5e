//! Why a row is in the plan: what found it, which rule matched it, what was decided.

use super::{issue::IssueLine, state::Review};
use crate::text;
use leptos::prelude::*;
use plan::{Guard, Kind, Reason, Row};

/// The rule that said whose row it is.
fn reason_text(reason: &Reason, is_file: bool) -> &'static str {
    match reason {
        Reason::Unknown if is_file => text!(review.why_unknown_file),
        Reason::Unknown => text!(review.why_unknown),
        Reason::ExternalId => text!(review.why_external_id),
        Reason::Username => text!(review.why_username),
        Reason::OldUsername => text!(review.why_old_username),
        Reason::ChosenLink => text!(review.why_chosen_link),
        Reason::PolicyLink => text!(review.why_policy_link),
        Reason::PolicySkip => text!(review.why_policy_skip),
        Reason::Blocked => text!(review.why_blocked),
    }
}

/// What a guard of the plan will ask about the row.
fn guard_text(guard: &Guard, row: &Row) -> Option<String> {
    match guard {
        Guard::GivesAdministrator { role, .. } if row.add_roles.iter().any(|given| given.role == *role) => {
            Some(text!(review.why_guard_administrator, role = role.as_str().to_owned()))
        }
        Guard::DisablesMany { users } if row.disables() => {
            Some(text!(review.why_guard_disables, n = text::number(*users)))
        }
        Guard::RenamesMany { users } if row.renames() => {
            Some(text!(review.why_guard_renames, n = text::number(*users)))
        }
        Guard::TakesFromMany { users } if row.takes() => Some(text!(review.why_guard_takes, n = text::number(*users))),
        Guard::GivesAdministrator { .. }
        | Guard::DisablesMany { .. }
        | Guard::TakesFromMany { .. }
        | Guard::RenamesMany { .. } => None,
    }
}

/// Everything that led to a row, from the search to its issues.
fn reasons(row: &Row, review: Review) -> Vec<String> {
    let (source, query, earlier, is_file) = review.plan.with_untracked(|plan| {
        (plan.source_name.clone(), plan.query.clone(), plan.earlier, plan.directory_id.is_none())
    });
    let found = match row.line {
        Some(line) => text!(review.why_line, line = text::number(line), file = source),
        // Which of them is not known.
        None if earlier > 0 => text!(review.why_searches, query = query, directory = source),
        None => text!(review.why_search, query = query, directory = source),
    };
    let mut reasons = vec![found, reason_text(&row.reason, is_file).to_owned()];
    let mut also = |applies: bool, text: &str| reasons.extend(applies.then(|| text.to_owned()));
    also(row.renames(), text!(review.why_rename));
    also(row.moved_from.is_some(), text!(review.why_move));
    let (disables, unchanged) = match is_file {
        true => (text!(review.why_disable_file), text!(review.why_unchanged_file)),
        false => (text!(review.why_disable), text!(review.why_unchanged)),
    };
    also(row.kind() == Kind::Disable, disables);
    also(row.takes(), text!(review.why_takes));
    also(row.kind() == Kind::Unchanged, unchanged);
    if !row.add_roles.is_empty() {
        let roles: Vec<String> = row.add_roles.iter().map(ToString::to_string).collect();
        reasons.push(text!(review.why_roles, roles = roles.join(", ")));
    }
    if row.kind().is_change() {
        let guards = review.plan.with_untracked(|plan| plan.summary.guards.clone());
        reasons.extend(guards.iter().filter_map(|guard| guard_text(guard, row)));
    }
    reasons
}

/// The answer to “Why is this row here?”.
#[component]
pub fn Why(
    /// The row.
    row: Row,
    /// The review that it belongs to.
    review: Review,
) -> AnyView {
    let is_file = row.line.is_some();
    let issues = (!row.issues.is_empty()).then(|| {
        let lines = row.issues.iter().cloned().map(|issue| view! { <IssueLine issue is_file /> }).collect_view();
        view! {
            <h3>{text!(review.issues)}</h3>
            <ul class="issues">{lines}</ul>
        }
    });
    let reasons = reasons(&row, review).into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    view! {
        {issues}
        <h3>{text!(review.why)}</h3>
        <ul class="why">{reasons}</ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::role::RoleCode;
    use plan::Action;

    #[test]
    fn a_guard_is_named_where_the_row_trips_it() {
        let role = RoleCode::parse(RoleCode::ADMINISTRATOR).expect("a legal code");
        let mut row = Row {
            row: 0,
            line: None,
            username: "eve".to_owned(),
            name: "Eve".to_owned(),
            entry: None,
            action: Action::Create,
            fields: vec![],
            unchanged_fields: 0,
            add_roles: vec![],
            remove_roles: vec![],
            add_groups: vec![],
            remove_groups: vec![],
            moved_from: None,
            reason: Reason::Unknown,
            issues: vec![],
        };
        let gives = Guard::GivesAdministrator { role: role.clone(), users: 1 };
        assert_eq!(guard_text(&gives, &row), None);
        row.add_roles.push(role.clone().into());
        assert!(guard_text(&gives, &row).is_some_and(|text| text.contains(role.as_str())));
        assert_eq!(guard_text(&Guard::DisablesMany { users: 30 }, &row), None);
    }
}
