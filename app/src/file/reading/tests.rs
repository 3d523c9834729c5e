//! Files as the worker reads them.

use super::*;
use crate::file::messages::{Charset, Quoting};
use std::time::Instant;

fn opened(bytes: &[u8]) -> Result<Opened, FileError> {
    opened_as(bytes, &ReadAs::default())
}

fn opened_as(bytes: &[u8], read_as: &ReadAs) -> Result<Opened, FileError> {
    let piece = |at: u64, length: u64| {
        let at = usize::try_from(at).ok()?;
        let end = at.saturating_add(usize::try_from(length).ok()?).min(bytes.len());
        Some(bytes.get(at..end)?.to_vec())
    };
    let source = Source { name: "file.csv", size: bytes.len() as u64, read: &piece };
    read(&source, read_as, &|_| {})
}

/// What is told while a file is read: how many bytes, or how many rows it begins with.
fn told(bytes: &[u8]) -> Vec<Result<u64, usize>> {
    let piece = |at: u64, length: u64| Some(bytes[at as usize..bytes.len().min((at + length) as usize)].to_vec());
    let source = Source { name: "file", size: bytes.len() as u64, read: &piece };
    let told = std::cell::RefCell::new(vec![]);
    let tell = |news: News| {
        told.borrow_mut().push(match news {
            News::Progress(Progress { done, .. }) => Ok(done),
            News::Beginning(Beginning { names, rows }) => {
                assert_eq!(names, ["username"]);
                Err(rows.len())
            }
        });
    };
    read(&source, &ReadAs::default(), &tell).expect("rows");
    told.into_inner()
}

#[test]
fn the_very_first_rows_are_kept_whole() {
    let (long, longest) = ("a".repeat(300), "b".repeat(WHOLE_BYTES));
    let text = format!("username,note\r\neve,{long}\r\nann,{longest}\r\nbob,1\r\ncy,2\r\n");
    let view = opened(text.as_bytes()).expect("a file").view;
    let notes: Vec<&str> = view.whole.iter().map(|row| row.cells[1].as_str()).collect();
    let cut = format!("{}…", "b".repeat(60));
    assert_eq!(notes, [long.as_str(), cut.as_str(), "1"]);
    assert_eq!(view.first[0].cells[1], format!("{}…", "a".repeat(60)), "the table of the first rows stays narrow");
}

