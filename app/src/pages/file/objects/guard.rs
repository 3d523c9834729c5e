//! The question before a file of roles takes or gives much: type the number.

use crate::components::confirm::Confirm;
use crate::text;
use leptos::prelude::*;
use plan::objects::role::{RoleGuard, Tripped};

/// Asks for the number.
#[component]
pub fn RoleGuardDialog(
    /// What is asked about.
    tripped: Tripped,
    /// The number was typed.
    #[prop(into)]
    on_confirm: Callback<u32>,
) -> AnyView {
    let Tripped { guards, roles } = tripped;
    let mut says: Vec<String> = guards.iter().map(guard_text).collect();
    says.push(text!(objects.guard_type, n = roles));
    view! {
        <Confirm
            open=RwSignal::new(true)
            title=text!(review.guard_title)
            message=says.join(" ")
            action=text!(review.guard_confirm)
            word=roles.to_string()
            on_confirm=move |()| on_confirm.run(roles)
        />
    }
    .into_any()
}

fn guard_text(guard: &RoleGuard) -> String {
    match guard {
        RoleGuard::MakesAdministrators { roles } => {
            text!(objects.guard_administrators, count = *roles, n = text::number(*roles))
        }
        RoleGuard::TakesPermissions { roles } => {
            text!(objects.guard_takes, count = *roles, n = text::number(*roles))
        }
    }
}
