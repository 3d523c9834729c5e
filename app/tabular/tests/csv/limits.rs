//! What a file may ask for, each limit with its name.

use crate::support::{read, read_in_chunks, shown};
use expect_test::{Expect, expect};
use tabular::csv::ReadError;
use tabular::dialect::Dialect;
use tabular::limits::Limits;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check(file: &[u8], limits: Limits, expected: Expect) {
    let whole = read(file, Dialect::default(), limits);
    expected.assert_eq(&shown(&whole));
    for chunk in [1, 2, 3, 7] {
        assert_eq!(read_in_chunks(file, Dialect::default(), limits, chunk), whole, "in chunks of {chunk}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn rows() {
    check(
        b"a\nb\nc\n",
        Limits { rows: 3, ..Limits::default() },
        expect![[r#"
        1: a
        2: b
        3: c
    "#]],
    );
    check(
        b"a\nb\nc\nd\n",
        Limits { rows: 3, ..Limits::default() },
        expect![[r#"
        1: a
        2: b
        3: c
        the file has more than 3 rows; split it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn columns() {
    check(
        b"a,b,c\n",
        Limits { columns: 3, ..Limits::default() },
        expect![[r#"
        1: a|b|c
    "#]],
    );
    check(
        b"a\n1,2,3,4,5\n",
        Limits { columns: 3, ..Limits::default() },
        expect![[r#"
        1: a
        the row in line 2 has more than 3 cells; check the delimiter
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn cells() {
    check(
        b"a,b\n1,2\n",
        Limits { cells: 4, ..Limits::default() },
        expect![[r#"
        1: a|b
        2: 1|2
    "#]],
    );
    check(
        b"a,b\n1,2\n3,4\n",
        Limits { cells: 4, ..Limits::default() },
        expect![[r#"
        1: a|b
        2: 1|2
        the file has more than 4 cells up to line 3; split it or leave out columns
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_length_of_a_row() {
    check(
        b"a,b\n1234,567\n",
        Limits { row_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a|b
        2: 1234|567
    "#]],
    );
    check(
        b"a,b\n1234,5678\n",
        Limits { row_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a|b
        the row in line 2 is longer than 8 bytes; check its quotes and whether this is a CSV file
    "#]],
    );
    check(
        b"a,b\n1234,5678,,,,,,",
        Limits { row_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a|b
        the row in line 2 is longer than 8 bytes; check its quotes and whether this is a CSV file
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_length_of_a_cell() {
    check(
        b"a\n12345678\n",
        Limits { cell_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a
        2: 12345678
    "#]],
    );
    check(
        b"a\n123456789\n",
        Limits { cell_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a
        column 1 of the row in line 2 is longer than 8 bytes; check whether this is a CSV file
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_quoted_cell_that_is_too_long_counts_as_unclosed() {
    check(
        b"a\n\"12\n45678\"\n",
        Limits { cell_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a
        2: 12\n45678
    "#]],
    );
    check(
        b"a\n\"12\n456789\"\n",
        Limits { cell_bytes: 8, ..Limits::default() },
        expect![[r#"
        1: a
        2: "12
        3: 456789"
        line 2, character 1: this quote is never closed; close it or remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_length_of_the_file() {
    let limits = Limits { bytes: 4, ..Limits::default() };
    assert_eq!(read(b"a,b\n", Dialect::default(), limits).error, None);
    assert_eq!(read(b"a,b\n1", Dialect::default(), limits).error, Some(ReadError::TooLarge { limit: 4 }));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn as_many_columns_as_a_spreadsheet_has() {
    let mut file = "x,".repeat(16_383).into_bytes();
    file.extend(b"x\n");
    assert_eq!(read(&file, Dialect::default(), Limits::default()).rows[0].1.len(), 16_384);
    file.insert(0, b',');
    let error = ReadError::TooManyColumns { line: 1, limit: 16_384 };
    assert_eq!(read(&file, Dialect::default(), Limits::default()).error, Some(error));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_file_without_line_breaks_is_not_kept_whole() {
    let error = ReadError::CellTooLong { line: 1, column: 1, limit: 1 << 20 };
    for file in [b"x".repeat(3 << 20), b"\"".repeat(3 << 20)] {
        assert_eq!(read_in_chunks(&file, Dialect::default(), Limits::default(), 4096).error, Some(error));
    }
}

/// Each of these would be looked through to its end again and again by a reader that seeks the end of every quote.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn quotes_that_nothing_closes_are_not_sought_for_ever() {
    let wide = |cell: &str| format!("\"a{}\n", cell.repeat(10_000));
    for line in
        ["\"\"x\n".to_owned(), "\"x\n".to_owned(), wide(",\"a\"b"), wide(",\"\"x"), wide(",\"x"), wide(",\"\"\"x")]
    {
        let lines = (2 << 20) / line.len();
        let table = read(line.repeat(lines).as_bytes(), Dialect::default(), Limits::default());
        assert_eq!((table.rows.len(), table.error), (lines, None));
    }
}
