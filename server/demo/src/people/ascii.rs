//! Names in the letters that usernames are made of.

use unicode_normalization::UnicodeNormalization;

/// The name in lower-case ASCII letters: `Müller` → `mueller`, `Nguyễn` → `nguyen`.
pub(super) fn ascii(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().nfc() {
        match c {
            'ä' | 'æ' => plain.push_str("ae"),
            'ö' | 'œ' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ø' => plain.push('o'),
            'ı' => plain.push('i'),
            'þ' => plain.push_str("th"),
            // What is left of other letters when their marks are taken off.
            _ => plain.extend(std::iter::once(c).nfd().filter(char::is_ascii_lowercase)),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::ascii;

    #[test]
    fn letters_with_marks_lose_them() {
        let pairs = [
            ("Müller", "mueller"),
            ("Nguyễn", "nguyen"),
            ("Łukasz", "lukasz"),
            ("İnönü", "inoenue"),
            ("O’Brien", "obrien"),
        ];
        for (name, plain) in pairs {
            assert_eq!(ascii(name), plain);
        }
    }
}
