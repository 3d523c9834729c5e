//! What is kept of a change of a user.

use crate::StoreError;
use crate::sql::sql;
use crate::users::UserChange;
use crate::work::Work;
use identity::assignment::Assignment;
use identity::group::GroupName;
use identity::id::{JobId, UserId};
use plan::FieldChange;
use serde::{Deserialize, Serialize};

/// The column `change` of `user_changes`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Note {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<FieldChange>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) added_roles: Vec<Assignment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) removed_roles: Vec<Assignment>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) added_groups: Vec<GroupName>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) removed_groups: Vec<GroupName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unlinked_dn: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) password_given: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) password_link: bool,
}

impl Note {
    /// The text that is stored.
    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).expect("a note is texts, lists and flags")
    }
}

/// A row of `user_changes`.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct ChangeRow {
    version: i64,
    step: i64,
    at: i64,
    author: String,
    job_id: Option<i64>,
    change: String,
}

impl TryFrom<ChangeRow> for UserChange {
    type Error = StoreError;

    fn try_from(row: ChangeRow) -> Result<Self, StoreError> {
        let ChangeRow { version, step, at, author, job_id, change } = row;
        let note = serde_json::from_str(&change).map_err(|_| StoreError::Corrupt { what: "change of a user" })?;
        let Note {
            fields,
            added_roles,
            removed_roles,
            added_groups,
            removed_groups,
            dn,
            unlinked_dn,
            password_given,
            password_link,
        } = note;
        let job_id = job_id.map(JobId);
        Ok(UserChange {
            version,
            step,
            at,
            author,
            job_id,
            fields,
            added_roles,
            removed_roles,
            added_groups,
            removed_groups,
            dn,
            unlinked_dn,
            password_given,
            password_link,
        })
    }
}

/// Notes what happened to a user at a version and changed nothing of it. Nobody's number is 0.
pub(crate) async fn add_step(
    work: &mut Work,
    user_id: UserId,
    version: i64,
    (author, name): (Option<UserId>, &str),
    note: &Note,
    now: i64,
) -> Result<(), StoreError> {
    let statement = sql("INSERT INTO user_changes (user_id, version, step, at, author_id, author, change) \
         SELECT $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5, $6 FROM user_changes \
         WHERE user_id = $1 AND version = $2");
    let statement = statement.bind(user_id.0).bind(version).bind(now);
    work.run(statement.bind(author.map_or(0, |author| author.0)).bind(name).bind(note.json())).await?;
    Ok(())
}
