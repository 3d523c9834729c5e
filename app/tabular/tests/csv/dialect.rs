//! How a file is written.

use crate::support::{read_detected, utf16};
use expect_test::{Expect, expect};
use tabular::csv::{Encoding, Evidence};
use tabular::dialect::{Dialect, Header, Overrides, Quote};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn shown(dialect: Dialect) -> String {
    let Dialect { encoding, evidence, mark, separator_line, delimiter, quote, header, guarded: _ } = dialect;
    let mark = if mark { " mark" } else { "" };
    let named = if separator_line { " sep=" } else { "" };
    format!("{encoding} {evidence:?}{mark}{named} {:?} {quote:?} {header:?}", char::from(delimiter))
}

fn check(file: impl AsRef<[u8]>, expected: Expect) {
    expected.assert_eq(&shown(Dialect::detect(file.as_ref(), &Overrides::default())));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn each_delimiter() {
    check("name,mail\nann,a@x\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    check("name;mail\nann;a@x\n", expect!["UTF-8 AsciiOnly ';' Double Row(1)"]);
    check("name\tmail\nann\ta@x\n", expect![[r#"UTF-8 AsciiOnly '\t' Double Row(1)"#]]);
    check("name|mail\nann|a@x\n", expect!["UTF-8 AsciiOnly '|' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_column_is_read_with_commas() {
    check("name\nann\nbob\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    check("", expect!["UTF-8 AsciiOnly ',' Double Absent"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn delimiters_in_quotes_do_not_count() {
    check("name;\"a,b,c\"\n\"x,y\";\"1,2,3\"\n\"Doe, Jane\";\"4,5,6\"\n", expect!["UTF-8 AsciiOnly ';' Double Row(1)"]);
    check("name,notes\n\"a;b;c\nd;e\",x\n\"f;g;h\",y\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn decimal_commas_are_no_delimiters() {
    check("width;height\n1,5;2,5\n3,5;4,5\n6,5;7,5\n8,5;9,5\n1,1;2,2\n", expect!["UTF-8 AsciiOnly ';' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn lists_within_cells_are_no_columns() {
    check("name,groups\nann,a;b;c\nbob,a;b;c\neve,a;b;c\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_unclosed_quote_does_not_hide_the_delimiter() {
    check("name;mail\n\"ann;a@x\nbob;b@x\neve;e@x\n", expect!["UTF-8 AsciiOnly ';' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_line_may_name_the_delimiter() {
    check("sep=|\r\nname|a;b\r\nann|c;d\r\n", expect!["UTF-8 AsciiOnly sep= '|' Double Row(1)"]);
    check("SEP=\t\nname\tmail\n", expect![[r#"UTF-8 AsciiOnly sep= '\t' Double Row(1)"#]]);
    check("\u{FEFF}sep=;\nname;mail\n", expect!["UTF-8 Mark mark sep= ';' Double Row(1)"]);
    check("sep=,\n", expect!["UTF-8 AsciiOnly sep= ',' Double Absent"]);
    check("sep=,x\nname,mail\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    expect![[r#"
        1: name|mail
        2: ann|a@x
    "#]]
    .assert_eq(&read_detected("sep=;\r\nname;mail\r\nann;a@x\r\n"));
    expect![[r#"
        1: name|mail
        2: ann|a@x
    "#]]
    .assert_eq(&read_detected(utf16("\u{FEFF}sep=;\r\nname;mail\r\nann;a@x\r\n", false)));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn single_quotes_are_found_and_names_are_none() {
    check("'name','mail'\n'ann','a,x'\n", expect!["UTF-8 AsciiOnly ',' Single Row(1)"]);
    check("name,mail\n't Hooft,x\n'=1,y\n'''n,z\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn encodings() {
    check("näme,x\n", expect!["UTF-8 Characters ',' Double Row(1)"]);
    check(b"n\xE4me,x\n", expect!["Windows-1252 Characters ',' Double Row(1)"]);
    check("\u{FEFF}name,x\n", expect!["UTF-8 Mark mark ',' Double Row(1)"]);
    check(utf16("name,x\nann,y\n", false), expect!["UTF-16 LE Nuls ',' Double Row(1)"]);
    check(utf16("name,x\nann,y\n", true), expect!["UTF-16 BE Nuls ',' Double Row(1)"]);
    check(utf16("\u{FEFF}名前,メール\n", true), expect!["UTF-16 BE Mark mark ',' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_few_nul_bytes_are_no_utf16() {
    check("name,mail\nann,\0\nbob,b@x\0\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_sample_may_end_within_a_character() {
    let mut file = "é,x\n".repeat(20_000).into_bytes();
    file[65_535] = 0xC3;
    check(&file[..65_536], expect!["UTF-8 Characters ',' Double Absent"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn header_rows() {
    check("username,email\nann,a@x\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    check("ann,a@x\nbob,b@x\n", expect!["UTF-8 AsciiOnly ',' Double Absent"]);
    check("Staff of 2026\n\nusername,email\nann,a@x\nbob,b@x\n", expect!["UTF-8 AsciiOnly ',' Double Row(3)"]);
    check("jdoe,Jane,Sales\nasmith,Al,Sales\n", expect!["UTF-8 AsciiOnly ',' Double Absent"]);
    check("username,email\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    check("username,email,email\nann,a@x,b@x\n", expect!["UTF-8 AsciiOnly ',' Double Row(1)"]);
    check("id,id\n1,2\n", expect!["UTF-8 AsciiOnly ',' Double Absent"]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_overridden_is_taken_as_it_is() {
    let overrides = Overrides {
        encoding: Some(Encoding::Windows1252),
        delimiter: Some(b','),
        quote: Some(Quote::None),
        header: Some(Header::Absent),
        guarded: Some(false),
    };
    let dialect = Dialect {
        encoding: Encoding::Windows1252,
        evidence: Evidence::Chosen,
        mark: false,
        separator_line: false,
        delimiter: b',',
        quote: Quote::None,
        header: Header::Absent,
        guarded: false,
    };
    assert_eq!(Dialect::detect("näme;x\n1;2\n".as_bytes(), &overrides), dialect);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_rest_is_detected_in_the_light_of_what_is_overridden() {
    let overrides = Overrides { encoding: Some(Encoding::Utf16Le), ..Overrides::default() };
    expect!["UTF-16 LE Chosen ';' Double Absent"]
        .assert_eq(&shown(Dialect::detect(&utf16("名;x\n名;y\n", false), &overrides)));
}
