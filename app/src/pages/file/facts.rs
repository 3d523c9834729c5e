//! How a file was read, and the way to read it otherwise.

use super::leaving::Leaving;
use super::state::FileImport;
use crate::file::messages::{Charset, HeaderRow, OpenedFile, ReadAs};
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The delimiters that can be chosen.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// The encodings that can be chosen.
const CHARSETS: [(Charset, &str); 4] = [
    (Charset::Utf8, "UTF-8"),
    (Charset::Utf16Le, "UTF-16 LE"),
    (Charset::Utf16Be, "UTF-16 BE"),
    (Charset::Windows1252, "Windows-1252"),
];

/// How the file was read. Each choice reads it again.
#[component]
pub fn Facts(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    // Another header row may make rows of a sheet before it: it stays the one that is read.
    let first_shown = opened.sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0);
    let chosen_sheet = (first_shown != opened.sheet as usize).then_some(opened.sheet);
    let again = move |change: &dyn Fn(&mut ReadAs)| {
        let mut read_as = file.read_as();
        read_as.sheet = read_as.sheet.or(chosen_sheet);
        change(&mut read_as);
        file.may_leave(Leaving::Read(read_as));
    };
    let sheet = (opened.sheets.len() > 1).then(|| {
        let options = (0_u32..).zip(&opened.sheets).map(|(place, sheet)| {
            let name = match sheet.hidden {
                true => text!(files.hidden_sheet, name = sheet.name.clone()),
                false => sheet.name.clone(),
            };
            (place.to_string(), name)
        });
        let choose = move |value: String| {
            again(&|read_as| *read_as = ReadAs { sheet: value.parse().ok(), ..ReadAs::default() });
        };
        choice("sheet", text!(files.sheet), options.collect(), opened.sheet.to_string(), choose)
    });
    let encoding = opened.encoding.map(|encoding| {
        let options = (0..).zip(CHARSETS).map(|(place, (_, name)): (usize, _)| (place.to_string(), name.to_owned()));
        let now = CHARSETS.iter().position(|(charset, _)| *charset == encoding).unwrap_or(0);
        let choose = move |value: String| {
            let chosen = value.parse::<usize>().ok().and_then(|place| CHARSETS.get(place));
            again(&|read_as| read_as.encoding = chosen.map(|(charset, _)| *charset));
        };
        choice("encoding", text!(files.encoding), options.collect(), now.to_string(), choose)
    });
    let delimiter = opened.delimiter.map(|delimiter| {
        let known = DELIMITERS.into_iter().chain((!DELIMITERS.contains(&delimiter)).then_some(delimiter));
        let options = known.map(|delimiter| (delimiter.to_string(), delimiter_word(delimiter)));
        let choose = move |value: String| again(&|read_as| read_as.delimiter = value.chars().next());
        choice("delimiter", text!(files.delimiter), options.collect(), delimiter.to_string(), choose)
    });
    let header_now = match opened.header {
        HeaderRow::Absent => String::new(),
        HeaderRow::Row(row) => row.to_string(),
    };
    let mut rows: Vec<u32> = (1..=10).collect();
    if let HeaderRow::Row(row) = opened.header
        && row > 10
    {
        rows.push(row);
    }
    let header_options = std::iter::once((String::new(), text!(files.no_header).to_owned()))
        .chain(rows.into_iter().map(|row| (row.to_string(), text!(files.header_in, row = row))));
    let choose_header = move |value: String| {
        let header = value.parse().map_or(HeaderRow::Absent, HeaderRow::Row);
        again(&|read_as| read_as.header = Some(header));
    };
    let header = choice("header", text!(files.header), header_options.collect(), header_now, choose_header);
    let remarks = (!opened.remarks.is_empty()).then(|| view! { <Remarks opened=opened.clone() /> });
    view! {
        <section class="file-facts" aria-label=text!(files.facts)>
            <p class="facts-file">
                <strong dir="auto">{opened.name.clone()}</strong>
                " "
                <span class="quiet">{text!(files.rows_found, count = opened.rows, n = text::number(opened.rows))}</span>
            </p>
            <div class="facts-choices">{sheet} {encoding} {delimiter} {header}</div>
            {remarks}
        </section>
    }
    .into_any()
}

fn choice(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
    now: String,
    choose: impl Fn(String) + 'static,
) -> AnyView {
    let options = options
        .into_iter()
        .map(|(value, name)| {
            let selected = value == now;
            view! { <option value=value selected=selected>{name}</option> }
        })
        .collect_view();
    let id = format!("file-{id}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select class="input" id=id on:change:target=move |event| choose(event.target().value())>{options}</select>
        </div>
    }
    .into_any()
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
            <ul lang="en">{remarks} {more}</ul>
        </details>
    }
    .into_any()
}
