//! What the address of the page says: which directory, what was searched for, which state is shown.

use identity::id::DirectoryId;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use plan::state::RowState;

/// The address of the page. Reading is reactive.
#[derive(Clone, Copy)]
pub struct Address {
    /// The directory.
    pub directory_id: DirectoryId,
    query: Memo<Option<String>>,
    state: Memo<Option<&'static str>>,
    ticked: Memo<bool>,
    go: StoredValue<Go>,
}

type Go = std::sync::Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

impl Address {
    /// The address as the router sees it.
    pub fn new(directory_id: DirectoryId) -> Self {
        let map = use_query_map();
        let query = Memo::new(move |_| map.read().get("q"));
        let state = Memo::new(move |_| {
            let wanted = map.read().get("show")?;
            RowState::CODES.into_iter().find(|code| *code == wanted)
        });
        let ticked = Memo::new(move |_| map.read().get("ticked").is_some());
        let navigate = use_navigate();
        let go: Go = std::sync::Arc::new(move |to, options| navigate(to, options));
        Self { directory_id, query, state, ticked, go: StoredValue::new(go) }
    }

    /// What is searched for; none before the first search.
    pub fn query(self) -> Option<String> {
        self.query.get()
    }

    /// The same without following it.
    pub fn query_now(self) -> Option<String> {
        self.query.get_untracked()
    }

    /// The state that is shown; none for all.
    pub fn state(self) -> Option<&'static str> {
        self.state.get()
    }

    /// The address that shows a state of the same search.
    pub fn of_state(self, state: Option<&str>) -> String {
        noting(address(self.directory_id, self.query.get().as_deref(), state), self.is_ticked())
    }

    /// The address of another search. Who is ticked stays so.
    pub fn of_search(self, query: &str) -> String {
        noting(address(self.directory_id, Some(query), None), self.is_ticked())
    }

    /// Goes to another search.
    pub fn search(self, query: &str) {
        self.go(&untrack(|| self.of_search(query)), NavigateOptions::default());
    }

    /// Shows a state of the same search.
    pub fn show(self, state: Option<&str>) {
        let to = address(self.directory_id, self.query.get_untracked().as_deref(), state);
        let to = noting(to, self.ticked.get_untracked());
        self.go(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    }

    /// Whether somebody was ticked here, who comes back with the page.
    pub fn is_ticked(self) -> bool {
        self.ticked.get()
    }

    /// From now on, coming back to this page brings back what is ticked.
    pub fn keep_ticks(self) {
        let here = address(self.directory_id, self.query_now().as_deref(), self.state.get_untracked());
        let here = noting(here, true);
        self.go(&here, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    }

    /// Goes to a page.
    pub fn go(self, to: &str, options: NavigateOptions) {
        self.go.with_value(|go| go(to, options));
    }
}

/// The address of a search.
pub fn address(directory_id: DirectoryId, query: Option<&str>, state: Option<&str>) -> String {
    let mut address = format!("/import?directory={directory_id}");
    if let Some(query) = query {
        address.push_str("&q=");
        address.push_str(&encoded(query));
    }
    if let Some(state) = state {
        address.push_str("&show=");
        address.push_str(state);
    }
    address
}

/// An address that says whether what is ticked comes back with it.
fn noting(address: String, ticked: bool) -> String {
    if ticked { address + "&ticked=1" } else { address }
}

/// A text as a part of an address (RFC 3986 2.3: everything that is not unreserved is escaped).
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~*".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_typed_survives_in_the_address() {
        assert_eq!(
            address(DirectoryId(7), Some("(&(cn=Jürgen*)(a=1+1 %))"), Some("new")),
            "/import?directory=7&q=%28%26%28cn%3DJ%C3%BCrgen*%29%28a%3D1%2B1%20%25%29%29&show=new"
        );
    }
}
