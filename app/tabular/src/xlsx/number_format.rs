//! How a cell's number is shown: what its format code asks for.

use super::date::Moment;

/// What a format makes of a number, as far as it changes what the cell means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// A number. Its decimals, thousands and currency are for the eye.
    Number,
    /// A number that is shown a hundredfold with `%`.
    Percent,
    /// What was typed is text, even if it was digits.
    Text,
    /// A serial number that stands for a day, a time or both.
    Date(Moment),
    /// A duration: `[h]:mm`.
    Elapsed,
    /// Digits of an id: `00000`, `000-00-0000`, `"E"0000`.
    Mask(Box<[MaskPart]>),
}

/// A place of a [`NumberFormat::Mask`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MaskPart {
    /// `0`: a digit, or a zero.
    Digit,
    /// `#`: a digit, or nothing.
    Optional,
    Literal(char),
}

/// The format that a number stands for without a code in the file.
pub(super) fn built_in(id: u32) -> NumberFormat {
    match id {
        9 | 10 => NumberFormat::Percent,
        // Those from 27 on depend on the language (Chinese, Japanese, Korean, Thai), and agree as far as we ask.
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => NumberFormat::Date(Moment::Day),
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => NumberFormat::Date(Moment::Time),
        22 => NumberFormat::Date(Moment::Both),
        46 => NumberFormat::Elapsed,
        49 => NumberFormat::Text,
        _ => NumberFormat::Number,
    }
}

/// Reads a format code, or its first section, which is the one for numbers above zero.
pub(super) fn parse(code: &str) -> NumberFormat {
    let section = Section::read(code);
    match section.moment() {
        _ if section.elapsed => NumberFormat::Elapsed,
        Some(moment) => NumberFormat::Date(moment),
        None if section.percent => NumberFormat::Percent,
        None if section.text => NumberFormat::Text,
        None if section.is_mask() => NumberFormat::Mask(section.mask.into()),
        None => NumberFormat::Number,
    }
}

/// The digits of a whole number in the places of a mask.
pub(super) fn masked(mask: &[MaskPart], digits: &str) -> String {
    let places = mask.iter().filter(|part| !matches!(part, MaskPart::Literal(_))).count();
    let mut digits = digits.chars();
    // More places than digits: the first ones stay empty. More digits than places: the first place takes the surplus.
    let mut empty = places.saturating_sub(digits.as_str().len());
    let mut surplus = digits.as_str().len().saturating_sub(places);
    let mut shown = String::new();
    for part in mask {
        match part {
            MaskPart::Literal(char) => shown.push(*char),
            MaskPart::Digit | MaskPart::Optional if empty > 0 => {
                empty -= 1;
                if *part == MaskPart::Digit {
                    shown.push('0');
                }
            }
            MaskPart::Digit | MaskPart::Optional => {
                shown.extend(digits.by_ref().take(1 + surplus));
                surplus = 0;
            }
        }
    }
    shown
}

/// What stands in a section of a format code.
#[derive(Default)]
struct Section {
    /// `y`, `m`, `d`, `h`, `s` in their order, one each for `yyyy` and its kind; `n` for a month that is written out.
    clock: Vec<u8>,
    elapsed: bool,
    percent: bool,
    text: bool,
    /// Something that makes a number of it: a decimal point, thousands, an exponent, a fraction, a condition.
    numeric: bool,
    mask: Vec<MaskPart>,
}

impl Section {
    fn read(code: &str) -> Section {
        let mut section = Section::default();
        let mut rest = code;
        while let Some(char) = rest.chars().next() {
            let after = &rest[char.len_utf8()..];
            rest = match char {
                ';' => break,
                '"' => {
                    let (literal, after) = after.split_once('"').unwrap_or((after, ""));
                    section.mask.extend(literal.chars().map(MaskPart::Literal));
                    after
                }
                '\\' => section.literal(after),
                // The width of a character, and one to fill the cell with.
                '_' | '*' => after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default(),
                '[' => {
                    let (inside, after) = after.split_once(']').unwrap_or((after, ""));
                    section.bracket(inside);
                    after
                }
                _ => section.symbol(char, rest),
            };
        }
        section
    }

