//! The keys 1 to 7 show a kind, 0 shows everything.

use super::shown::{Show, Shown};
use crate::browser::is_typing;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Listens for as long as the page is open.
pub fn listen(shown: Shown) {
    let navigate = use_navigate();
    // In an effect, because the server has no keys.
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || is_typing(&event) {
                return;
            }
            if let Some(show) = shown_by(&event.key()) {
                let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
                navigate(&untrack(|| shown.address_of(show)), options);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// What a key shows.
fn shown_by(key: &str) -> Option<Show> {
    match key.parse::<usize>().ok()? {
        0 => Some(Show::All),
        number => Show::KEYS.get(number - 1).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::Kind;

    #[test]
    fn digits_show_kinds() {
        assert_eq!(shown_by("0"), Some(Show::All));
        assert_eq!(shown_by("1"), Some(Show::Kind(Kind::Create)));
        assert_eq!(shown_by("7"), Some(Show::Warnings));
        assert_eq!(shown_by("8"), None);
        assert_eq!(shown_by("Enter"), None);
    }
}
