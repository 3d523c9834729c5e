//! The first people of a directory, as they would be imported.

use crate::api::directory::SHOWN_PEOPLE;
use crate::components::field_name::field_name;
use crate::text;
use identity::field::{Field, Patch};
use identity::user::FieldPatch;
use leptos::prelude::*;
use plan::{Issue, Record};

/// The first people, one a row.
#[component]
pub fn MappedPeople(
    /// What their entries say.
    records: Vec<Record>,
) -> AnyView {
    let title = if records.len() < SHOWN_PEOPLE { text!(directories.people_fewer) } else { text!(directories.people) };
    let mut fields: Vec<Field> =
        records.iter().flat_map(|record| filled(&record.fields)).map(|(field, _)| field).collect();
    fields.sort();
    fields.dedup();
    let heads = fields.iter().map(|field| view! { <th scope="col">{field_name(field)}</th> }).collect_view();
    let row = |record: &Record| {
        let values = filled(&record.fields);
        let value = |field: &Field| values.iter().find(|(known, _)| known == field).map(|(_, value)| value.clone());
        let cells = fields.iter().map(|field| view! { <td dir="auto">{value(field)}</td> }).collect_view();
        let username = record.fields.username.clone().unwrap_or_default();
        let issue = record.issues.iter().any(Issue::blocks).then(|| {
            view! { <span class="warns">"⚠ " {text!(directories.person_issue)}</span> }
        });
        view! {
            <tr>
                <th scope="row" dir="auto">{username} " " {issue}</th>
                {cells}
            </tr>
        }
    };
    let rows = records.iter().map(row).collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=title>
            <table class="table">
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{field_name(&Field::Username)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The fields that an entry fills, but for the username.
fn filled(fields: &FieldPatch) -> Vec<(Field, String)> {
    let texts = [
        (Field::Email, &fields.email),
        (Field::FirstName, &fields.first_name),
        (Field::LastName, &fields.last_name),
        (Field::DisplayName, &fields.display_name),
        (Field::Phone, &fields.phone),
        (Field::Department, &fields.department),
        (Field::JobTitle, &fields.job_title),
        (Field::Locale, &fields.locale),
        (Field::TimeZone, &fields.time_zone),
    ];
    let mut filled: Vec<(Field, String)> = texts
        .into_iter()
        .filter_map(|(field, patch)| match patch {
            Patch::Set(text) => Some((field, text.clone())),
            Patch::Keep | Patch::Clear => None,
        })
        .collect();
    if let Some(enabled) = fields.enabled {
        filled.push((Field::Enabled, if enabled { text!(common.yes) } else { text!(common.no) }.to_owned()));
    }
    for (name, patch) in &fields.custom {
        if let Patch::Set(values) = patch {
            filled.push((Field::Custom(name.clone()), values.join(", ")));
        }
    }
    filled
}
