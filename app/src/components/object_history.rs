//! What happened to a group or a role.

use crate::{api::group::ObjectLine, components::history_head::HistoryHead, text};
use leptos::prelude::*;
use plan::objects::{Attribute, Fate, ObjectNote, TextChange};

/// The changes of a group or a role, newest first.
#[component]
pub fn ObjectHistory(
    /// The changes.
    lines: Vec<ObjectLine>,
) -> AnyView {
    view! {
        <section class="section" aria-labelledby="history">
            <h2 id="history">{text!(users.history)}</h2>
            // Those that every installation begins with were made by nobody.
            {lines.is_empty().then(|| view! { <p class="quiet">{text!(users.no_history)}</p> })}
            <ol class="history">{lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: ObjectLine) -> AnyView {
    let ObjectLine { at, author, job_id, note } = line;
    let what = match note.fate {
        Fate::Created => text!(users.created),
        Fate::Changed => text!(users.changed),
        Fate::Removed => text!(groups.removed),
    };
    view! {
        <li>
            <HistoryHead what author job_id at />
            <ObjectChanges note />
        </li>
    }
    .into_any()
}

/// What changed in a group or a role, a line each.
#[component]
pub fn ObjectChanges(
    /// What was kept of it.
    note: ObjectNote,
) -> AnyView {
    let ObjectNote { fate: _, texts, added_permissions, removed_permissions } = note;
    let texts = texts.into_iter().map(|TextChange { attribute, before, after }| {
        let name = match attribute {
            Attribute::Name => text!(groups.name),
            Attribute::Label => text!(groups.label),
            Attribute::Description => text!(groups.description),
        };
        view! {
            <li>
                <span class="field-name">{name}": "</span>
                {before.map(|before| view! { <del class="before" dir="auto">{before}</del> " " })}
                {after.map(|after| view! { <ins class="after" dir="auto">{after}</ins> })}
            </li>
        }
    });
    let permission = || view! { <span class="field-name">{text!(groups.permission)}": "</span> };
    let added = added_permissions.into_iter().map(|code| {
        view! {
            <li>
                {permission()}
                <ins class="after">"+ "{code}</ins>
            </li>
        }
    });
    let removed = removed_permissions.into_iter().map(|code| {
        view! {
            <li>
                {permission()}
                <del class="before">{code}</del>
            </li>
        }
    });
    view! { <ul>{texts.collect_view()} {added.collect_view()} {removed.collect_view()}</ul> }.into_any()
}
