//! Rows of XLSX against calamine's cells reader, in turn, on the same workbook.
//!
//! `cargo bench -p tabular --bench xlsx [rows]`: 100,000 rows × 15 by default, and a tenth of it for the growth.

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as Writer, XlsxError};
use std::io::Cursor;
use std::time::{Duration, Instant};
use tabular::cell::Cell;
use tabular::xlsx::{Limits, Workbook};

const RUNS: usize = 7;

fn main() -> Result<(), XlsxError> {
    // Cargo adds arguments of its own.
    let rows = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    println!("rows      bytes      tabular  calamine  ratio  first 20 rows");
    for rows in [rows / 10, rows] {
        let bytes = people(rows)?;
        assert_eq!(cells(&bytes), u64::from(rows) * 15);
        assert_eq!(cells_by_calamine(&bytes), u64::from(rows) * 15);
        let (mut ours, mut theirs, mut first) = (vec![], vec![], vec![]);
        for _ in 0..RUNS {
            ours.push(time(|| cells(&bytes)));
            theirs.push(time(|| cells_by_calamine(&bytes)));
            first.push(time(|| first_rows(&bytes)));
        }
        let (ours, theirs, first) = (median(ours), median(theirs), median(first));
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        println!("{rows:<9} {:<10} {ours:<8.0?} {theirs:<9.0?} {ratio:<6.2} {first:.1?}", bytes.len());
    }
    Ok(())
}

fn time(work: impl FnOnce() -> u64) -> Duration {
    let begin = Instant::now();
    std::hint::black_box(work());
    begin.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn cells(bytes: &[u8]) -> u64 {
    let workbook = Workbook::open(bytes.to_vec(), Limits::default()).expect("a workbook");
    let filled = |cells: &[Cell]| cells.iter().filter(|cell| **cell != Cell::Blank).count() as u64;
    workbook.rows(0).map(|row| filled(&row.expect("a row").cells)).sum()
}

fn first_rows(bytes: &[u8]) -> u64 {
    let workbook = Workbook::open(bytes.to_vec(), Limits::default()).expect("a workbook");
    workbook.rows(0).take(20).map(|row| row.expect("a row").cells.len() as u64).sum()
}

/// The same cells as owned values, one by one.
fn cells_by_calamine(bytes: &[u8]) -> u64 {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let mut reader = workbook.worksheet_cells_reader(&name).expect("a sheet");
    let mut count = 0;
    while let Some(cell) = reader.next_cell().expect("a cell") {
        let value = calamine::Data::from(cell.get_value().clone());
        count += u64::from(!matches!(value, calamine::Data::Empty));
    }
    count
}

/// People as a department keeps them: eleven texts, of which some repeat, an id, a number, a day and a tick.
fn people(rows: u32) -> Result<Vec<u8>, XlsxError> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let (id, day) = (Format::new().set_num_format("000000"), Format::new().set_num_format("dd.mm.yyyy"));
    for row in 0..rows {
        sheet.write_number_with_format(row, 0, row, &id)?;
        for (column, field) in (1..).zip(["user", "first", "last", "display name of", "+49 30", "street"]) {
            sheet.write_string(row, column, format!("{field} {row}"))?;
        }
        sheet.write_string(row, 7, format!("person.{row}@example.org"))?;
        for (column, choices) in [(8, 12), (9, 40), (10, 7), (11, 90)] {
            sheet.write_string(row, column, format!("choice {} of {choices}", row % choices))?;
        }
        sheet.write_number(row, 12, f64::from(row) * 1.25)?;
        sheet.write_datetime_with_format(row, 13, ExcelDateTime::from_serial_datetime(40_000 + row % 5_000)?, &day)?;
        sheet.write_boolean(row, 14, row % 3 == 0)?;
    }
    writer.save_to_buffer()
}
