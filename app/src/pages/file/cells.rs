//! The cells of a row of the file, to be corrected in place.

use super::corrections::is_undo;
use super::first_rows::column_name;
use super::state::FileImport;
use crate::file::messages::{Answer, Ask, CellView, Correction, Replacement};
use crate::{browser, text};
use leptos::{ev, prelude::*};

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
    let corrected = StoredValue::new(None::<String>);
    Effect::new(move |_| {
        let first = cells.get().and_then(|cells| cells.first().map(|cell| cell_id(row, cell.column)));
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
    // Only those that changed are made anew: what is typed in the others stays.
    let lines = move || {
        view! {
            <For each=move || cells.get().unwrap_or_default() key=CellView::clone let:cell>
                <CellLine row cell file corrected />
            </For>
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
