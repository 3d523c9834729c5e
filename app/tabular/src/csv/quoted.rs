//! A cell in quotes.

use super::scan::{Class, Classes, may_guard, next_special};

/// Spaces that may stand between a closing quote and the delimiter.
const SPACES: usize = 64;

/// What a quote at the beginning of a cell turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// It is closed.
    Cell(Quotation),
    /// Nothing closes it, or what does belongs to another cell.
    Unclosed,
    /// It is closed at once, and text follows.
    Stray,
    /// The text ends too early to tell.
    Incomplete,
}

/// A quoted cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// Where its closing quote is.
    pub(super) end: usize,
    /// Where the delimiter or line break is, or the end of the file.
    pub(super) next: usize,
    /// Whether quotes within it are doubled.
    pub(super) doubled: bool,
    /// Whether there are other quotes within it.
    pub(super) stray: bool,
    /// Line breaks within it.
    pub(super) lines: u32,
    /// Where the line begins in which it ends; 0 when that is the one in which it begins.
    pub(super) line_start: usize,
    /// Whether it holds NUL characters.
    pub(super) nul: bool,
    /// Whether it may hold guarded formulas.
    pub(super) guarded: bool,
}

/// Looks at a cell that begins with a quote at `start`. `last` says that the text ends with the file.
///
/// A quote closes a cell when a delimiter or a line break follows, spaces aside. Followed by something else it is part
/// of the value; but if the value went over a line break before, it far more likely opens a cell of a later row, and
/// the quote at `start` was never closed.
///
/// How far it looks matters, because an unclosed quote is looked for again behind the next delimiter. Behind the first
/// line break it goes no further than to the next quotes that open a cell: these are odd in number (where even, they
/// are stray, and open nothing), so that one of them is left over and ends the search. Within a line, the number of
/// searches is up to the caller.
pub(super) fn quoted(text: &[u8], start: usize, classes: &Classes, limit: usize, last: bool) -> Quoted {
    let all = text;
    let bounded = text.len().min(start.saturating_add(limit).saturating_add(2));
    let (text, cut) = (&all[..bounded], bounded < all.len());
    let mut quotation = Quotation {
        end: 0,
        next: 0,
        doubled: false,
        stray: false,
        lines: 0,
        line_start: 0,
        nul: false,
        guarded: false,
    };
    let mut at = start + 1;
    let mut only_quotes = true;
    while let Some((place, class)) = next_special(text, at, &classes.quoted) {
        only_quotes = only_quotes && place == at && class == Class::Quote;
        at = place + 1;
        match class {
            Class::Plain | Class::Delimiter => {}
            Class::Nul => quotation.nul = true,
            Class::Apostrophe => quotation.guarded |= may_guard(text, place),
            Class::LineFeed => {
                quotation.lines += 1;
                quotation.line_start = at;
            }
            Class::CarriageReturn => {
                at += usize::from(text.get(at) == Some(&b'\n'));
                quotation.lines += 1;
                quotation.line_start = at;
            }
            Class::Quote => {
                if all.get(at) == Some(&all[place]) {
                    quotation.doubled = true;
                    at += 1;
                    continue;
                }
                let next = match closes(all, at, classes, last) {
                    Some(Some(next)) => next,
                    Some(None) if only_quotes => return Quoted::Stray,
                    Some(None) if quotation.lines > 0 => return Quoted::Unclosed,
                    Some(None) => {
                        quotation.stray = true;
                        continue;
                    }
                    None => return Quoted::Incomplete,
                };
                return Quoted::Cell(Quotation { end: place, next, ..quotation });
            }
        }
    }
    if last || cut { Quoted::Unclosed } else { Quoted::Incomplete }
}

/// Where the delimiter or line break is that follows a quote before `at`, if one does; nothing when the text ends too
/// early to tell.
fn closes(text: &[u8], at: usize, classes: &Classes, last: bool) -> Option<Option<usize>> {
    let is_end = |byte: u8| byte == classes.delimiter || byte == b'\r' || byte == b'\n';
    match text.get(at) {
        Some(&byte) if is_end(byte) => return Some(Some(at)),
        None if !last => return None,
        _ => {}
    }
    let spaces = text[at..].iter().take(SPACES).take_while(|&&byte| byte == b' ').count();
    match text.get(at + spaces) {
        Some(&byte) => Some(is_end(byte).then_some(at + spaces)),
        None if last => Some(Some(at + spaces)),
        None => None,
    }
}

/// Halves the doubled quotes of a value where it lies: how long it is afterwards.
pub(super) fn undouble(value: &mut [u8], quote: u8) -> usize {
    let (mut from, mut to) = (0, 0);
    while from < value.len() {
        value[to] = value[from];
        from += if value[from] == quote && value.get(from + 1) == Some(&quote) { 2 } else { 1 };
        to += 1;
    }
    to
}
