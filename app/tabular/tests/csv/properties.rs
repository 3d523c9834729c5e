//! What holds for every file.

use crate::support::{Cells, read, read_in_chunks};
use proptest::prelude::*;
use tabular::Format;
use tabular::csv::{Writer, guard, unguard};
use tabular::dialect::{Dialect, Header, Overrides, Quote};
use tabular::limits::Limits;

/// Small, so that files meet them.
const TIGHT: Limits = Limits { bytes: 1 << 20, rows: 50, columns: 12, cells: 200, row_bytes: 60, cell_bytes: 24 };

/// What files begin with that hold others.
const CONTAINERS: &[&[u8]] = &[b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];

/// Text of what CSV is made of.
fn nasty() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "\"", "'", ",", ";", "\t", "|", "\r", "\n", "\r\n", "=", "+", "-", "@", " ", "a", "é", "😀", "＝", "\u{FEFF}",
        "sep=;", "ID", "\u{85}", "\u{2028}", "\\", "NULL", "0", "ß",
    ];
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..8).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(prop::char::range('\u{1}', '\u{10FFFF}'), 0..8).prop_map(String::from_iter),
    ]
}

/// Bytes that are nearly CSV, in nearly some encoding.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b"'",
        b",",
        b";",
        b"\r",
        b"\n",
        b"\r\n",
        b"a",
        b" ",
        b"'=1",
        b"\0",
        b"\xE9",
        b"\xC3\xA9",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"sep=;\n",
    ];
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let quote = prop::sample::select(&[Quote::Double, Quote::Single, Quote::None][..]);
    let delimiter = prop_oneof![prop::sample::select(&b",;\t| "[..]), any::<u8>()];
    let header = prop_oneof![Just(Header::Absent), (0..4_u32).prop_map(Header::Row)];
    let flags = any::<[bool; 2]>();
    (bytes(), quote, delimiter, header, flags).prop_map(
        |(sample, quote, delimiter, header, [guarded, separator_line])| {
            let detected = Dialect::detect(&sample, &Overrides::default());
            Dialect { quote, delimiter, header, guarded, separator_line, ..detected }
        },
    )
}

/// Rows of equal width.
fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1..5_usize).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(nasty(), width), 0..12))
}

fn written(rows: &[Vec<String>], writer: Writer) -> Vec<u8> {
    let mut out = vec![];
    writer.begin(&mut out);
    for row in rows {
        writer.row(row.iter().map(String::as_str), &mut out);
    }
    out
}

fn cells(rows: Vec<Cells>) -> Vec<Vec<String>> {
    rows.into_iter().map(|(_, cells)| cells).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(
        rows in table(),
        delimiter in prop::sample::select(&b",;\t|:"[..]),
        [mark, guarded] in any::<[bool; 2]>(),
    ) {
        let file = written(&rows, Writer { delimiter, mark, guarded });
        let dialect = Dialect { delimiter, guarded, header: Header::Absent, ..Dialect::default() };
        let table = read(&file, dialect, Limits::default());
        prop_assert_eq!(table.error, None);
        prop_assert_eq!(cells(table.rows), rows);
    }

    #[test]
    fn what_is_written_below_plain_headers_is_read_without_being_told_how(
        rows in table(),
        delimiter in prop::sample::select(&b",;\t|"[..]),
        mark in any::<bool>(),
    ) {
        let names = ["username", "email", "groups", "roles"];
        let header: Vec<String> = names.iter().take(rows.first().map_or(4, Vec::len)).map(|&name| name.into()).collect();
        let rows = [vec![header], rows].concat();
        let file = written(&rows, Writer { delimiter, mark, ..Writer::default() });
        let table = read(&file, Dialect::detect(&file, &Overrides::default()), Limits::default());
        prop_assert_eq!(&table.issues, &[]);
        prop_assert_eq!(cells(table.rows), rows);
    }

    #[test]
    fn what_is_guarded_comes_back_and_is_no_formula(text in nasty()) {
        let guarded = guard(&text);
        for cell in guarded.split([',', ';', '\t', '|', '\r', '\n']) {
            let cell = cell.trim_start_matches([' ', '"']);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '＝']), "{guarded:?}");
        }
        prop_assert_eq!(unguard(&guarded), text.as_str());
    }

    #[test]
    fn chunks_change_nothing(file in bytes(), dialect in dialect(), chunk in 1..9_usize, tight in any::<bool>()) {
        let limits = if tight { TIGHT } else { Limits::default() };
        let whole = read(&file, dialect, limits);
        prop_assert_eq!(read_in_chunks(&file, dialect, limits, chunk), whole);
    }

    #[test]
    fn every_line_with_something_in_it_is_in_a_row_and_an_empty_one_counts_as_one(file in bytes()) {
        let text = String::from_utf8_lossy(&file).replace('\0', "");
        let table = read(text.as_bytes(), Dialect::default(), Limits::default());
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let mut covered = vec![false; text.split('\n').count()];
        // The line and the number that a row right below the one before would have.
        let (mut next_line, mut next_number) = (0, 1);
        for (number, cells) in &table.rows {
            let breaks: usize = cells.iter().map(|cell| cell.replace("\r\n", "\n").matches(['\r', '\n']).count()).sum();
            prop_assert!(*number >= next_number, "a number belongs to one row");
            let first = next_line + (number - next_number) as usize;
            covered[first..=first + breaks].fill(true);
            (next_line, next_number) = (first + breaks + 1, number + 1);
        }
        for (line, covered) in text.split('\n').zip(covered) {
            prop_assert!(covered || line.is_empty(), "{line:?} is lost");
        }
    }

    #[test]
    fn nothing_panics(file in bytes(), tail in bytes()) {
        let _ = Format::detect(&file, &tail);
        let dialect = Dialect::detect(&file, &Overrides::default());
        let table = read(&file, dialect, TIGHT);
        prop_assert!(table.rows.iter().all(|(_, cells)| cells.iter().all(|cell| !cell.contains('\0'))));
        prop_assert!(table.issues.is_sorted_by_key(|issue| issue.row));
    }

    #[test]
    fn bad_containers_do_not_panic(
        rest in prop::collection::vec(prop::sample::select(&b"PK\x01\x02\x03\x04xl/\0\xFF"[..]), 0..80),
        container in prop::sample::select(CONTAINERS),
    ) {
        let file = [container, &rest].concat();
        let _ = Format::detect(&file, &file);
    }
}
