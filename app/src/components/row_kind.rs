//! What a row of a plan does, as a symbol and a word.

use crate::text;
use leptos::prelude::*;
use plan::{Action, Kind, Row};

/// The symbol of a kind.
pub fn kind_symbol(kind: Kind) -> &'static str {
    match kind {
        Kind::Create => "+",
        Kind::Update => "~",
        Kind::Rename => "→",
        Kind::Disable => "−",
        Kind::Unchanged => "=",
        Kind::Skipped => "·",
        Kind::Blocked => "!",
    }
}

/// The word of a kind.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Create => text!(review.kind_create),
        Kind::Update => text!(review.kind_update),
        Kind::Rename => text!(review.kind_rename),
        Kind::Disable => text!(review.kind_disable),
        Kind::Unchanged => text!(review.kind_unchanged),
        Kind::Skipped => text!(review.kind_skipped),
        Kind::Blocked => text!(review.kind_blocked),
    }
}

/// The word of a row, which says more than that of its kind.
fn row_word(row: &Row) -> &'static str {
    match (row.kind(), &row.action) {
        (Kind::Rename, _) if row.renames() => text!(review.row_rename),
        (Kind::Rename, _) => text!(review.row_move),
        (Kind::Update, Action::Link { .. }) => text!(review.row_link),
        (kind, _) => kind_word(kind),
    }
}

/// What a row does.
#[component]
pub fn RowKind<'a>(
    /// The row.
    row: &'a Row,
) -> AnyView {
    let kind = row.kind();
    view! {
        <span class=format!("row-kind is-{}", kind.code())>
            <span class="row-kind-symbol" aria-hidden="true">{kind_symbol(kind)}</span>
            {row_word(row)}
        </span>
    }
    .into_any()
}
