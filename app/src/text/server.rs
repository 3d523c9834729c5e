//! The language that a request asks for.

use super::{LANGUAGE_COOKIE, Language};
use crate::appearance::cookie;
use http::{header, request::Parts};
use leptos::prelude::{Owner, provide_context, use_context};

/// The language of the request in hand: the cookie of the settings page, then what the browser prefers.
pub fn language() -> Language {
    use_context::<Parts>().map_or(Language::en, |parts| language_of(&parts))
}

fn language_of(parts: &Parts) -> Language {
    if let Some(chosen) = cookie(&parts.headers, LANGUAGE_COOKIE) {
        return if chosen == "de" { Language::de } else { Language::en };
    }
    let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    preferred(accepted)
}

/// The language with the highest weight in an `Accept-Language` (RFC 9110 12.5.4); of equal ones the first.
fn preferred(accepted: &str) -> Language {
    let mut best = (0.0, Language::en);
    for range in accepted.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or("").to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        let language = match tag.split('-').next() {
            Some("de") => Language::de,
            Some("en") => Language::en,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, language);
        }
    }
    best.1
}

/// A title of the window as it stands in the page. leptos writes it as it is, and names in it come from files and
/// directories: one that ends the title and goes on would be read as a part of the page.
pub fn window_title(title: &str) -> String {
    title.replace('&', "&amp;").replace('<', "&lt;")
}

/// Whoever reads the answer to a request, for texts outside of pages and server functions.
#[derive(Clone)]
pub struct Reader(Owner);

impl Reader {
    /// The reader of the answer to this request.
    pub fn of(parts: Parts) -> Self {
        let owner = Owner::new();
        owner.with(|| provide_context(parts));
        Self(owner)
    }

    /// Does something in the reader's language.
    pub fn reads<T>(&self, work: impl FnOnce() -> T) -> T {
        self.0.with(work)
    }
}

/// Does something as for a request of somebody who reads this language.
#[cfg(test)]
pub fn in_language<T>(code: &str, work: impl FnOnce() -> T) -> T {
    let request = http::Request::builder().header(header::ACCEPT_LANGUAGE, code).body(());
    let (parts, ()) = request.expect("a request").into_parts();
    Reader::of(parts).reads(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_the_window_ends_where_it_ends() {
        assert_eq!(window_title("</title><b>R&D</b> &lt;"), "&lt;/title>&lt;b>R&amp;D&lt;/b> &amp;lt;");
    }

    #[test]
    fn the_heaviest_language_that_we_speak_wins() {
        assert_eq!(preferred("de-AT, en;q=0.8"), Language::de);
        assert_eq!(preferred("fr, en;q=0.7, de;q=0.9"), Language::de);
        assert_eq!(preferred("en-GB,de;q=0.9"), Language::en);
        assert_eq!(preferred("de;q=0"), Language::en);
        assert_eq!(preferred("fr, *"), Language::en);
        assert_eq!(preferred(";;,q=q"), Language::en);
    }
}
