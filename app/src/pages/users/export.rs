//! Takes the users of the list out as a file.

use crate::{
    components::{
        allowed::Allowed,
        export::{Choice, Export, FormatChoice},
    },
    export::{FileFormat, users::Layout},
    text,
};
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// The button for those who may. What is exported is what the address of the list says.
#[component]
pub(super) fn ExportUsers(
    /// The address of the list.
    params: Memo<ParamsMap>,
    /// How many users it shows.
    #[prop(into)]
    total: Signal<u32>,
) -> AnyView {
    let format = RwSignal::new(FileFormat::Csv.code());
    let layout = RwSignal::new(Layout::Native.code());
    let href = Signal::derive(move || {
        let mut params = params.get();
        for (name, value) in [("format", format.get()), ("layout", layout.get())] {
            params.replace(name, value.to_owned());
        }
        format!("/export/users{}", params.to_query_string())
    });
    let about = Signal::derive(move || {
        let total = total.get();
        text!(export.users_about, count = total, n = text::number(total))
    });
    let meaning = Signal::derive(move || match Layout::parse(layout.get()) {
        Some(Layout::Akeneo) => text!(export.akeneo_about),
        _ => text!(export.native_about),
    });
    view! {
        <Allowed permission=Permission::Export>
            <Export title=text!(export.users_title) about href>
                <FormatChoice value=format />
                <Choice
                    label=text!(export.layout)
                    name="layout"
                    options=Layout::ALL.map(|layout| (layout.code(), layout_word(layout))).to_vec()
                    value=layout
                    about=meaning
                />
            </Export>
        </Allowed>
    }
    .into_any()
}

fn layout_word(layout: Layout) -> &'static str {
    match layout {
        Layout::Native => text!(export.native),
        Layout::Akeneo => text!(export.akeneo),
    }
}
