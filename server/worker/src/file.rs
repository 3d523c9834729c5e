//! From the records of a file to a stored plan.

use crate::planning::{Planned, PlanningError};
use identity::id::UserId;
use identity::import::{FileOptions, FileRequest};
use plan::packed::{NotRecords, unpack};
use plan::{FilePolicy, Planner, Policy, Record, Snapshot};
use std::collections::BTreeSet;
use store::plans::PlanSource;
use store::{Store, StoreError};

/// What is decided before the records of a file are planned. `file` is what its rows may name.
pub async fn policy(
    store: &Store,
    options: &FileOptions,
    file: FilePolicy,
    author: UserId,
    now: i64,
) -> Result<Policy, StoreError> {
    Ok(Policy {
        directory_id: None,
        // Rows of a file belong to the user of their name: there is no conflict.
        name_conflict: identity::directory::NameConflict::Link,
        link: BTreeSet::new(),
        roles: options.roles.clone(),
        roles_to_existing: options.roles_to_existing,
        beyond: store.roles_beyond(author).await?,
        administrator_roles: store.administrator_roles().await?,
        file: Some(file),
        acting_user: author,
        last_administrator: store.last_administrator(now).await?,
    })
}

/// Plans the records that were sent up, chunk by chunk, and stores the plan. `tell` hears how many records were planned
/// so far.
pub async fn plan_file(
    store: &Store,
    request: &FileRequest,
    policy: Policy,
    author: UserId,
    now: i64,
    mut tell: impl FnMut(u32) + Send,
) -> Result<Planned, PlanningError> {
    let source = PlanSource {
        directory_id: None,
        name: request.name.clone(),
        query: String::new(),
        request: serde_json::to_string(request).expect("a request is made of texts, numbers and lists"),
    };
    let plan_id = store.begin_plan(&source, &policy, author, now).await.map_err(PlanningError::Store)?;
    let mut planner = Planner::new(policy);
    let (mut chunk, mut rows_so_far) = (0, 0);
    let mut next = read(store, request, chunk).await?;
    while let Some((records, snapshot)) = next {
        let rows = planner.page(&records, &snapshot);
        chunk += 1;
        // The next chunk is read while this one is stored.
        let (stored, following) = tokio::join!(store.append_plan_rows(plan_id, &rows), read(store, request, chunk));
        stored.map_err(PlanningError::Store)?;
        rows_so_far += u32::try_from(rows.len()).unwrap_or(u32::MAX);
        tell(rows_so_far);
        next = following?;
    }
    let summary = planner.finish();
    store.finish_plan(plan_id, &summary).await.map_err(PlanningError::Store)?;
    let asked = request.lines.as_ref().map_or(rows_so_far, |lines| u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let missing = asked.saturating_sub(rows_so_far);
    Ok(Planned { plan_id, digest: summary.digest, rows: rows_so_far, missing, references: 0 })
}

/// The wanted records of a chunk, and the users that they may concern. `None` behind the last chunk.
async fn read(
    store: &Store,
    request: &FileRequest,
    chunk: u32,
) -> Result<Option<(Vec<Record>, Snapshot)>, PlanningError> {
    let Some(packed) = store.find_chunk(request.upload_id, chunk).await.map_err(PlanningError::Store)? else {
        return Ok(None);
    };
    let records = records(&packed, request).map_err(PlanningError::Records)?;
    let snapshot = store.snapshot(None, &records).await.map_err(PlanningError::Store)?;
    Ok(Some((records, snapshot)))
}

/// The wanted records of a chunk.
fn records(packed: &[u8], request: &FileRequest) -> Result<Vec<Record>, NotRecords> {
    let mut records: Vec<Record> = unpack(packed)?;
    if let Some(lines) = &request.lines {
        records.retain(|record| record.line.is_some_and(|line| lines.contains(&line)));
    }
    Ok(records)
}
