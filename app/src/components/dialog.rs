//! A dialog above the page.

use crate::{browser, components::icon::Icon, text};
use leptos::{html, prelude::*};

/// A modal dialog. Escape and the cross close it; the focus returns to where it was.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// Escape or the cross was pressed: it is to be closed.
    #[prop(into)]
    on_close: Callback<()>,
    /// Its content, made when it opens.
    children: ChildrenFn,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if open.get() {
            browser::open_dialog(&dialog);
        } else {
            browser::close_dialog(&dialog);
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog node_ref=dialog class="dialog" aria-label=move || title.get() on:close=move |_| on_close.run(())>
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2>{move || title.get()}</h2>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=text!(common.close)
                        on:click=move |_| on_close.run(())
                    >
                        {Icon::Close.view()}
                    </button>
                </header>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
    .into_any()
}
