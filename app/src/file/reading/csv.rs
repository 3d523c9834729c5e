//! CSV files.

use super::{Content, HEADER_ROWS, Opened, SHOWN, Source, beginning_of, names_username, opened, read_so_far};
use crate::file::desk::Tell;
use crate::file::memory;
use crate::file::messages::{Charset, FileError, HeaderRow, Quoting, ReadAs, SourceFormat};
use crate::file::words;
use tabular::csv::{Batch, Encoding, ReadError, Reader};
use tabular::dialect::{Dialect, Header, Overrides, Quote};
use tabular::limits::Limits;

/// Bytes that are read at a time.
const PIECE: u64 = 4 << 20;

/// Reads a CSV file that begins with `head`.
pub(super) fn read(source: &Source<'_>, head: &[u8], read_as: &ReadAs, tell: Tell<'_>) -> Result<Opened, FileError> {
    let limits = Limits::default();
    if source.size > limits.bytes {
        return Err(words::csv::error(ReadError::TooLarge { limit: limits.bytes }));
    }
    let mut dialect = Dialect::detect(head, &overrides(read_as));
    if read_as.header.is_none() {
        dialect.header = named_header(head, dialect).unwrap_or(dialect.header);
    }
    let mut reader = Reader::new(dialect, limits);
    let mut content = Content::default();
    // The texts of the cells, and where each ends.
    memory::expect(source.size + source.size / 2);
    let mut at = 0;
    let mut is_begun = false;
    while at < source.size {
        let piece = (source.read)(at, PIECE).filter(|piece| !piece.is_empty()).ok_or(FileError::Gone)?;
        at += piece.len() as u64;
        let mut rest = piece.as_slice();
        while let Some(batch) = reader.read(&mut rest).map_err(words::csv::error)? {
            add(&batch, dialect.header, &mut content);
            if !is_begun && content.table.len() >= SHOWN {
                is_begun = true;
                beginning_of(&content).into_iter().for_each(tell);
            }
        }
        tell(read_so_far(at, source.size));
    }
    while let Some(batch) = reader.finish().map_err(words::csv::error)? {
        add(&batch, dialect.header, &mut content);
    }
    let format = SourceFormat::Csv {
        encoding: charset(reader.encoding()),
        delimiter: char::from(dialect.delimiter),
        quote: quoting(dialect.quote),
    };
    let header = match dialect.header {
        Header::Absent => HeaderRow::Absent,
        Header::Row(number) => HeaderRow::Row(number),
    };
    opened(source, format, header, content)
}

/// The row of the file's beginning that names the username.
fn named_header(head: &[u8], dialect: Dialect) -> Option<Header> {
    let taken_as = Dialect { header: Header::Absent, ..dialect };
    let batch = Reader::new(taken_as, Limits::default()).batches(head).next()?.ok()?;
    let row = batch.rows().take(HEADER_ROWS).find(|row| names_username(row.cells()))?;
    Some(Header::Row(row.number()))
}

/// Adds the rows below the header; those above it are titles.
fn add(batch: &Batch, header: Header, content: &mut Content) {
    for row in batch.rows() {
        match header {
            Header::Row(number) if row.number() < number => {}
            Header::Row(number) if row.number() == number => {
                content.headers = row.cells().map(|name| name.trim().to_owned()).collect();
            }
            // A line of delimiters is how spreadsheets save an empty row.
            Header::Row(_) | Header::Absent => content.table.add_csv(row),
        }
    }
    for issue in batch.issues() {
        content.remarks.add(issue, words::csv::issue);
    }
}

fn overrides(read_as: &ReadAs) -> Overrides {
    Overrides {
        encoding: read_as.encoding.map(encoding),
        delimiter: read_as.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok()),
        quote: read_as.quote.map(quote),
        header: read_as.header.map(|header| match header {
            HeaderRow::Absent => Header::Absent,
            HeaderRow::Row(number) => Header::Row(number),
        }),
        ..Overrides::default()
    }
}

fn encoding(charset: Charset) -> Encoding {
    match charset {
        Charset::Utf8 => Encoding::Utf8,
        Charset::Utf16Le => Encoding::Utf16Le,
        Charset::Utf16Be => Encoding::Utf16Be,
        Charset::Windows1252 => Encoding::Windows1252,
    }
}

fn charset(encoding: Encoding) -> Charset {
    match encoding {
        Encoding::Utf8 => Charset::Utf8,
        Encoding::Utf16Le => Charset::Utf16Le,
        Encoding::Utf16Be => Charset::Utf16Be,
        Encoding::Windows1252 => Charset::Windows1252,
    }
}

fn quote(quoting: Quoting) -> Quote {
    match quoting {
        Quoting::Double => Quote::Double,
        Quoting::Single => Quote::Single,
        Quoting::None => Quote::None,
    }
}

fn quoting(quote: Quote) -> Quoting {
    match quote {
        Quote::Double => Quoting::Double,
        Quote::Single => Quoting::Single,
        Quote::None => Quoting::None,
    }
}
