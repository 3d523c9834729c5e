//! `/export/jobs/…/rest`: the rows of a job that were not applied (R21).

use super::ask::{Ask, Download};
use app::error::{AppError, What};
use app::export::undone::Columns;
use axum::extract::Path;
use axum::response::Response;
use identity::id::JobId;
use identity::role::Permission;
use store::jobs::Job;

/// The rows that were blocked, and those that were picked and did not come through, each with its reason.
pub async fn undone(Path(job_id): Path<String>, ask: Ask) -> Response {
    let made = write(&ask, &job_id).await;
    ask.answer(made)
}

async fn write(ask: &Ask, job_id: &str) -> Result<Download, AppError> {
    let gone = || AppError::not_found(What::Job);
    let job_id = job_id.parse::<JobId>().ok();
    let job = match job_id {
        Some(job_id) => ask.actor.store.find_job(job_id).await?,
        None => None,
    };
    require(ask, job.as_ref())?;
    let (job_id, is_over) = job.map(|job| (job.job_id, job.state.is_over())).ok_or_else(gone)?;
    let format = ask.format()?;
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

/// Whoever committed a job brought its rows along, and may have back what was not applied of them. Others take it out of
/// Muster, as with every export.
fn require(ask: &Ask, job: Option<&Job>) -> Result<(), AppError> {
    match job.is_some_and(|job| job.author == ask.actor.user_id()) {
        true => ask.actor.require(Permission::UsersRead),
        false => ask.require_export(),
    }
}
