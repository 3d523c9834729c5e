//! The tests of a directory's page, told as they happen.

use super::{DirectoryDraft, MAX_COUNT, SHOWN_PEOPLE, TestLine, rules};
use crate::api::lines::send_lines;
use crate::error::AppError;
use crate::services::Actor;
use directory::{DirectoryError, Search, Target};
use identity::cause::{Cause, SettingsReason};
use identity::directory::{Step, StepKind};
use identity::query::Query;
use plan::mapping::map_entry;
use server_fn::codec::ByteStream;
use std::time::Instant;
use tokio::sync::mpsc::Sender;
use worker::reading::attributes;

/// Begins the tests.
pub async fn answer(actor: &Actor, draft: DirectoryDraft) -> Result<ByteStream<AppError>, AppError> {
    let target = rules::target(actor, draft).await?;
    Ok(send_lines(async move |lines| {
        let steps = lines.clone();
        // There are seven steps at most, and the page reads them at once.
        let (told, mut telling) = tokio::sync::mpsc::unbounded_channel();
        let connection = target.test(move |step| drop(told.send(step)));
        let forward = async {
            while let Some(step) = telling.recv().await {
                let _ = steps.send(TestLine::Step { step }).await;
            }
        };
        let (passed, ()) = futures::join!(connection, forward);
        if passed {
            test_users(&target, &lines).await;
        } else {
            let _ = lines.send(TestLine::Failed).await;
        }
    }))
}

async fn test_users(target: &Target, lines: &Sender<TestLine>) {
    let began = Instant::now();
    let found = count(target, lines).await;
    let took_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
    let step = |result| TestLine::Step { step: Step { kind: StepKind::Users, result, unusable: vec![], took_ms } };
    match found {
        Ok(passed) => {
            let _ = lines.send(step(Ok(vec![]))).await;
            let _ = lines.send(passed).await;
        }
        Err(error) => {
            tracing::debug!(error = crate::services::report::chain(&error), "the users test failed");
            let _ = lines.send(step(Err(error.cause))).await;
            let _ = lines.send(TestLine::Failed).await;
        }
    }
}

async fn count(target: &Target, lines: &Sender<TestLine>) -> Result<TestLine, DirectoryError> {
    let settings = &target.settings;
    let filter = Query::All.into_filter(&settings.users).map_err(|_| DirectoryError {
        operation: "read the filter for people".to_owned(),
        cause: Cause::Settings { reason: SettingsReason::Filter },
        source: None,
    })?;
    let mut pages = target.connect().await?.search(Search { filter, attributes: attributes(settings) });
    let (mut people, mut more, mut references, mut records) = (0_u32, false, 0_u32, Vec::new());
    while let Some(page) = pages.next().await? {
        let wanted = SHOWN_PEOPLE.saturating_sub(records.len());
        records.extend(page.entries.iter().take(wanted).map(|entry| map_entry(entry, settings)));
        people = people.saturating_add(u32::try_from(page.entries.len()).unwrap_or(u32::MAX));
        references = references.saturating_add(page.references);
        // Only what is beyond the limit shows that there is more.
        if people > MAX_COUNT {
            (people, more) = (MAX_COUNT, true);
            break;
        }
        let _ = lines.send(TestLine::Counted { people }).await;
    }
    Ok(TestLine::Passed { people, more, references, records })
}
