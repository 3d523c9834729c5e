//! What cells mean.

use crate::package::{rows, sheet, workbook};
use crate::shown::check;
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn every_kind_of_cell_has_its_own_value() {
    check(
        &rows(
            r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>42</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="b"><v>0</v></c>
               <c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="str"><f>A1&amp;"!"</f><v>Ada!</v></c>
               <c r="G1" t="inlineStr"><is><t>inline</t></is></c><c r="H1" t="d"><v>2026-11-20T08:30:00Z</v></c></row>"#,
        )
        .texts(&["<t>Ada</t>"]),
        expect![[r##"
            1: "Ada" | 42 | true | false | #N/A | "Ada!" | "inline" | 2026-11-20T08:30:00
        "##]],
    );
}

#[test]
fn texts_are_whole_whatever_runs_they_are_written_in() {
    check(
        &rows(
            r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c>
               <c t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c></row>"#,
        )
        .texts(&[
            "<r><t>Grace </t></r><r><rPr><i/></rPr><t>Hopper</t></r>",
            r#"<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>"#,
            "<t>a &amp; b &lt;c&gt; &#228;&#x1F600; <![CDATA[<d>]]></t>",
            "<t>one_x000D_\ntwo_x005F_x000D_</t>",
            r#"<t xml:space="preserve">  spaces  </t>"#,
        ]),
        expect![[r#"
            1: "Grace Hopper" | "東京" | "a & b <c> ä😀 <d>" | "one\r\ntwo_x000D_" | "  spaces  " | "a b"
        "#]],
    );
}

#[test]
fn numbers_are_shown_as_they_were_typed() {
    check(
        &rows(
            r#"<row><c><v>0.1</v></c><c><v>0.30000000000000004</v></c><c><v>1E3</v></c><c><v>-2.50</v></c>
               <c s="1"><v>0.5</v></c><c s="1"><v>7.0000000000000007E-2</v></c><c s="2"><v>1234.5</v></c></row>"#,
        )
        .formats(&["General", "0.00%", "#,##0.00\\ \"€\""]),
        expect![[r#"
            1: 0.1 | 0.30000000000000004 as 0.3 | 1000 | -2.5 | 0.5 as 50% | 0.07 as 7% | 1234.5
        "#]],
    );
}

#[test]
fn ids_stay_text() {
    check(
        &rows(
            r#"<row><c s="1"><v>7</v></c><c s="2"><v>12345678</v></c><c s="3"><v>42</v></c><c s="4"><v>4711</v></c><c><v>007</v></c>
               <c><v>12345678901234567890</v></c><c t="s"><v>0</v></c><c><v>1.23456789012345E+17</v></c></row>"#,
        )
        .texts(&["<t>00012345678901234567890</t>"])
        .formats(&["General", "000", "000-00-0000", "\"E-\"0000", "@"]),
        expect![[r#"
            1: "007" | "012-34-5678" | "E-0042" | "4711" | "007" | "12345678901234567890" | "00012345678901234567890" | 123456789012345000
            issue: H1 has more digits than a spreadsheet keeps in a number; enter ids as text
        "#]],
    );
}

const DATES: &str = r#"<row><c s="1"><v>46346</v></c><c s="2"><v>46346.354166666664</v></c><c s="3"><v>0.35416666666666669</v></c>
    <c s="4"><v>1.5208333333333333</v></c><c s="5"><v>46346</v></c></row>"#;
const DATE_FORMATS: [&str; 6] =
    ["General", "dd/mm/yyyy", "m/d/yy\\ h:mm", "h:mm AM/PM", "[h]:mm", "[$-407]d.\\ mmmm\\ yyyy;@"];

#[test]
fn dates_are_dates_from_1900() {
    check(
        &rows(DATES).formats(&DATE_FORMATS),
        expect![[r#"
            1: 2026-11-20 | 2026-11-20T08:30:00 | 08:30:00 | 1.5208333333333333 as 36:30:00 | 2026-11-20
        "#]],
    );
}

#[test]
fn dates_are_dates_from_1904() {
    let package = workbook(r#"<workbookPr date1904="1"/>"#, r#"<sheet name="a" sheetId="1" r:id="rId1"/>"#)
        .with("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{DATES}</sheetData></worksheet>"))
        .formats(&DATE_FORMATS);
    check(
        &package,
        expect![[r#"
            1: 2030-11-21 | 2030-11-21T08:30:00 | 08:30:00 | 1.5208333333333333 as 36:30:00 | 2030-11-21
        "#]],
    );
}

#[test]
fn a_date_that_never_was_is_a_number_and_an_issue() {
    check(
        &rows(r#"<row><c s="0"><v>60</v></c><c s="0"><v>-1</v></c><c s="0"><v>1E9</v></c></row>"#)
            .formats(&["yyyy-mm-dd"]),
        expect![[r#"
            1: 60 | -1 | 1000000000
            issue: A1 is formatted as a date, and there is no such date
            issue: B1 is formatted as a date, and there is no such date
            issue: C1 is formatted as a date, and there is no such date
        "#]],
    );
}

#[test]
fn a_formula_is_its_result_and_one_without_is_an_issue() {
    check(
        &rows(
            r#"<row><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t="str"><f>""</f><v></v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>
               <c><f t="shared" si="0"/><v>3</v></c><c><f t="shared" si="0"/></c></row>"#,
        ),
        expect![[r##"
            1: 2 | #VALUE! |  | #DIV/0! | 3 | #VALUE!
            issue: B1 is a formula without a result; open the file in a spreadsheet program and save it
            issue: F1 is a formula without a result; open the file in a spreadsheet program and save it
        "##]],
    );
}

#[test]
fn what_cannot_be_read_is_never_blank() {
    check(
        &rows(
            r#"<row><c><v>inf</v></c><c><v>NaN</v></c><c><v>12a</v></c><c t="b"><v>maybe</v></c><c t="d"><v>tomorrow</v></c>
               <c t="s"><v>99</v></c><c t="s"><v>-1</v></c><c t="s"><v>x</v></c><c><v>1e999</v></c></row>"#,
        )
        .texts(&["<t>only one</t>"]),
        expect![[r##"
            1: #VALUE! | #VALUE! | #VALUE! | #VALUE! | #VALUE! | #REF! | #REF! | #REF! | #VALUE!
            issue: A1 holds something that is neither number nor text
            issue: B1 holds something that is neither number nor text
            issue: C1 holds something that is neither number nor text
            issue: D1 holds something that is neither number nor text
            issue: E1 holds something that is neither number nor text
            issue: the text of F1 is missing in the file
            issue: the text of G1 is missing in the file
            issue: the text of H1 is missing in the file
            issue: I1 holds something that is neither number nor text
        "##]],
    );
}

#[test]
fn names_that_mean_something_to_programs_are_texts() {
    check(
        &rows(r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>"#).texts(&[
            "<t>__proto__</t>",
            "<t>&lt;script&gt;alert(1)&lt;/script&gt;</t>",
            "<t>=HYPERLINK(\"x\")</t>",
        ]),
        expect![[r#"
            1: "__proto__" | "<script>alert(1)</script>" | "=HYPERLINK(\"x\")"
        "#]],
    );
}

#[test]
fn prefixes_and_unknown_elements_change_nothing() {
    check(
        &sheet(
            r#"<sheetPr><unknown><sheetDatum/></unknown></sheetPr><sheetData><row r="1"><c r="A1"><v>1</v><extLst><ext><v>9</v></ext></extLst></c>
               <other><c r="B1"><v>9</v></c></other></row></sheetData>"#,
        ),
        expect![[r#"
            1: 1
        "#]],
    );
    let prefixed = r#"<x:worksheet xmlns:x="y"><x:sheetData><x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#;
    check(
        &sheet("").with("xl/worksheets/sheet1.xml", prefixed),
        expect![[r#"
            3:  | "b"
        "#]],
    );
}
