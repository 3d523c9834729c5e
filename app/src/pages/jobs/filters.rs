//! Which jobs are listed: state, author and time, all in the address.

use crate::{api::job::JobListQuery, api::job::Since, components::job_state::state_word, text};
use job::JobState;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_query_map},
    params::ParamsMap,
};

/// Which jobs are listed. Reading is reactive.
#[derive(Debug, Clone, Copy)]
pub struct Filters {
    query: Memo<ParamsMap>,
    set_state: SignalSetter<Option<String>>,
    set_mine: SignalSetter<Option<String>>,
    set_since: SignalSetter<Option<String>>,
}

impl Filters {
    /// What the address says.
    pub fn of_address() -> Self {
        let setter = |key: &'static str| {
            let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            query_signal_with_options::<String>(key, options).1
        };
        Self {
            query: use_query_map(),
            set_state: setter("state"),
            set_mine: setter("mine"),
            set_since: setter("since"),
        }
    }

    /// The jobs to ask for.
    pub fn query(self, offset: u32, limit: u32) -> JobListQuery {
        JobListQuery { state: self.state(), mine: self.is_mine(), since: self.since(), offset, limit }
    }

    /// Whether anything is left out.
    pub fn is_set(self) -> bool {
        self.state().is_some() || self.is_mine() || self.since().is_some()
    }

    fn state(self) -> Option<JobState> {
        self.query.with(|query| query.get_str("state").and_then(JobState::parse))
    }

    fn is_mine(self) -> bool {
        self.query.with(|query| query.get_str("mine").is_some())
    }

    fn since(self) -> Option<Since> {
        self.query.with(|query| query.get_str("since").and_then(Since::parse))
    }
}

fn since_word(since: Since) -> &'static str {
    match since {
        Since::Day => text!(jobs.since_day),
        Since::Week => text!(jobs.since_week),
        Since::Month => text!(jobs.since_month),
    }
}

/// The form above the list. It works without scripts too: it is a form of the page's own address.
#[component]
pub fn JobFilters(
    /// Which jobs are listed.
    filters: Filters,
) -> AnyView {
    let states = JobState::ALL
        .into_iter()
        .map(|state| {
            view! {
                <option value=state.code() selected=move || filters.state() == Some(state)>{state_word(state)}</option>
            }
        })
        .collect_view();
    let times = Since::ALL
        .into_iter()
        .map(|since| {
            view! {
                <option value=since.code() selected=move || filters.since() == Some(since)>{since_word(since)}</option>
            }
        })
        .collect_view();
    let chosen = |value: String| (!value.is_empty()).then_some(value);
    view! {
        <form class="filters" method="get" action="/jobs" aria-label=text!(jobs.filters)>
            <label>
                {text!(jobs.filter_state)}
                <select name="state" on:change=move |event| filters.set_state.set(chosen(event_target_value(&event)))>
                    <option value="" selected=move || filters.state().is_none()>{text!(jobs.filter_state_all)}</option>
                    {states}
                </select>
            </label>
            <label>
                {text!(jobs.filter_since)}
                <select name="since" on:change=move |event| filters.set_since.set(chosen(event_target_value(&event)))>
                    <option value="" selected=move || filters.since().is_none()>{text!(jobs.since_ever)}</option>
                    {times}
                </select>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    name="mine"
                    value="1"
                    checked=untrack(|| filters.is_mine())
                    prop:checked=move || filters.is_mine()
                    on:change=move |event| {
                        filters.set_mine.set(event_target_checked(&event).then(|| "1".to_owned()));
                    }
                />
                {text!(jobs.filter_mine)}
            </label>
            <noscript><button type="submit">{text!(common.search)}</button></noscript>
        </form>
    }
    .into_any()
}
