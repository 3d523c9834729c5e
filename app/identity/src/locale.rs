//! Which texts can name a language of the interface.

/// Whether a text is shaped like a language tag (RFC 5646): a language of two or three letters, then parts of letters
/// and digits. An underscore between parts, as other systems write it, is as good as a hyphen. Which languages there
/// are, the application knows.
pub fn is_tag(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let is_language = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_language) && parts.all(is_subtag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_language_and_what_tells_it_from_its_like() {
        for tag in ["de", "de-DE", "en_US", "gsw", "zh-Hant-TW", "sr-Latn", "es-419", "de-CH-1901", "en-u-hc-h12"] {
            assert!(is_tag(tag), "{tag}");
        }
        for text in ["", "d", "-", "de-", "-DE", "german", "Deutsch", "de DE", "de.UTF-8", "de--DE", "日本", "d3"] {
            assert!(!is_tag(text), "{text}");
        }
    }
}
