//! Planning again, followed while the server reads and plans; it leads to the new plan.

use super::draft;
use crate::{
    api::{
        lines::read_lines,
        plan::{Replanned, ReplanningLine},
    },
    browser,
    components::{error_view::ErrorView, form::Awake},
    error::AppError,
    pages::file::kept::sent_anew,
    text,
};
use futures::future::{AbortHandle, abortable};
use identity::id::PlanId;
use leptos::{prelude::*, task::spawn_local};
use server_fn::codec::ByteStream;
use std::{pin::Pin, sync::Arc};

/// Asks the server to plan again.
pub type Ask = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<ByteStream<AppError>, AppError>>>> + Send + Sync>;

/// How far the planning is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Not begun.
    Idle,
    /// So many entries were read.
    Reading(u32),
    /// There is a plan.
    Planned(Replanned),
    /// There is no plan.
    Failed(AppError),
}

/// One planning at a time. It is abandoned when the page is left.
#[derive(Debug, Clone, Copy)]
struct Replanning {
    stage: RwSignal<Stage>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Replanning {
    fn new() -> Self {
        let replanning = Self { stage: RwSignal::new(Stage::Idle), running: StoredValue::new(None) };
        on_cleanup(move || replanning.abandon());
        replanning
    }

    fn begin(self, ask: &Ask) {
        self.abandon();
        self.stage.set(Stage::Reading(0));
        let answer = ask();
        let (work, handle) = abortable(async move {
            let end = match answer.await {
                Ok(answer) => read_lines(answer, |line| self.take(line)).await,
                Err(error) => Err(error),
            };
            // The last line may have led to another page, and this one is gone with its signals.
            let unfinished = self.stage.try_with_untracked(|stage| matches!(stage, Stage::Reading(_)));
            let Some(unfinished) = unfinished else { return };
            if let Err(error) = end.and(if unfinished { Err(AppError::Network) } else { Ok(()) }) {
                self.stage.set(Stage::Failed(error));
            }
        });
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Abandoned: whoever did it knows.
            let _ = work.await;
        });
    }

    fn take(self, line: ReplanningLine) {
        self.stage.try_set(match line {
            ReplanningLine::Read { rows } => Stage::Reading(rows),
            ReplanningLine::Planned(replanned) => Stage::Planned(replanned),
            ReplanningLine::Failed { error } => Stage::Failed(error),
        });
    }

    fn stop(self) {
        self.abandon();
        self.stage.set(Stage::Idle);
    }

    fn abandon(self) {
        if let Some(Some(handle)) = self.running.try_update_value(Option::take) {
            handle.abort();
        }
    }
}

/// The button that plans again, and how far that is.
#[component]
pub fn ReplanButton(
    /// What it says.
    #[prop(into)]
    label: String,
    /// Asks the server.
    ask: Ask,
    /// The word in the address of the new plan that says where it comes from.
    from: &'static str,
    /// The plan whose place the new one takes.
    #[prop(optional)]
    instead_of: Option<PlanId>,
) -> AnyView {
    let replanning = Replanning::new();
    Effect::new(move |_| {
        if let Stage::Planned(replanned) = replanning.stage.get() {
            draft::keep(replanned.plan_id, &replanned.selection);
            if let Some(before) = instead_of {
                sent_anew(before, replanned.plan_id);
            }
            // A load of its own: from one plan to another the router keeps the page, and with it what the old one showed.
            browser::go_to(&address(&replanned, from));
        }
    });
    let busy = move || replanning.stage.with(|stage| matches!(stage, Stage::Reading(_) | Stage::Planned(_)));
    let waiting = Awake::must_wait();
    let begin = Callback::new(move |()| replanning.begin(&ask));
    view! {
        <p>
            <button type="button" class="button" disabled=move || waiting.get() || busy() on:click=move |_| begin.run(())>
                {move || if busy() { text!(jobs.again_busy).to_owned() } else { label.clone() }}
            </button>
        </p>
        {move || match replanning.stage.get() {
            Stage::Idle | Stage::Planned(_) => ().into_any(),
            Stage::Reading(rows) => view! { <Reading rows replanning /> }.into_any(),
            Stage::Failed(error) => view! { <ErrorView error on_retry=begin /> }.into_any(),
        }}
    }
    .into_any()
}

/// Entries are read again and planned.
#[component]
fn Reading(
    /// So many up to now.
    rows: u32,
    /// The planning.
    replanning: Replanning,
) -> AnyView {
    let words = if rows == 0 {
        text!(import.planning).to_owned()
    } else {
        text!(import.planning_count, count = rows, n = text::number(rows))
    };
    view! {
        <p class="import-planning">
            <progress aria-label=text!(import.planning)></progress>
            {words}
            <button type="button" class="link" on:click=move |_| replanning.stop()>{text!(import.planning_stop)}</button>
        </p>
    }
    .into_any()
}

/// Where the new plan is, and what is said of it there.
fn address(replanned: &Replanned, from: &str) -> String {
    let Replanned { plan_id, selection: _, new, missing, references } = replanned;
    let mut address = format!("/plans/{plan_id}?again={from}");
    for (word, rows) in [("new", *new), ("missing", *missing), ("references", *references)] {
        if rows > 0 {
            address.push_str(&format!("&{word}={rows}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::Selection;

    #[test]
    fn the_address_says_what_is_different() {
        let replanned = |new, missing, references| Replanned {
            plan_id: PlanId(7),
            selection: Selection::default(),
            new,
            missing,
            references,
        };
        assert_eq!(address(&replanned(0, 0, 0), "rest"), "/plans/7?again=rest");
        let whole = "/plans/7?again=changed&new=2&missing=3&references=1";
        assert_eq!(address(&replanned(2, 3, 1), "changed"), whole);
    }
}
