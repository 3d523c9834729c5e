//! What can be done about the cells of a file while its plan is reviewed, whatever its rows are.

use super::replace::ReplaceDialog;
use super::state::FileImport;
use crate::{browser, text};
use leptos::{ev, prelude::*};

/// Whether a key takes the last step back.
pub fn is_undo(event: &ev::KeyboardEvent) -> bool {
    (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z"
}

/// Find and replace, the way back, and what is not picked as a file. Ctrl+Z takes the last correction back.
#[component]
pub fn CorrectionTools(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if is_undo(&event) && !browser::is_typing(&event) && untrack(|| file.can_undo()) {
                event.prevent_default();
                file.undo();
            }
        });
        on_cleanup(move || listener.remove());
    });
    let replacing = RwSignal::new(false);
    let number =
        move || file.corrected.with(|corrected| u32::try_from(corrected.corrections.len()).unwrap_or(u32::MAX));
    view! {
        <p class="file-corrections">
            <button type="button" class="button" disabled=move || !file.can_change() on:click=move |_| replacing.set(true)>
                {text!(files.replace)}
            </button>
            <button type="button" class="button" disabled=move || !file.can_undo() on:click=move |_| file.undo()>
                {text!(files.undo)}
            </button>
            <button type="button" class="button" on:click=move |_| file.save_rest()>{text!(files.rest)}</button>
            <span class="quiet" role="status">
                {move || (number() > 0).then(|| text!(files.corrected, count = number(), n = text::number(number())))}
            </span>
        </p>
        <ReplaceDialog file open=replacing />
    }
    .into_any()
}
