//! From what is written in the form to what is sent.

use super::Subject;
use crate::{
    api::user::{UserForm, create_user, edit_user},
    error::AppError,
};
use identity::{
    assignment::Assignment,
    field::{Field, Value},
    group::GroupName,
    id::UserId,
    user::UserFields,
};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The text fields of the form, in the order in which people read them.
pub(super) fn values(fields: &UserFields) -> Vec<(Field, RwSignal<String>)> {
    Field::FIXED
        .into_iter()
        .filter(|field| *field != Field::Enabled)
        .map(|field| {
            let value = RwSignal::new(shown(fields, &field));
            (field, value)
        })
        .collect()
}

/// A field as the form shows it.
fn shown(fields: &UserFields, field: &Field) -> String {
    match fields.get(field) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}

/// What was done.
pub(super) enum Written {
    /// A new user.
    Created(UserId),
    /// The user that the form showed.
    Edited,
}

/// Sends the form.
pub(super) async fn write(
    subject: &Subject,
    values: &[(Field, RwSignal<String>)],
    enabled: bool,
    custom: BTreeMap<String, Vec<String>>,
    (roles, groups): (BTreeSet<Assignment>, BTreeSet<GroupName>),
) -> Result<Written, AppError> {
    let mut fields = UserFields { enabled, custom, ..subject.fields.clone() };
    for (field, value) in values {
        let text = value.get_untracked();
        // Left alone, even a value that nobody could write here goes back as it came.
        if text == shown(&subject.fields, field) {
            continue;
        }
        let text = text.trim().to_owned();
        if *field == Field::Username {
            fields.username = text;
            continue;
        }
        let accepted = fields.set(field, (!text.is_empty()).then_some(Value::Text(text)));
        debug_assert!(accepted, "a text field takes a text or nothing");
    }
    let form = UserForm { fields, roles, groups: Some(groups) };
    match subject.existing {
        None => create_user(form).await.map(Written::Created),
        Some((user_id, version)) => edit_user(user_id, version, form).await.map(|_| Written::Edited),
    }
}
