//! Texts as the format writes them.

/// Adds a text with the line ends that XML demands: LF for CR LF and for CR alone.
pub(super) fn push_lines(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out.push_str(rest);
}

/// Replaces `_x000D_` and its kind from `begin` on: how the format writes what XML cannot hold.
pub(super) fn unescape(text: &mut String, begin: usize) {
    if memchr::memmem::find(&text.as_bytes()[begin..], b"_x").is_none() {
        return;
    }
    let escaped = text.split_off(begin);
    let mut rest = escaped.as_str();
    while let Some(at) = rest.find("_x") {
        text.push_str(&rest[..at]);
        let (char, length) = escape(&rest[at..]).unwrap_or(('_', 1));
        text.push(char);
        rest = &rest[at + length..];
    }
    text.push_str(rest);
}

/// The character that an escape at the beginning stands for, and the length of the escape. Two are read together where
/// they are the halves of one character.
fn escape(text: &str) -> Option<(char, usize)> {
    let unit = unit(text)?;
    match char::decode_utf16([unit]).next()? {
        Ok(char) => Some((char, ESCAPE)),
        Err(_) => {
            let pair = [unit, self::unit(&text[ESCAPE..])?];
            Some((char::decode_utf16(pair).next()?.ok()?, 2 * ESCAPE))
        }
    }
}

/// Bytes of `_x000D_`.
const ESCAPE: usize = 7;

fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    // `from_str_radix` would take a sign as well.
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    fn unescaped(text: &str) -> String {
        let mut all = format!("_x0041_{text}");
        super::unescape(&mut all, 7);
        all.strip_prefix("_x0041_").expect("what stood before stays").to_owned()
    }

    #[test]
    fn escapes_are_read_and_what_only_looks_like_one_stays() {
        assert_eq!(unescaped("a_x000D_b_x0009_"), "a\rb\t");
        assert_eq!(unescaped("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescaped("_xD83D__xDE00_"), "😀");
        for same in ["_x000D", "_xD83D_", "_x+00D_", "_x00ä_", "a_xb", "_x", "__x", "_xDE00__xD83D_"] {
            assert_eq!(unescaped(same), same);
        }
    }

    #[test]
    fn line_ends_are_those_of_xml() {
        let mut out = String::new();
        super::push_lines(&mut out, "a\r\nb\rc\n\r");
        assert_eq!(out, "a\nb\nc\n\n");
    }
}
