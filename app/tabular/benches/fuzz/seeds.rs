//! Good files, and where they are damaged.

use crate::damage::Dice;
use crate::package::{Package, Part, workbook};

const TEXTS: &[&str] = &[
    "username,email,groups\r\nada,ada@example.org,\"a,\"\"b\"\"\"\r\nbob,,\r\n",
    "sep=;\nBenutzer;Straße\njürgen;\"Müller\nzweite Zeile\"\n'=1+1;x\n",
    "Staff of 2026\n\na\tb\tc\n1\t2\t3\n\"x\ty\"\t'z'\t\n",
    "a|b\r1|\"2\r3|4\r",
];

/// A text in some encoding, damaged.
pub fn csv(dice: &mut Dice) -> Vec<u8> {
    let text = dice.pick(TEXTS).repeat(1 + dice.below(4));
    let mut bytes = match dice.below(4) {
        0 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        1 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.into_bytes(),
    };
    dice.damage(&mut bytes);
    bytes
}

fn valid(dice: &mut Dice) -> Package {
    let sheets =
        r#"<sheet name="People" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" state="hidden" r:id="rId2"/>"#;
    let rows = r#"<cols><col min="1" max="2" hidden="1"/></cols><sheetData>
        <row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46346.5</v></c><c r="C1" t="b"><v>1</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c><c r="B2" s="2"><v>7</v></c></row>
        <row r="7"><c r="D7" t="e"><v>#N/A</v></c><c r="E7" t="str"><f>A1</f><v>x</v></c><c t="d"><v>2026-11-20</v></c></row>
        </sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#;
    let package = workbook(r#"<workbookPr date1904="1"/>"#, sheets)
        .with("xl/worksheets/sheet1.xml", format!("<worksheet>{rows}</worksheet>"))
        .with(
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row><c t=\"s\"><v>1</v></c></row></sheetData></worksheet>",
        )
        .texts(&["<t>Ada_x000D_&amp;</t>", "<r><t>b</t></r>"])
        .formats(&["General", "yyyy-mm-dd hh:mm", "000", "[h]:mm"]);
    if dice.below(4) == 0 { package.large() } else { package }
}

/// A workbook of which any byte may be damaged.
pub fn xlsx(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = valid(dice).bytes();
    dice.damage(&mut bytes);
    bytes
}

/// A workbook with damage inside of a part that is packed properly.
pub fn xml(dice: &mut Dice) -> Vec<u8> {
    const PARTS: &[&str] = &[
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ];
    let name = dice.pick(PARTS);
    let package = valid(dice).changed(name, |part| {
        let mut text = miniz_oxide::inflate::decompress_to_vec(&part.packed).unwrap_or_default();
        dice.damage(&mut text);
        *part = Part::deflated(name, &text);
    });
    package.bytes()
}
