//! One field, before and after.

use crate::text;
use identity::field::Value;
use leptos::prelude::*;
use plan::{FieldChange, Mark};

/// A value as people read it.
pub fn value_text(value: &Value) -> String {
    match value {
        Value::Flag(true) => text!(review.yes).to_owned(),
        Value::Flag(false) => text!(review.no).to_owned(),
        Value::Text(text) => text.clone(),
        Value::Many(values) => values.join(", "),
    }
}

/// The two values of a change, with an arrow between; the old one is missing for what was empty.
#[component]
pub fn BeforeAfter(
    /// The change.
    change: FieldChange,
) -> AnyView {
    let FieldChange { field: _, before, after, mark } = change;
    let before = before.map(|value| {
        view! {
            <del class="before">{value_text(&value)}</del>
            <span class="arrow" aria-hidden="true">"→"</span>
            <span class="visually-hidden">{text!(review.becomes)}</span>
        }
    });
    let after = match after {
        Some(value) => view! { <ins class="after">{value_text(&value)}</ins> }.into_any(),
        None => view! { <em class="cleared">{text!(review.cleared)}</em> }.into_any(),
    };
    view! {
        <span class="before-after" dir="auto">
            {before}
            {after}
            {mark.map(|mark| view! { <ChangeMark mark /> })}
        </span>
    }
    .into_any()
}

/// What a reader could overlook in a change.
#[component]
fn ChangeMark(
    /// What it is.
    mark: Mark,
) -> AnyView {
    let (short, long) = match mark {
        Mark::CaseOnly => (text!(review.mark_case_short), text!(review.mark_case)),
        Mark::SpaceOnly => (text!(review.mark_space_short), text!(review.mark_space)),
    };
    view! { <small class="change-mark" title=long>{short}</small> }.into_any()
}
