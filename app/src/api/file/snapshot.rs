//! The users that the rows of a file may concern.

use super::{MAX_KEYS, SnapshotKeys};
use crate::error::AppError;
use crate::services::{Actor, Permission};
use identity::field::{Field, Patch};
use identity::user::{FieldPatch, User};
use plan::{Record, Snapshot};
use std::collections::BTreeSet;

/// Fields that a plan shows a person by, whatever the file has.
const NAMES: [Field; 4] = [Field::Username, Field::FirstName, Field::LastName, Field::DisplayName];

/// Reads them, cut down to what a plan looks at.
pub(super) async fn read(actor: &Actor, keys: SnapshotKeys) -> Result<Vec<User>, AppError> {
    actor.require(Permission::UsersRead)?;
    let SnapshotKeys { usernames, emails, mut fields } = keys;
    if usernames.len() + emails.len() > MAX_KEYS {
        return Err(AppError::invalid("keys", "too_many", "too many names and addresses at once"));
    }
    fields.extend(NAMES);
    let named = usernames.into_iter().map(|username| FieldPatch { username: Some(username), ..FieldPatch::default() });
    let addressed = emails.into_iter().map(|email| FieldPatch { email: Patch::Set(email), ..FieldPatch::default() });
    let records: Vec<_> = named.chain(addressed).map(|fields| Record { fields, ..Record::default() }).collect();
    let Snapshot { mut users } = actor.store.snapshot(None, &records).await?;
    users.iter_mut().for_each(|user| cut(user, &fields));
    Ok(users)
}

/// Leaves out what the file says nothing of.
fn cut(user: &mut User, fields: &BTreeSet<Field>) {
    let all = Field::FIXED.into_iter().chain(user.fields.custom.keys().cloned().map(Field::Custom).collect::<Vec<_>>());
    for field in all.filter(|field| !fields.contains(field)) {
        // Whether somebody may sign in is no secret, and has no “nothing”.
        let _ = user.fields.set(&field, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::id::UserId;
    use identity::user::UserFields;
    use std::collections::BTreeMap;

    #[test]
    fn only_names_and_what_the_file_has_leave_the_server() {
        let fields = UserFields {
            username: "eve".to_owned(),
            last_name: Some("Novak".to_owned()),
            phone: Some("1".to_owned()),
            department: Some("R&D".to_owned()),
            enabled: true,
            custom: BTreeMap::from([
                ("badge".to_owned(), vec!["7".to_owned()]),
                ("iban".to_owned(), vec!["x".to_owned()]),
            ]),
            ..UserFields::default()
        };
        let (roles, groups) = (BTreeSet::new(), BTreeSet::new());
        let mut user = User { user_id: UserId(1), version: 3, fields: fields.clone(), link: None, roles, groups };
        let mut wanted = BTreeSet::from([Field::Phone, Field::Custom("badge".to_owned())]);
        wanted.extend(NAMES);
        cut(&mut user, &wanted);
        let custom = BTreeMap::from([("badge".to_owned(), vec!["7".to_owned()])]);
        assert_eq!(user.fields, UserFields { department: None, custom, ..fields });
    }
}
