//! What may be written by hand.

mod custom;

use super::{UserForm, UserView};
use crate::{
    error::{AppError, Conflict, Problem, What},
    services::{Actor, Permission},
};
use identity::{
    assignment::{Assignment, roles_of},
    field::{Field, Value},
    id::UserId,
    user::{Origin, User, UserFields},
    username,
};
use std::collections::{BTreeMap, BTreeSet};
use store::editing::Given;
use store::users::Written;

/// The longest value of a field, in characters.
const MAX_LENGTH: usize = 1000;

/// Trims what was written, and says all that is wrong with it. What is as it was `before` stays as it is: a directory or
/// a file may have brought what nobody may write by hand, and that is no reason to refuse a change beside it.
pub(super) fn accept(form: UserForm, before: Option<&UserFields>) -> Result<UserForm, AppError> {
    let UserForm { mut fields, roles, groups } = form;
    let mut problems = Vec::new();
    let stays = |field: &Field, value: &Option<Value>| before.is_some_and(|before| before.get(field) == *value);
    for field in Field::FIXED {
        let value = fields.get(&field);
        if stays(&field, &value) {
            continue;
        }
        let Some(Value::Text(text)) = value else { continue };
        match accept_text(&field, &text) {
            Ok(value) => {
                let accepted = fields.set(&field, value);
                debug_assert!(accepted, "a text field takes a text or nothing");
            }
            Err(AppError::Invalid { problems: found }) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    let none = BTreeMap::new();
    match custom::accept(std::mem::take(&mut fields.custom), before.map_or(&none, |before| &before.custom)) {
        Ok(custom) => fields.custom = custom,
        Err(found) => problems.extend(found),
    }
    if problems.is_empty() { Ok(UserForm { fields, roles, groups }) } else { Err(AppError::Invalid { problems }) }
}

/// The value that a text stands for, `None` for a blank one, or what is wrong with it.
fn accept_text(field: &Field, text: &str) -> Result<Option<Value>, AppError> {
    if *field == Field::Username {
        return Ok(Some(Value::Text(username::check(text)?.to_owned())));
    }
    let text = text.trim();
    let invalid = |code: &str, message: &str| Err(AppError::invalid(&field.name(), code, message));
    if text.chars().count() > MAX_LENGTH {
        invalid("too_long", &format!("at most {MAX_LENGTH} characters"))
    } else if text.chars().any(char::is_control) {
        invalid("control_characters", "no control characters")
    } else if !text.is_empty() && !field.fits(text) {
        invalid(&field.name(), &format!("not a value of {}", field.name()))
    } else {
        Ok((!text.is_empty()).then(|| Value::Text(text.to_owned())))
    }
}

/// A directory's fields are changed in the directory.
pub(super) fn locked_fields_stay(shown: &UserView, fields: &UserFields) -> Result<(), AppError> {
    let changed = shown.locked.iter().filter(|field| shown.user.fields.get(field) != fields.get(field));
    let problems: Vec<Problem> =
        changed.map(|field| Problem::new(field.name(), "locked", "the directory owns this field")).collect();
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid { problems }) }
}

/// Whether an edit concerns what lets somebody sign in as the user, which needs all that the user may do.
pub(super) fn concerns_sign_in(before: &UserFields, after: &UserFields) -> bool {
    Field::FIXED.iter().any(|field| field.changes_sign_in(before.get(field).as_ref(), after.get(field).as_ref()))
}

/// Who may make a password for a user, or a link to choose one: either is a way to become that user.
pub(super) async fn may_give_password(actor: &Actor, user: &User) -> Result<(), AppError> {
    if user.origin() == Origin::External {
        return Err(AppError::invalid("", "external", "the directory keeps the password of this user"));
    }
    actor.may_grant(&user.roles).await
}

/// Roles are changed by those who may, who have all that the new ones give.
pub(super) async fn may_change_roles(
    actor: &Actor,
    before: &BTreeSet<Assignment>,
    after: &BTreeSet<Assignment>,
) -> Result<(), AppError> {
    if before == after {
        return Ok(());
    }
    actor.require(Permission::Roles)?;
    if !actor.store.unknown_roles(&roles_of(after)).await?.is_empty() {
        return Err(AppError::Conflict { conflict: Conflict::UnknownRole });
    }
    // Taking away is guarded like giving: somebody with fewer permissions must not be able to disarm an administrator.
    actor.may_grant(before.symmetric_difference(after)).await
}

/// What the form gives beside fields.
pub(super) fn given(form: &UserForm) -> Given<'_> {
    Given { roles: &form.roles, groups: form.groups.as_ref() }
}

/// What the store answered, for a browser.
pub(super) fn answer(written: Written) -> Result<UserId, AppError> {
    match written {
        Written::Applied(user_id) => Ok(user_id),
        Written::Stale => Err(AppError::Stale),
        Written::UsernameTaken => Err(AppError::invalid("username", "taken", "this name is taken")),
        Written::Gone => Err(AppError::not_found(What::User)),
        Written::UnknownGroup => Err(AppError::Conflict { conflict: Conflict::UnknownGroup }),
        Written::LastAdministrator => Err(AppError::Conflict { conflict: Conflict::LastAdministrator }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(fields: UserFields, before: Option<&UserFields>) -> Result<UserFields, Vec<String>> {
        match accept(UserForm { fields, roles: BTreeSet::new(), groups: None }, before) {
            Ok(form) => Ok(form.fields),
            Err(AppError::Invalid { problems }) => {
                Err(problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect())
            }
            Err(error) => Err(vec![error.to_string()]),
        }
    }

    fn eve() -> UserFields {
        UserFields { username: "eve".to_owned(), enabled: true, ..UserFields::default() }
    }

    #[test]
    fn blanks_around_a_value_go_and_a_blank_value_is_none() {
        let written = UserFields { username: " eve ".to_owned(), phone: Some("  ".to_owned()), ..eve() };
        assert_eq!(accepted(written, None), Ok(eve()));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let written = UserFields {
            username: " ".to_owned(),
            email: Some("eve at example".to_owned()),
            phone: Some("1\u{0}2".to_owned()),
            ..eve()
        };
        let problems = ["username: missing", "email: email", "phone: control_characters"];
        assert_eq!(accepted(written, None), Err(problems.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_stays_as_it_was_is_no_reason_to_refuse() {
        let before = UserFields {
            email: Some("none".to_owned()),
            custom: [("note".to_owned(), vec!["x".repeat(MAX_LENGTH + 1)])].into(),
            ..eve()
        };
        let written = UserFields { phone: Some("7".to_owned()), ..before.clone() };
        assert_eq!(accepted(written.clone(), Some(&before)), Ok(written));
        let written = UserFields { email: Some("nobody".to_owned()), ..before.clone() };
        assert_eq!(accepted(written, Some(&before)), Err(vec!["email: email".to_owned()]));
        let written = UserFields { custom: [("note".to_owned(), vec!["x".repeat(MAX_LENGTH + 2)])].into(), ..eve() };
        assert_eq!(accepted(written, Some(&before)), Err(vec!["custom:note: too_long".to_owned()]));
    }
}