#[test]
fn the_first_rows_are_told_before_the_rest_is_read() {
    let names: Vec<String> =
        std::iter::once("username".to_owned()).chain((0..5_000).map(|n| format!("u{n}"))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let csv = names.join("\r\n");
    let csv = csv.repeat(20);
    assert_eq!(told(csv.as_bytes()), [Ok(0), Err(20), Ok(csv.len() as u64)]);
    let told_of_workbook = told(&workbook(&[("people", &names)]));
    assert_eq!(told_of_workbook[..2], [Ok(0), Err(20)], "{told_of_workbook:?}");
    assert!(told_of_workbook.len() > 2, "there was more to read: {told_of_workbook:?}");
    assert_eq!(told(b"username\nada\n"), [Ok(0), Ok(13)], "what is read at once is not told twice");
}

/// A workbook whose sheets have these cells in their first column; those called `hidden` are.
fn workbook(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, cells) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a name");
        sheet.set_hidden(*name == "hidden");
        for (row, cell) in (0..).zip(*cells) {
            sheet.write_string(row, 0, *cell).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn names(file: &str) -> Vec<String> {
    opened(file.as_bytes()).expect("a file").headers
}

#[test]
fn columns_that_are_neither_named_nor_filled_are_left_out() {
    assert_eq!(names("a,b,,\r\n1,2,,\r\n"), ["a", "b"]);
    assert_eq!(names("a,,b,c,d,,\r\n1,2, ,,,,\r\n"), ["a", "", "b", "c", "d"]);
    assert_eq!(names("a,b\r\n1,2,3\r\n"), ["a", "b", ""]);
}

/// Each column of the wide row was once looked for in all the others: half an hour for a file of a few megabytes.
#[test]
fn one_wide_row_does_not_make_all_others_wide() {
    let wide = format!("x{}\r\n", ", ".repeat(16_383));
    let file = format!("a,b\r\n{wide}{}", "1,2\r\n".repeat(200_000));
    let begun = Instant::now();
    assert_eq!(names(&file), ["a", "b"]);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn names_that_mean_something_to_programs_are_names() {
    let file = "username,__proto__,constructor,toString,username\r\n__proto__,constructor,1,2,3\r\n";
    let Opened { headers, table, .. } = opened(file.as_bytes()).expect("a file");
    assert_eq!(headers, ["username", "__proto__", "constructor", "toString", "username"]);
    let row = table.row(0).expect("a row");
    assert_eq!(row.cells().collect::<Vec<_>>(), ["__proto__", "constructor", "1", "2", "3"]);
}

#[test]
fn a_row_that_names_the_username_is_the_header() {
    assert_eq!(names("username,custom:@,custom:@x\r\nada,1,2\r\n"), ["username", "custom:@", "custom:@x"]);
    assert_eq!(names("Staff\r\n\r\nusername,2025,2026\r\nada,1,2\r\n"), ["username", "2025", "2026"]);
    assert_eq!(names("username,email,email,email\r\nada,1,2,3\r\n"), ["username", "email", "email", "email"]);
    assert_eq!(names("ada,a@example.org\r\nbob,b@example.org\r\n"), ["", ""]);
}

#[test]
fn a_file_that_vanishes_while_it_is_read_is_gone() {
    let head = |at: u64, _| (at == 0).then(|| b"a,b\r\n1,2\r\n".to_vec());
    let source = Source { name: "file.csv", size: 3 << 20, read: &head };
    let gone = read(&source, &ReadAs::default(), &|_| {});
    assert!(matches!(gone, Err(FileError::Gone)));
}

#[test]
fn the_first_sheet_that_is_shown_and_has_rows_is_read() {
    let sheets: [(&str, &[&str]); 5] = [
        ("blank", &[]),
        ("header", &["username"]),
        ("hidden", &["username", "eve"]),
        ("people", &["username", "ada"]),
        ("more", &["username", "bob"]),
    ];
    let file = workbook(&sheets);
    let sheet_of = |view: &OpenedFile| match view.format {
        SourceFormat::Workbook { sheet, .. } => sheet,
        SourceFormat::Csv { .. } => panic!("it is a workbook"),
    };
    let read = |read_as: ReadAs| opened_as(&file, &read_as).map(|opened| (sheet_of(&opened.view), opened.view.rows));
    assert_eq!(read(ReadAs::default()), Ok((3, 1)));
    assert_eq!(read(ReadAs { sheet: Some(4), ..ReadAs::default() }), Ok((4, 1)));
    assert_eq!(read(ReadAs { header: Some(HeaderRow::Absent), ..ReadAs::default() }), Ok((1, 1)));
    // What a person chose stays, and what there is of it is said.
    let Err(FileError::NoRows { read }) = read(ReadAs { sheet: Some(1), ..ReadAs::default() }) else { panic!("rows") };
    assert_eq!((sheet_of(&read), read.header), (1, HeaderRow::Row(1)));
    let nothing = opened(&workbook(&sheets[..3]));
    assert!(matches!(nothing, Err(FileError::NoRows { read }) if sheet_of(&read) == 0));
}

#[test]
fn a_file_without_rows_says_how_it_was_read() {
    let read_as = ReadAs { header: Some(HeaderRow::Row(2)), ..ReadAs::default() };
    let nothing = opened_as(b"username;email\r\neve;e@x.example\r\n", &read_as);
    let Err(FileError::NoRows { read }) = nothing else { panic!("rows") };
    let format = SourceFormat::Csv { encoding: Charset::Utf8, delimiter: ';', quote: Quoting::Double };
    assert_eq!((read.header, read.format), (HeaderRow::Row(2), format));
}

#[test]
fn what_a_workbook_hides_or_merges_is_said() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let format = rust_xlsxwriter::Format::new();
    sheet.merge_range(0, 0, 0, 1, "People of the branch", &format).expect("a title");
    for (row, cells) in [["username", "department"], ["ada", "Sales"], ["bob", ""], ["eve", "Lab"]].iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            sheet.write_string(row as u32 + 1, column as u16, *text).expect("within the sheet");
        }
    }
    sheet.merge_range(2, 1, 3, 1, "Sales", &format).expect("a range of rows");
    sheet.set_row_hidden(4).expect("within the sheet");
    let view = opened(&workbook.save_to_buffer().expect("a workbook")).expect("rows").view;
    let SourceFormat::Workbook { hidden_rows, merged, more_merged, .. } = view.format else { panic!("a workbook") };
    // The title above the header is no row.
    assert_eq!((view.rows, hidden_rows, merged, more_merged), (3, 1, vec!["B3:B4".to_owned()], 0));
}

#[test]
fn a_workbook_with_macros_says_so_and_is_read_like_any_other() {
    let file = |macros: bool| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_column(0, 0, ["username", "ada"]).expect("cells");
        if macros {
            // What Excel would run; nothing looks into it.
            let mut project = tempfile::NamedTempFile::new().expect("a file");
            std::io::Write::write_all(&mut project, b"no macros of ours").expect("bytes");
            workbook.add_vba_project(project.path()).expect("a project");
        }
        opened(&workbook.save_to_buffer().expect("a workbook")).expect("rows").view
    };
    assert_eq!((file(false).rows, file(false).remarks), (1, vec![]));
    let OpenedFile { rows, remarks, .. } = file(true);
    assert_eq!((rows, remarks.len()), (1, 1));
    assert!(remarks[0].contains("macros"), "{remarks:?}");
}

#[test]
fn quotes_are_what_a_person_says() {
    let file = b"username,email\n'a,b',x@x.example\n";
    let cells = |quote: Quoting| {
        let read = opened_as(file, &ReadAs { quote: Some(quote), ..ReadAs::default() }).expect("rows");
        read.table.row(0).expect("a row").cells().map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(cells(Quoting::Single), ["a,b", "x@x.example"]);
    assert_eq!(cells(Quoting::None), ["'a", "b'", "x@x.example"]);
}
