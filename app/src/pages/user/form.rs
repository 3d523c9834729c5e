//! The form of a user: what its directory owns is locked.

mod custom;
mod groups;
mod roles;
mod write;

use crate::{
    api::role::RoleLine,
    components::{
        field::{CheckField, TextField},
        field_name::field_name,
        form::{CancelLink, ErrorSummary, Submission, SubmitButton, UnsavedQuestion, changed},
        session::Session,
        toast::Toasts,
    },
    text,
};
use custom::{Custom, CustomFields};
use groups::GroupChoices;
use identity::{
    assignment::Assignment, field::Field, group::GroupName, id::UserId, role::Permission, user::UserFields,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use roles::RoleChoices;
use std::collections::BTreeSet;
use write::{Written, values, write};

/// Whom the form is about.
#[derive(Clone)]
pub(super) struct Subject {
    /// The user and the version that is shown; `None` for a new one.
    pub existing: Option<(UserId, i64)>,
    /// The fields as they are.
    pub fields: UserFields,
    /// The roles as they are.
    pub roles: BTreeSet<Assignment>,
    /// The groups as they are.
    pub groups: BTreeSet<GroupName>,
    /// The fields that a directory owns.
    pub locked: Vec<Field>,
}

/// The fields and roles of a user. Without the permission to write it only shows.
#[component]
pub(super) fn UserForm(
    /// Whom it is about.
    subject: Subject,
    /// All roles.
    roles: Vec<RoleLine>,
    /// An existing user was written: fetch it again.
    #[prop(into)]
    on_saved: Callback<()>,
    /// Somebody else was quicker: their change stands in the history.
    #[prop(optional, into)]
    on_stale: Option<Callback<()>>,
) -> AnyView {
    let session = Session::here();
    let toasts = Toasts::here();
    let navigate = use_navigate();
    let may_write = session.may(Permission::UsersWrite);
    let submission = Submission::new();
    let errors = submission.errors;
    let values = values(&subject.fields);
    let enabled = RwSignal::new(subject.fields.enabled);
    let custom = Custom::new(&subject);
    let chosen = RwSignal::new(subject.roles.clone());
    let groups = RwSignal::new(subject.groups.clone());
    let is_new = subject.existing.is_none();
    let is_locked = {
        let locked = subject.locked.clone();
        move |field: &Field| locked.contains(field)
    };
    let enabled_locked = is_locked(&Field::Enabled);
    let any_locked = !subject.locked.is_empty();

    let fields = values.clone().into_iter().map(|(field, value)| {
        let id = field.name().into_owned();
        let (kind, required) = match field {
            Field::Email => ("email", false),
            Field::Phone => ("tel", false),
            Field::Username => ("text", true),
            _ => ("text", false),
        };
        let label = field_name(&field);
        let locked = is_locked(&field);
        view! { <TextField id=id.clone() label value error=errors.of(id) kind required=required && !locked locked readonly=!may_write /> }
    });
    let fields = fields.collect_view();

    let texts: Vec<_> = values.iter().map(|(_, value)| *value).collect();
    let changed = changed(move || {
        let texts: Vec<_> = texts.iter().map(RwSignal::get).collect();
        (texts, enabled.get(), custom.written(), chosen.get(), groups.get())
    });

    let submit = move |event: leptos::ev::SubmitEvent| {
        let (subject, values, navigate) = (subject.clone(), values.clone(), navigate.clone());
        submission.send(&event, || async move {
            let given = (chosen.get_untracked(), groups.get_untracked());
            let attributes = custom.written()?;
            let written = write(&subject, &values, enabled.get_untracked(), attributes, given).await;
            match written.map_err(|error| custom.placed(error))? {
                Written::Created(user_id) => {
                    toasts.say(text!(users.saved_new));
                    navigate(&format!("/users/{user_id}"), Default::default());
                }
                Written::Edited => {
                    toasts.say(text!(users.saved));
                    on_saved.run(());
                }
            }
            Ok(())
        });
    };
    let label_of = move |id: String| {
        let fixed = || Field::parse(&id).as_ref().map(field_name);
        custom.label_of(&id).or_else(fixed).unwrap_or(id)
    };
    Effect::new(move |_| {
        if let Some(tell) = on_stale.filter(|_| errors.is_stale()) {
            tell.run(());
        }
    });
    let label = if is_new { text!(users.create) } else { text!(common.save) };

    view! {
        <form class="section" method="post" novalidate on:submit=submit aria-label=text!(users.user)>
            <ErrorSummary errors label=label_of />
            {move || {
                errors.is_stale().then(|| view! { <p><a href="#history">{text!(users.who_was_quicker)}</a></p> })
            }}
            {any_locked.then(|| view! { <p class="quiet">{text!(users.locked_about)}</p> })}
            <div class="form-fields">{fields}</div>
            <CheckField
                id="enabled"
                label=text!(common.field_enabled)
                value=enabled
                hint=text!(users.enabled_hint)
                locked=enabled_locked
                readonly=!may_write
            />
            <CustomFields custom errors may_write />
            <RoleChoices roles chosen may_write />
            <GroupChoices chosen=groups may_write />
            {may_write
                .then(|| {
                    view! {
                        <div class="actions">
                            <SubmitButton submission label />
                            <CancelLink to="/users" />
                        </div>
                    }
                })}
        </form>
        {may_write.then(|| view! { <UnsavedQuestion changed /> })}
    }
    .into_any()
}
