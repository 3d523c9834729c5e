//! Which rows of the plan are shown, and how: all of it stands in the address, but for what is looked for in a file.

use crate::api::plan::PlanRowQuery;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{query_signal_with_options, use_query_map},
    params::ParamsMap,
};
use plan::Kind;

/// What `?show=` may be, beside nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Every row.
    All,
    /// The rows of a kind.
    Kind(Kind),
    /// The rows with a warning.
    Warnings,
    /// The rows that changed since they were planned.
    Stale,
}

/// What `?view=` may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The windowed list.
    List,
    /// Pages of a hundred rows, whole in the document.
    Pages,
}

/// Rows on a page of [`View::Pages`].
pub const PAGE: u32 = 100;

/// Which rows of the plan are shown. Reading is reactive.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    base: StoredValue<String>,
    show: Memo<Show>,
    text: Memo<String>,
    view: Memo<View>,
    page: Memo<u32>,
    words: Words,
}

/// Where the text is written that the rows must have.
#[derive(Debug, Clone, Copy)]
enum Words {
    /// `?q=`.
    InAddress(SignalSetter<Option<String>>),
    /// In this tab: it is something that stands in a file, which stays with the person until it is committed.
    InTab(RwSignal<String>),
}

impl Show {
    /// What the tiles show, in the order of the keys 1 to 7.
    pub const KEYS: [Show; 7] = [
        Show::Kind(Kind::Create),
        Show::Kind(Kind::Update),
        Show::Kind(Kind::Rename),
        Show::Kind(Kind::Disable),
        Show::Kind(Kind::Unchanged),
        Show::Kind(Kind::Blocked),
        Show::Warnings,
    ];

    /// The word in the address.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Show::All => None,
            Show::Kind(kind) => Some(kind.code()),
            Show::Warnings => Some("warnings"),
            Show::Stale => Some("stale"),
        }
    }

    fn parse(code: &str) -> Self {
        match code {
            "warnings" => Show::Warnings,
            "stale" => Show::Stale,
            code => Kind::parse(code).map_or(Show::All, Show::Kind),
        }
    }
}

impl Shown {
    /// What the address says, of a page with this path.
    pub fn of_address(base: String) -> Self {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        let (_, set_text) = query_signal_with_options::<String>("q", options);
        let query = use_query_map();
        let text = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
        Self::of(base, text, Words::InAddress(set_text))
    }

    /// What the address says of a file that is reviewed; the text is kept with the file.
    pub fn of_file(base: String, words: RwSignal<String>) -> Self {
        Self::of(base, Memo::new(move |_| words.get()), Words::InTab(words))
    }

    fn of(base: String, text: Memo<String>, words: Words) -> Self {
        let query = use_query_map();
        // Each by itself, so that what follows one of them does not run for the others.
        Self {
            base: StoredValue::new(base),
            show: Memo::new(move |_| query.with(|query| query.get_str("show").map_or(Show::All, Show::parse))),
            text,
            view: Memo::new(move |_| query.with(view_of)),
            page: Memo::new(move |_| query.with(page_of)),
            words,
        }
    }

    /// The rows that are shown.
    pub fn show(self) -> Show {
        self.show.get()
    }

    /// The text that the rows must have.
    pub fn text(self) -> String {
        // What follows it may run once more after the page was left with its file: no text is looked for then.
        self.text.try_get().unwrap_or_default()
    }

    /// How they are shown.
    pub fn view(self) -> View {
        self.view.get()
    }

    /// The page of [`View::Pages`], from 1.
    pub fn page(self) -> u32 {
        self.page.get()
    }

    /// Looks for a text.
    pub fn find(self, text: String) {
        match self.words {
            Words::InAddress(set_text) => set_text.set((!text.is_empty()).then_some(text)),
            Words::InTab(words) => words.set(text),
        }
    }

    /// Looks for no text any more, if that does not go with the address.
    pub fn find_any_name(self) {
        if let Words::InTab(words) = self.words {
            words.set(String::new());
        }
    }

    /// The rows to ask for.
    pub fn rows(self, offset: u32, limit: u32) -> PlanRowQuery {
        let show = self.show();
        let kind = if let Show::Kind(kind) = show { Some(kind) } else { None };
        let (warnings, stale) = (show == Show::Warnings, show == Show::Stale);
        PlanRowQuery { kind, warnings, stale, text: self.text(), offset, limit }
    }

    /// The address of other rows.
    pub fn address_of(self, show: Show) -> String {
        self.address(show, self.view(), 1)
    }

    /// The address of other rows, whatever their names are.
    pub fn address_of_any_name(self, show: Show) -> String {
        self.address_with(show, self.view(), 1, String::new())
    }

    /// The address of another view.
    pub fn address_of_view(self, view: View) -> String {
        self.address(self.show(), view, 1)
    }

    /// The address of another page.
    pub fn address_of_page(self, page: u32) -> String {
        self.address(self.show(), View::Pages, page)
    }

    fn address(self, show: Show, view: View, page: u32) -> String {
        self.address_with(show, view, page, self.text())
    }

    fn address_with(self, show: Show, view: View, page: u32, text: String) -> String {
        let mut query = ParamsMap::new();
        let mut say = |key: &'static str, value: Option<String>| {
            if let Some(value) = value {
                query.insert(key, value);
            }
        };
        say("show", show.code().map(str::to_owned));
        let is_said = matches!(self.words, Words::InAddress(_)) && !text.is_empty();
        say("q", is_said.then_some(text));
        say("view", (view == View::Pages).then(|| "pages".to_owned()));
        say("page", (page > 1).then(|| page.to_string()));
        format!("{}{}", self.base.get_value(), query.to_query_string())
    }
}

fn view_of(query: &ParamsMap) -> View {
    if query.get_str("view") == Some("pages") { View::Pages } else { View::List }
}

fn page_of(query: &ParamsMap) -> u32 {
    query.get_str("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tile_reads_back_from_the_address() {
        for show in Show::KEYS.into_iter().chain([Show::Stale]) {
            assert_eq!(show.code().map(Show::parse), Some(show));
        }
        assert_eq!(Show::parse("anything else"), Show::All);
    }
}
