//! What lets somebody sign in as a user.

use crate::change::FieldChange;
use identity::field::Field;
use identity::id::DirectoryId;
use identity::user::User;

/// Whether a change of a user concerns what lets somebody sign in as it ([`Field::changes_sign_in`]), and so needs
/// every permission of its roles. `directory_id` is the directory that says so; `None` for a file.
///
/// An internal user that is linked belongs to whoever signs in as the entry. An address that a directory gives to a user
/// of its own lets nobody in: the directory keeps that user's password, and no link to choose one is ever made.
pub fn concerned(user: &User, fields: &[FieldChange], directory_id: Option<DirectoryId>) -> bool {
    let owner = user.link.as_ref().map(|link| link.directory_id);
    let links = directory_id.is_some() && owner.is_none();
    let is_own = directory_id.is_some() && owner == directory_id;
    let concerns = |change: &FieldChange| {
        let FieldChange { field, before, after, mark: _ } = change;
        field.changes_sign_in(before.as_ref(), after.as_ref()) && !(is_own && *field == Field::Email)
    };
    links || fields.iter().any(concerns)
}
