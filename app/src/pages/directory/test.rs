//! The tests of what the form says, step by step as they happen.

use super::form::Form;
use super::people::MappedPeople;
use super::step::StepLine;
use crate::api::directory::{TestLine, test_directory};
use crate::api::lines::read_lines;
use crate::components::error_view::ErrorView;
use crate::error::AppError;
use crate::text;
use futures::future::{AbortHandle, abortable};
use identity::directory::{Step, StepKind};
use leptos::{prelude::*, task::spawn_local};
use plan::Record;

/// How far the test is.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Idle,
    Running,
    Passed { people: u32, more: bool, references: u32, records: Vec<Record> },
    Failed,
    Refused(AppError),
}

/// A test that can be run, watched and stopped.
#[derive(Clone, Copy)]
struct Test {
    form: Form,
    stage: RwSignal<Stage>,
    steps: RwSignal<Vec<Step>>,
    counted: RwSignal<u32>,
    running: StoredValue<Option<AbortHandle>>,
}

impl Test {
    fn new(form: Form) -> Self {
        let test = Self {
            form,
            stage: RwSignal::new(Stage::Idle),
            steps: RwSignal::default(),
            counted: RwSignal::default(),
            running: StoredValue::new(None),
        };
        on_cleanup(move || test.abandon());
        test
    }

    fn begin(self) {
        self.abandon();
        self.steps.set(vec![]);
        self.counted.set(0);
        if !self.form.check_test() {
            self.stage.set(Stage::Idle);
            return;
        }
        self.stage.set(Stage::Running);
        let draft = self.form.draft();
        let (work, handle) = abortable(async move {
            let end = match test_directory(draft).await {
                Ok(answer) => read_lines(answer, |line| self.take(line)).await,
                Err(error) => Err(error),
            };
            if self.stage.with_untracked(|stage| *stage == Stage::Running) {
                self.refuse(end.err().unwrap_or(AppError::Network));
            }
        });
        self.running.set_value(Some(handle));
        spawn_local(async move {
            // Abandoned: whoever did it knows.
            let _ = work.await;
        });
    }

    fn take(self, line: TestLine) {
        match line {
            TestLine::Step { step } => self.steps.update(|steps| steps.push(step)),
            TestLine::Counted { people } => self.counted.set(people),
            TestLine::Passed { people, more, references, records } => {
                self.stage.set(Stage::Passed { people, more, references, records });
            }
            TestLine::Failed => self.stage.set(Stage::Failed),
        }
    }

    fn refuse(self, error: AppError) {
        if matches!(error, AppError::Invalid { .. }) {
            self.stage.set(Stage::Idle);
            self.form.refuse(error);
        } else {
            self.stage.set(Stage::Refused(error));
        }
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

/// The tests, beside the form.
#[component]
pub fn TestPanel(
    /// The form.
    form: Form,
) -> AnyView {
    let test = Test::new(form);
    let is_running = move || test.stage.with(|stage| *stage == Stage::Running);
    let label = move || match test.stage.get() {
        Stage::Idle => text!(directories.test),
        Stage::Running => text!(directories.testing),
        Stage::Passed { .. } | Stage::Failed | Stage::Refused(_) => text!(directories.test_again),
    };
    let steps = move || test.steps.get().into_iter().map(|step| view! { <StepLine step form /> }).collect_view();
    let counts_now =
        move || is_running() && test.steps.with(|steps| steps.last().is_some_and(|step| step.kind == StepKind::Base));
    view! {
        <section class="test-panel" aria-labelledby="section-test">
            <h2 id="section-test">{text!(directories.test)}</h2>
            <p class="quiet">{text!(directories.test_why)}</p>
            <p class="actions">
                <button type="button" class="button" disabled=is_running on:click=move |_| test.begin()>
                    {label}
                </button>
                <button type="button" class="button" hidden=move || !is_running() on:click=move |_| test.stop()>
                    {text!(directories.test_stop)}
                </button>
            </p>
            <ol class="steps" role="list">{steps}</ol>
            <p hidden=move || !counts_now()>
                <progress aria-label=text!(directories.testing)></progress>
                " "
                {move || text!(directories.counting, count = test.counted.get(), n = text::number(test.counted.get()))}
            </p>
            <div role="status">{move || verdict(test.stage.get())}</div>
        </section>
    }
    .into_any()
}

/// How the test ended.
fn verdict(stage: Stage) -> AnyView {
    match stage {
        Stage::Idle | Stage::Running => ().into_any(),
        Stage::Failed => view! { <p class="notice is-bad">{text!(directories.test_failed)}</p> }.into_any(),
        Stage::Refused(error) => view! { <ErrorView error /> }.into_any(),
        Stage::Passed { people: 0, references, .. } => view! {
            <p class="notice is-warning">{text!(directories.test_nobody)}</p>
            {elsewhere(references)}
        }
        .into_any(),
        Stage::Passed { people, more, references, records } => {
            let words = if more {
                text!(directories.test_passed_more, n = text::number(people))
            } else {
                text!(directories.test_passed, count = people, n = text::number(people))
            };
            view! {
                <p class="notice is-good">{words}</p>
                {elsewhere(references)}
                <MappedPeople records />
            }
            .into_any()
        }
    }
}

/// What was not counted, because the directory refers to other servers for it.
fn elsewhere(references: u32) -> Option<AnyView> {
    (references > 0).then(|| {
        let words = text!(import.references, count = references, n = text::number(references));
        view! { <p class="notice is-warning">{words}</p> }.into_any()
    })
}
