//! How a file was read, and the way to read it otherwise.

use super::leaving::Leaving;
use super::state::FileImport;
use crate::file::messages::{Charset, HeaderRow, OpenedFile, Quoting, ReadAs, SheetName, SourceFormat};
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The delimiters that can be chosen.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// The encodings that can be chosen.
const CHARSETS: [Charset; 4] = [Charset::Utf8, Charset::Utf16Le, Charset::Utf16Be, Charset::Windows1252];
/// What can stand around cells.
const QUOTES: [Quoting; 3] = [Quoting::Double, Quoting::Single, Quoting::None];
/// Rows that can be chosen for the header, besides the one that was found.
const HEADERS: u32 = 50;

/// How the file was read. Each choice reads it again.
#[component]
pub fn Facts(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let stays = stays(&opened.format);
    let again = move |change: ReadAs| {
        let now = file.read_as();
        file.may_leave(Leaving::Read(ReadAs { sheet: now.sheet.or(stays), ..change.or(now) }));
    };
    let format = match &opened.format {
        SourceFormat::Csv { encoding, delimiter, quote } => {
            let delimiters = DELIMITERS.into_iter().chain((!DELIMITERS.contains(delimiter)).then_some(*delimiter));
            view! {
                {choice("encoding", text!(files.encoding), CHARSETS, *encoding, charset_word, move |encoding| {
                    again(ReadAs { encoding: Some(encoding), ..ReadAs::default() })
                })}
                {choice("delimiter", text!(files.delimiter), delimiters, *delimiter, delimiter_word, move |delimiter| {
                    again(ReadAs { delimiter: Some(delimiter), ..ReadAs::default() })
                })}
                {choice("quote", text!(files.quote), QUOTES, *quote, quote_word, move |quote| {
                    again(ReadAs { quote: Some(quote), ..ReadAs::default() })
                })}
            }
            .into_any()
        }
        SourceFormat::Workbook { sheets, sheet, .. } if sheets.len() > 1 => {
            let places = 0..u32::try_from(sheets.len()).unwrap_or(u32::MAX);
            let word = |place: u32| sheets.get(place as usize).map(sheet_word).unwrap_or_default();
            // Another sheet has a header of its own.
            choice("sheet", text!(files.sheet), places, *sheet, word, move |sheet| {
                file.may_leave(Leaving::Read(ReadAs { sheet: Some(sheet), ..ReadAs::default() }));
            })
        }
        SourceFormat::Workbook { .. } => ().into_any(),
    };
    let found = match opened.header {
        HeaderRow::Row(row) if row > HEADERS => Some(opened.header),
        _ => None,
    };
    let headers = std::iter::once(HeaderRow::Absent).chain((1..=HEADERS).map(HeaderRow::Row)).chain(found);
    let header = choice("header", text!(files.header), headers, opened.header, header_word, move |header| {
        again(ReadAs { header: Some(header), ..ReadAs::default() })
    });
    let remarks = (!opened.remarks.is_empty()).then(|| view! { <Remarks opened=opened.clone() /> });
    view! {
        <section class="file-facts" aria-label=text!(files.facts)>
            <p class="facts-file">
                <strong dir="auto">{opened.name.clone()}</strong>
                " "
                <span class="quiet">{text!(files.rows_found, count = opened.rows, n = text::number(opened.rows))}</span>
            </p>
            <div class="facts-choices">{format} {header}</div>
            {notes(&opened.format)}
            {remarks}
        </section>
    }
    .into_any()
}

/// The sheet that stays when the header is looked for elsewhere: another header row may make rows of a sheet before it.
fn stays(format: &SourceFormat) -> Option<u32> {
    let SourceFormat::Workbook { sheets, sheet, .. } = format else { return None };
    let first_shown = sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    (first_shown != *sheet as usize).then_some(*sheet)
}

