//! Patterns of values: `*` stands for any characters, `?` for one.

use crate::matching::fold;

/// The longest pattern, in characters.
pub const MAX_LENGTH: usize = 100;

/// A pattern, ready to be compared. A regular expression could say more; this is what people know from files, there is
/// no text that is none, and its time has a limit that does not depend on who wrote it.
#[derive(Debug, Clone)]
pub struct Pattern(Vec<char>);

impl Pattern {
    /// The pattern that a text is.
    pub fn new(text: &str) -> Self {
        Self(fold(text).chars().collect())
    }

    /// Whether it fits all of a text, without regard to case, as directories compare (so `?` is half of an `ß`). Takes no
    /// more steps than the text has characters, times those of the pattern.
    pub fn fits(&self, text: &str) -> bool {
        let text: Vec<char> = fold(text).chars().collect();
        let (mut at, mut place) = (0, 0);
        // Behind the last asterisk, and where in the text that begins for now. An earlier asterisk is never tried again:
        // what stands between the two was found as early as it can be, which leaves the most to the last.
        let mut again = None;
        while let Some(found) = text.get(place) {
            match (self.0.get(at), again) {
                (Some('*'), _) => {
                    at += 1;
                    again = Some((at, place));
                }
                (Some(wanted), _) if *wanted == '?' || wanted == found => {
                    at += 1;
                    place += 1;
                }
                (_, Some((behind, begin))) => {
                    at = behind;
                    place = begin + 1;
                    again = Some((behind, place));
                }
                (_, None) => return false,
            }
        }
        self.0[at..].iter().all(|rest| *rest == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pattern: &str, fitting: &[&str], others: &[&str]) {
        let fits = |text: &&str| Pattern::new(pattern).fits(text);
        assert!(fitting.iter().all(fits), "{pattern} fits each of {fitting:?}");
        assert!(!others.iter().any(fits), "{pattern} fits none of {others:?}");
    }

    #[test]
    fn an_asterisk_is_any_characters_and_a_question_mark_one() {
        check("*@example.org", &["eve@example.org", "@example.org"], &["eve@example.com", "eve@example.org.evil"]);
        check("+49 30 *", &["+49 30 7"], &["+49 40 7", "x+49 30 7"]);
        check("????", &["4711", "äöü?"], &["471", "47110", "*", ""]);
        check("*a*b?*", &["abc", "xaybzz", "aabbb"], &["ab", "ba?", "xb"]);
        check("*", &["", "x"], &[]);
        check("", &[""], &["x"]);
        check("a.b", &["a.b"], &["axb"]);
    }

    #[test]
    fn case_and_form_do_not_count() {
        check("*MÜLLER@*", &["eve.mu\u{308}ller@example.org"], &["eve.muller@example.org"]);
        check("STRASSE*", &["Straße 7"], &[]);
        check("a * b", &["A  x\tB"], &["axb"]);
        check("??", &["ß"], &["s"]);
    }

    #[test]
    fn what_is_written_to_be_slow_is_not() {
        let pattern = format!("{}b", "*a".repeat(MAX_LENGTH / 2));
        assert!(!Pattern::new(&pattern).fits(&"a".repeat(1 << 20)));
    }

    /// The definition, which takes its time.
    fn defined(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', pattern @ ..], _) => (0..=text.len()).any(|begin| defined(pattern, &text[begin..])),
            ([wanted, pattern @ ..], [found, text @ ..]) => {
                (*wanted == '?' || wanted == found) && defined(pattern, text)
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn it_fits_what_the_definition_says(pattern in "[ab*?]{0,8}", text in "[abc]{0,10}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(Pattern::new(&pattern).fits(&text), defined(&chars(&pattern), &chars(&text)));
        }
    }
}
