//! What the first rows become, while the columns are being assigned.

use super::rules::target_word;
use super::state::FileImport;
use crate::components::field_name::field_name;
use crate::file::messages::OpenedFile;
use crate::text;
use identity::field::{Field, Patch};
use identity::user::FieldPatch;
use leptos::prelude::*;
use plan::Record;
use plan::sheet::{Mapper, Target};
use std::sync::Arc;
use tabular::table::beginning;

/// What the first rows become.
#[component]
pub fn Example(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
    let rows = move || {
        let mapper = file.mapping.with(|mapping| Mapper::new(mapping, &headers)).ok()?;
        let records = opened.whole.iter().map(|row| {
            let record = mapper.record(row.line, |column| row.cells.get(column as usize).map_or("", String::as_str));
            view! { <li><span class="quiet">{row.line}</span> {pairs(&record)}</li> }
        });
        Some(view! { <ul class="examples">{records.collect_view()}</ul> })
    };
    view! {
        <section aria-labelledby="example-title">
            <h2 id="example-title">{text!(files.example)}</h2>
            {rows}
        </section>
    }
    .into_any()
}

/// What a record says, a pair a field.
fn pairs(record: &Record) -> AnyView {
    let pair = |name: String, value: String| {
        view! { <span class="example-pair"><span class="quiet">{name}</span> " " <span dir="auto">{value}</span></span> }
    };
    let fields = said(&record.fields).into_iter().map(|(field, value)| pair(field_name(&field), value));
    let list = |target: Target, patch: &Patch<Vec<String>>| match patch {
        Patch::Keep => None,
        Patch::Clear => Some(pair(target_word(&target), text!(files.nothing).to_owned())),
        Patch::Set(values) => Some(pair(target_word(&target), joined(values))),
    };
    let lists = [list(Target::Groups, &record.groups), list(Target::Roles, &record.roles)];
    fields.chain(lists.into_iter().flatten()).collect_view().into_any()
}

/// Many values, each of them cut where it is long.
pub fn joined(values: &[String]) -> String {
    values.iter().map(|value| beginning(value)).collect::<Vec<_>>().join(", ")
}

fn said(fields: &FieldPatch) -> Vec<(Field, String)> {
    let FieldPatch {
        username,
        email,
        first_name,
        last_name,
        display_name,
        phone,
        department,
        job_title,
        locale,
        time_zone,
        enabled,
        custom,
    } = fields;
    let cleared = || text!(files.nothing).to_owned();
    let text = |field: Field, patch: &Patch<String>| match patch {
        Patch::Keep => None,
        Patch::Clear => Some((field, cleared())),
        Patch::Set(text) => Some((field, beginning(text).into_owned())),
    };
    let yes_or_no = |enabled: bool| if enabled { text!(review.yes) } else { text!(review.no) }.to_owned();
    let fixed = [
        username.as_deref().map(|name| (Field::Username, beginning(name).into_owned())),
        text(Field::Email, email),
        text(Field::FirstName, first_name),
        text(Field::LastName, last_name),
        text(Field::DisplayName, display_name),
        text(Field::Phone, phone),
        text(Field::Department, department),
        text(Field::JobTitle, job_title),
        text(Field::Locale, locale),
        text(Field::TimeZone, time_zone),
        enabled.map(|enabled| (Field::Enabled, yes_or_no(enabled))),
    ];
    let custom = custom.iter().filter_map(|(name, patch)| match patch {
        Patch::Keep => None,
        Patch::Clear => Some((Field::Custom(name.clone()), cleared())),
        Patch::Set(values) => Some((Field::Custom(name.clone()), joined(values))),
    });
    fixed.into_iter().flatten().chain(custom).collect()
}
