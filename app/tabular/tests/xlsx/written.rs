//! Workbooks that a real writer made: every value comes back as it was.

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Writer, XlsxError};
use tabular::cell::{Cell, Row};
use tabular::xlsx::{Limits, Workbook};

#[derive(Debug, Clone)]
enum Value {
    Nothing,
    Text(String),
    Whole(i32),
    Fraction(f64),
    Percent(u16),
    Bool(bool),
    Day(u16, u8, u8),
    Moment(u16, u8, u8, u8, u8, u8),
    Id(u32),
    Result(String),
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => Just(Value::Nothing),
        3 => "\\PC{0,20}".prop_map(Value::Text),
        1 => "[ \t\n\r_x0-9A-F\u{0}-\u{1F}<>&\"']{0,20}".prop_map(Value::Text),
        1 => any::<i32>().prop_map(Value::Whole),
        1 => (-1e12..1e12f64).prop_map(Value::Fraction),
        1 => any::<u16>().prop_map(Value::Percent),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => (1901u16..=9999, 1u8..=12, 1u8..=28).prop_map(|(y, m, d)| Value::Day(y, m, d)),
        1 => (1901u16..=9999, 1u8..=12, 1u8..=28, 0u8..24, 0u8..60, 0u8..60)
            .prop_map(|(y, mo, d, h, mi, s)| Value::Moment(y, mo, d, h, mi, s)),
        1 => (0u32..10_000_000).prop_map(Value::Id),
        1 => "[a-z]{1,9}".prop_map(Value::Result),
    ]
}

fn expected(value: &Value) -> Cell {
    match value {
        Value::Nothing => Cell::Blank,
        Value::Text(text) if text.is_empty() => Cell::Blank,
        Value::Text(text) | Value::Result(text) => Cell::Text(text.clone()),
        Value::Whole(number) => Cell::Number { value: f64::from(*number), shown: number.to_string() },
        Value::Fraction(number) => {
            // Compared by value below; the text is that of fifteen digits.
            let shown: f64 = format!("{number:.14e}").parse().expect("a number");
            Cell::Number { value: *number, shown: shown.to_string() }
        }
        Value::Percent(number) => {
            let value = f64::from(*number) / 1000.0;
            let shown = format!("{}%", f64::from(*number) / 10.0);
            Cell::Number { value, shown }
        }
        Value::Bool(value) => Cell::Bool(*value),
        Value::Day(year, month, day) => Cell::Date(format!("{year:04}-{month:02}-{day:02}")),
        Value::Moment(year, month, day, hour, minute, second) => {
            Cell::Date(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
        }
        Value::Id(id) => Cell::Text(format!("{id:07}")),
    }
}

fn write(rows: &[Vec<Value>], constant_memory: bool) -> Result<Vec<u8>, XlsxError> {
    let mut writer = Writer::new();
    let sheet = if constant_memory { writer.add_worksheet_with_constant_memory()? } else { writer.add_worksheet() };
    let format = |code: &str| Format::new().set_num_format(code);
    for (row, values) in (0..).zip(rows) {
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Nothing => {}
                Value::Text(text) => drop(sheet.write_string(row, column, text)?),
                Value::Whole(number) => drop(sheet.write_number(row, column, *number)?),
                Value::Fraction(number) => drop(sheet.write_number(row, column, *number)?),
                Value::Percent(number) => {
                    let value = f64::from(*number) / 1000.0;
                    sheet.write_number_with_format(row, column, value, &format("0%"))?;
                }
                Value::Bool(value) => drop(sheet.write_boolean(row, column, *value)?),
                Value::Day(year, month, day) => {
                    let date = ExcelDateTime::from_ymd(*year, *month, *day)?;
                    sheet.write_datetime_with_format(row, column, &date, &format("dd.mm.yyyy"))?;
                }
                Value::Moment(year, month, day, hour, minute, second) => {
                    let date = ExcelDateTime::from_ymd(*year, *month, *day)?;
                    let date = date.and_hms(u16::from(*hour), *minute, *second)?;
                    sheet.write_datetime_with_format(row, column, &date, &format("m/d/yyyy h:mm:ss"))?;
                }
                Value::Id(id) => drop(sheet.write_number_with_format(row, column, *id, &format("0000000"))?),
                Value::Result(text) => {
                    sheet.write_formula(row, column, Formula::new("=A1").set_result(text))?;
                }
            }
        }
    }
    writer.save_to_buffer()
}

proptest! {
    #[test]
    fn every_value_comes_back(rows in prop::collection::vec(prop::collection::vec(value(), 0..12), 0..12), low in any::<bool>()) {
        let bytes = write(&rows, low).expect("written");
        let workbook = Workbook::open(bytes, Limits::default()).expect("a workbook");
        let found: Vec<Row> = workbook.rows(0).map(|row| row.expect("a row")).collect();
        let mut expected: Vec<Row> = (1..)
            .zip(&rows)
            .map(|(number, values)| Row { number, hidden: false, cells: values.iter().map(expected).collect() })
            .collect();
        for row in &mut expected {
            while row.cells.last() == Some(&Cell::Blank) {
                row.cells.pop();
            }
        }
        expected.retain(|row| !row.cells.is_empty());
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn hidden_rows_sheets_and_merged_cells_are_seen() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("Leute").expect("a name");
    sheet.write_string(0, 0, "visible").expect("written");
    sheet.write_string(1, 0, "hidden").expect("written");
    sheet.set_row_hidden(1).expect("hidden");
    sheet.merge_range(2, 1, 4, 2, "merged", &Format::new()).expect("merged");
    writer.add_worksheet().set_name("Secret").expect("a name").set_hidden(true);
    let bytes = writer.save_to_buffer().expect("saved");
    let workbook = Workbook::open(bytes, Limits::default()).expect("a workbook");
    let sheets: Vec<_> = workbook.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(sheets, [("Leute", false), ("Secret", true)]);
    let mut rows = workbook.rows(0);
    let hidden: Vec<_> = rows.by_ref().map(|row| row.expect("a row")).map(|row| (row.number, row.hidden)).collect();
    assert_eq!(hidden, [(1, false), (2, true), (3, false)]);
    let merged: Vec<_> = rows.merged().iter().map(ToString::to_string).collect();
    assert_eq!(merged, ["B3:C5"]);
}
