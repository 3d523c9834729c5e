//! PostgreSQL that dies in the middle of a job and comes back.

use crate::caller::{Caller, PASSWORD};
use crate::events::{Heard, heard, is_end_of};
use crate::http;
use crate::import::commit;
use crate::killed::{PEOPLE, has_each_once, wait_for};
use crate::muster::{Installation, Muster};
use app::api::job::CountOutcomes;
use identity::id::JobId;
use job::JobState;
use std::collections::BTreeMap;
use std::io::BufReader;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;
use store::Store;
use testkit::Postgres;

/// What a browser hears up to the end of a job. Where its stream ends, it comes again and says what it heard last. It
/// holds on to nothing of the test, and ends with the server at the latest.
fn listen(address: SocketAddr, cookie: &str, job_id: JobId) -> Vec<Heard> {
    let mut all: Vec<Heard> = vec![];
    loop {
        let last = all.last().map_or(0, |heard| heard.id).to_string();
        let headers = [("Cookie", cookie), ("Connection", "close"), ("Last-Event-ID", &last)];
        let mut stream = BufReader::new(http::open(address, "GET", "/events", &headers, &[]));
        if http::read_head(&mut stream).status == 200 {
            for heard in heard(&mut stream) {
                let is_end = is_end_of(job_id)(&heard.event);
                all.push(heard);
                if is_end {
                    return all;
                }
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Lets the database die at several moments of a job, and waits for the job's end.
async fn interrupt(postgres: &mut Postgres, muster: &Muster, store: &Store, job_id: JobId) {
    for moment in [1, PEOPLE / 3, PEOPLE * 2 / 3] {
        let before = wait_for(store, job_id, |job| job.progress.done() >= moment).await;
        postgres.stop_at_once();
        assert_eq!(muster.get("/healthz", &[]).status, 200, "to end it would help nobody");
        postgres.start_again();
        let after = wait_for(store, job_id, |_| true).await;
        assert!(after.progress.done() >= before.progress.done(), "what was told is still true");
        assert!(!after.state.is_over(), "it was in the middle: {after:?}");
    }
    let job = wait_for(store, job_id, |job| job.state.is_over()).await;
    assert_eq!((job.state, job.progress.applied), (JobState::Finished, PEOPLE), "{}", muster.log());
}

#[test]
fn a_job_goes_on_when_the_database_comes_back_and_does_nothing_twice() {
    let mut postgres = Postgres::start();
    let url = postgres.create_database();
    // As an installation has it: what was answered as written outlives the server.
    postgres.sql("postgres", "alter role muster set synchronous_commit = on");
    let installation = Installation::new().with("MUSTER_DATABASE_URL", &url).with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let store = runtime.block_on(installation.store());
    let job_id = runtime.block_on(commit(&store, "p", PEOPLE));

    let (tell, told) = mpsc::channel();
    let (address, cookie) = (muster.address, administrator.cookie().to_owned());
    std::thread::spawn(move || tell.send(listen(address, &cookie, job_id)));
    runtime.block_on(interrupt(&mut postgres, &muster, &store, job_id));
    let told = told.recv_timeout(Duration::from_secs(60)).expect("the end is told");
    assert!(told.windows(2).all(|pair| pair[0].id < pair[1].id), "nothing is told twice: {told:?}");
    let notified = told.iter().filter(|heard| heard.event["kind"] == "notification");
    let states: Vec<_> = notified.map(|heard| heard.event["state"].as_str()).collect();
    assert_eq!(states, [Some("running"), Some("finished")]);

    let outcomes = administrator.ask(&CountOutcomes { job_id });
    assert_eq!(outcomes, BTreeMap::from([("applied".to_owned(), PEOPLE)]));
    runtime.block_on(has_each_once(&store));
    assert_eq!(muster.get("/readyz", &[]).status, 200);
    let log = muster.log();
    assert!(log.contains("a page was not applied") && !log.contains("panicked"), "{log}");
    assert!(muster.terminate().1.success(), "it is the process that was started first");
}
