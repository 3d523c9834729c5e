//! The list of keys, which `?` opens on every page.

use crate::{browser::is_typing, components::dialog::Dialog, text};
use leptos::{ev, prelude::*};

/// Lists the keys when `?` is pressed where it does not write text.
#[component]
pub(super) fn KeysHelp(
    /// Whether the list is shown.
    open: RwSignal<bool>,
) -> AnyView {
    // In an effect, because the server has no keys.
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "?" && !event.ctrl_key() && !event.meta_key() && !is_typing(&event) {
                open.set(true);
            }
        });
        on_cleanup(move || listener.remove());
    });
    view! {
        <Dialog open title=text!(common.keys_title) on_close=move |()| open.set(false)>
            <div class="keys-help">
                <h3>{text!(common.keys_anywhere)}</h3>
                {keys([(&["?"], text!(common.keys_help)), (&["Esc"], text!(common.keys_leave))])}
                <h3>{text!(common.keys_rows)}</h3>
                {keys([
                    (&["↑", "↓", "PgUp", "PgDn", "Home", "End"], text!(common.keys_move)),
                    (&["←", "→"], text!(common.keys_parts)),
                    (&["Space"], text!(common.keys_tick)),
                    (&["Shift + Space"], text!(common.keys_tick_range)),
                    (&["Enter"], text!(common.keys_open)),
                ])}
                <h3>{text!(common.keys_review)}</h3>
                {keys([(&["1", "…", "7", "0"], text!(common.keys_kinds)), (&["F2"], text!(common.keys_edit))])}
            </div>
        </Dialog>
    }
    .into_any()
}

/// Keys, each with what it does.
fn keys<const N: usize>(list: [(&'static [&'static str], &'static str); N]) -> AnyView {
    let line = |(keys, does): (&'static [&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
        view! {
            <dt>{keys}</dt>
            <dd>{does}</dd>
        }
    };
    view! { <dl>{list.into_iter().map(line).collect_view()}</dl> }.into_any()
}
