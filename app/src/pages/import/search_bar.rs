//! The search bar: a name, a keyword, `*`, or a filter that is read while it is typed.

use super::address::Address;
use super::found::Progress;
use super::search::Search;
use crate::components::error_view::filter_reason;
use crate::text;
use identity::filter::FilterError;
use identity::query::Query;
use leptos::prelude::*;

/// The search bar of a directory.
#[component]
pub fn SearchBar(
    /// What the address says.
    address: Address,
    /// The search.
    search: Search,
) -> AnyView {
    let typed = RwSignal::new(address.query_now().unwrap_or_default());
    // Back and forward change the address, and the bar follows.
    Effect::new(move |_| typed.set(address.query().unwrap_or_default()));
    let problem = Memo::new(move |_| typed.with(|text| Query::parse(text).err()));
    let is_searching = move || search.found.progress() == Progress::Searching;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if problem.with_untracked(Option::is_some) {
            return;
        }
        let text = typed.get_untracked();
        let text = if text.trim().is_empty() { "*".to_owned() } else { text };
        if address.query_now().as_deref() == Some(text.as_str()) {
            search.begin(text);
        } else {
            address.search(&text);
        }
    };
    view! {
        <form role="search" class="directory-search" method="get" action="/import" on:submit=submit>
            <label for="search-text">{text!(import.search_label)}</label>
            <div class="directory-search-line">
                <input type="hidden" name="directory" value=address.directory_id.to_string() />
                <input
                    id="search-text"
                    type="search"
                    name="q"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="search-problem search-hint"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    value=typed.get_untracked()
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button
                    type="submit"
                    class="button is-primary"
                    disabled=move || problem.with(Option::is_some)
                >
                    {text!(import.search)}
                </button>
                <button
                    type="button"
                    class="button"
                    hidden=move || !is_searching()
                    on:click=move |_| search.stop()
                >
                    {text!(import.stop)}
                </button>
            </div>
            <div id="search-problem" role="status">
                {move || {
                    problem.get().map(|error| view! { <FilterProblem text=typed error /> })
                }}
            </div>
            <p id="search-hint" class="quiet">{text!(import.search_hint)}</p>
        </form>
    }
    .into_any()
}

/// Where a filter went wrong, and why.
#[component]
fn FilterProblem(
    /// What is typed: it can change without the error becoming another one.
    #[prop(into)]
    text: Signal<String>,
    /// What is wrong with it.
    error: FilterError,
) -> AnyView {
    view! {
        <p class="filter-problem">
            <code aria-hidden="true">{move || text.with(|text| excerpt(text, error.position as usize))}</code>
            " "
            {text!(import.filter_here, position = error.position + 1, reason = filter_reason(error.reason))}
        </p>
    }
    .into_any()
}

/// The place in what was typed, with what stands around it.
fn excerpt(text: &str, position: usize) -> AnyView {
    /// Characters that are shown before and after the place.
    const AROUND: usize = 24;
    let start = position.saturating_sub(AROUND);
    let before: String = text.chars().skip(start).take(position - start).collect();
    let here = text.chars().nth(position).map_or_else(|| text!(import.filter_end).to_owned(), String::from);
    let after: String = text.chars().skip(position + 1).take(AROUND).collect();
    let at_end = text.chars().nth(position).is_none();
    view! {
        {(start > 0).then_some("…")}
        {before}
        <mark class:is-end=at_end>{here}</mark>
        {after}
    }
    .into_any()
}
