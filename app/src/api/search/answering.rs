//! From the pages of a reading to the lines of an answer.

use super::{SearchLine, SearchRow};
use crate::api::lines::send_lines;
use crate::error::AppError;
use crate::services::Actor;
use identity::field::Patch;
use identity::id::DirectoryId;
use identity::import::ImportRequest;
use plan::state::RowState;
use plan::{Record, Row};
use server_fn::codec::ByteStream;
use std::collections::BTreeSet;
use tokio::sync::mpsc::Sender;
use worker::planning;
use worker::reading::{Next, ReadPage, Reading};

/// Begins a search.
pub async fn answer(actor: &Actor, directory_id: DirectoryId, query: String) -> Result<ByteStream<AppError>, AppError> {
    let target = actor.target(directory_id).await?;
    let request = ImportRequest::everything(directory_id, query);
    let settings = &target.settings;
    let wanted = planning::wanted(settings, &request)?;
    let policy =
        planning::policy(&actor.store, settings, &request, BTreeSet::new(), actor.user_id(), actor.now()).await?;
    let store = actor.store.clone();
    Ok(send_lines(async move |lines| tell(Reading::begin(store, target, wanted, policy), lines).await))
}

async fn tell(mut reading: Reading, lines: Sender<SearchLine>) {
    loop {
        let line = match reading.next().await {
            Ok(Next::Page(ReadPage { records, rows, references })) => {
                let rows = records.into_iter().zip(rows).map(|(record, row)| search_row(record, row)).collect();
                SearchLine::Page { rows, references }
            }
            // Each page has told of its own references.
            Ok(Next::Complete { summary, references: _ }) => SearchLine::Done { total: summary.counts.rows() },
            Err(error) => SearchLine::Failed { error: error.into() },
        };
        let last = !matches!(line, SearchLine::Page { .. });
        if lines.send(line).await.is_err() || last {
            return;
        }
    }
}

fn search_row(record: Record, row: Row) -> SearchRow {
    let state = RowState::of(&row);
    let (external_id, dn) = row.entry.map_or((None, String::new()), |entry| (Some(entry.external_id), entry.dn));
    let text = |patch| match patch {
        Patch::Set(text) => Some(text),
        Patch::Keep | Patch::Clear => None,
    };
    SearchRow {
        external_id,
        dn,
        username: row.username,
        name: row.name,
        email: text(record.fields.email),
        department: text(record.fields.department),
        job_title: text(record.fields.job_title),
        state,
    }
}
