//! What an import would make of an entry, as a symbol and words.

use crate::text;
use leptos::prelude::*;
use plan::issue::Issue;
use plan::state::RowState;

/// The symbol of a state.
pub fn state_symbol(code: &str) -> &'static str {
    match code {
        "new" => "+",
        "will_sync" | "will_link" => "~",
        "up_to_date" => "=",
        "skipped" => "·",
        _ => "!",
    }
}

/// The words of a state, for a tile.
pub fn state_word(code: &str) -> &'static str {
    match code {
        "new" => text!(import.state_new),
        "will_sync" => text!(import.state_will_sync),
        "will_link" => text!(import.state_link),
        "up_to_date" => text!(import.state_up_to_date),
        "skipped" => text!(import.state_skipped),
        _ => text!(import.state_blocked),
    }
}

/// The words of a state, for a row.
fn state_text(state: &RowState) -> String {
    match state {
        RowState::WillSync { fields: 0 } => text!(import.state_will_sync_dn).to_owned(),
        RowState::WillSync { fields } => {
            text!(import.state_will_sync_fields, count = *fields, n = text::number(*fields))
        }
        RowState::Skipped => text!(import.state_skipped_why).to_owned(),
        RowState::Blocked { issues } => match issues.iter().find_map(reason) {
            Some(reason) => text!(import.state_blocked_why, reason = reason),
            None => text!(import.state_blocked).to_owned(),
        },
        RowState::New | RowState::WillLink { .. } | RowState::UpToDate => state_word(state.code()).to_owned(),
    }
}

/// Why an entry cannot be imported, as a part of a sentence; warnings are for the review.
fn reason(issue: &Issue) -> Option<&'static str> {
    Some(match issue {
        Issue::MissingUsername => text!(import.issue_missing_username),
        Issue::IllegalUsername => text!(import.issue_illegal_username),
        Issue::MissingExternalId { .. } => text!(import.issue_missing_external_id),
        Issue::InternalUserExists { .. } => text!(import.issue_internal_user_exists),
        Issue::LinkedElsewhere { .. } => text!(import.issue_linked_elsewhere),
        Issue::MatchesTwoUsers { .. } => text!(import.issue_matches_two),
        Issue::DuplicateRow { .. } => text!(import.issue_duplicate_row),
        Issue::LastAdministrator => text!(import.issue_last_administrator),
        Issue::ActingUser => text!(import.issue_acting_user),
        Issue::BeyondAuthor { .. } => text!(import.issue_beyond_author),
        Issue::NotText { .. }
        | Issue::NotFlag { .. }
        | Issue::TooLong { .. }
        | Issue::Misshapen { .. }
        | Issue::SameEmail { .. } => return None,
        // Only rows of files have these.
        Issue::UnknownRole { .. }
        | Issue::IllegalScope { .. }
        | Issue::UnknownGroup { .. }
        | Issue::MayNotGrant { .. }
        | Issue::OwnedByDirectory { .. }
        | Issue::UnknownOldName { .. }
        | Issue::HasPassword { .. }
        | Issue::NotSplit { .. } => return None,
    })
}

/// What an import would make of an entry.
#[component]
pub fn StateLabel(
    /// The state.
    state: RowState,
    /// Whether the entry was chosen to be linked.
    #[prop(into)]
    link: Signal<bool>,
) -> AnyView {
    let code = state.code();
    let words = state_text(&state);
    let shown = move || {
        if link.get() { ("~", text!(import.state_link).to_owned()) } else { (state_symbol(code), words.clone()) }
    };
    view! {
        <span class=move || format!("state state-{}", if link.get() { "will_link" } else { code })>
            {move || {
                let (symbol, words) = shown();
                view! {
                    <span class="state-symbol" aria-hidden="true">{symbol}</span>
                    <span class="state-words" title=words.clone()>{words.clone()}</span>
                }
            }}
        </span>
    }
    .into_any()
}