/// A choice of one of these.
fn choice<T: Copy + PartialEq + 'static>(
    id: &'static str,
    label: &'static str,
    values: impl IntoIterator<Item = T>,
    now: T,
    word: impl Fn(T) -> String,
    choose: impl Fn(T) + 'static,
) -> AnyView {
    let values: Vec<T> = values.into_iter().collect();
    let option = |(place, value): (usize, &T)| {
        let selected = *value == now;
        view! { <option value=place.to_string() selected=selected>{word(*value)}</option> }
    };
    let options = values.iter().enumerate().map(option).collect_view();
    let chosen = move |place: String| {
        if let Some(value) = place.parse().ok().and_then(|place: usize| values.get(place)) {
            choose(*value);
        }
    };
    let id = format!("file-{id}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="input" id=id on:change:target=move |event| chosen(event.target().value())>{options}</select>
        </div>
    }
    .into_any()
}

fn charset_word(charset: Charset) -> String {
    let word = match charset {
        Charset::Utf8 => "UTF-8",
        Charset::Utf16Le => "UTF-16 LE",
        Charset::Utf16Be => "UTF-16 BE",
        Charset::Windows1252 => "Windows-1252",
    };
    word.to_owned()
}

fn delimiter_word(delimiter: char) -> String {
    match delimiter {
        ',' => text!(files.comma).to_owned(),
        ';' => text!(files.semicolon).to_owned(),
        '\t' => text!(files.tab).to_owned(),
        '|' => text!(files.bar).to_owned(),
        other => other.to_string(),
    }
}

fn quote_word(quote: Quoting) -> String {
    let word = match quote {
        Quoting::Double => text!(files.quote_double),
        Quoting::Single => text!(files.quote_single),
        Quoting::None => text!(files.quote_none),
    };
    word.to_owned()
}

fn header_word(header: HeaderRow) -> String {
    match header {
        HeaderRow::Absent => text!(files.no_header).to_owned(),
        HeaderRow::Row(row) => text!(files.header_in, row = row),
    }
}

fn sheet_word(sheet: &SheetName) -> String {
    match sheet.hidden {
        true => text!(files.hidden_sheet, name = sheet.name.clone()),
        false => sheet.name.clone(),
    }
}

/// What a spreadsheet shows otherwise than it is read.
fn notes(format: &SourceFormat) -> Option<AnyView> {
    let SourceFormat::Workbook { hidden_rows, merged, more_merged, .. } = format else { return None };
    let hidden =
        (*hidden_rows > 0).then(|| text!(files.hidden_rows, count = *hidden_rows, n = text::number(*hidden_rows)));
    let merged = (!merged.is_empty()).then(|| {
        let dots = if *more_merged > 0 { ", …" } else { "" };
        text!(files.merged, ranges = format!("{}{dots}", merged.join(", ")))
    });
    let lines: Vec<AnyView> =
        hidden.into_iter().chain(merged).map(|line| view! { <li>{line}</li> }.into_any()).collect();
    (!lines.is_empty()).then(|| view! { <ul class="notice is-warning">{lines}</ul> }.into_any())
}

/// What is imperfect in the file.
#[component]
fn Remarks(
    /// The file.
    opened: Arc<OpenedFile>,
) -> AnyView {
    let number = u32::try_from(opened.remarks.len()).unwrap_or(u32::MAX).saturating_add(opened.more_remarks);
    let more = (opened.more_remarks > 0).then(|| {
        let more = text!(files.more_remarks, count = opened.more_remarks, n = text::number(opened.more_remarks));
        view! { <li class="quiet">{more}</li> }
    });
    let remarks = opened.remarks.iter().map(|remark| view! { <li>{remark.clone()}</li> }).collect_view();
    view! {
        <details class="notice is-warning">
            <summary>{text!(files.remarks, count = number, n = text::number(number))}</summary>
            <ul>{remarks} {more}</ul>
        </details>
    }
    .into_any()
}
