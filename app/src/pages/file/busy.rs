//! How far reading, comparing or sending a file is.

use super::state::{FileImport, Stage};
use crate::file::messages::{Progress, Step};
use crate::text;
use leptos::prelude::*;

/// What is being done, and the way to end it.
#[component]
pub fn Busy(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let is_busy = Memo::new(move |_| file.stage.get() == Stage::Busy);
    let shown = move || {
        is_busy.get().then(|| {
            view! {
                <p class="file-busy" role="status">
                    <HowFar file />
                    <button type="button" class="button" on:click=move |_| file.cancel()>{text!(common.cancel)}</button>
                </p>
            }
        })
    };
    shown.into_any()
}

/// How far it is, as a bar and in words.
#[component]
fn HowFar(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let progress = move || file.told.progress.get();
    let words = move || progress().map_or_else(|| text!(files.working).to_owned(), step_text);
    let bar = move || match progress() {
        Some(Progress { step, done, total }) if total > 0 && step != Step::Waiting => {
            view! { <progress aria-label=text!(files.working) max=total value=done></progress> }.into_any()
        }
        _ => view! { <progress aria-label=text!(files.working)></progress> }.into_any(),
    };
    view! { {bar} <span>{words}</span> }.into_any()
}

/// How far a commit is, and the way to end it while rows go up.
#[component]
pub fn Sending(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let stop = move || {
        file.sending.get().then(|| {
            view! { <button type="button" class="button" on:click=move |_| file.cancel()>{text!(common.cancel)}</button> }
        })
    };
    view! { <HowFar file /> " " {stop} }.into_any()
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
