//! The parts of a row that can be picked by themselves: its fields, its roles and groups.

use super::state::Review;
use crate::{
    components::{field_change::BeforeAfter, field_name::field_name, icon::Icon},
    text,
};
use identity::{assignment::Assignment, group::GroupName};
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

/// The roles and groups that a row gives and takes: a list of each kind that it has, with its box.
pub fn list_parts(row: &Arc<Row>, review: Review, in_grid: bool) -> Vec<AnyView> {
    let name = || row.name.clone();
    let roles = |roles: &[Assignment]| roles.iter().map(Assignment::to_string).collect::<Vec<_>>();
    let groups = |groups: &[GroupName]| groups.iter().map(|group| group.as_str().to_owned()).collect::<Vec<_>>();
    let lists = [
        (Part::Roles, roles(&row.add_roles), text!(review.roles), text!(review.pick_roles, name = name())),
        (
            Part::RemovedRoles,
            roles(&row.remove_roles),
            text!(review.roles_lost),
            text!(review.pick_removed_roles, name = name()),
        ),
        (Part::Groups, groups(&row.add_groups), text!(review.groups), text!(review.pick_groups, name = name())),
        (
            Part::LeftGroups,
            groups(&row.remove_groups),
            text!(review.groups_left),
            text!(review.pick_left_groups, name = name()),
        ),
    ];
    let lists = lists.into_iter().filter(|(_, names, ..)| !names.is_empty());
    lists
        .map(|(part, names, heading, label)| {
            let removed = matches!(part, Part::RemovedRoles | Part::LeftGroups);
            view! {
                <span class="part">
                    <PartBox row=row.clone() part label review in_grid />
                    <span class="part-name">{heading}</span>
                    <span class="roles-added">{names_view(names, removed)}</span>
                </span>
            }
            .into_any()
        })
        .collect()
}

/// Names that are added or removed.
pub fn names_view(names: Vec<String>, removed: bool) -> AnyView {
    names.into_iter().map(|name| name_view(name, removed)).collect_view().into_any()
}

fn name_view(name: String, removed: bool) -> AnyView {
    match removed {
        true => view! { <del class="role-removed">"− " {name}</del> }.into_any(),
        false => view! { <ins class="role-added">"+ " {name}</ins> }.into_any(),
    }
}

/// Each role and group that a row gives or takes, without boxes.
pub fn assignments(row: &Row) -> Vec<AnyView> {
    let roles = |roles: &[Assignment]| roles.iter().map(Assignment::to_string).collect::<Vec<_>>();
    let groups = |groups: &[GroupName]| groups.iter().map(|group| group.as_str().to_owned()).collect();
    let lists = [
        (roles(&row.add_roles), false),
        (roles(&row.remove_roles), true),
        (groups(&row.add_groups), false),
        (groups(&row.remove_groups), true),
    ];
    let names = lists.into_iter().flat_map(|(names, removed)| names.into_iter().map(move |name| (name, removed)));
    names.map(|(name, removed)| name_view(name, removed)).collect()
}
