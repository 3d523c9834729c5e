//! What the first rows of groups or roles become, while the columns are being assigned.

use super::columns::column_word;
use crate::file::messages::OpenedFile;
use crate::pages::file::example::joined;
use crate::pages::file::state::FileImport;
use crate::text;
use identity::field::Patch;
use leptos::prelude::*;
use plan::objects::group::GroupRecord;
use plan::objects::role::RoleRecord;
use plan::sheet::{ObjectColumn, ObjectMapper, SheetKind};
use std::sync::Arc;
use tabular::table::beginning;

/// What the first rows become.
#[component]
pub fn ObjectExample(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
    let rows = move || {
        let choices = file.objects.choices.get();
        let mapper = ObjectMapper::new(&choices.columns, &headers, choices.blank);
        let records = opened.whole.iter().map(|row| {
            let cell = |column: u32| Some(row.cells.get(column as usize).map_or("", String::as_str));
            let pairs = match choices.kind {
                SheetKind::Groups => of_group(&mapper.group(row.line, cell)),
                SheetKind::Roles | SheetKind::Users => of_role(&mapper.role(row.line, cell)),
            };
            let pairs = pairs.into_iter().map(|(column, value)| {
                view! {
                    <span class="example-pair">
                        <span class="quiet">{column_word(&column)}</span>
                        " "
                        <span dir="auto">{value}</span>
                    </span>
                }
            });
            view! { <li><span class="quiet">{row.line}</span> {pairs.collect_view()}</li> }
        });
        view! { <ul class="examples">{records.collect_view()}</ul> }
    };
    view! {
        <section aria-labelledby="example-title">
            <h2 id="example-title">{text!(files.example)}</h2>
            {rows}
        </section>
    }
    .into_any()
}

fn of_group(record: &GroupRecord) -> Vec<(ObjectColumn, String)> {
    let GroupRecord { line: _, name, label, description, issues: _ } = record;
    let pairs = [
        Some((ObjectColumn::Name, name.clone())),
        text(ObjectColumn::Label, label),
        text(ObjectColumn::Description, description),
    ];
    pairs.into_iter().flatten().collect()
}

fn of_role(record: &RoleRecord) -> Vec<(ObjectColumn, String)> {
    let RoleRecord { line: _, code, label, description, permissions, issues: _ } = record;
    let code = (!code.is_empty()).then(|| (ObjectColumn::Role, code.clone()));
    let permissions = match permissions {
        Patch::Keep => None,
        Patch::Clear => Some((ObjectColumn::Permissions, text!(files.nothing).to_owned())),
        Patch::Set(codes) => Some((ObjectColumn::Permissions, joined(codes))),
    };
    let (label, description) = (text(ObjectColumn::Label, label), text(ObjectColumn::Description, description));
    [code, label, description, permissions].into_iter().flatten().collect()
}

fn text(column: ObjectColumn, patch: &Patch<String>) -> Option<(ObjectColumn, String)> {
    match patch {
        Patch::Keep => None,
        Patch::Clear => Some((column, text!(files.nothing).to_owned())),
        Patch::Set(text) => Some((column, beginning(text).into_owned())),
    }
}
