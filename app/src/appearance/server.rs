//! Reads the cookies of taste from a request.

use super::{THEME_COOKIE, Theme};
use http::{HeaderMap, header, request::Parts};
use leptos::prelude::use_context;

/// The theme of the request in hand.
pub fn theme() -> Theme {
    use_context::<Parts>()
        .and_then(|parts| cookie(&parts.headers, THEME_COOKIE))
        .map_or(Theme::System, |code| Theme::parse(&code))
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs.flat_map(|value| value.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("id=1; theme=dark;x"));
        assert_eq!(cookie(&headers, "theme").as_deref(), Some("dark"));
        assert_eq!(cookie(&headers, "heme"), None);
    }
}
