//! Dropping files anywhere on any page.

use super::state::FileImport;
use super::steps::Step;
use crate::components::session::Session;
use crate::{browser, text};
use identity::role::Permission;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Says that a file can be dropped while one is dragged, and opens it. For those who may import; for others the
/// browser does what it always does.
#[component]
pub fn DropZone() -> AnyView {
    let (file, session) = (FileImport::here(), Session::here());
    let navigate = use_navigate();
    let (may, is_over) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| may.set(session.may(Permission::Import)));
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let may = move || may.get_untracked();
        let over = window_event_listener(ev::dragover, move |event| {
            if may() && browser::drags_files(&event) {
                event.prevent_default();
                is_over.set(true);
            }
        });
        // Leaving for another element of the page has a place that is entered next.
        let leave = window_event_listener(ev::dragleave, move |event| {
            if event.related_target().is_none() {
                is_over.set(false);
            }
        });
        let drop = window_event_listener(ev::drop, move |event| {
            is_over.set(false);
            if !may() || !browser::drags_files(&event) {
                return;
            }
            event.prevent_default();
            let chosen = browser::files_of_drop(&event);
            if !chosen.is_empty() {
                file.open_all(chosen);
                navigate(Step::File.path(), NavigateOptions::default());
            }
        });
        on_cleanup(move || {
            over.remove();
            leave.remove();
            drop.remove();
        });
    });
    view! { <div class="drop-zone" hidden=move || !is_over.get() aria-hidden="true"><p>{text!(files.drop)}</p></div> }
        .into_any()
}
