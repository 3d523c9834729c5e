//! The rows of a job that were not applied, as a file of the same shape with a reason (R21).

use crate::{
    api::job::NO_OUTCOME,
    pages::{job::outcome::outcome_reason, review::issue::issue_text},
};
use identity::field::{Field, Value};
use job::Outcome;
use plan::{Kind, Row, many};
use std::collections::BTreeSet;

/// The columns: the username, the fields that the rows would have set, and why they did not.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    fields: BTreeSet<Field>,
    roles: bool,
}

impl Columns {
    /// Makes room for what a row would have set.
    pub fn add(&mut self, row: &Row) {
        let fields = row.fields.iter().map(|change| &change.field).filter(|field| **field != Field::Username);
        for field in fields {
            if !self.fields.contains(field) {
                self.fields.insert(field.clone());
            }
        }
        self.roles |= !row.add_roles.is_empty();
    }

    /// The header row. Roles are those that would have been added: called `roles`, they would be taken for all of them.
    pub fn header(&self) -> Vec<String> {
        let fields = self.fields.iter().map(|field| field.name().into_owned());
        let roles = self.roles.then(|| "add_roles".to_owned());
        std::iter::once("username".to_owned()).chain(fields).chain(roles).chain(["reason".to_owned()]).collect()
    }

    /// A row, cut down to what was picked, and why it was not applied in the reader's language.
    pub fn row(&self, row: &Row, outcome: Option<&Outcome>, is_over: bool) -> Vec<String> {
        let mut cells = vec![row.username.clone()];
        cells.extend(self.fields.iter().map(|field| {
            let change = row.fields.iter().find(|change| change.field == *field);
            change.map(|change| cell(change.after.as_ref())).unwrap_or_default()
        }));
        if self.roles {
            cells.push(many::join(row.add_roles.iter().map(|role| role.as_str())));
        }
        cells.push(if row.kind() == Kind::Blocked {
            let reasons: Vec<String> = row.issues.iter().filter(|issue| issue.blocks()).map(issue_text).collect();
            reasons.join(" ")
        } else {
            outcome_reason(outcome.map_or(NO_OUTCOME, Outcome::code), is_over).to_owned()
        });
        cells
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None => many::CLEAR.to_owned(),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Many(values)) => many::join(values.iter().map(String::as_str)),
    }
}
