//! Searching a directory, ticking people, deciding about roles; then the review.

mod address;
mod bar;
mod decisions;
mod draft;
mod found;
mod planning;
mod raw;
mod results;
mod roles;
mod search;
mod search_bar;
mod state;
mod status;
mod ticks;
mod tiles;

use crate::api::directory::{DirectoryName, list_directory_names};
use crate::components::allowed::Allowed;
use crate::components::empty_state::EmptyState;
use crate::components::error_view::ErrorView;
use crate::components::page_header::PageHeader;
use crate::text;
use address::{Address, address};
use bar::ImportBar;
use decisions::Decisions;
use found::Progress;
use identity::id::DirectoryId;
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use planning::Planning;
use raw::RawDialog;
use results::Results;
use search::Search;
use search_bar::SearchBar;
use status::SearchStatus;
use tiles::StateTiles;

/// Searching a directory.
#[component]
pub fn ImportPage() -> AnyView {
    let directories = Resource::new(|| (), |()| list_directory_names());
    view! {
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || directories.get().map(|answer| match answer {
                Ok(directories) => view! { <Source directories /> }.into_any(),
                Err(error) => {
                    view! {
                        <PageHeader title=text!(import.title) />
                        <ErrorView error on_retry=move |()| directories.refetch() />
                    }
                    .into_any()
                }
            })}
        </Transition>
    }
    .into_any()
}

/// Which directory: the one of the address, or the only one there is.
#[component]
fn Source(
    /// All of them.
    directories: Vec<DirectoryName>,
) -> AnyView {
    let map = use_query_map();
    let wanted = Memo::new(move |_| map.read().get("directory").and_then(|id| id.parse::<DirectoryId>().ok()));
    let source = move || {
        let chosen = match (wanted.get(), directories.as_slice()) {
            (Some(wanted), all) => all.iter().find(|directory| directory.directory_id == wanted),
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let others = directories.len() > 1;
        match chosen {
            Some(chosen) => view! { <DirectorySearch directory=chosen.clone() others /> }.into_any(),
            None if directories.is_empty() => view! { <NoDirectory /> }.into_any(),
            None => view! { <Choice directories=directories.clone() gone=wanted.get().is_some() /> }.into_any(),
        }
    };
    source.into_any()
}

/// There is none yet.
#[component]
fn NoDirectory() -> AnyView {
    view! {
        <PageHeader title=text!(import.title) />
        <EmptyState title=text!(import.no_directory) why=text!(import.no_directory_why)>
            <a class="button" href="/import/file">{text!(import.from_file)}</a>
            <Allowed permission=Permission::Directories>
                <a class="button is-primary" href="/directories/new">{text!(import.add_directory)}</a>
            </Allowed>
        </EmptyState>
        <p class="quiet">{text!(import.ask_for_directory)}</p>
    }
    .into_any()
}

/// There are several.
#[component]
fn Choice(
    /// All of them.
    directories: Vec<DirectoryName>,
    /// Whether the address names one that is not there.
    gone: bool,
) -> AnyView {
    let choice = |DirectoryName { directory_id, name }: DirectoryName| {
        view! { <li><a class="choice" href=address(directory_id, None, None)>{name}</a></li> }
    };
    view! {
        <PageHeader title=text!(import.title) />
        {gone
            .then(|| {
                view! {
                    <div class="notice is-warning" role="alert">
                        <p class="notice-title">{text!(import.directory_gone)}</p>
                        <p>{text!(import.directory_gone_why)}</p>
                    </div>
                }
            })}
        <h2>{text!(import.choose)}</h2>
        <ul class="choices">
            {directories.into_iter().map(choice).collect_view()}
            <li><a class="choice" href="/import/file">{text!(import.from_file)}</a></li>
        </ul>
    }
    .into_any()
}

/// Searching one directory.
#[component]
fn DirectorySearch(
    /// The directory.
    directory: DirectoryName,
    /// Whether there are others.
    others: bool,
) -> AnyView {
    let address = Address::new(directory.directory_id);
    let search = Search::new(directory.directory_id);
    let found = search.found;
    let decisions = Decisions::new();
    let planning = Planning::new(address, search, decisions);
    let opened = RwSignal::new(None);
    // In effects, because the server renders the page and leaves the search to the browser, where it can be watched.
    Effect::new(move |_| found.show(address.state()));
    Effect::new(move |begun: Option<()>| {
        let query = address.query().unwrap_or_default();
        // After that, what is ticked is here, and the draft follows it.
        let is_kept = begun.is_none() && untrack(|| address.is_ticked());
        match is_kept.then(|| draft::find(address.directory_id)).flatten() {
            Some(draft) => {
                decisions.restore(&draft);
                search.resume(query, draft.request);
            }
            None => search.begin(query),
        }
    });
    let unkept = draft::keep(address, search, decisions);
    view! {
        <div class="grid-page">
            <PageHeader title=text!(import.heading, directory = directory.name.clone())>
                <a class="button" href="/import/file">{text!(import.from_file)}</a>
                {others.then(|| view! { <a class="button" href="/import">{text!(import.choose_other)}</a> })}
            </PageHeader>
            <SearchBar address search />
            <SearchStatus found />
            <StateTiles found address />
            <Results found opened />
            <Nobody address search />
            <ImportBar address found decisions planning unkept />
        </div>
        <RawDialog directory_id=directory.directory_id opened />
    }
    .into_any()
}

/// What stands in place of rows.
#[component]
fn Nobody(
    /// What the address says.
    address: Address,
    /// The search.
    search: Search,
) -> AnyView {
    let found = search.found;
    let shown = move || {
        let none = found.shown().with(|shown| shown.is_empty());
        match found.progress() {
            Progress::Idle => Some((text!(import.idle), text!(import.idle_why), true)),
            Progress::Complete if found.total() == 0 => Some((text!(import.nothing), text!(import.nothing_why), true)),
            Progress::Complete | Progress::Stopped if none => Some((text!(import.nothing_of_state), "", false)),
            _ => None,
        }
    };
    let nobody = move || {
        shown().map(|(title, why, is_search)| {
            let (href, label) = if is_search {
                (address.of_search("*"), text!(import.everyone))
            } else {
                (address.of_state(None), text!(import.show_all))
            };
            view! {
                <EmptyState title why>
                    <a class="button" href=href>{label}</a>
                </EmptyState>
            }
        })
    };
    nobody.into_any()
}
