//! Choosing a file: a button, a place to drop it on, and pasting; and how far reading it is.

use super::draft;
use super::state::{FileImport, Stage};
use super::templates::Templates;
use crate::components::icon::Icon;
use crate::file::messages::{Progress, Step};
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
                file.open_all(browser::files_of_paste(&event, text!(files.pasted)));
            }
        });
        on_cleanup(move || listener.remove());
    });
    let choose = move |event: ev::Event| file.open_all(browser::files_of_input(&event));
    let kept = RwSignal::new(None);
    // In an effect, because the server has no drafts.
    Effect::new(move |_| {
        let draft = draft::find().filter(|_| file.chosen.with(Option::is_none));
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
            {move || kept.get().map(|name| view! { <p class="notice">{text!(files.kept, name = name)}</p> })}
            <Templates />
        </section>
        <Busy file />
    }
    .into_any()
}

/// How far reading, comparing or sending is, and the way to end it.
#[component]
pub fn Busy(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let is_busy = Memo::new(move |_| file.stage.get() == Stage::Busy);
    let progress = move || file.progress.get();
    let words = move || progress().map_or_else(|| text!(files.working).to_owned(), step_text);
    let bar = move || match progress() {
        Some(Progress { step, done, total }) if total > 0 && step != Step::Waiting => {
            view! { <progress aria-label=text!(files.working) max=total value=done></progress> }.into_any()
        }
        _ => view! { <progress aria-label=text!(files.working)></progress> }.into_any(),
    };
    let shown = move || {
        is_busy.get().then(|| {
            view! {
                <p class="file-busy" role="status">
                    {bar}
                    <span>{words}</span>
                    <button type="button" class="button" on:click=move |_| file.close()>{text!(common.cancel)}</button>
                </p>
            }
        })
    };
    shown.into_any()
}

fn step_text(Progress { step, done, total }: Progress) -> String {
    let number = |number: u64| text::number(u32::try_from(number).unwrap_or(u32::MAX));
    match step {
        Step::Reading => {
            let percent = u32::try_from((done * 100).checked_div(total).unwrap_or(0)).unwrap_or(100);
            text!(files.step_reading, percent = percent)
        }
        Step::Comparing => text!(files.step_comparing, done = number(done), total = number(total)),
        Step::Sending => text!(files.step_sending, done = number(done), total = number(total)),
        Step::Planning => text!(files.step_planning, done = number(done), total = number(total)),
        Step::Waiting => text!(files.step_waiting).to_owned(),
    }
}
