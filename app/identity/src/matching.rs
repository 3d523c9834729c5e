//! When two values are the same value: caseIgnoreMatch and its relatives (RFC 4517 4.2, RFC 4518).

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;

/// A text ready to be compared: NFKC, case folded, NFKC again, white space squeezed and trimmed.
pub fn fold(text: &str) -> String {
    fold_western(text).unwrap_or_else(|| squeeze(&fold_case(text)))
}

/// The same in one pass, for texts of ASCII and the letters of Western Europe: nothing among them is composed to another
/// character, and each is folded by itself. Most names are of this kind, and an import folds a few for each person.
fn fold_western(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len() + 1);
    let mut follows_blank = false;
    for c in text.chars() {
        let small = match c {
            _ if c.is_ascii() && c.is_whitespace() => {
                follows_blank = true;
                continue;
            }
            '\0'..='\x7f' => c.to_ascii_lowercase(),
            'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(c) + 32)?,
            'ß'..='ö' | 'ø'..='ÿ' => c,
            _ => return None,
        };
        if follows_blank && !folded.is_empty() {
            folded.push(' ');
        }
        follows_blank = false;
        match small {
            'ß' => folded.push_str("ss"),
            _ => folded.push(small),
        }
    }
    Some(folded)
}

/// Whether two texts are the same when folded. Most are plain words, and theirs is the hot path: no allocation.
pub fn same(left: &str, right: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    match left == right {
        true => true,
        false if plain(left) && plain(right) => left.eq_ignore_ascii_case(right),
        false => fold(left) == fold(right),
    }
}

/// Without regard to case, white space as it was.
fn fold_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let composed: String = text.nfkc().collect();
    UniCase::unicode(composed).to_folded_case().nfkc().collect()
}

/// Runs of white space become one blank; none is left at the ends.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Part of a text ready to be looked for in a folded one: a blank at its ends is kept, because it stands
/// between words (RFC 4518 2.6.1).
pub fn fold_part(part: &str) -> String {
    let folded = fold_case(part);
    let inner = squeeze(&folded);
    if inner.is_empty() {
        return if folded.is_empty() { String::new() } else { " ".to_owned() };
    }
    let before = if folded.starts_with(char::is_whitespace) { " " } else { "" };
    let after = if folded.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{before}{inner}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_form_and_white_space_do_not_count() {
        assert_eq!(fold("  Jürgen\t  MÜLLER "), "jürgen müller");
        assert_eq!(fold("Ju\u{308}rgen"), fold("JÜRGEN"));
        assert_eq!(fold("straße"), fold("STRASSE"));
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_gives_the_same(text in "[\\x00-\u{ff}]{0,6}|[ \\ta-cß-ÿÀ-ß\u{308}]{0,8}") {
            let folded = squeeze(&fold_case(&text));
            proptest::prop_assert_eq!(fold(&text), folded.clone());
            if let Some(quick) = fold_western(&text) {
                proptest::prop_assert_eq!(quick, folded);
            }
        }

        #[test]
        fn the_same_is_what_folds_to_the_same(left in "[aAäÄßs ]{0,4}", right in "[aAäÄßs ]{0,4}") {
            proptest::prop_assert_eq!(same(&left, &right), fold(&left) == fold(&right));
        }
    }

    #[test]
    fn a_blank_at_the_end_of_a_part_counts() {
        assert_eq!(fold_part("  An  A "), " an a ");
        assert_eq!(fold_part("  "), " ");
        assert_eq!(fold_part(""), "");
    }
}
