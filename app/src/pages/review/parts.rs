//! The parts of a row that can be picked by themselves: its fields, its roles.

use super::state::Review;
use crate::{
    components::{field_change::BeforeAfter, field_name::field_name, icon::Icon},
    text,
};
use leptos::prelude::*;
use plan::{
    FieldChange, Row,
    selection::{Part, is_needed},
};
use std::sync::Arc;

/// The box that picks a part of a row.
#[component]
fn PartBox(
    /// The row.
    row: Arc<Row>,
    /// The part.
    part: Part,
    /// Whom or what it picks, for screen readers.
    label: String,
    /// The review that the row belongs to.
    review: Review,
    /// Whether the arrows of a grid reach it instead of Tab.
    in_grid: bool,
) -> AnyView {
    if !review.can_pick {
        return ().into_any();
    }
    let kind = row.kind();
    let needed = is_needed(&row, &part);
    let checked = {
        let (row, part) = (row.clone(), part.clone());
        move || {
            review.selection.with(|selection| selection.picks_row(row.row, kind) && selection.picks_part(&row, &part))
        }
    };
    view! {
        <input
            type="checkbox"
            tabindex=in_grid.then_some("-1")
            aria-label=label
            title=needed.then(|| text!(review.needed))
            disabled=needed || !kind.is_change()
            prop:checked=checked
            on:change=move |event| {
                let picked = event_target_checked(&event);
                review.selection.update(|selection| {
                    if picked { selection.pick_part(&row, &part) } else { selection.unpick_part(&row, &part) }
                });
            }
        />
    }
    .into_any()
}

/// A change of a field, with its box, before and after.
#[component]
pub fn FieldPart(
    /// The row.
    row: Arc<Row>,
    /// The change.
    change: FieldChange,
    /// The review that the row belongs to.
    review: Review,
    /// Whether it stands in a cell of a grid.
    in_grid: bool,
) -> AnyView {
    let name = field_name(&change.field);
    let label = text!(review.pick_field, field = name.clone(), name = row.name.clone());
    let lock = row.entry.is_some().then(|| {
        view! { <span class="lock" title=text!(common.locked)>{Icon::Lock.view()}</span> }
    });
    let part = Part::Field(change.field.clone());
    view! {
        <span class="part">
            <PartBox row part label review in_grid />
            <span class="part-name">{name}{lock}</span>
            <BeforeAfter change />
        </span>
    }
    .into_any()
}

/// The roles that a row gives, with their box.
#[component]
pub fn RolesPart(
    /// The row.
    row: Arc<Row>,
    /// The review that the row belongs to.
    review: Review,
    /// Whether it stands in a cell of a grid.
    in_grid: bool,
) -> AnyView {
    let label = text!(review.pick_roles, name = row.name.clone());
    let roles = row
        .add_roles
        .iter()
        .map(|role| view! { <ins class="role-added">"+ " {role.as_str().to_owned()}</ins> })
        .collect_view();
    view! {
        <span class="part">
            <PartBox row part=Part::Roles label review in_grid />
            <span class="part-name">{text!(review.roles)}</span>
            <span class="roles-added">{roles}</span>
        </span>
    }
    .into_any()
}
