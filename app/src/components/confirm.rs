//! A question before something that cannot be taken back.

use crate::{components::dialog::Dialog, text};
use leptos::prelude::*;

/// Asks before something is done. With a `word`, the person types it first.
#[component]
pub fn Confirm(
    /// Whether the question is asked.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What will happen, in words.
    #[prop(into)]
    message: Signal<String>,
    /// The button that does it: a verb.
    #[prop(into)]
    action: Signal<String>,
    /// What must be typed first: a name, or a number.
    #[prop(optional, into)]
    word: Option<String>,
    /// Does it.
    #[prop(into)]
    on_confirm: Callback<()>,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
        }
    });
    let word = StoredValue::new(word);
    let ready =
        move || word.with_value(|word| word.as_ref().is_none_or(|word| typed.with(|typed| typed.trim() == word)));
    let confirm = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(ready) {
            open.set(false);
            on_confirm.run(());
        }
    };
    view! {
        <Dialog open title on_close=move |()| open.set(false)>
            <form method="post" on:submit=confirm>
                <p>{move || message.get()}</p>
                {word
                    .get_value()
                    .map(|word| {
                        view! {
                            <label class="field">
                                <span>{text!(common.confirm_type, word = word)}</span>
                                <input
                                    type="text"
                                    autocomplete="off"
                                    prop:value=typed
                                    on:input:target=move |event| typed.set(event.target().value())
                                />
                            </label>
                        }
                    })}
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| open.set(false)>
                        {text!(common.cancel)}
                    </button>
                    <button type="submit" class="button is-danger" disabled=move || !ready()>
                        {move || action.get()}
                    </button>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
