//! The stream of events: who hears it, what it repeats, when it ends.

use crate::import::commit;
use crate::muster::{Installation, on_both_databases};
use app::api::session::SignOut;
use identity::id::JobId;
use std::io::BufRead;

on_both_databases! {
    a_job_is_told_as_it_happens_and_again_to_whoever_was_away,
    nobody_hears_without_a_session_or_with_a_password_to_replace,
    a_stream_ends_with_its_session,
}
const PASSWORD: &str = "a password of my own";

/// An event as a browser gets it.
#[derive(Debug)]
pub struct Heard {
    pub id: i64,
    pub event: serde_json::Value,
}

/// What a stream tells until it ends or breaks. Its chunk sizes are skipped.
pub fn heard(stream: &mut impl BufRead) -> impl Iterator<Item = Heard> {
    let mut id = None;
    stream.lines().map_while(Result::ok).filter_map(move |line| {
        if let Some(number) = line.strip_prefix("id: ").or(line.strip_prefix("id:")) {
            id = number.trim().parse().ok();
        }
        let text = line.strip_prefix("data: ").or(line.strip_prefix("data:"))?;
        Some(Heard { id: id.expect("an event has a number"), event: serde_json::from_str(text).expect("JSON") })
    })
}

/// Reads until an event is what is wanted, and answers all up to it.
fn listen_until(stream: &mut impl BufRead, wanted: impl Fn(&serde_json::Value) -> bool) -> Vec<Heard> {
    let mut all = vec![];
    for heard in heard(stream) {
        let found = wanted(&heard.event);
        all.push(heard);
        if found {
            return all;
        }
    }
    panic!("it ended before that: {all:?}");
}

pub fn is_end_of(job_id: JobId) -> impl Fn(&serde_json::Value) -> bool {
    move |event| event["kind"] == "notification" && event["job_id"] == job_id.0 && event["state"] == "finished"
}

#[tokio::main]
async fn a_job_is_told_as_it_happens_and_again_to_whoever_was_away(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let store = installation.store().await;
    let cookie = muster.sign_in("admin", PASSWORD).cookie().expect("a cookie").to_owned();
    let (status, mut live) = muster.listen(&cookie, None);
    assert_eq!(status, 200);
    let first = commit(&store, "eve", 1).await;
    let heard = listen_until(&mut live, is_end_of(first));
    assert!(heard.windows(2).all(|pair| pair[0].id < pair[1].id), "{heard:?}");
    let last = heard.last().expect("something").id;

    // Somebody whose connection was cut hears what came after, and nothing that came before.
    drop(live);
    let second = commit(&store, "adam", 1).await;
    let (_, mut again) = muster.listen(&cookie, Some(&last.to_string()));
    let heard = listen_until(&mut again, is_end_of(second));
    assert!(heard.iter().all(|heard| heard.id > last && heard.event["job_id"] == second.0), "{heard:?}");
}

fn nobody_hears_without_a_session_or_with_a_password_to_replace(installation: Installation) {
    let muster = installation.start();
    assert_eq!(muster.get("/events", &[]).status, 401);
    let answer = muster.sign_in("admin", muster.one_time_password().expect("printed"));
    assert!(!muster.knows(answer.cookie().expect("a cookie")));
}

fn a_stream_ends_with_its_session(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let cookie = muster.sign_in("admin", PASSWORD).cookie().expect("a cookie").to_owned();
    let (status, mut stream) = muster.listen(&cookie, None);
    assert_eq!(status, 200);
    assert_eq!(muster.call::<SignOut>(&serde_json::json!({}), &[("Cookie", &cookie)]).status, 200);
    // To the end: it comes by itself.
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut stream, &mut rest).expect("the stream ends");
    assert!(!rest.contains("data:"), "{rest}");
}
