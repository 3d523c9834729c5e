//! Which column of a sheet is which field of a user, and what a row says of them (R14, R15, R17, R18).
//!
//! [`suggest`] reads the headers, a person corrects the [`SheetMapping`], [`problems`] says what is wrong with it, and a
//! [`Mapper`] makes a record of each row. Where the sheet came from is not known here: headers and cells are texts.

mod header;
mod kind;
mod layout;
mod mapper;
mod object;
mod object_row;
mod problem;
mod profile;
mod reading;
mod suggest;
mod synonym;
mod target;
mod template;

pub use crate::many::CLEAR;
pub use kind::{SheetKind, suggest_kind};
pub use layout::Layout;
pub use mapper::Mapper;
pub use object::{ObjectColumn, names_objects, object_columns};
pub use object_row::{ObjectMapper, has_row_per_permission};
pub use problem::{MappingProblem, problems, source_problems};
pub use profile::{Profile, best_profile};
pub use suggest::{Recognised, Suggested, suggest};
pub use target::Target;

use crate::many;
use serde::{Deserialize, Serialize};

/// What the columns of a sheet are for. A target without a rule is left alone in every user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMapping {
    /// Where each target comes from. Of several rules for one target, the first that has a value in a row wins.
    pub rules: Vec<Rule>,
    /// What a blank cell says.
    #[serde(default)]
    pub blank: Blank,
    /// What stands between the values of one cell; empty for cells that hold one value.
    #[serde(default = "comma")]
    pub separator: String,
}

impl Default for SheetMapping {
    fn default() -> Self {
        Self { rules: vec![], blank: Blank::default(), separator: comma() }
    }
}

fn comma() -> String {
    many::SEPARATOR.to_owned()
}

/// What a blank cell says. A cell that holds [`CLEAR`] clears either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blank {
    /// Nothing: the field stays as it is.
    #[default]
    Keep,
    /// The field has no value.
    Clear,
}

/// Where one target comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What is filled.
    pub target: Target,
    /// From what.
    pub source: Source,
    /// Whether capitals become small letters.
    #[serde(default)]
    pub lower_case: bool,
    /// Whether white space around the value is taken off.
    #[serde(default = "yes")]
    pub trim: bool,
}

fn yes() -> bool {
    true
}

impl Rule {
    /// A rule that takes the text as it is, without the white space around it.
    pub fn new(target: Target, source: Source) -> Self {
        Self { target, source, lower_case: false, trim: true }
    }
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The cells of a column, counted from 0.
    Column(u32),
    /// The same text in every row.
    Constant(String),
    /// A text with the headers of columns in braces, such as `{first_name}.{last_name}`; `{{` and `}}` are braces. A row
    /// in which all of these columns are blank has no value; of a username and an e-mail address, one in which any is:
    /// half of one is somebody else's, or nobody's.
    Template(String),
}

impl Source {
    /// The column, if it is one.
    fn column(&self) -> Option<u32> {
        match self {
            Source::Column(column) => Some(*column),
            Source::Constant(_) | Source::Template(_) => None,
        }
    }
}
