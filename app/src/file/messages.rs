//! What the page asks the worker, and what the worker answers: JSON in both directions.

mod opened;

pub use opened::{
    Beginning, Charset, ColumnView, HeaderRow, OpenedFile, PreviewRow, Quoting, ReadAs, SheetName, SourceFormat,
};

use super::objects::{ObjectChoices, ObjectsAnswer, PlannedObjects};
use crate::api::plan::{PlanLine, PlanRowQuery};
use crate::components::grid::Block;
use crate::error::AppError;
use identity::id::PlanId;
use identity::import::FileOptions;
use plan::sheet::{SheetKind, SheetMapping};
use plan::{Counts, Digest, Selection, Summary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A question, with the number that its answer will carry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Asked {
    /// Counts up.
    pub number: u32,
    /// The language of the page: `en` or `de`.
    pub language: String,
    /// The question.
    pub ask: Ask,
}

/// What the worker can be asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Ask {
    /// Reads the file that comes with the message, or without one the last file once more, in another way.
    Read(ReadAs),
    /// Makes the rows of the file ready to be planned so, while nobody waits for it. Nothing is sent.
    Prepare {
        /// Which column is which field.
        mapping: SheetMapping,
        /// Corrections that were made before the page was loaded again.
        corrections: Vec<Correction>,
    },
    /// Plans the rows of the file.
    Plan {
        /// Which column is which field.
        mapping: SheetMapping,
        /// What was decided beside it.
        options: FileOptions,
        /// Corrections that were made before the page was loaded again.
        corrections: Vec<Correction>,
    },
    /// Rows of the plan.
    Rows(PlanRowQuery),
    /// The numbers of all rows that a query lists.
    Numbers(PlanRowQuery),
    /// The kind of every row: see [`crate::api::plan::read_outline`].
    Outline,
    /// What a selection picks, in numbers.
    Count(Selection),
    /// The cells of a row of the file.
    Cells {
        /// Its place below the header, from 0, which is the number of a user's row in the plan.
        row: u32,
    },
    /// Changes cells, and plans again.
    Correct(Vec<Correction>),
    /// Writes another text for one in a column, wherever it stands, and plans again.
    Replace(Replacement),
    /// Takes the last correction back, and plans again.
    Undo,
    /// Writes the rows that a selection does not pick as a file.
    Rest(Selection),
    /// Sends the picked records up and has them planned.
    Upload(Selection),
    /// What the rows of the file that comes with the message are, without opening it.
    Peek {
        /// Its place among those that were chosen together.
        place: u32,
    },
    /// Plans the rows of a file of groups or roles.
    PlanObjects {
        /// What was decided about them.
        choices: ObjectChoices,
        /// Corrections that were made before.
        corrections: Vec<Correction>,
    },
    /// Writes the rows of groups or roles that are not applied as a file.
    ObjectsRest {
        /// The rows of the plan that are left out.
        left_out: BTreeSet<u32>,
    },
    /// Writes what is picked of it.
    CommitObjects {
        /// The rows of the plan that are left out.
        left_out: BTreeSet<u32>,
        /// The number that the person typed, where a guard asked for one.
        confirmed: Option<u32>,
    },
}

/// A cell that a person changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The row's place below the header, from 0, which is its number in the plan.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// What stands there now.
    pub text: String,
}

/// One text for another in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// The column, from 0.
    pub column: u32,
    /// What is looked for.
    pub find: String,
    /// What is written instead.
    pub with: String,
    /// Only cells that are this text, or every place in which it stands.
    pub whole: bool,
}

/// The corrected cells of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrected {
    /// Every correction up to now.
    pub corrections: Vec<Correction>,
    /// Whether one can be taken back.
    pub can_undo: bool,
    /// Counts up with every change, also when one is taken back.
    pub changes: u32,
}

/// A cell of a row of the file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CellView {
    /// The column, from 0.
    pub column: u32,
    /// Its name in the header.
    pub name: String,
    /// What stands there.
    pub text: String,
    /// What stood there in the file, if it was corrected.
    pub original: Option<String>,
    /// How many other rows have the same text here.
    pub same: u32,
}

