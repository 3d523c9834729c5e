//! `/export/jobs/…/rest`: the rows of a job that were not applied (R21).

use super::ask::{Ask, Download};
use app::error::{AppError, What};
use app::export::undone::Columns;
use axum::extract::Path;
use axum::response::Response;
use identity::id::JobId;

/// The rows that were blocked, and those that were picked and did not come through, each with its reason.
pub async fn undone(Path(job_id): Path<String>, ask: Ask) -> Response {
    let made = write(&ask, &job_id).await;
    ask.answer(made)
}

async fn write(ask: &Ask, job_id: &str) -> Result<Download, AppError> {
    ask.require_export()?;
    let gone = || AppError::not_found(What::Job);
    let job_id: JobId = job_id.parse().map_err(|_| gone())?;
    let format = ask.format()?;
    let is_over = ask.actor.store.find_job(job_id).await?.ok_or_else(gone)?.state.is_over();
    let spool = ask.spool(format, b',').await?;
    let mut undone = ask.actor.store.read_undone(job_id).await?.ok_or_else(gone)?;
    // Which columns there are, only the rows tell.
    let mut columns = Columns::default();
    while let Some(page) = undone.next_page().await? {
        page.iter().for_each(|line| columns.add(&line.row));
    }
    undone.rewind();
    let mut goes_on = spool.rows(vec![columns.header()]).await;
    while goes_on {
        let Some(page) = undone.next_page().await? else { break };
        let row = |line: &store::jobs::ReportRow| columns.row(&line.row, line.outcome.as_ref(), is_over);
        let rows = ask.reads(|| page.iter().map(row).collect());
        goes_on = spool.rows(rows).await;
    }
    drop(undone);
    Ok(Download { name: format!("job-{job_id}-not-applied"), format, spooled: spool.finish().await? })
}
