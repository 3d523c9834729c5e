//! The question before something that is never done by the way: type the number.

use crate::{components::confirm::Confirm, text};
use leptos::prelude::*;
use plan::Guard;

/// What a commit asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guarded {
    /// What would be done.
    pub guards: Vec<Guard>,
    /// The number to type.
    pub users: u32,
}

/// What a guard says.
fn guard_text(guard: &Guard) -> String {
    match guard {
        Guard::GivesAdministrator { role, users } => {
            text!(
                review.guard_gives_administrator,
                count = *users,
                n = text::number(*users),
                role = role.as_str().to_owned()
            )
        }
        Guard::DisablesMany { users } => text!(review.guard_disables, count = *users, n = text::number(*users)),
        Guard::TakesFromMany { users } => text!(review.guard_takes, count = *users, n = text::number(*users)),
        Guard::RenamesMany { users } => text!(review.guard_renames, count = *users, n = text::number(*users)),
    }
}

/// Asks for the number.
#[component]
pub fn GuardDialog(
    /// What is asked about.
    guarded: Guarded,
    /// The number was typed.
    #[prop(into)]
    on_confirm: Callback<u32>,
) -> AnyView {
    let Guarded { guards, users } = guarded;
    let mut says: Vec<String> = guards.iter().map(guard_text).collect();
    says.push(text!(review.guard_type, n = users));
    view! {
        <Confirm
            open=RwSignal::new(true)
            title=text!(review.guard_title)
            message=says.join(" ")
            action=text!(review.guard_confirm)
            word=users.to_string()
            on_confirm=move |()| on_confirm.run(users)
        />
    }
    .into_any()
}
