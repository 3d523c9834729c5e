//! The roles of a user.

use crate::{
    api::role::RoleLine,
    components::{
        role_boxes::{RoleBox, RoleBoxes},
        session::Session,
    },
    text,
};
use identity::{assignment::Assignment, role::Permission};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A box per role. Only those that the person may give can be changed.
#[component]
pub(super) fn RoleChoices(roles: Vec<RoleLine>, chosen: RwSignal<BTreeSet<Assignment>>, may_write: bool) -> AnyView {
    let may_change = may_write && Session::here().may(Permission::Roles);
    let choice = |RoleLine { role, users: _, may_grant }: RoleLine| RoleBox {
        code: role.code,
        label: role.label,
        // What is saved by hand is seen as it is: nobody asks about it.
        warns: false,
        may_change: may_change && may_grant,
    };
    let hint = (!may_change).then(|| text!(users.roles_locked));
    let roles = roles.into_iter().map(choice).collect();
    view! { <RoleBoxes legend=text!(users.column_roles) hint roles chosen on_change=move |given| chosen.set(given) /> }
        .into_any()
}
