//! The cells that a row of the plan was made from, to be corrected in place.

use super::first_rows::column_name;
use super::state::FileImport;
use crate::file::messages::{Answer, Ask, CellView, Correction, Replacement};
use crate::text;
use leptos::{ev, prelude::*};

/// The cells of a row.
#[component]
pub fn Cells(
    /// The row of the plan.
    row: u32,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let cells = Resource::new(
        move || file.planned.with(|planned| planned.as_ref().map(|planned| planned.corrections.len())),
        move |_| {
            let answer = file.ask(Ask::Cells { row });
            async move { if let Ok(Answer::Cells(cells)) = answer.await { cells } else { vec![] } }
        },
    );
    let lines = move || {
        cells.get().map(|cells| cells.into_iter().map(|cell| view! { <CellLine row cell file /> }).collect_view())
    };
    view! {
        <section class="cells" aria-label=text!(files.cells)>
            <h3>{text!(files.cells)}</h3>
            <p class="quiet">{text!(files.cells_hint)}</p>
            <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>{lines}</Transition>
        </section>
    }
    .into_any()
}

/// A cell. Enter writes what was typed, Escape brings back what stood there.
#[component]
fn CellLine(
    /// The row of the plan.
    row: u32,
    /// The cell.
    cell: CellView,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let CellView { column, name, text, original, same } = cell;
    let id = format!("cell-{column}");
    let typed = RwSignal::new(text.clone());
    let before = StoredValue::new(text);
    let is_changed = move || typed.with(|typed| before.with_value(|before| typed != before));
    let correct = move || {
        if untrack(is_changed) {
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
