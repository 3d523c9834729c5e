//! The way to the sign-in page, and from there back to here.

use leptos::prelude::*;
use leptos_router::{
    hooks::use_location,
    location::{Location, Url},
};

/// The address of the sign-in page that leads back to the page of this moment.
pub fn sign_in_from(location: &Location) -> String {
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    sign_in_from_path(&path, &search)
}

/// The same, where no location is at hand. Called while a component is made.
pub fn sign_in_from_here() -> String {
    sign_in_from(&use_location())
}

fn sign_in_from_path(path: &str, search: &str) -> String {
    let search = search.trim_start_matches('?');
    let here = if search.is_empty() { path.to_owned() } else { format!("{path}?{search}") };
    format!("/sign-in?then={}", Url::escape(&here))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::sign_in_from_path;

    #[test]
    fn the_way_back_keeps_what_was_asked_for() {
        assert_eq!(sign_in_from_path("/users", ""), "/sign-in?then=%2Fusers");
        for search in ["?state=failed&q=a%20b", "state=failed&q=a%20b"] {
            assert_eq!(sign_in_from_path("/jobs", search), "/sign-in?then=%2Fjobs%3Fstate%3Dfailed%26q%3Da%2520b");
        }
    }
}
