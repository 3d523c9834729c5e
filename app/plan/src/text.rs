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

/// A hash of the [`UsernameKey`] of a name. Like the key, it is the same for names that are the same.
pub(crate) fn key_hash(name: &str, seed: u64) -> u64 {
    let name = trimmed(name);
    if name.is_ascii() { caseless_hash(name, seed) } else { caseless_hash(UsernameKey::of(name).as_str(), seed) }
}

/// Eight bytes at a time and without a copy in lower case: setting one bit makes a capital letter a small one. That
/// it makes some other characters alike as well does not matter to a hash.
fn caseless_hash(text: &str, seed: u64) -> u64 {
    const SMALL: u64 = u64::from_le_bytes([b' '; 8]);
    // The golden ratio, as a number whose multiples are far apart.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |hash: u64, word: u64| {
        let mixed = (hash ^ (word | SMALL)).wrapping_mul(FACTOR);
        mixed ^ (mixed >> 32)
    };
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let hash = words.iter().fold(seed ^ text.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    mix(mix(hash, rest), seed)
}

/// Whether two names are the same name.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    left == right
        || if left.is_ascii() && right.is_ascii() {
            trimmed(left).eq_ignore_ascii_case(trimmed(right))
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
        let same_hash = |left, right| key_hash(left, 7) == key_hash(right, 7);
        for left in names {
            let key = UsernameKey::of(left);
            assert_eq!(key_into(left, &mut buffer), key.as_str());
            for right in names {
                assert_eq!(same_name(left, right), key == UsernameKey::of(right), "{left} {right}");
                assert_eq!(same_hash(left, right), key == UsernameKey::of(right), "{left} {right}");
            }
        }
    }

    #[test]
    fn what_is_shown_is_short_and_legible() {
        assert_eq!(shown(" a\0b\nc ", 3), "a\u{fffd}b");
    }
}
