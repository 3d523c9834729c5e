//! Where in the import a person is.

use super::leaving::LeaveQuestion;
use super::queue::InHand;
use crate::text;
use leptos::prelude::*;

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Choosing a file.
    File,
    /// Which column is which field.
    Columns,
    /// What will change.
    Review,
}

impl Step {
    const ALL: [Step; 3] = [Step::File, Step::Columns, Step::Review];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Step::File => "/import/file",
            Step::Columns => "/import/file/columns",
            Step::Review => "/import/file/review",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Step::File => text!(files.step_file),
            Step::Columns => text!(files.step_columns),
            Step::Review => text!(files.step_review),
        }
    }
}

/// The steps; those behind are links.
#[component]
pub fn Steps(
    /// The one in hand.
    step: Step,
) -> AnyView {
    let items = Step::ALL.into_iter().map(|other| {
        let word = match other < step {
            true => view! { <a href=other.path()>{other.word()}</a> }.into_any(),
            false => view! { <span>{other.word()}</span> }.into_any(),
        };
        view! { <li aria-current=(other == step).then_some("step")>{word}</li> }
    });
    view! {
        <ol class="steps" aria-label=text!(files.steps)>{items.collect_view()}</ol>
        <InHand step />
        <LeaveQuestion />
    }
    .into_any()
}