    fn literal<'a>(&mut self, rest: &'a str) -> &'a str {
        match rest.chars().next() {
            Some(char) => {
                self.mask.push(MaskPart::Literal(char));
                &rest[char.len_utf8()..]
            }
            None => "",
        }
    }

    /// A colour, a language, a currency, a condition, or a part of a duration.
    fn bracket(&mut self, inside: &str) {
        let letter = inside.bytes().next().unwrap_or_default().to_ascii_lowercase();
        let all = !inside.is_empty() && inside.bytes().all(|byte| byte.to_ascii_lowercase() == letter);
        self.elapsed |= all && matches!(letter, b'h' | b'm' | b's');
        self.numeric |= matches!(letter, b'<' | b'>' | b'=' | b'$') && !inside.starts_with("$-");
    }

    fn symbol<'a>(&mut self, char: char, rest: &'a str) -> &'a str {
        let lower = char.to_ascii_lowercase();
        let run = rest.chars().take_while(|next| next.to_ascii_lowercase() == lower).count();
        for keyword in ["general", "am/pm", "a/p"] {
            if rest.get(..keyword.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(keyword)) {
                self.numeric |= keyword == "general";
                if keyword != "general" {
                    self.clock.push(b'a');
                }
                return &rest[keyword.len()..];
            }
        }
        match lower {
            'e' if rest[1..].starts_with(['+', '-']) => self.numeric = true,
            'm' if run > 2 => self.clock.push(b'n'),
            // `e` and `b` are years of other calendars, `g` their eras.
            'y' | 'e' | 'b' | 'g' => self.clock.push(b'y'),
            'm' | 'd' | 'h' | 's' => self.clock.push(lower as u8),
            '0' => self.mask.extend(std::iter::repeat_n(MaskPart::Digit, run)),
            '#' => self.mask.extend(std::iter::repeat_n(MaskPart::Optional, run)),
            '%' => self.percent = true,
            '@' => self.text = true,
            '.' | ',' | '?' | '/' => self.numeric = true,
            _ => {
                self.mask.push(MaskPart::Literal(char));
                return &rest[char.len_utf8()..];
            }
        }
        // All of these are of one byte.
        &rest[run..]
    }

    fn moment(&self) -> Option<Moment> {
        let is_minute = |at: usize| {
            // Minutes stand after hours or before seconds; all other `m` are months.
            (at > 0 && self.clock[at - 1] == b'h') || self.clock.get(at + 1) == Some(&b's')
        };
        let (mut day, mut time) = (false, false);
        for (at, letter) in self.clock.iter().enumerate() {
            match letter {
                b'm' if is_minute(at) => time = true,
                b'h' | b's' | b'a' => time = true,
                _ => day = true,
            }
        }
        match (day, time) {
            (true, true) => Some(Moment::Both),
            (true, false) => Some(Moment::Day),
            (false, true) => Some(Moment::Time),
            (false, false) => None,
        }
    }

    /// Two zeros before the point are nothing that an amount needs.
    fn is_mask(&self) -> bool {
        !self.numeric && self.mask.iter().filter(|part| **part == MaskPart::Digit).count() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_a_number_means() {
        use NumberFormat::{Date, Elapsed, Number, Percent, Text};
        for (code, expected) in [
            ("General", Number),
            ("0", Number),
            ("0.00", Number),
            ("#,##0", Number),
            ("#,##0.00\\ \"€\"", Number),
            ("[$€-407]#,##0.00", Number),
            ("[Red]0.00;[Blue]-0.00", Number),
            ("0.00E+00", Number),
            ("# ?/?", Number),
            ("0 \"days\"", Number),
            ("General\" kg\"", Number),
            ("[<=9999999]###-####;(###) ###-####", Number),
            ("0%", Percent),
            ("0.0\\ %", Percent),
            ("@", Text),
            ("yyyy-mm-dd", Date(Moment::Day)),
            ("DD.MM.YYYY", Date(Moment::Day)),
            ("[$-407]d. mmmm yyyy;@", Date(Moment::Day)),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Date(Moment::Day)),
            ("mmm-yy", Date(Moment::Day)),
            ("mm", Date(Moment::Day)),
            ("h:mm", Date(Moment::Time)),
            ("mm:ss", Date(Moment::Time)),
            ("h:mm AM/PM", Date(Moment::Time)),
            ("m/d/yy h:mm", Date(Moment::Both)),
            ("yyyy-mm-dd\"T\"hh:mm:ss", Date(Moment::Both)),
            ("[h]:mm:ss", Elapsed),
            ("[mm]:ss", Elapsed),
            ("", Number),
            ("\"", Number),
            ("\\", Number),
            ("[", Number),
            ("_", Number),
            ("*é", Number),
        ] {
            assert_eq!(parse(code), expected, "{code}");
        }
    }

    #[test]
    fn digits_of_ids_take_their_places() {
        for (code, digits, expected) in [
            ("000", "7", "007"),
            ("00000", "123456", "123456"),
            ("000-00-0000", "12345678", "012-34-5678"),
            ("\"E\"0000", "42", "E0042"),
            ("0000\\/00", "202611", "2026/11"),
            ("##00", "7", "07"),
        ] {
            let NumberFormat::Mask(mask) = parse(code) else { panic!("{code} is a mask") };
            assert_eq!(masked(&mask, digits), expected, "{code}");
        }
    }
}
