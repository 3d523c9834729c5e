//! Keeps what is picked in this tab, so that a reload loses nothing.

use super::{draft, state::Review};
use crate::components::keeping;
use leptos::prelude::*;

/// Takes back what was kept, and keeps what is picked for as long as the page is open.
pub fn keep(review: Review) {
    let plan_id = review.plan.with_untracked(|plan| plan.plan_id);
    // In an effect, because the server has no drafts. It runs once; what it begins lives as long.
    Effect::new(move |_| {
        if let Some(kept) = draft::find(plan_id) {
            review.selection.set(kept);
        }
        let length = move || review.selection.with(|selection| selection.rows.len() + selection.parts.len());
        keeping::keep(length, move || review.selection.with_untracked(|selection| draft::keep(plan_id, selection)));
    });
}
