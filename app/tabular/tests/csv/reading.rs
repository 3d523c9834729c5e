//! Rows, whatever is wrong with the file.

use crate::support::{check, read, read_in_chunks, shown};
use expect_test::expect;
use tabular::cell::{Cell, Row};
use tabular::dialect::{Dialect, Header, Overrides, Quote};
use tabular::limits::Limits;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn rows_of_cells() {
    check(
        "a,b,c\r\n1,,3\r\n",
        expect![[r#"
        1: a|b|c
        2: 1||3
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn each_kind_of_line_break_counts_as_one_line() {
    check(
        "a,b\r1,2\n\n3,4\r\n\r\n5,6",
        expect![[r#"
        1: a|b
        2: 1|2
        4: 3|4
        6: 5|6
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_empty_line_is_no_row_and_a_line_of_delimiters_is_one() {
    check(
        "a,b\n\n,\n\"\"\n",
        expect![[r#"
        1: a|b
        3: |
        4: 
        row 4: number of cells: 1 instead of 2
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn quoted_cells_hold_delimiters_quotes_and_line_breaks() {
    check(
        "a,b\n\"1,\"\"x\"\"\",\"2\r\n3\r4\n5\"\nlast,row\n",
        expect![[r#"
        1: a|b
        2: 1,"x"|2\r\n3\r4\n5
        3: last|row
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn rows_are_numbered_as_spreadsheets_do_and_quotes_are_found_by_line() {
    check(
        "a,b\n\"1\n2\n3\",x\n\n5,\"y\n6,z,!\n",
        expect![[r#"
        1: a|b
        2: 1\n2\n3|x
        4: 5|"y
        5: 6|z|!
        line 6, character 3: this quote is never closed; close it or remove it
        row 5: number of cells: 3 instead of 2; quote values that contain the delimiter
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_quote_within_a_bare_cell_is_text() {
    check(
        "a,b\n5\" pipe,6\"\n",
        expect![[r#"
        1: a|b
        2: 5" pipe|6"
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_delimiter_at_the_end_of_the_file_begins_a_blank_cell() {
    check(
        "a,b\n1,",
        expect![[r#"
        1: a|b
        2: 1|
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn ragged_rows_are_reported() {
    check(
        "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,2,3\n",
        expect![[r#"
        1: a|b|c
        2: 1|2
        3: 1|2|3|4
        4: 1|2|3||
        5: 1|2|3
        row 2: number of cells: 2 instead of 3
        row 3: number of cells: 4 instead of 3; quote values that contain the delimiter
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn blank_cells_at_the_end_of_the_header_row_are_not_expected_below() {
    check(
        "a,b,,\n1,2\n",
        expect![[r#"
        1: a|b||
        2: 1|2
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn rows_above_the_header_row_may_have_any_width() {
    let dialect = Dialect { header: Header::Row(3), ..Dialect::default() };
    let table = read(b"Staff\n\na,b\n1\n", dialect, Limits::default());
    expect![[r#"
        1: Staff
        3: a|b
        4: 1
        row 4: number of cells: 1 instead of 2
    "#]]
    .assert_eq(&shown(&table));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn nul_is_replaced_and_reported() {
    check(
        "a,b\n1\0,\"2\0\0\"\n3,4\n",
        expect![[r#"
        1: a|b
        2: 1�|2��
        3: 3|4
        row 2, column 1: a NUL character; remove it
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_byte_order_mark_is_no_part_of_the_first_cell() {
    check(
        "\u{FEFF}\"a\",b\n",
        expect![[r#"
        1: a|b
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn apostrophes_before_formulas_are_taken_off() {
    check(
        "a,b,c\n'=1+1,'+49 30,\"'@x\"\n''=x,'t Hooft,O'Neill\nx;'-1,'＝1,it's - ok\n",
        expect![[r#"
        1: a|b|c
        2: =1+1|+49 30|@x
        3: '=x|'t Hooft|O'Neill
        4: x;-1|＝1|it's - ok
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn apostrophes_stay_if_somebody_says_so() {
    let dialect = Dialect { guarded: false, ..Dialect::default() };
    expect![[r#"
        1: a|b
        2: '=1|'+49
    "#]]
    .assert_eq(&shown(&read(b"a,b\n'=1,'+49\n", dialect, Limits::default())));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn single_quotes() {
    let dialect = Dialect { quote: Quote::Single, ..Dialect::default() };
    expect![[r#"
        1: a|b
        2: 1,'x'|"
    "#]]
    .assert_eq(&shown(&read(b"a,b\n'1,''x''','\"'\n", dialect, Limits::default())));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn without_quotes_a_quote_is_text() {
    let dialect = Dialect { quote: Quote::None, ..Dialect::default() };
    expect![[r#"
        1: a|b
        2: "1|2"
    "#]]
    .assert_eq(&shown(&read(b"a,b\n\"1,2\"\n", dialect, Limits::default())));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn names_that_programs_trip_over_are_text() {
    check(
        "__proto__,constructor\n<script>alert(1)</script>,007\n00000000000000000001,TRUE\n",
        expect![[r#"
        1: __proto__|constructor
        2: <script>alert(1)</script>|007
        3: 00000000000000000001|TRUE
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_first_rows_can_be_had_at_once() {
    let mut reader = Dialect::default().reader();
    assert_eq!(reader.read(&mut b"a,b\n1,\"two\nlines\"\n3,fo".as_slice()), Ok(None));
    let first = reader.flush();
    let numbers: Vec<u32> = first.rows().map(|row| row.number()).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(reader.read(&mut b"ur\n".as_slice()), Ok(None));
    let rest = reader.finish().expect("within the limits").expect("a row is left");
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = Row { number: 3, hidden: false, cells: vec![text("3"), text("four")] };
    assert_eq!(rest.row(0).map(|row| row.to_row()), Some(row));
    assert_eq!(reader.finish(), Ok(None));
    assert_eq!((reader.bytes_read(), reader.rows_read()), (25, 3));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_row_of_its_own_has_no_blank_cells_at_its_end() {
    let mut reader = Dialect::default().reader();
    reader.read(&mut b"a,,b,,\n,,\n".as_slice()).expect("within the limits");
    let batch = reader.flush();
    let rows: Vec<Row> = batch.rows().map(|row| row.to_row()).collect();
    let text = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(rows[0].cells, [text("a"), Cell::Blank, text("b")]);
    assert_eq!(rows[1].cells, []);
    let first = batch.row(0).expect("two rows");
    assert_eq!((first.width(), first.cell(2), first.cell(9)), (5, "b", ""));
    assert!(batch.row(2).is_none());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn chunks_of_any_size_give_the_same() {
    let file = "\u{FEFF}sep=;\r\na;b\r\n\"x\r\ny\"\"\" ;'=1\r\n\r\n\"un\r\nend\0;é;3\r\n".as_bytes();
    let dialect = Dialect::detect(file, &Overrides::default());
    let whole = read(file, dialect, Limits::default());
    expect![[r#"
        1: a|b
        2: x\r\ny"|=1
        4: "un
        5: end�|é|3
        line 6, character 1: this quote is never closed; close it or remove it
        row 4: number of cells: 1 instead of 2
        row 5: number of cells: 3 instead of 2; quote values that contain the delimiter
        row 5, column 1: a NUL character; remove it
    "#]]
    .assert_eq(&shown(&whole));
    for chunk in 1..file.len() {
        assert_eq!(read_in_chunks(file, dialect, Limits::default(), chunk), whole, "in chunks of {chunk}");
    }
}
