//! Which row holds the names of the columns.

use crate::cell::{Cell, Row};
use std::collections::HashSet;

/// A name of a column is hardly longer, in characters.
const LONGEST_NAME: usize = 100;
/// A title above the table fills fewer of its columns than this share.
const TITLE_SHARE: f64 = 0.6;
/// A header row has names for at least this share of its cells.
const NAMED_SHARE: f64 = 0.7;
/// Now and then a name stands twice, but more than this share of them differ.
const DISTINCT_SHARE: f64 = 0.5;
/// Values repeat further down, names of columns do not, in more than this share of the rows.
const REPEATED_SHARE: f64 = 0.1;

/// The number of the header row among the first rows of a sheet or file, if there is one: the first row that is as wide
/// as the table, if all that it holds could be names of columns. Rows above it are titles.
pub fn guess(rows: &[Row]) -> Option<u32> {
    let width = usual_width(rows)?;
    let is_table = |row: &&Row| filled(row) as f64 >= width as f64 * TITLE_SHARE;
    let place = rows.iter().position(|row| is_table(&row))?;
    let (row, below) = (&rows[place], &rows[place + 1..]);
    (holds_names(row) && !repeats(row, below)).then_some(row.number)
}

/// The width that most rows have; of two, the larger.
fn usual_width(rows: &[Row]) -> Option<usize> {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).filter(|&width| width > 0).collect();
    widths.sort_unstable();
    widths.chunk_by(|one, other| one == other).map(|run| (run.len(), run[0])).max().map(|(_, width)| width)
}

fn filled(row: &Row) -> usize {
    row.cells.iter().filter(|cell| **cell != Cell::Blank).count()
}

fn holds_names(row: &Row) -> bool {
    let mut seen = HashSet::new();
    let is_name = |cell: &Cell| match cell {
        Cell::Blank => true,
        Cell::Text(text) => {
            seen.insert(text.trim().to_lowercase());
            could_be_name(text)
        }
        Cell::Number { .. } | Cell::Bool(_) | Cell::Date(_) | Cell::Error(_) => false,
    };
    let filled = filled(row) as f64;
    filled >= row.cells.len() as f64 * NAMED_SHARE
        && row.cells.iter().all(is_name)
        && seen.len() as f64 > filled * DISTINCT_SHARE
}

fn could_be_name(text: &str) -> bool {
    let text = text.trim();
    text.chars().any(char::is_alphabetic)
        && !text.contains(['@', '\n'])
        && !text.starts_with(|character: char| character.is_ascii_digit())
        && !text.eq_ignore_ascii_case("true")
        && !text.eq_ignore_ascii_case("false")
        && text.chars().count() <= LONGEST_NAME
}

/// Whether the text of some column stands in it again and again.
fn repeats(row: &Row, below: &[Row]) -> bool {
    row.cells.iter().enumerate().filter(|(_, cell)| **cell != Cell::Blank).any(|(column, cell)| {
        let again = below.iter().filter(|row| row.cells.get(column) == Some(cell)).count();
        again as f64 > below.len() as f64 * REPEATED_SHARE
    })
}
