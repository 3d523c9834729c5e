//! The form of a role.

use crate::{
    api::role::{RoleForm as Written, create_role, remove_role, save_role},
    components::{
        chips::{Chip, ChipField},
        field::TextField,
        form::{CancelLink, ErrorSummary, Submission, SubmitButton, UnsavedQuestion, changed},
        permission_name::permission_says,
        removal::{Removal, Removing},
        toast::Toasts,
    },
    text,
};
use identity::role::{Role, RoleCode, is_permission};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::collections::BTreeSet;

/// What is written in the form.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    code: RwSignal<String>,
    label: RwSignal<String>,
    description: RwSignal<String>,
    permissions: RwSignal<BTreeSet<String>>,
}

impl Default for Fields {
    fn default() -> Self {
        let code = RwSignal::new("ROLE_".to_owned());
        let (label, description) = (RwSignal::default(), RwSignal::default());
        Self { code, label, description, permissions: RwSignal::default() }
    }
}

impl Fields {
    /// Those of a role.
    pub(super) fn of(role: Role) -> Self {
        let Role { code, label, description, permissions } = role;
        let [code, label, description] = [code.into(), label, description.unwrap_or_default()].map(RwSignal::new);
        Self { code, label, description, permissions: RwSignal::new(permissions) }
    }

    fn written(self) -> Written {
        let Self { code, label, description, permissions } = self;
        let [code, label, description] = [code, label, description].map(|text| text.get_untracked());
        Written { code, label, description, permissions: permissions.get_untracked() }
    }
}

/// Code, label, description and permissions.
#[component]
pub(super) fn RoleForm(
    /// The version that is shown; `None` for a new role.
    version: Option<i64>,
    /// What is written in it.
    fields: Fields,
    /// The permissions that are suggested.
    known: BTreeSet<String>,
    /// Whoever looks at it may not change it.
    readonly: bool,
    /// An existing role was written: fetch it again.
    #[prop(into)]
    on_saved: Callback<()>,
) -> AnyView {
    let (toasts, navigate) = (Toasts::here(), use_navigate());
    let submission = Submission::new();
    let errors = submission.errors;
    let changed = changed(move || fields.written());
    let submit = move |event: leptos::ev::SubmitEvent| {
        let navigate = navigate.clone();
        submission.send(&event, || async move {
            match version {
                None => {
                    let code = create_role(fields.written()).await?;
                    toasts.say(text!(roles.saved_new));
                    navigate(&format!("/roles/{code}"), Default::default());
                }
                Some(version) => {
                    save_role(version, fields.written()).await?;
                    toasts.say(text!(users.saved));
                    on_saved.run(());
                }
            }
            Ok(())
        });
    };
    let label = if version.is_none() { text!(roles.create) } else { text!(common.save) };
    let label_of = |id: String| match id.as_str() {
        "code" => text!(roles.code).to_owned(),
        "label" => text!(roles.label).to_owned(),
        "description" => text!(groups.description).to_owned(),
        _ => text!(roles.gives).to_owned(),
    };
    view! {
        <form class="section" method="post" novalidate on:submit=submit aria-label=text!(roles.role)>
            <ErrorSummary errors label=label_of />
            <TextField
                id="code"
                label=text!(roles.code)
                value=fields.code
                hint=text!(roles.code_hint)
                error=errors.of("code")
                required=version.is_none()
                readonly=readonly || version.is_some()
            />
            <TextField
                id="label"
                label=text!(roles.label)
                value=fields.label
                error=errors.of("label")
                required=!readonly
                readonly
            />
            <TextField
                id="description"
                label=text!(groups.description)
                value=fields.description
                error=errors.of("description")
                readonly
            />
            <Permissions permissions=fields.permissions known error=errors.of("permissions") readonly />
            {(!readonly)
                .then(|| {
                    view! {
                        <div class="actions">
                            <SubmitButton submission label />
                            <CancelLink to="/roles" />
                        </div>
                    }
                })}
        </form>
        {(!readonly).then(|| view! { <UnsavedQuestion changed /> })}
    }
    .into_any()
}

#[component]
fn Permissions(
    permissions: RwSignal<BTreeSet<String>>,
    known: BTreeSet<String>,
    error: Signal<Option<String>>,
    readonly: bool,
) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    Effect::new(move |_| {
        typed.track();
        wrong.set(false);
    });
    let suggestions = Signal::derive(move || permissions.with(|given| known.difference(given).cloned().collect()));
    let add = move |()| {
        let code = typed.get_untracked().trim().to_owned();
        if code.is_empty() {
            return;
        }
        if !is_permission(&code) {
            wrong.set(true);
            return;
        }
        permissions.update(|permissions| {
            permissions.insert(code);
        });
        typed.set(String::new());
    };
    let remove = move |code: String| {
        permissions.update(|permissions| {
            permissions.remove(&code);
        });
    };
    let chip = |code: String| Chip { says: permission_says(&code), value: code };
    let problem = move || if wrong.get() { Some(text!(errors.problem_permission).to_owned()) } else { error.get() };
    view! {
        <ChipField
            id="permissions"
            label=text!(roles.gives)
            hint=text!(roles.permission_add)
            empty=text!(roles.gives_nothing)
            chips=Signal::derive(move || permissions.get().into_iter().map(chip).collect())
            typed
            suggestions
            error=Signal::derive(problem)
            readonly
            on_add=add
            on_remove=remove
        />
    }
    .into_any()
}

/// Removes the role, after a question.
#[component]
pub(super) fn Remove(code: RoleCode, version: i64) -> AnyView {
    let remove = move |()| -> Removing {
        let code = code.clone();
        Box::pin(async move { remove_role(code, version).await.map(drop) })
    };
    view! {
        <Removal
            label=text!(roles.remove)
            why=text!(roles.remove_why)
            done=text!(roles.removed_now)
            to="/roles"
            remove
        />
    }
    .into_any()
}