/// A plan that was made in the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedFile {
    /// The plan in numbers.
    pub summary: Summary,
    /// What is wrong with several rows alike, the most frequent first.
    pub alike: Vec<Alike>,
    /// The cells that were corrected for it.
    pub corrected: Corrected,
}

/// What is wrong with several rows, in the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    /// The words. Rows are found by them.
    pub says: String,
    /// Whether the rows cannot be applied because of it.
    pub blocks: bool,
    /// How many rows.
    pub rows: u32,
}

/// Records that were sent up and planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    /// The stored plan.
    pub plan_id: PlanId,
    /// Its digest.
    pub digest: Digest,
    /// Whether it does exactly what was picked here.
    pub same: bool,
    /// What is picked of it: all its rows, but for the fields that were left out.
    pub selection: Selection,
}

/// Rows that are not applied, as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rest {
    /// How many.
    pub rows: u32,
    /// The file: CSV.
    pub text: String,
}

/// What the worker answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each answers the question of the same name")]
pub enum Answer {
    Opened(Box<OpenedFile>),
    Prepared,
    Planned(Box<PlannedFile>),
    Rows(Block<PlanLine>),
    Numbers(Vec<u32>),
    Outline(String),
    Counted(Counts),
    Cells(Vec<CellView>),
    Rest(Rest),
    Uploaded(Uploaded),
    Peeked(SheetKind),
    ObjectsPlanned(Box<PlannedObjects>),
    ObjectsCommitted(ObjectsAnswer),
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FileError {
    /// It is another kind of file.
    #[error("{what}. {todo}")]
    Unreadable {
        /// What it is, in the language of the page.
        what: String,
        /// What to do, in the language of the page.
        todo: String,
    },
    /// It is damaged, or larger than what can be read.
    #[error("{text}")]
    Broken {
        /// What is wrong, where, and what to do, in the language of the page.
        text: String,
    },
    /// It has no rows below its header.
    #[error("there are no rows below the header")]
    NoRows {
        /// What there is of it: with how it was read, for it to be read in another way.
        read: Box<OpenedFile>,
    },
    /// The file cannot be read any more: it was moved, deleted or changed since it was chosen.
    #[error("the file cannot be read any more; choose it again")]
    Gone,
    /// Nothing was read, or nothing was planned, that could answer this.
    #[error("no file is open")]
    NotOpen,
    /// The mapping cannot be used: which column the username is in is not known, or one does not exist.
    #[error("the columns are not assigned")]
    Mapping,
    /// There are more rows than a file of groups or roles has.
    #[error("more than {limit} rows of groups or roles")]
    TooManyRows {
        /// How many there may be.
        limit: u32,
    },
    /// The texts of its rows are longer than those of a file of groups or roles are.
    #[error("more than {limit_bytes} bytes of groups or roles")]
    TooLong {
        /// How long they may be.
        limit_bytes: u64,
    },
    /// A person ended the reading.
    #[error("reading was cancelled")]
    Cancelled,
    /// The worker ended, mostly because memory did not suffice.
    #[error("reading ended; the file may be too large for this browser")]
    Died,
    /// The server said no.
    #[error("{0}")]
    App(AppError),
}

impl From<AppError> for FileError {
    fn from(error: AppError) -> Self {
        FileError::App(error)
    }
}

/// What the worker says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Said {
    /// It runs.
    Ready,
    /// It ended, and was heard to.
    Died,
    /// What there is to tell of the question in hand before it is answered.
    News(News),
    /// An answer.
    Answer {
        /// The question's number.
        number: u32,
        /// The answer.
        answer: Result<Answer, FileError>,
    },
}

/// What there is to tell before a question is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// How far it is.
    Progress(Progress),
    /// How the file begins that is being read.
    Beginning(Beginning),
}

impl From<Progress> for News {
    fn from(progress: Progress) -> Self {
        News::Progress(progress)
    }
}

/// How far a question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// So much of it: bytes while reading, else rows.
    pub done: u64,
    /// Of so much.
    pub total: u64,
}

/// What the worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Reads the file.
    Reading,
    /// Asks the server for the users concerned.
    Comparing,
    /// Sends records up.
    Sending,
    /// Waits for a server that was not reached.
    Waiting,
    /// The server plans.
    Planning,
}
