//! The form of a group.

use crate::{
    api::group::{GroupForm as Written, create_group, remove_group, save_group},
    components::{
        field::TextField,
        form::{CancelLink, ErrorSummary, Submission, SubmitButton, UnsavedQuestion, changed},
        removal::{Removal, Removing},
        session::Session,
        toast::Toasts,
    },
    text,
};
use identity::{group::GroupFields, id::GroupId, role::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

/// What is written in the form.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    name: RwSignal<String>,
    label: RwSignal<String>,
    description: RwSignal<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let blank = || RwSignal::new(String::new());
        Self { name: blank(), label: blank(), description: blank() }
    }
}

impl Fields {
    /// Those of a group.
    pub(super) fn of(fields: GroupFields) -> Self {
        let GroupFields { name, label, description } = fields;
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        Self { name: text(Some(name.into())), label: text(label), description: text(description) }
    }

    fn written(self) -> Written {
        let Self { name, label, description } = self;
        let [name, label, description] = [name, label, description].map(|text| text.get_untracked());
        Written { name, label, description }
    }
}

/// Name, label and description. Without the permission to write it only shows.
#[component]
pub(super) fn GroupForm(
    /// The group and the version that is shown; `None` for a new one.
    existing: Option<(GroupId, i64)>,
    /// What is written in it.
    fields: Fields,
    /// An existing group was written: fetch it again.
    #[prop(into)]
    on_saved: Callback<()>,
) -> AnyView {
    let readonly = !Session::here().may(Permission::UsersWrite);
    let (toasts, navigate) = (Toasts::here(), use_navigate());
    let submission = Submission::new();
    let errors = submission.errors;
    let changed = changed(move || fields.written());
    let submit = move |event: leptos::ev::SubmitEvent| {
        let navigate = navigate.clone();
        submission.send(&event, || async move {
            match existing {
                None => {
                    let group_id = create_group(fields.written()).await?;
                    toasts.say(text!(groups.saved_new));
                    navigate(&format!("/groups/{group_id}"), Default::default());
                }
                Some((group_id, version)) => {
                    save_group(group_id, version, fields.written()).await?;
                    toasts.say(text!(users.saved));
                    on_saved.run(());
                }
            }
            Ok(())
        });
    };
    let label = if existing.is_none() { text!(groups.create) } else { text!(common.save) };
    let label_of = |id: String| match id.as_str() {
        "label" => text!(groups.label).to_owned(),
        "description" => text!(groups.description).to_owned(),
        _ => text!(groups.name).to_owned(),
    };
    view! {
        <form class="section" method="post" novalidate on:submit=submit aria-label=text!(groups.group)>
            <ErrorSummary errors label=label_of />
            <TextField
                id="name"
                label=text!(groups.name)
                value=fields.name
                hint=text!(groups.name_hint)
                error=errors.of("name")
                required=true
                readonly
            />
            <TextField
                id="label"
                label=text!(groups.label)
                value=fields.label
                hint=text!(groups.label_hint)
                error=errors.of("label")
                readonly
            />
            <TextField
                id="description"
                label=text!(groups.description)
                value=fields.description
                error=errors.of("description")
                readonly
            />
            {(!readonly)
                .then(|| {
                    view! {
                        <div class="actions">
                            <SubmitButton submission label />
                            <CancelLink to="/groups" />
                        </div>
                    }
                })}
        </form>
        {(!readonly).then(|| view! { <UnsavedQuestion changed /> })}
    }
    .into_any()
}

/// Removes the group, after a question.
#[component]
pub(super) fn Remove(group_id: GroupId, version: i64, members: u32) -> AnyView {
    let remove = move |()| -> Removing { Box::pin(async move { remove_group(group_id, version).await.map(drop) }) };
    view! {
        <Removal
            label=text!(groups.remove)
            why=text!(groups.remove_why, count = members, n = text::number(members))
            done=text!(groups.removed_now)
            to="/groups"
            remove
        />
    }
    .into_any()
}
