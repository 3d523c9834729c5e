//! Dropping files anywhere on any page.

use super::steps::Step;
use crate::browser::{self, Chosen};
use crate::components::session::Session;
use crate::text;
use identity::role::Permission;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The files that were dropped and that no page has taken yet: what reads them is loaded with its page.
#[derive(Debug, Clone, Copy)]
pub struct Dropped(RwSignal<Vec<Chosen>>);

impl Dropped {
    /// Makes them known to everything below.
    pub fn provide() {
        provide_context(Self(RwSignal::default()));
    }

    /// Those of this tab. Called while a component is made.
    pub fn here() -> Self {
        expect_context()
    }

    /// Takes them; they are nobody else's then. Reactive.
    pub fn take(self) -> Vec<Chosen> {
        self.0.track();
        self.0.try_update_untracked(std::mem::take).unwrap_or_default()
    }
}

/// Says that a file can be dropped while one is dragged, and opens it. For those who may import; for others the
/// browser does what it always does.
#[component]
pub fn DropZone() -> AnyView {
    let (dropped, session) = (Dropped::here(), Session::here());
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
                dropped.0.set(chosen);
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
