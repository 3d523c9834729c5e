//! Above the rows: find, pick by kind and by field, choose the view.

use super::{
    shown::{Shown, View},
    state::Review,
};
use crate::{
    components::{field_name::field_name, row_kind::kind_word},
    text,
};
use identity::field::Field;
use leptos::{html, leptos_dom::helpers::debounce, prelude::*};
use plan::Kind;
use std::time::Duration;

/// How long typing must rest before it is looked for.
const REST: Duration = Duration::from_millis(200);

/// Above the rows.
#[component]
pub fn Toolbar(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    // A word takes several keys, and each answer costs the server a search.
    let mut find = debounce(REST, move |text| shown.find(text));
    // A link may have left the text out of the address, or a filter have written another one.
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |before: Option<String>| {
        let text = shown.text();
        if let (Some(before), Some(field)) = (before, field.try_get_untracked().flatten()) {
            let is_typed = field.matches(":focus").unwrap_or(true);
            if before != text && (text.is_empty() || !is_typed) {
                field.set_value(&text);
            }
        }
        text
    });
    let picks = review.can_pick.then(|| view! { <PickMenu review /> });
    let switch = move |view: View, word: &'static str| {
        view! {
            <a
                href=move || shown.address_of_view(view)
                aria-current=move || (shown.view() == view).then_some("true")
            >
                {word}
            </a>
        }
    };
    view! {
        <div class="review-toolbar">
            <form
                role="search"
                class="review-search"
                on:submit=move |event| event.prevent_default()
            >
                <label class="visually-hidden" for="review-search">{text!(review.search)}</label>
                <input
                    id="review-search"
                    type="search"
                    name="q"
                    placeholder=text!(review.search_hint)
                    value=untrack(|| shown.text())
                    node_ref=field
                    on:input=move |event| find(event_target_value(&event))
                />
            </form>
            {picks}
            <nav class="view-switch" aria-label=text!(review.view_label)>
                {switch(View::List, text!(review.view_grid))}
                {switch(View::Pages, text!(review.view_pages))}
            </nav>
        </div>
    }
    .into_any()
}

/// Picks all, none, a kind, a field.
#[component]
fn PickMenu(
    /// The review.
    review: Review,
) -> AnyView {
    let counts = review.changes();
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| kind.is_change() && counts.of(*kind) > 0)
        .map(|kind| view! { <KindBox kind review /> })
        .collect_view();
    let fields = review.plan.with_untracked(|plan| plan.summary.fields.clone());
    let fields = (!fields.is_empty()).then(|| {
        let boxes = fields.into_iter().map(|field| view! { <FieldBox field review /> }).collect_view();
        view! {
            <fieldset>
                <legend>{text!(review.pick_fields)}</legend>
                {boxes}
            </fieldset>
        }
    });
    view! {
        <button type="button" class="button" popovertarget="pick-menu">{text!(review.pick)}</button>
        <div id="pick-menu" popover="auto" class="menu pick-menu">
            <p class="actions">
                <button type="button" class="button" on:click=move |_| review.selection.update(|selection| selection.pick_all())>
                    {text!(review.pick_all)}
                </button>
                <button type="button" class="button" on:click=move |_| review.selection.update(|selection| selection.unpick_all())>
                    {text!(review.pick_none)}
                </button>
            </p>
            <fieldset>
                <legend>{text!(review.pick_kinds)}</legend>
                {kinds}
            </fieldset>
            {fields}
        </div>
    }
    .into_any()
}

/// Picks every row of a kind.
#[component]
fn KindBox(
    /// The kind.
    kind: Kind,
    /// The review.
    review: Review,
) -> AnyView {
    let all = review.changes().of(kind);
    // The last answer stands until the next is known.
    let picked = Memo::new(move |before: Option<&Option<u32>>| {
        review.picked().map(|counts| counts.of(kind)).or_else(|| before.copied().flatten())
    });
    view! {
        <label>
            <input
                type="checkbox"
                disabled=move || review.outline().is_none()
                prop:checked=move || picked.get() == Some(all)
                prop:indeterminate=move || picked.get().is_some_and(|picked| (1..all).contains(&picked))
                on:change=move |event| review.pick_kind(kind, event_target_checked(&event))
            />
            {kind_word(kind)}
            " "
            <small class="quiet">
                {move || {
                    picked.get().map(|picked| {
                        text!(review.picked_of, picked = text::number(picked), all = text::number(all))
                    })
                }}
            </small>
        </label>
    }
    .into_any()
}

/// Picks a field in every row that updates.
#[component]
fn FieldBox(
    /// The field.
    field: Field,
    /// The review.
    review: Review,
) -> AnyView {
    let name = field_name(&field);
    let picked = {
        let field = field.clone();
        move || review.selection.with(|selection| selection.picks_field(&field))
    };
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=picked
                on:change=move |event| {
                    let picked = event_target_checked(&event);
                    review.selection.update(|selection| {
                        if picked { selection.pick_field(&field) } else { selection.unpick_field(&field) }
                    });
                }
            />
            {name}
        </label>
    }
    .into_any()
}
