//! The first rows of a file, as they stand in it.

use crate::file::messages::Beginning;
use crate::text;
use leptos::prelude::*;

/// Columns that are shown; a sheet may have thousands.
const COLUMNS: usize = 50;

/// The first rows.
#[component]
pub fn FirstRows(
    /// The names of the columns, and the rows.
    beginning: Beginning,
) -> AnyView {
    let Beginning { names, rows } = beginning;
    let columns = names.len().min(COLUMNS);
    let heads = (1..).zip(names.iter().take(columns)).map(|(number, name)| {
        view! { <th scope="col" dir="auto">{column_name(number, name)}</th> }
    });
    let rows = rows.iter().map(|row| {
        let cells = (0..columns).map(|column| {
            let text = row.cells.get(column).cloned().unwrap_or_default();
            view! { <td dir="auto">{text}</td> }
        });
        let hidden = row.hidden.then(|| view! { <small class="quiet">" " {text!(files.hidden_row)}</small> });
        view! { <tr><th scope="row">{row.line} {hidden}</th>{cells.collect_view()}</tr> }
    });
    let left_out = u32::try_from(names.len() - columns).unwrap_or(u32::MAX);
    let more = (left_out > 0).then(
        || view! { <p class="quiet">{text!(files.more_columns, count = left_out, n = text::number(left_out))}</p> },
    );
    view! {
        <div class="table-scroll first-rows" tabindex="0" role="region" aria-label=text!(files.first_rows)>
            <table>
                <caption class="visually-hidden">{text!(files.first_rows)}</caption>
                <thead><tr><th scope="col">{text!(files.row)}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

/// A column's name, or its number from 1 when it has none.
pub fn column_name(number: u32, name: &str) -> String {
    if name.is_empty() { text!(files.column_number, number = number) } else { name.to_owned() }
}
