//! Why a row is in the plan: what found it, which rule matched it, what was decided.

use super::{issue::IssueLine, state::Review};
use crate::text;
use leptos::prelude::*;
use plan::{Kind, Reason, Row};

/// The rule that said whose row it is.
fn reason_text(reason: &Reason) -> &'static str {
    match reason {
        Reason::Unknown => text!(review.why_unknown),
        Reason::ExternalId => text!(review.why_external_id),
        Reason::Username => text!(review.why_username),
        Reason::ChosenLink => text!(review.why_chosen_link),
        Reason::PolicyLink => text!(review.why_policy_link),
        Reason::PolicySkip => text!(review.why_policy_skip),
        Reason::Blocked => text!(review.why_blocked),
    }
}

/// Everything that led to a row, from the search to its issues.
fn reasons(row: &Row, review: Review) -> Vec<String> {
    let (directory, query) = review.plan.with_value(|plan| (plan.directory_name.clone(), plan.query.clone()));
    let mut reasons =
        vec![text!(review.why_search, query = query, directory = directory), reason_text(&row.reason).to_owned()];
    let mut also = |applies: bool, text: &str| reasons.extend(applies.then(|| text.to_owned()));
    also(row.renames(), text!(review.why_rename));
    also(row.moved_from.is_some(), text!(review.why_move));
    also(row.kind() == Kind::Disable, text!(review.why_disable));
    also(row.kind() == Kind::Unchanged, text!(review.why_unchanged));
    if !row.add_roles.is_empty() {
        let roles: Vec<&str> = row.add_roles.iter().map(|role| role.as_str()).collect();
        reasons.push(text!(review.why_roles, roles = roles.join(", ")));
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
    let issues = (!row.issues.is_empty()).then(|| {
        let lines = row.issues.iter().cloned().map(|issue| view! { <IssueLine issue /> }).collect_view();
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
