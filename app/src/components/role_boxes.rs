//! Choosing roles: a box for each, and where it holds.

use super::role_name::role_name;
use crate::{api::import::RoleChoice, text};
use identity::assignment::{Assignment, EVERYWHERE, MAX_SCOPE, Scope};
use identity::role::RoleCode;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A role that can be chosen.
#[derive(Debug, Clone)]
pub struct RoleBox {
    /// Its code.
    pub code: RoleCode,
    /// Its name as it is stored.
    pub label: String,
    /// Whether to say that giving it makes administrators, which a commit asks about.
    pub warns: bool,
    /// Whether the choice is the reader's.
    pub may_change: bool,
}

impl From<RoleChoice> for RoleBox {
    /// Of those that a person may give with an import.
    fn from(RoleChoice { code, label, administrator }: RoleChoice) -> Self {
        Self { code, label, warns: administrator, may_change: true }
    }
}

/// A box for each role, and for one that is ticked a field for its scopes.
#[component]
pub fn RoleBoxes(
    /// What the boxes are for.
    legend: &'static str,
    /// What stands above them.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// The roles.
    roles: Vec<RoleBox>,
    /// Which of them are given, and where.
    #[prop(into)]
    chosen: Signal<BTreeSet<Assignment>>,
    /// They shall be these.
    #[prop(into)]
    on_change: Callback<BTreeSet<Assignment>>,
) -> AnyView {
    let rows = roles.into_iter().map(|role| view! { <Row role chosen on_change /> }).collect_view();
    view! {
        <fieldset class="role-boxes">
            <legend>{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {rows}
            <p class="hint" id="scope-hint" hidden=move || chosen.with(BTreeSet::is_empty)>{text!(roles.scope_hint)}</p>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Row(role: RoleBox, chosen: Signal<BTreeSet<Assignment>>, on_change: Callback<BTreeSet<Assignment>>) -> AnyView {
    let RoleBox { code, label, warns, may_change } = role;
    let name = role_name(&code, &label);
    let shown = code.to_string();
    let code = StoredValue::new(code);
    let ticked = move || code.with_value(|code| chosen.with(|chosen| chosen.iter().any(|given| given.role == *code)));
    let scopes = move || code.with_value(|code| chosen.with(|chosen| scopes_text(chosen, code)));
    let give = move |given: BTreeSet<Assignment>| {
        let others = chosen.get_untracked().into_iter().filter(|other| code.with_value(|code| other.role != *code));
        on_change.run(others.chain(given).collect());
    };
    let warning =
        warns.then(|| view! { <small class="role-warning warns">"⚠ " {text!(import.role_administrator)}</small> });
    view! {
        <div class="role-box">
            <label class="check">
                <input
                    type="checkbox"
                    name="role"
                    value=shown.clone()
                    disabled=!may_change
                    checked=untrack(ticked)
                    prop:checked=ticked
                    on:change:target=move |event| {
                        let everywhere = event.target().checked().then(|| code.get_value().into());
                        give(everywhere.into_iter().collect());
                    }
                />
                <span>{name.clone()} " " <code class="quiet">{shown}</code> {warning}</span>
            </label>
            <input
                class="input role-scope"
                type="text"
                autocomplete="off"
                maxlength=MAX_SCOPE.to_string()
                aria-label=text!(roles.scope_of, role = name)
                aria-describedby="scope-hint"
                placeholder=text!(roles.scope_everywhere)
                readonly=!may_change
                hidden=move || !ticked()
                value=untrack(scopes)
                prop:value=scopes
                on:change:target=move |event| give(code.with_value(|code| assignments(&event.target().value(), code)))
            />
        </div>
    }
    .into_any()
}

/// The scopes within which a role is given, as they are typed; nothing where it holds everywhere and nowhere else.
fn scopes_text(chosen: &BTreeSet<Assignment>, role: &RoleCode) -> String {
    let given: Vec<&Assignment> = chosen.iter().filter(|given| given.role == *role).collect();
    match given.as_slice() {
        [only] if only.is_everywhere() => String::new(),
        given => {
            let scopes = given.iter().map(|given| given.scope.as_ref().map_or(EVERYWHERE, Scope::as_str));
            scopes.collect::<Vec<_>>().join(", ")
        }
    }
}

/// A role within the scopes that were typed, and everywhere only if there is none. What is typed is never less than a
/// scope, or a slip would give the role everywhere: a tabulator counts as a blank, and what is too long is cut.
fn assignments(text: &str, role: &RoleCode) -> BTreeSet<Assignment> {
    let text = text.replace(char::is_control, " ");
    let typed = text.split(',').map(str::trim).filter(|scope| !scope.is_empty());
    let scopes = typed.map(|scope| scope.chars().take(MAX_SCOPE).collect::<String>());
    let given: BTreeSet<Assignment> =
        scopes.map(|scope| Assignment { role: role.clone(), scope: Scope::parse(&scope).ok() }).collect();
    if given.is_empty() { BTreeSet::from([role.clone().into()]) } else { given }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role() -> RoleCode {
        RoleCode::parse("ROLE_EDITOR").expect("a code")
    }

    #[test]
    fn scopes_are_typed_with_commas_and_a_blank_field_is_everywhere() {
        let typed = |text: &str| assignments(text, &role()).iter().map(Assignment::to_string).collect::<Vec<_>>();
        assert_eq!(typed("Germany, New  York,,Germany"), ["ROLE_EDITOR@Germany", "ROLE_EDITOR@New  York"]);
        assert_eq!(typed("  "), ["ROLE_EDITOR"]);
        assert_eq!(typed("Germany, *"), ["ROLE_EDITOR", "ROLE_EDITOR@Germany"]);
        assert_eq!(typed("New\tYork\u{0}"), ["ROLE_EDITOR@New York"], "no slip gives it everywhere");
        assert_eq!(typed(&"x".repeat(MAX_SCOPE + 1)), [format!("ROLE_EDITOR@{}", "x".repeat(MAX_SCOPE))]);
    }

    #[test]
    fn what_was_typed_is_shown_again() {
        for text in ["", "Germany", "*, Germany", "Austria, Germany"] {
            let mut chosen = assignments(text, &role());
            chosen.insert(Assignment::parse("ROLE_OTHER@Italy").expect("an assignment"));
            assert_eq!(scopes_text(&chosen, &role()), text);
        }
    }
}
