//! Takes the groups of the list out as a file.

use crate::{
    components::{
        allowed::Allowed,
        export::{Export, FormatChoice},
    },
    export::FileFormat,
    text,
};
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

/// The button for those who may. What is exported is what the address of the list says.
#[component]
pub(super) fn ExportGroups(
    /// The address of the list.
    params: Memo<ParamsMap>,
    /// How many groups it shows.
    #[prop(into)]
    total: Signal<u32>,
) -> AnyView {
    let format = RwSignal::new(FileFormat::Csv.code());
    let href = Signal::derive(move || {
        let mut params = params.get();
        params.replace("format", format.get().to_owned());
        format!("/export/groups{}", params.to_query_string())
    });
    let about = Signal::derive(move || {
        let total = total.get();
        text!(export.groups_about, count = total, n = text::number(total))
    });
    view! {
        <Allowed permission=Permission::Export>
            <Export title=text!(export.groups_title) about href>
                <FormatChoice value=format />
            </Export>
        </Allowed>
    }
    .into_any()
}
