//! The history of groups and roles.

use crate::plans::read_json;
use crate::revision::By;
use crate::sql::sql;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::id::{GroupId, JobId};
use identity::role::RoleCode;
use plan::objects::ObjectNote;
use serde::{Deserialize, Serialize};

/// A group or a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// A group.
    Group(GroupId),
    /// A role.
    Role(RoleCode),
}

/// One change of a group or a role (R33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectChange {
    /// When.
    pub at: i64,
    /// Who: the username at that time.
    pub author: String,
    /// The job that did it; `None`: by hand.
    pub job_id: Option<JobId>,
    /// What.
    pub note: ObjectNote,
}

impl Object {
    fn key(&self) -> (&'static str, String) {
        match self {
            Object::Group(group_id) => ("group", group_id.to_string()),
            Object::Role(code) => ("role", code.to_string()),
        }
    }
}

impl Store {
    /// The newest changes of a group or a role.
    pub async fn object_history(&self, object: &Object, limit: u32) -> Result<Vec<ObjectChange>, StoreError> {
        let mut work = self.read("read the history of a group or role").await?;
        let (kind, subject) = object.key();
        let statement = sql("SELECT at, author, job_id, change FROM object_changes WHERE kind = $1 AND subject = $2 \
             ORDER BY change_id DESC LIMIT $3");
        let rows: Vec<(i64, String, Option<i64>, String)> =
            work.all(statement.bind(kind).bind(subject).bind(limit.clamp(1, 1000))).await?;
        let change = |(at, author, job_id, change): (i64, String, Option<i64>, String)| {
            Ok(ObjectChange { at, author, job_id: job_id.map(JobId), note: read_note(&change)? })
        };
        rows.into_iter().map(change).collect()
    }
}

/// A note as it was kept.
pub(crate) fn read_note(change: &str) -> Result<ObjectNote, StoreError> {
    read_json(change, "change of a group or role")
}

/// Keeps what was done.
pub(crate) async fn note(work: &mut Work, object: &Object, note: &ObjectNote, by: By<'_>) -> Result<(), StoreError> {
    let (kind, subject) = object.key();
    let change = serde_json::to_string(note).expect("a note is texts and lists of texts");
    let statement = sql("INSERT INTO object_changes (kind, subject, at, author_id, author, job_id, change) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let statement = statement.bind(kind).bind(subject).bind(by.now).bind(by.author_id.0);
    work.run(statement.bind(by.author).bind(by.job_id.map(|job_id| job_id.0)).bind(change)).await?;
    Ok(())
}
