//! What is decided beside the columns: blank cells, many values in a cell, roles for new users.

use super::state::FileImport;
use crate::api::import::{PersonChoice, RoleChoice, list_role_choices};
use crate::components::copy_roles::{CopyRoles, role_list};
use crate::components::error_view::ErrorView;
use crate::components::role_boxes::{RoleBox, RoleBoxes};
use crate::text;
use identity::assignment::Assignment;
use identity::role::RoleCode;
use leptos::prelude::*;
use plan::sheet::Blank;
use std::collections::BTreeSet;

/// What is decided beside the columns.
#[component]
pub fn Decisions(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let blank = move |value: Blank, word: &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name="blank"
                    prop:checked=move || file.mapping.with(|mapping| mapping.blank == value)
                    on:change=move |_| file.mapping.update(|mapping| mapping.blank = value)
                />
                {word}
            </label>
        }
    };
    let choices = LocalResource::new(list_role_choices);
    let roles = move || match choices.get() {
        None => view! { <p aria-busy="true">{text!(common.loading)}</p> }.into_any(),
        Some(Ok(choices)) => view! { <Boxes choices file /> }.into_any(),
        Some(Err(error)) => view! { <ErrorView error on_retry=move |()| choices.refetch() /> }.into_any(),
    };
    view! {
        <section class="file-decisions" aria-labelledby="decisions-title">
            <h2 id="decisions-title">{text!(files.decisions)}</h2>
            <fieldset>
                <legend>{text!(files.blank)}</legend>
                {blank(Blank::Keep, text!(files.blank_keep))}
                {blank(Blank::Clear, text!(files.blank_clear))}
            </fieldset>
            <div class="field">
                <label for="separator">{text!(files.separator)}</label>
                <input
                    class="input is-short"
                    id="separator"
                    type="text"
                    maxlength="5"
                    prop:value=move || file.mapping.with(|mapping| mapping.separator.clone())
                    on:change:target=move |event| {
                        let separator = event.target().value();
                        file.mapping.update(|mapping| mapping.separator = separator);
                    }
                />
                <p class="hint">{text!(files.separator_hint)}</p>
            </div>
            // Roles that a profile brought are not hidden.
            <details open=file.options.with_untracked(|options| !options.roles.is_empty())>
                <summary>{text!(files.roles)}</summary>
                {roles}
            </details>
        </section>
    }
    .into_any()
}

/// The roles that new users can be given.
#[component]
fn Boxes(
    /// All of them.
    choices: Vec<RoleChoice>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let may_give = StoredValue::new(choices.iter().map(|choice| choice.code.clone()).collect::<BTreeSet<_>>());
    let roles = choices.into_iter().map(RoleBox::from).collect();
    let chosen = Signal::derive(move || file.options.with(|options| options.roles.clone()));
    let copied = RwSignal::new(None::<String>);
    let copy = move |person: PersonChoice| {
        copied.set(Some(may_give.with_value(|may_give| copied_text(&person, may_give))));
        let roles = person.roles.into_iter();
        let given = roles.filter(|given| may_give.with_value(|may_give| may_give.contains(&given.role)));
        file.options.update(|options| options.roles.extend(given));
    };
    view! {
        <RoleBoxes
            legend=text!(files.roles_new)
            roles
            chosen
            on_change=move |given| file.options.update(|options| options.roles = given)
        />
        <CopyRoles on_choose=copy>{move || copied.get().map(|text| view! { <p role="status">{text}</p> })}</CopyRoles>
        <label>
            <input
                type="checkbox"
                prop:checked=move || file.options.with(|options| options.roles_to_existing)
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    file.options.update(|options| options.roles_to_existing = wanted);
                }
            />
            {text!(files.roles_existing)}
        </label>
    }
    .into_any()
}

/// Whose roles are ticked by now, and which of them the reader may not give.
fn copied_text(person: &PersonChoice, may_give: &BTreeSet<RoleCode>) -> String {
    let (given, refused): (Vec<Assignment>, Vec<_>) =
        person.roles.iter().cloned().partition(|given| may_give.contains(&given.role));
    let mut text = text!(files.roles_copied, name = person.name.clone(), roles = role_list(&given));
    if !refused.is_empty() {
        text = format!("{text} {}", text!(files.roles_not_copied, roles = role_list(&refused)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::id::UserId;

    #[test]
    fn roles_that_the_reader_may_not_give_are_named() {
        Owner::new().with(|| {
            let role = |text: &str| Assignment::parse(text).expect("an assignment");
            let roles = vec![role("ROLE_ADMINISTRATOR"), role("ROLE_AUDITOR@Germany")];
            let (username, name) = ("eve".to_owned(), "Eve".to_owned());
            let person = PersonChoice { user_id: UserId(1), username, name, roles };
            let may_give = BTreeSet::from([role("ROLE_AUDITOR").role]);
            let text = copied_text(&person, &may_give);
            assert!(text.contains("Roles copied from Eve: ROLE_AUDITOR@Germany."), "{text}");
            assert!(text.contains("Not copied, because you may not give them: ROLE_ADMINISTRATOR."), "{text}");
            let text = copied_text(&PersonChoice { roles: vec![], ..person }, &may_give);
            assert_eq!(text, "Roles copied from Eve: none.");
        });
    }
}
