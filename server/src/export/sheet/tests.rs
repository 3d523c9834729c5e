use super::*;
use proptest::prelude::*;
use std::io::Read as _;
use tabular::cell::Cell;
use tabular::csv::Reader;
use tabular::dialect::{Dialect, Overrides};
use tabular::limits::Limits;
use tabular::xlsx;

type Rows = Vec<Vec<String>>;

fn bytes(format: FileFormat, rows: &Rows) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sheet = Sheet::begin(format, b',', folder.path()).expect("begins");
    rows.iter().for_each(|row| sheet.row(row).expect("a row"));
    let (mut file, length) = sheet.finish().expect("ends");
    let mut bytes = vec![];
    file.read_to_end(&mut bytes).expect("reads");
    assert_eq!(bytes.len() as u64, length);
    assert_eq!(std::fs::read_dir(folder.path()).expect("reads").count(), 0, "the file has no name");
    bytes
}

fn read_csv(bytes: &[u8]) -> Rows {
    let dialect = Dialect::detect(bytes, &Overrides::default());
    let batches = Reader::new(dialect, Limits::default()).batches(bytes).map(|batch| batch.expect("a batch"));
    batches
        .flat_map(|batch| batch.rows().map(|row| row.cells().map(str::to_owned).collect()).collect::<Rows>())
        .collect()
}

fn read_xlsx(bytes: Vec<u8>, width: usize) -> Rows {
    let workbook = xlsx::Workbook::open(bytes, xlsx::Limits::default()).expect("a workbook");
    let text = |cell| match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text,
        other => panic!("not a text: {other:?}"),
    };
    let rows = workbook.rows(0).map(|row| {
        let mut cells: Vec<String> = row.expect("a row").cells.into_iter().map(text).collect();
        cells.resize(width, String::new());
        cells
    });
    rows.collect()
}

/// A table: headers, then rows whose first cell is never blank.
fn table() -> impl Strategy<Value = Rows> {
    let cell = || {
        prop_oneof![
            3 => "\\PC{0,12}",
            2 => "[=+@,;|\t\r\n\"' x0-9-]{0,12}",
            1 => "[\u{1}-\u{1F}_x0-9A-F<>&]{0,12}",
            1 => prop_oneof![Just("007"), Just("sep=;"), Just("ID"), Just("TRUE"), Just("1e5"), Just("\u{FEFF}x")]
                .prop_map(str::to_owned),
        ]
    };
    let row = move || ("[a-z]{1,8}", proptest::collection::vec(cell(), 3));
    let rows = proptest::collection::vec(row(), 0..8);
    rows.prop_map(|rows| {
        let header = ["username", "phone", "department", "custom:badge"].map(str::to_owned).to_vec();
        let cells = rows.into_iter().map(|(name, rest)| std::iter::once(name).chain(rest).collect());
        std::iter::once(header).chain(cells).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_written_is_read_as_it_was(rows in table()) {
        for format in [FileFormat::Csv, FileFormat::CsvExcel] {
            prop_assert_eq!(read_csv(&bytes(format, &rows)), rows.clone());
        }
        prop_assert_eq!(read_xlsx(bytes(FileFormat::Xlsx, &rows), rows[0].len()), rows);
    }
}

#[test]
fn excel_gets_semicolons_and_a_mark_and_no_formula() {
    let rows = vec![vec!["Müller".to_owned(), "=1".to_owned(), "x;=1".to_owned()], vec![String::new(); 3]];
    let text = |format| String::from_utf8(bytes(format, &rows)).expect("UTF-8");
    assert_eq!(text(FileFormat::CsvExcel), "\u{FEFF}Müller;\"'=1\";\"x;'=1\"\r\n;;\r\n");
    assert_eq!(text(FileFormat::Csv), "Müller,\"'=1\",\"x;'=1\"\r\n,,\r\n");
}

#[test]
fn what_a_workbook_has_no_room_for_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    for (row, fits) in
        [(vec!["x".repeat(32_767)], true), (vec!["x".repeat(32_768)], false), (vec!["x".to_owned(); 16_385], false)]
    {
        let mut sheet = Sheet::begin(FileFormat::Xlsx, b',', folder.path()).expect("begins");
        assert_eq!(sheet.row(&row).map_err(|error| error.is_too_large()), if fits { Ok(()) } else { Err(true) });
        let mut sheet = Sheet::begin(FileFormat::Csv, b',', folder.path()).expect("begins");
        assert!(sheet.row(&row).is_ok());
    }
}

/// A file that takes so many bytes and no more.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_workbook_without_room_for_its_archive_says_so() {
    for bytes in [0, 1_000] {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let error = workbook.save_to_writer(Full(bytes)).expect_err("there is no room");
        assert!(SheetError::from(error).is_disk_full(), "{bytes}");
    }
}
