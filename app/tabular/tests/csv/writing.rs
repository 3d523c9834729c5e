//! What is written.

use crate::support::read_native;
use expect_test::{Expect, expect};
use tabular::csv::{Writer, guard, unguard};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check(cells: &[&str], expected: Expect) {
    let mut out = vec![];
    Writer::default().row(cells.iter().copied(), &mut out);
    expected.assert_debug_eq(&String::from_utf8(out).expect("text is written"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn cells_are_quoted_when_they_must() {
    check(
        &["a", "b c", ""],
        expect![[r#"
        "a,b c,\r\n"
    "#]],
    );
    check(
        &["a,b", "say \"hi\"", "two\nlines"],
        expect![[r#"
        "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"
    "#]],
    );
    check(
        &["a;b", "c|d", "e\tf"],
        expect![[r#"
        "\"a;b\",\"c|d\",\"e\tf\"\r\n"
    "#]],
    );
    check(
        &["ID", "sep=;", "'t Hooft", "\u{FEFF}x"],
        expect![[r#"
        "\"ID\",\"sep=;\",\"'t Hooft\",\"\u{feff}x\"\r\n"
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_row_of_nothing_is_a_row() {
    check(
        &[""],
        expect![[r#"
        "\"\"\r\n"
    "#]],
    );
    check(
        &[],
        expect![[r#"
        "\"\"\r\n"
    "#]],
    );
    check(
        &["", ""],
        expect![[r#"
        ",\r\n"
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_delimiter_and_the_mark_can_be_chosen() {
    let writer = Writer { delimiter: b';', mark: true, guarded: false };
    let mut out = vec![];
    writer.begin(&mut out);
    writer.row(["=1", "b;c"], &mut out);
    expect![[r#"
        "\u{feff}=1;\"b;c\"\r\n"
    "#]]
    .assert_debug_eq(&String::from_utf8(out).expect("text is written"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn formulas_are_guarded() {
    check(
        &["=1+1", "+49 30", "-1", "@x", "＝1", "a=1", "1-1", "ann@x"],
        expect![[r#"
        "\"'=1+1\",\"'+49 30\",\"'-1\",\"'@x\",\"'＝1\",a=1,1-1,ann@x\r\n"
    "#]],
    );
    // A program that expects semicolons sees a formula in each of these.
    check(
        &["x;=1", "x;\"=1;", "x\n=1", " =1", "\t=1", "\r=1"],
        expect![[r#"
        "\"x;'=1\",\"x;\"\"'=1;\",\"x\n'=1\", '=1,\"\t'=1\",\"\r'=1\"\r\n"
    "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_guarded_comes_back() {
    let texts =
        ["=", "'=", "''=", "'x", "'", "", "x;=1", "x;'=1", "'\"'=", "-,'-,''-", "it's -1", "＝'＝;＝", "'\t'='"];
    for text in texts {
        assert_eq!(unguard(&guard(text)), text);
    }
    assert_eq!(unguard("'+49 30"), "+49 30");
    assert_eq!(unguard("rock 'n' -roll"), "rock 'n' -roll");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_is_written_is_read() {
    let mut out = vec![];
    Writer::default().row(["name", "notes"], &mut out);
    Writer::default().row(["=cmd|' /C calc'!A0", "two\r\nlines, \"quoted\""], &mut out);
    Writer::default().row(["", "'=x"], &mut out);
    expect![[r#"
        1: name|notes
        2: =cmd|' /C calc'!A0|two\r\nlines, "quoted"
        3: |'=x
    "#]]
    .assert_eq(&read_native(out));
}
