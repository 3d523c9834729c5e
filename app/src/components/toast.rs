//! Short messages at the edge of the page.

use crate::{components::icon::Icon, text};
use leptos::prelude::*;
use std::time::Duration;

/// How long good news stay. Failures stay until they are dismissed.
const STAYS: Duration = Duration::from_secs(8);

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    number: u32,
    good: bool,
    text: String,
    link: Option<(String, String)>,
}

/// The messages of this tab. There is one, provided by the application.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    all: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Toasts {
    /// Makes the messages available to everything below.
    pub fn provide() {
        provide_context(Self { all: RwSignal::default(), next: StoredValue::new(0) });
    }

    /// The messages of this tab. Called while a component is made, not in a listener.
    pub fn here() -> Self {
        use_context().unwrap_or_else(|| {
            Self::provide();
            expect_context()
        })
    }

    /// Something went well: said, and gone after a while.
    pub fn say(self, text: impl Into<String>) {
        let number = self.add(true, text.into(), None);
        set_timeout(move || self.dismiss(number), STAYS);
    }

    /// The same, with a link to see more: address and words.
    pub fn say_with_link(self, text: impl Into<String>, href: impl Into<String>, words: impl Into<String>) {
        let number = self.add(true, text.into(), Some((href.into(), words.into())));
        set_timeout(move || self.dismiss(number), STAYS);
    }

    /// Something went wrong: stays until it is dismissed.
    pub fn fail(self, text: impl Into<String>, link: Option<(String, String)>) {
        self.add(false, text.into(), link);
    }

    fn add(self, good: bool, text: String, link: Option<(String, String)>) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.all.update(|all| all.push(Toast { number, good, text, link }));
        number
    }

    fn dismiss(self, number: u32) {
        // The tab may have been left in the meantime.
        let _ = self.all.try_update(|all| all.retain(|toast| toast.number != number));
    }
}

/// Where the messages are shown: the one live region of the page.
#[component]
pub fn ToastRegion() -> AnyView {
    let toasts = Toasts::here();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For
                each=move || toasts.all.get()
                key=|toast| toast.number
                children=move |toast| {
                    let Toast { number, good, text, link } = toast;
                    view! {
                        <div class="toast" class:is-bad=!good>
                            {if good { Icon::Check } else { Icon::Warning }.view()}
                            <p>
                                {text}
                                {link.map(|(href, words)| view! { " " <a href=href>{words}</a> })}
                            </p>
                            <button
                                type="button"
                                class="icon-button"
                                aria-label=text!(common.dismiss)
                                on:click=move |_| toasts.dismiss(number)
                            >
                                {Icon::Close.view()}
                            </button>
                        </div>
                    }
                }
            />
        </div>
    }
    .into_any()
}
