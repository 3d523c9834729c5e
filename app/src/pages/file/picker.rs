//! Choosing a file: a button, a place to drop it on, and pasting.

use super::busy::Busy;
use super::leaving::Leaving;
use super::state::FileImport;
use super::templates::Templates;
use crate::components::icon::Icon;
use crate::{browser, text};
use leptos::{ev, prelude::*};

/// Choosing a file.
#[component]
pub fn Picker(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::paste, move |event| {
            if !browser::is_typing(&event) {
                file.may_leave(Leaving::Open(browser::files_of_paste(&event, text!(files.pasted))));
            }
        });
        on_cleanup(move || listener.remove());
    });
    let choose = move |event: ev::Event| {
        file.may_leave(Leaving::Open(browser::files_of_input(&event)));
    };
    let kept = RwSignal::new(None);
    // In an effect, because the server has no drafts.
    Effect::new(move |_| {
        let draft = file.chosen.with(Option::is_none).then(|| file.find_draft()).flatten();
        kept.set(draft.map(|draft| draft.chosen.name));
    });
    view! {
        <section class="picker" aria-label=text!(files.choose)>
            {Icon::Import.view()}
            <p class="picker-words">{text!(files.drop_here)}</p>
            <label class="button" class:is-primary=move || file.opened.read().is_none()>
                {text!(files.choose)}
                <input
                    id="file"
                    class="visually-hidden"
                    type="file"
                    multiple
                    accept=".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    on:change=choose
                />
            </label>
            <p class="quiet">{text!(files.stays_here)}</p>
            {move || kept.get().filter(|_| file.chosen.read().is_none()).map(|name| view! { <p class="notice">{text!(files.kept, name = name)}</p> })}
            <Templates />
        </section>
        <Busy file />
    }
    .into_any()
}
