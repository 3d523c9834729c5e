//! What the rows of a file are: users, groups or roles.

use crate::file::messages::OpenedFile;
use crate::file::objects::ObjectChoices;
use crate::pages::file::state::FileImport;
use crate::text;
use leptos::prelude::*;
use plan::sheet::SheetKind;
use std::sync::Arc;

/// The kinds in the order of the choice, each with the text of its option.
const KINDS: [(SheetKind, &str); 3] =
    [(SheetKind::Users, "users"), (SheetKind::Groups, "groups"), (SheetKind::Roles, "roles")];

/// What a kind is called.
pub fn kind_word(kind: SheetKind) -> &'static str {
    match kind {
        SheetKind::Users => text!(objects.kind_users),
        SheetKind::Groups => text!(objects.kind_groups),
        SheetKind::Roles => text!(objects.kind_roles),
    }
}

/// Says what the rows are. It was found by the headers, and a person knows better.
#[component]
pub fn KindChoice(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let choose = move |code: String| {
        let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
        if let Some((kind, _)) = KINDS.into_iter().find(|(_, name)| *name == code) {
            file.profiles.leave();
            file.choose_kind(ObjectChoices::of(kind, &headers));
        }
    };
    let now = Memo::new(move |_| file.objects.kind());
    let options = move || {
        let now = now.get();
        let option = |(kind, code): (SheetKind, &'static str)| {
            view! { <option value=code selected=kind == now>{kind_word(kind)}</option> }
        };
        KINDS.into_iter().map(option).collect_view()
    };
    view! {
        <div class="field kind-choice">
            <label for="file-kind">{text!(objects.these_rows_are)}</label>
            <select class="input" id="file-kind" on:change:target=move |event| choose(event.target().value())>
                {options}
            </select>
        </div>
    }
    .into_any()
}
