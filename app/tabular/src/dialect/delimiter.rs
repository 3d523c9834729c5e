//! Which delimiter and which quote a text uses.

use super::{Dialect, Quote};
use crate::csv::{Batch, Reader};
use crate::issue::IssueKind;
use crate::limits::Limits;

/// What may be guessed, the better of two equal guesses first: semicolons and tabs stand where commas are decimal, and
/// hardly ever as often as commas where these are the delimiter.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// A quote that is not closed must not hide the rest of the sample.
const CELL_BYTES: u32 = 8 << 10;

/// The delimiter that the first line names, if it does nothing else: `sep=;`.
pub(super) fn named(text: &[u8]) -> Option<u8> {
    let (key, rest) = text.split_at_checked(4)?;
    let (&delimiter, rest) = rest.split_first()?;
    let ends = matches!(rest, [] | [b'\r' | b'\n', ..]);
    let possible = delimiter.is_ascii() && !matches!(delimiter, 0 | b'\r' | b'\n' | b'"');
    (key.eq_ignore_ascii_case(b"sep=") && ends && possible).then_some(delimiter)
}

/// The delimiter with which the rows are most alike, and the quote that goes with it. `whole` says that the text is the
/// whole file, `taken_as` how it is written apart from these two.
pub(super) fn guess(text: &[u8], whole: bool, chosen: Option<Quote>, taken_as: &Dialect) -> (u8, Quote) {
    let mut best = (0.0, b',', chosen.unwrap_or_else(|| quote(text, b',')));
    for delimiter in DELIMITERS {
        let quote = chosen.unwrap_or_else(|| quote(text, delimiter));
        let score = likeness(&rows(text, whole, Dialect { delimiter, quote, ..*taken_as }));
        if score > best.0 {
            best = (score, delimiter, quote);
        }
    }
    (best.1, best.2)
}

/// The quote that stands around cells, if this is the delimiter. Apostrophes are one only if every one that opens a cell
/// has one that closes it: names begin with them, too.
pub(super) fn quote(text: &[u8], delimiter: u8) -> Quote {
    let is_edge = |byte: u8| byte == delimiter || byte == b'\r' || byte == b'\n';
    let (mut opens, mut closes) = (0, 0);
    for (at, &byte) in text.iter().enumerate() {
        let opening = at.checked_sub(1).is_none_or(|before| is_edge(text[before]));
        if opening && byte == b'"' {
            return Quote::Double;
        }
        if byte == b'\'' {
            opens += u32::from(opening);
            closes += u32::from(text.get(at + 1).is_none_or(|&after| is_edge(after)));
        }
    }
    if opens >= 2 && opens == closes { Quote::Single } else { Quote::Double }
}

/// The first rows of the sample.
pub(super) fn rows(mut text: &[u8], whole: bool, dialect: Dialect) -> Batch {
    let limits = Limits { cell_bytes: CELL_BYTES, row_bytes: u32::MAX, ..Limits::default() };
    let mut reader = Reader::new(dialect, limits);
    // A limit that is broken ends the sample, no more.
    match reader.read(&mut text) {
        Ok(Some(batch)) => batch,
        Ok(None) if whole => reader.finish().ok().flatten().unwrap_or_else(|| reader.flush()),
        Ok(None) | Err(_) => reader.flush(),
    }
}

/// How much the rows look like those of one table, from 0 to 1.
fn likeness(rows: &Batch) -> f64 {
    let widths: Vec<usize> = rows.rows().map(|row| row.width()).collect();
    let mut sorted = widths.clone();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|one, other| one == other).map(|run| (run.len(), run[0]));
    let Some((alike, width)) = runs.max() else { return 0.0 };
    let rows_read = widths.len() as f64;
    let wrong_quote = |kind: IssueKind| matches!(kind, IssueKind::UnclosedQuote { .. } | IssueKind::StrayQuote);
    let wrong_quotes = rows.issues().iter().filter(|issue| wrong_quote(issue.kind)).count();
    let share = alike as f64 / rows_read;
    // One column is no table, and many are hardly a coincidence.
    let columns = 1.0 - 1.0 / width as f64;
    // The names of columns hold no delimiters but the real one.
    let first = if widths.first() == Some(&width) { 1.0 } else { 0.5 };
    share * columns * first * (1.0 - 0.5 * (wrong_quotes as f64 / rows_read).min(1.0))
}
