//! Which jobs are listed: where people came from, author, state and time, all in the address.

use crate::{
    api::job::{JobAuthor, JobListQuery, Since, list_job_authors},
    components::job_state::state_word,
    text,
};
use identity::id::UserId;
use job::{JobSource, JobState};
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
    set_source: SignalSetter<Option<String>>,
    set_author: SignalSetter<Option<String>>,
    set_state: SignalSetter<Option<String>>,
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
            set_source: setter("source"),
            set_author: setter("author"),
            set_state: setter("state"),
            set_since: setter("since"),
        }
    }

    /// The jobs to ask for.
    pub fn query(self, offset: u32, limit: u32) -> JobListQuery {
        JobListQuery {
            state: self.state(),
            source: self.source(),
            mine: false,
            author: self.author(),
            since: self.since(),
            offset,
            limit,
        }
    }

    /// Whether anything is left out.
    pub fn is_set(self) -> bool {
        self.query(0, 0) != JobListQuery::default()
    }

    fn source(self) -> Option<JobSource> {
        self.query.with(|query| query.get_str("source").and_then(JobSource::parse))
    }

    fn author(self) -> Option<UserId> {
        self.query.with(|query| query.get_str("author").and_then(|author| author.parse().ok()))
    }

    fn state(self) -> Option<JobState> {
        self.query.with(|query| query.get_str("state").and_then(JobState::parse))
    }

    fn since(self) -> Option<Since> {
        self.query.with(|query| query.get_str("since").and_then(Since::parse))
    }
}

fn source_word(source: JobSource) -> &'static str {
    match source {
        JobSource::Directory => text!(jobs.source_directory),
        JobSource::File => text!(jobs.source_file),
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
    let option = |code: &str, word: &str| (code.to_owned(), word.to_owned());
    let sources = JobSource::ALL.map(|source| option(source.code(), source_word(source)));
    let states = JobState::ALL.map(|state| option(state.code(), state_word(state)));
    let times = Since::ALL.map(|since| option(since.code(), since_word(since)));
    let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
    view! {
        <form class="filters" method="get" action="/jobs" aria-label=text!(jobs.filters)>
            <Choice
                name="source"
                label=text!(jobs.filter_source)
                any=text!(jobs.filter_source_all)
                value=Signal::derive(move || code(filters.source().map(JobSource::code)))
                options=sources.into()
                set=filters.set_source
            />
            <AuthorChoice filters />
            <Choice
                name="state"
                label=text!(jobs.filter_state)
                any=text!(jobs.filter_state_all)
                value=Signal::derive(move || code(filters.state().map(JobState::code)))
                options=states.into()
                set=filters.set_state
            />
            <Choice
                name="since"
                label=text!(jobs.filter_since)
                any=text!(jobs.since_ever)
                value=Signal::derive(move || code(filters.since().map(Since::code)))
                options=times.into()
                set=filters.set_since
            />
            <noscript><button type="submit">{text!(common.search)}</button></noscript>
        </form>
    }
    .into_any()
}

/// Who committed them: oneself first, then whoever did.
#[component]
fn AuthorChoice(
    /// Which jobs are listed.
    filters: Filters,
) -> AnyView {
    let authors = Resource::new(|| (), |()| list_job_authors());
    let value = move || filters.author().map(|author| author.to_string()).unwrap_or_default();
    let choice = move || {
        let authors = authors.get()?.unwrap_or_default();
        // Whoever is asked for and did nothing, or too long ago to be listed.
        let other = untrack(|| filters.author())
            .filter(|author| !authors.iter().any(|known| known.user_id == *author))
            .map(|author| (author.to_string(), text!(jobs.author_unnamed, n = author.0)));
        let named = authors.into_iter().map(|JobAuthor { user_id, name, me }| {
            (user_id.to_string(), if me { text!(jobs.author_me, name = name) } else { name })
        });
        let options = named.chain(other).collect();
        Some(view! {
            <Choice
                name="author"
                label=text!(jobs.filter_author)
                any=text!(jobs.filter_author_all)
                value=Signal::derive(value)
                options
                set=filters.set_author
            />
        })
    };
    view! { <Transition>{choice}</Transition> }.into_any()
}

/// A choice among a few; none of them is no filter.
#[component]
fn Choice(
    /// Its name in the address.
    name: &'static str,
    /// What is chosen.
    label: &'static str,
    /// The word for no filter.
    any: &'static str,
    /// What the address says; blank for no filter.
    value: Signal<String>,
    /// Code and word of each.
    options: Vec<(String, String)>,
    /// Writes the address.
    set: SignalSetter<Option<String>>,
) -> AnyView {
    let option = move |(code, word): (String, String)| {
        let this = code.clone();
        view! { <option value=code selected=move || value.with(|value| *value == this)>{word}</option> }
    };
    let options = std::iter::once((String::new(), any.to_owned())).chain(options).map(option).collect_view();
    let chosen = |value: String| (!value.is_empty()).then_some(value);
    view! {
        <label>
            {label}
            <select name=name on:change=move |event| set.set(chosen(event_target_value(&event)))>{options}</select>
        </label>
    }
    .into_any()
}
