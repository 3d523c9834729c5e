//! Find and replace in a column.

use super::first_rows::column_name;
use super::state::FileImport;
use crate::components::dialog::Dialog;
use crate::components::field::{CheckField, SelectField, TextField};
use crate::file::messages::Replacement;
use crate::text;
use leptos::prelude::*;

/// Find and replace in a column.
#[component]
pub fn ReplaceDialog(
    /// The file in hand.
    file: FileImport,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> AnyView {
    let columns: Vec<(String, String)> = file.opened.with_untracked(|opened| {
        let columns = opened.iter().flat_map(|opened| &opened.columns);
        (0_u32..)
            .zip(columns)
            .map(|(place, column)| (place.to_string(), column_name(place + 1, &column.name)))
            .collect()
    });
    let column = RwSignal::new("0".to_owned());
    let (find, with) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let whole = RwSignal::new(true);
    let replace = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let column = column.get_untracked().parse().unwrap_or(0);
        file.replace(Replacement {
            column,
            find: find.get_untracked(),
            with: with.get_untracked(),
            whole: whole.get_untracked(),
        });
        open.set(false);
    };
    view! {
        <Dialog title=Signal::stored(text!(files.replace_title).to_owned()) open on_close=move |()| open.set(false)>
            <form on:submit=replace>
                <SelectField id="replace-column" label=text!(files.column) value=column options=columns.clone() />
                <TextField id="replace-find" label=text!(files.find) value=find />
                <TextField id="replace-with" label=text!(files.replace_with) value=with />
                <CheckField id="replace-whole" label=text!(files.whole_cell) value=whole />
                <p class="actions">
                    <button type="submit" class="button is-primary">{text!(files.replace_all)}</button>
                </p>
            </form>
        </Dialog>
    }
    .into_any()
}
