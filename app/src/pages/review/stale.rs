//! Says that rows changed since they were planned, and plans again.

use super::{
    replanning::{Ask, ReplanButton},
    shown::{Show, Shown},
    state::Review,
};
use crate::{api::plan::replan, text};
use leptos::prelude::*;
use std::sync::Arc;

/// Says how many rows changed since they were planned, once that is known; nothing when none did.
#[component]
pub fn StaleNotice(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    Effect::new(move |_| {
        if shown.show() == Show::Stale && review.stale.with_untracked(Option::is_none) {
            review.look_for_stale();
        }
    });
    // Not made anew when a number changes, so that a planning goes on.
    let is_stale = Memo::new(move |_| review.stale.get().is_some_and(|rows| rows > 0));
    let notice = move || is_stale.get().then(|| view! { <Notice review shown /> });
    notice.into_any()
}

#[component]
fn Notice(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let plan_id = review.plan.with_untracked(|plan| plan.plan_id);
    let says = move || {
        let rows = review.stale.get().unwrap_or_default();
        text!(review.stale_rows, count = rows, n = text::number(rows))
    };
    let again = review.can_pick.then(|| {
        let ask: Ask = Arc::new(move || Box::pin(replan(plan_id, review.selection.get_untracked())));
        view! {
            <p>{text!(review.stale_next)}</p>
            <ReplanButton label=text!(review.stale_replan) ask from="changed" instead_of=plan_id />
        }
    });
    let is_shown = move || shown.show() == Show::Stale;
    view! {
        <div class="notice is-warning">
            <p class="notice-title" role="alert">
                {says} {move || (review.refusals.get() > 0).then(|| format!(" {}", text!(review.stale_unwritten)))}
            </p>
            {again}
            <p hidden=is_shown><a href=move || shown.address_of_any_name(Show::Stale)>{text!(review.stale_show)}</a></p>
        </div>
    }
    .into_any()
}
