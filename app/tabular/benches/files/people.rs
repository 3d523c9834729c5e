//! People as a personnel department keeps them: fifteen columns, names of many countries, values with the delimiter.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};
use std::io::{self, Write};

/// The columns, by the names that our own exports have, so that each becomes a field.
pub const COLUMNS: [&str; 15] = [
    "username",
    "first_name",
    "last_name",
    "display_name",
    "email",
    "phone",
    "department",
    "job_title",
    "enabled",
    "locale",
    "time_zone",
    "custom:mobile",
    "custom:location",
    "custom:employee_number",
    "custom:start_date",
];
const FIRST: [&str; 10] = ["Anna", "Björn", "Chloé", "Farid", "Giulia", "Katarzyna", "Olga", "Søren", "Yusuf", "Zoë"];
const LAST: [&str; 9] = ["Andersson", "Çelik", "García", "Müller", "O'Connor", "Nguyen", "Okafor", "Ul-Haq", "Weber"];
const DEPARTMENTS: [&str; 5] = ["Engineering", "Finance", "IT, Infrastructure", "Research & Development", "Sales"];
const LOCATIONS: [&str; 4] = ["Zürich", "Łódź", "São Paulo", "Aix-en-Provence"];

/// The cells of a person as texts. Of a hundred people `changed` work elsewhere than they used to.
fn person(number: u32, changed: u32) -> [String; 15] {
    let pick = |texts: &[&'static str], factor: u32| texts[(number as usize * factor as usize) % texts.len()];
    let (first, last) = (pick(&FIRST, 7), pick(&LAST, 5));
    let department = if number % 100 < changed { "Moved to: Special Projects" } else { pick(&DEPARTMENTS, 3) };
    let name = if number.is_multiple_of(4) { format!("{last}, {first}") } else { format!("{first} {last}") };
    let digits = |factor: u64| u64::from(number) * factor % 10_000_000;
    [
        format!("user{number:07}"),
        first.to_owned(),
        last.to_owned(),
        name,
        format!("user{number:07}@example.org"),
        format!("+49 30 {:07}", digits(7_919)),
        department.to_owned(),
        "Senior Engineer".to_owned(),
        "true".to_owned(),
        "de-DE".to_owned(),
        "Europe/Berlin".to_owned(),
        format!("+49 170 {:07}", digits(104_729)),
        pick(&LOCATIONS, 1).to_owned(),
        format!("{:09}", 1_000_000 + number),
        format!("20{:02}-{:02}-{:02}", number % 25, number % 12 + 1, number % 28 + 1),
    ]
}

/// Writes them as CSV.
pub fn csv(rows: u32, changed: u32, mut file: impl Write) -> io::Result<()> {
    writeln!(file, "{}\r", COLUMNS.join(","))?;
    for number in 0..rows {
        let cells = person(number, changed).map(|cell| if cell.contains(',') { format!("\"{cell}\"") } else { cell });
        writeln!(file, "{}\r", cells.join(","))?;
    }
    file.flush()
}

/// The same as a workbook: twelve texts, a tick, a number with leading zeros and a day.
pub fn workbook(rows: u32, changed: u32) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let (zeros, day) = (Format::new().set_num_format("000000000"), Format::new().set_num_format("yyyy-mm-dd"));
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, name)?;
    }
    for number in 0..rows {
        let row = number + 1;
        for (column, cell) in (0..).zip(person(number, changed)) {
            match column {
                8 => sheet.write_boolean(row, column, true)?,
                13 => sheet.write_number_with_format(row, column, f64::from(1_000_000 + number), &zeros)?,
                14 => sheet.write_datetime_with_format(row, column, ExcelDateTime::parse_from_str(&cell)?, &day)?,
                _ => sheet.write_string(row, column, cell)?,
            };
        }
    }
    Ok(workbook)
}
