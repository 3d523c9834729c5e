//! Searching a directory: what matches, and what an import would make of it.

#[cfg(feature = "ssr")]
mod answering;
#[cfg(feature = "ssr")]
mod raw;

use crate::api::json::Json;
use crate::error::AppError;
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use leptos::prelude::*;
use plan::state::RowState;
use serde::{Deserialize, Serialize};
use server_fn::codec::{ByteStream, Streaming};

/// A line of the answer to a search. Without the last of them, [`SearchLine::Done`], the result is not complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum SearchLine {
    /// What the directory just gave.
    Page {
        /// In its order.
        rows: Vec<SearchRow>,
        /// Search references that were counted and not followed.
        references: u32,
    },
    /// The directory gave everything that it holds itself.
    Done {
        /// All rows.
        total: u32,
    },
    /// The search ended early.
    Failed {
        /// Why.
        error: AppError,
    },
}

/// An entry that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRow {
    /// Its lasting name; an entry without one cannot be imported.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<ExternalId>,
    /// Its DN, as the directory wrote it.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub dn: String,
    /// The username that it would have.
    #[serde(rename = "u")]
    pub username: String,
    /// The name to show.
    #[serde(rename = "s")]
    pub name: String,
    /// E-mail address.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Department.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Job title.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    /// What an import would make of it.
    #[serde(rename = "w")]
    pub state: RowState,
}

/// All that a directory shows of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawEntry {
    /// Its DN, as the directory wrote it.
    pub dn: String,
    /// Its attributes, by name.
    pub attributes: Vec<RawAttribute>,
}

/// An attribute as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawAttribute {
    /// Its description.
    pub name: String,
    /// Its values, the first hundred of them.
    pub values: Vec<RawValue>,
    /// Values that were left out.
    pub more: u32,
}

/// A value as it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RawValue {
    /// Text, or the beginning of a very long one.
    Text(String),
    /// Something else, of so many bytes.
    Binary(u32),
    /// A password or a key: there is one, and that is all that is said.
    Secret,
}

/// Searches a directory. A text that cannot be understood is an error before anything is sent to the directory. The
/// answer is lines of [`SearchLine`]; abandoning it abandons the search.
#[server(input = Json, output = Streaming)]
pub async fn search_directory(directory_id: DirectoryId, query: String) -> Result<ByteStream<AppError>, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    answering::answer(&actor, directory_id, query).await
}

/// All attributes of an entry that the directory shows to Muster's account.
#[server(input = Json, output = Json)]
pub async fn fetch_entry(directory_id: DirectoryId, external_id: ExternalId) -> Result<RawEntry, AppError> {
    use crate::services::{Permission, authorized};

    let actor = authorized(Permission::Import).await?;
    raw::fetch(&actor, directory_id, &external_id).await
}
