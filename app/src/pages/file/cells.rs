//! The cells of a row of the file, to be corrected in place.

use super::corrections::is_undo;
use super::first_rows::column_name;
use super::rules::column_rule;
use super::state::FileImport;
use crate::file::messages::{Answer, Ask, CellView, Correction, Replacement};
use crate::{browser, text};
use leptos::{ev, prelude::*};
use plan::sheet::{ObjectColumn, SheetKind};

/// Cells that are shown at first, and further ones at a time: a row may have sixteen thousand.
const SHOWN: usize = 200;

/// The cells of a row.
#[component]
pub fn Cells(
    /// Its place below the header, which is the number of a user's row in the plan.
    row: u32,
    /// Its number as the spreadsheet shows it, where there are several such parts.
    #[prop(optional)]
    line: Option<u32>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let cells = Resource::new(
        move || file.corrected.with(|corrected| corrected.changes),
        move |_| {
            let answer = file.ask(Ask::Cells { row });
            async move { if let Ok(Answer::Cells(cells)) = answer.await { cells } else { vec![] } }
        },
    );
    let limit = RwSignal::new(SHOWN);
    let shown = move || {
        let cells = cells.get().unwrap_or_default();
        first_shown(cells, limit.get(), |column| untrack(|| file.reads_column(column)))
    };
    let corrected = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let first = shown().first().map(|cell| cell_id(row, cell.column));
        if let Some(id) = first.filter(|_| file.edits.get_untracked()) {
            file.edits.set(false);
            request_animation_frame(move || browser::focus(&id));
        }
    });
    Effect::new(move |_| {
        // The cell is made anew with its new text: whoever types goes on in it.
        if cells.get().is_some()
            && let Some(id) = corrected.try_update_value(Option::take).flatten()
        {
            request_animation_frame(move || browser::focus(&id));
        }
    });
    let more = move || {
        let rest = cells.get().map_or(0, |cells| cells.len()).saturating_sub(limit.get());
        let next = u32::try_from(rest.min(SHOWN)).unwrap_or(u32::MAX);
        (rest > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += SHOWN)>
                    {text!(objects.show_more, n = text::number(next))}
                </button>
            }
        })
    };
    // Only those that changed are made anew: what is typed in the others stays.
    let lines = move || {
        view! {
            <For each=shown key=CellView::clone let:cell>
                <CellLine row cell file corrected />
            </For>
            {more}
        }
    };
    let heading = match line {
        Some(line) => text!(files.cells_of, line = line),
        None => text!(files.cells).to_owned(),
    };
    view! {
        <section class="cells" aria-label=heading.clone()>
            <h3>{heading.clone()}</h3>
            {line.is_none().then(|| view! { <p class="quiet">{text!(files.cells_hint)}</p> })}
            <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>{lines}</Transition>
        </section>
    }
    .into_any()
}

fn cell_id(row: u32, column: u32) -> String {
    format!("cell-{row}-{column}")
}

/// A cell. Enter writes what was typed, Escape brings back what stood there.
#[component]
fn CellLine(
    /// The row's place below the header.
    row: u32,
    /// The cell.
    cell: CellView,
    /// The file in hand.
    file: FileImport,
    /// The id of the cell that was corrected last.
    corrected: StoredValue<Option<String>>,
) -> AnyView {
    let CellView { column, name, text, original, same } = cell;
    let id = cell_id(row, column);
    let typed = RwSignal::new(text.clone());
    let before = StoredValue::new(text);
    let is_changed = move || typed.with(|typed| before.with_value(|before| typed != before));
    let own_id = StoredValue::new(id.clone());
    let correct = move || {
        if untrack(is_changed) {
            corrected.set_value(Some(own_id.get_value()));
            file.correct(vec![Correction { row, column, text: typed.get_untracked() }]);
        }
    };
    let correct_all = move |_| {
        let (find, with) = (before.get_value(), typed.get_untracked());
        file.replace(Replacement { column, find, with, whole: true });
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            correct();
        }
        "Escape" if untrack(is_changed) => {
            // Not the panel's: it would close.
            event.stop_propagation();
            typed.set(before.get_value());
        }
        // With nothing typed it is the correction that is taken back, not what was typed. Whoever does it goes on here.
        _ if is_undo(&event) && untrack(|| !is_changed() && file.can_undo()) => {
            event.prevent_default();
            corrected.set_value(Some(own_id.get_value()));
            file.undo();
        }
        _ => {}
    };
    let was = original.map(|original| {
        let original = if original.is_empty() { text!(files.nothing).to_owned() } else { original };
        view! { <small class="quiet" dir="auto">{text!(files.cell_was, text = original)}</small> }
    });
    let also = (same > 0).then(|| {
        let words = text!(files.correct_all, count = same, n = text::number(same));
        view! {
            <button type="button" class="link" hidden=move || !is_changed() on:click=correct_all>{words.clone()}</button>
        }
    });
    view! {
        <div class="cell-line">
            <label for=id.clone() dir="auto">{column_name(column + 1, &name)}</label>
            <input
                class="input"
                id=id
                type="text"
                dir="auto"
                autocomplete="off"
                spellcheck="false"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                on:keydown=on_key
            />
            <span class="cell-actions">
                <button type="button" class="link" hidden=move || !is_changed() on:click=move |_| correct()>
                    {text!(files.correct)}
                </button>
                {also}
            </span>
            {was}
        </div>
    }
    .into_any()
}

impl FileImport {
    /// Whether a column is read for anything by itself. Reactive.
    fn reads_column(self, column: u32) -> bool {
        let what = self.objects.choices.with(|choices| choices.columns.get(column as usize).cloned());
        match self.objects.kind() {
            SheetKind::Users => self.mapping.with(|mapping| column_rule(mapping, column).is_some()),
            SheetKind::Groups | SheetKind::Roles => what.is_some_and(|what| what != ObjectColumn::Ignored),
        }
    }
}

/// So many cells of a row, in their order: before all others those that are read and hold something, then those that do
/// one of both.
fn first_shown(mut cells: Vec<CellView>, limit: usize, is_read: impl Fn(u32) -> bool) -> Vec<CellView> {
    if cells.len() > limit {
        let is_filled = |cell: &CellView| !cell.text.is_empty() || cell.original.is_some();
        cells.sort_by_cached_key(|cell| u8::from(!is_read(cell.column)) + u8::from(!is_filled(cell)));
        cells.truncate(limit);
        cells.sort_by_key(|cell| cell.column);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_and_what_is_filled_is_shown_before_the_rest() {
        let texts = ["", "", "a", "", "b", ""];
        let cell = |(column, text): (u32, &&str)| CellView {
            column,
            name: String::new(),
            text: (*text).to_owned(),
            original: None,
            same: 0,
        };
        let shown = |limit: usize| {
            let cells = (0..).zip(&texts).map(cell).collect();
            let shown = first_shown(cells, limit, |column| column >= 4);
            shown.iter().map(|cell| cell.column).collect::<Vec<u32>>()
        };
        assert_eq!(shown(1), [4]);
        assert_eq!(shown(3), [2, 4, 5]);
        assert_eq!(shown(4), [0, 2, 4, 5]);
        assert_eq!(shown(6), [0, 1, 2, 3, 4, 5]);
    }
}
