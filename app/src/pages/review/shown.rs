//! Which rows of the plan are shown, and how: all of it stands in the address.

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
    set_text: SignalSetter<Option<String>>,
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
        // Each by itself, so that what follows one of them does not run for the others.
        Self {
            base: StoredValue::new(base),
            show: Memo::new(move |_| query.with(|query| query.get_str("show").map_or(Show::All, Show::parse))),
            text: Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default())),
            view: Memo::new(move |_| query.with(view_of)),
            page: Memo::new(move |_| query.with(page_of)),
            set_text,
        }
    }

    /// The rows that are shown.
    pub fn show(self) -> Show {
        self.show.get()
    }

    /// The text that the rows must have.
    pub fn text(self) -> String {
        self.text.get()
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
        self.set_text.set((!text.is_empty()).then_some(text));
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
        say("q", Some(text).filter(|text| !text.is_empty()));
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
