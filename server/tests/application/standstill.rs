//! PostgreSQL that takes what people write and nothing of a job, as on a disk that is full but for a little.

use crate::caller::{Caller, PASSWORD};
use crate::http::Answer;
use crate::import::commit;
use crate::muster::{Installation, Muster};
use app::api::job::{FetchJob, JobView, Standstill};
use identity::id::JobId;
use job::JobState;
use std::time::{Duration, Instant};

const PEOPLE: u32 = 50;

/// Asks until the answer is as wanted.
pub fn eventually<T: std::fmt::Debug>(ask: impl Fn() -> T, wanted: impl Fn(&T) -> bool) -> T {
    let begun = Instant::now();
    loop {
        let answer = ask();
        if wanted(&answer) {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "it stays so: {answer:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The job stands still, and whoever looks is told why.
pub fn stands_still(muster: &Muster, administrator: &Caller<'_>, job_id: JobId) -> JobView {
    let ready = eventually(|| muster.get("/readyz", &[]), |answer: &Answer| answer.status == 503);
    assert!(
        ready.body.contains("disk") && ready.body.contains("full") && ready.body.contains("room"),
        "{}",
        ready.body
    );
    assert_eq!(muster.get("/healthz", &[]).status, 200, "to end it would help nobody");
    let job = administrator.ask(&FetchJob { job_id });
    assert_eq!(job.standstill, Some(Standstill::DiskFull));
    job
}

/// The job comes to its end, and nobody is told of anything any more.
pub fn goes_on(muster: &Muster, administrator: &Caller<'_>, job_id: JobId, people: u32) {
    let job = eventually(|| administrator.ask(&FetchJob { job_id }), |job| job.state.is_over());
    assert_eq!((job.state, job.progress.applied, job.standstill), (JobState::Finished, people, None));
    eventually(|| muster.get("/readyz", &[]).status, |status| *status == 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_can_be_neither_begun_nor_ended_says_why_and_goes_on_when_there_is_room() {
    let installation = Installation::on_postgres().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let store = installation.store().await;
    installation.meddle(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$",
    );
    for (name, refused, state) in
        [("begin", "true", JobState::Queued), ("end", "NEW.ended_at IS NOT NULL", JobState::Running)]
    {
        installation.meddle(&format!(
            "CREATE TRIGGER refuse BEFORE UPDATE ON jobs FOR EACH ROW WHEN ({refused}) EXECUTE FUNCTION refuse()"
        ));
        let job_id = commit(&store, name, PEOPLE).await;
        let job = stands_still(&muster, &administrator, job_id);
        assert_eq!((job.state, job.failure), (state, None), "{name}");
        installation.meddle("DROP TRIGGER refuse ON jobs");
        goes_on(&muster, &administrator, job_id, PEOPLE);
    }
}
