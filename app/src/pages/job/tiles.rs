//! How many rows have each outcome; a press shows only those. The counts add up to the rows of the job.

use super::outcome::{outcome_symbol, outcome_word};
use crate::{
    api::job::{JobView, OUTCOMES, count_outcomes},
    components::tiles::{Tile, Tiles},
    text,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_query_map},
};
use std::collections::BTreeMap;

/// How many rows have each outcome.
#[component]
pub fn OutcomeTiles(
    /// The job.
    job: RwSignal<JobView>,
) -> AnyView {
    let job_id = job.with_untracked(|job| job.job_id);
    // While the job runs, ten times is often enough.
    let step = Memo::new(move |_| job.with(|job| (job.progress.percent() / 10, job.state.is_over())));
    // With what was known when they were counted: "not yet" becomes "not done" together with the last counts.
    let counts = Resource::new(
        move || step.get(),
        move |(_, is_over)| async move { (count_outcomes(job_id).await.unwrap_or_default(), is_over) },
    );
    view! {
        <Transition>
            {move || {
                let (counts, is_over) = counts.get().unwrap_or_default();
                view! { <Counted counts is_over /> }
            }}
        </Transition>
    }
    .into_any()
}

/// The tiles, and the sum below.
#[component]
fn Counted(
    /// Rows by the code of their outcome.
    counts: BTreeMap<String, u32>,
    /// Whether the job is over.
    is_over: bool,
) -> AnyView {
    let query = use_query_map();
    let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
    let (_, set_outcome) = query_signal_with_options::<String>("outcome", options);
    let shown = Memo::new(move |_| query.with(|query| query.get("outcome")));
    let total: u32 = counts.values().sum();
    let there: Vec<_> = OUTCOMES.into_iter().filter_map(|code| Some((code, *counts.get(code)?))).collect();
    let tile = move |(code, count): (&'static str, u32)| {
        let press = move |()| {
            let is_shown = shown.with_untracked(|shown| shown.as_deref() == Some(code));
            set_outcome.set((!is_shown).then(|| code.to_owned()));
        };
        view! {
            <Tile
                label=outcome_word(code, is_over)
                count=count
                pressed=Signal::derive(move || shown.with(|shown| shown.as_deref() == Some(code)))
                on_press=press
                tone=tone(code)
                symbol=outcome_symbol(code)
            />
        }
    };
    let parts: Vec<String> =
        there.iter().map(|(code, count)| format!("{} {}", text::number(*count), outcome_word(code, is_over))).collect();
    let sum = (parts.len() > 1).then(|| text!(jobs.sum, parts = parts.join(" + "), total = text::number(total)));
    view! {
        <Tiles label=text!(jobs.tiles)>
            <Tile
                label=text!(jobs.all)
                count=total
                pressed=Signal::derive(move || shown.with(Option::is_none))
                on_press=move |()| set_outcome.set(None)
                symbol="#"
            />
            {there.into_iter().map(tile).collect_view()}
        </Tiles>
        {sum.map(|sum| view! { <p class="quiet">{sum}</p> })}
    }
    .into_any()
}

fn tone(code: &str) -> &'static str {
    match code {
        "applied" | "already_applied" => "is-create",
        "stale" => "is-warning",
        "none" => "",
        _ => "is-blocked",
    }
}
