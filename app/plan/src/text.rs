//! How names are compared while planning, without an allocation for names in ASCII.

use identity::username::UsernameKey;

/// [`str::trim`], quickly for the texts that need none.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Writes the [`UsernameKey`] of a name over a buffer that is used again and again.
pub(crate) fn key_into<'a>(name: &str, buffer: &'a mut String) -> &'a str {
    buffer.clear();
    let name = trimmed(name);
    if name.is_ascii() {
        buffer.push_str(name);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(UsernameKey::of(name).as_str());
    }
    buffer
}

/// Whether a name has this key.
pub(crate) fn has_key(name: &str, key: &str) -> bool {
    let name = trimmed(name);
    if name.is_ascii() { name.eq_ignore_ascii_case(key) } else { UsernameKey::of(name).as_str() == key }
}

/// Whether two names are the same name.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    left == right
        || if left.is_ascii() && right.is_ascii() {
            left.trim().eq_ignore_ascii_case(right.trim())
        } else {
            UsernameKey::of(left) == UsernameKey::of(right)
        }
}

/// The beginning of a text that cannot be stored as it is, fit to be shown.
pub(crate) fn shown(text: &str, characters: usize) -> String {
    let legible = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    text.trim().chars().take(characters).map(legible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_gives_the_same_answer_as_the_key() {
        let names =
            ["", " a ", "JDoe", "jdoe", "\u{212a}elvin", "kelvin", "straße", "STRASSE", "İ", "i\u{307}", "ﬁona"];
        let mut buffer = String::new();
        for left in names {
            let key = UsernameKey::of(left);
            assert_eq!(key_into(left, &mut buffer), key.as_str());
            for right in names {
                assert_eq!(same_name(left, right), key == UsernameKey::of(right), "{left} {right}");
                assert_eq!(has_key(right, key.as_str()), key == UsernameKey::of(right), "{left} {right}");
            }
        }
    }

    #[test]
    fn what_is_shown_is_short_and_legible() {
        assert_eq!(shown(" a\0b\nc ", 3), "a\u{fffd}b");
    }
}
