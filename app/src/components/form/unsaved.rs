//! The question before a form is left whose changes are not saved.

use crate::{browser, components::confirm::Confirm, text};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_navigate},
    location::Location,
};

/// Whether a form holds something else by now than when this was called.
pub fn changed<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Callback<(), bool> {
    let first = untrack(&read);
    Callback::new(move |()| untrack(&read) != first)
}

/// Asks before changes are lost: by a link to another page, by the way back, by closing the tab. Stands in the page of a
/// form.
#[component]
pub fn UnsavedQuestion(
    /// Whether there are changes.
    #[prop(into)]
    changed: Callback<(), bool>,
) -> AnyView {
    let Location { pathname, query, .. } = use_location();
    let here = move || untrack(|| format!("{}{}", pathname.get(), query.get().to_query_string()));
    let (asking, to) = (RwSignal::new(false), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let listener = browser::warn_before_leaving(move || changed.run(()));
        let held = browser::hold_page(here, move |path| {
            let is_held = changed.run(());
            if is_held {
                to.set(path);
                asking.set(true);
            }
            is_held
        });
        on_cleanup(move || {
            listener.remove();
            browser::release_page(held);
        });
    });
    let navigate = use_navigate();
    let leave = move |()| navigate(&to.get_untracked(), Default::default());
    view! {
        <Confirm
            open=asking
            title=text!(common.unsaved_title)
            message=text!(common.unsaved_message)
            action=text!(common.unsaved_action)
            on_confirm=leave
        />
    }
    .into_any()
}

/// The link that leaves a form without saving it: whoever presses it means that.
#[component]
pub fn CancelLink(
    /// Where it leads.
    to: &'static str,
) -> AnyView {
    view! {
        <a class="button" href=to data-discards="">
            {text!(common.cancel)}
        </a>
    }
    .into_any()
}
