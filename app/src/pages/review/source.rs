//! Where the rows of a plan are: on the server, or in the worker that planned a file.

use crate::{
    api::plan::{PlanLine, PlanRowQuery, count_picked, list_plan_rows, plan_outline, plan_row_numbers},
    components::grid::Block,
    error::AppError,
    file::messages::{Answer, Ask},
    pages::file::state::FileImport,
};
use futures::future::Either;
use identity::id::PlanId;
use plan::{Counts, Selection};

/// Where the rows of a plan are.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::large_enum_variant, reason = "there is one for a page, and it is copied into its listeners")]
pub enum Source {
    /// On the server.
    Stored(PlanId),
    /// In the worker.
    File(FileImport),
}

impl Source {
    /// A part of the rows.
    pub fn rows(self, query: PlanRowQuery) -> impl Future<Output = Result<Block<PlanLine>, AppError>> + Send {
        match self {
            Source::Stored(plan_id) => Either::Left(list_plan_rows(plan_id, query)),
            Source::File(file) => Either::Right(asked(file, Ask::Rows(query), |answer| match answer {
                Answer::Rows(rows) => Some(rows),
                _ => None,
            })),
        }
    }

    /// The numbers of all rows that a query lists.
    pub async fn numbers(self, query: PlanRowQuery) -> Result<Vec<u32>, AppError> {
        match self {
            Source::Stored(plan_id) => plan_row_numbers(plan_id, query).await,
            Source::File(file) => {
                asked(file, Ask::Numbers(query), |answer| match answer {
                    Answer::Numbers(numbers) => Some(numbers),
                    _ => None,
                })
                .await
            }
        }
    }

    /// The kind of every row.
    pub async fn outline(self) -> Result<String, AppError> {
        match self {
            Source::Stored(plan_id) => plan_outline(plan_id).await,
            Source::File(file) => {
                asked(file, Ask::Outline, |answer| match answer {
                    Answer::Outline(outline) => Some(outline),
                    _ => None,
                })
                .await
            }
        }
    }

    /// What a selection picks.
    pub async fn count(self, selection: Selection) -> Result<Counts, AppError> {
        match self {
            Source::Stored(plan_id) => count_picked(plan_id, selection).await,
            Source::File(file) => {
                asked(file, Ask::Count(selection), |answer| match answer {
                    Answer::Counted(counts) => Some(counts),
                    _ => None,
                })
                .await
            }
        }
    }
}

/// Asks the worker. What goes wrong there is shown in place of the whole review; here it is only no answer.
fn asked<T>(
    file: FileImport,
    ask: Ask,
    read: impl FnOnce(Answer) -> Option<T> + Send,
) -> impl Future<Output = Result<T, AppError>> + Send {
    let answer = file.ask(ask);
    async move { answer.await.ok().and_then(read).ok_or(AppError::not_found(crate::error::What::Upload)) }
}
