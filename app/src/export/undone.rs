//! The rows of a job that were not applied, as a file of the same shape with a reason (R21).

use crate::{
    api::job::NO_OUTCOME,
    file::rest::with_row,
    pages::{job::outcome::outcome_reason, review::issue::issue_text},
};
use identity::{
    assignment::Assignment,
    field::{Field, Value},
    group::GroupName,
};
use job::Outcome;
use plan::{Kind, Row, many};
use std::collections::BTreeSet;

/// The columns: the row of the file where it was one, the username, what the rows would have set, and why they did not.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    line: bool,
    fields: BTreeSet<Field>,
    lists: BTreeSet<List>,
}

/// What a row gives or takes. Headers say which: called `roles`, those that would be added would be taken for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    AddRoles,
    RemoveRoles,
    AddGroups,
    RemoveGroups,
}

impl List {
    const ALL: [List; 4] = [List::AddRoles, List::RemoveRoles, List::AddGroups, List::RemoveGroups];

    fn header(self) -> &'static str {
        match self {
            List::AddRoles => "add_roles",
            List::RemoveRoles => "remove_roles",
            List::AddGroups => "add_groups",
            List::RemoveGroups => "remove_groups",
        }
    }

    fn cell(self, row: &Row) -> String {
        let Row { add_roles, remove_roles, add_groups, remove_groups, .. } = row;
        let roles = |given: &[Assignment]| {
            let texts: Vec<_> = given.iter().map(Assignment::text).collect();
            many::join(texts.iter().map(|text| &**text))
        };
        let groups = |groups: &[GroupName]| many::join(groups.iter().map(GroupName::as_str));
        match self {
            List::AddRoles => roles(add_roles),
            List::RemoveRoles => roles(remove_roles),
            List::AddGroups => groups(add_groups),
            List::RemoveGroups => groups(remove_groups),
        }
    }
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
        self.lists.extend(List::ALL.into_iter().filter(|list| !list.cell(row).is_empty()));
        self.line |= row.line.is_some();
    }

    /// The header row.
    pub fn header(&self) -> Vec<String> {
        let mut header: Vec<String> = self.line.then(|| "line".to_owned()).into_iter().collect();
        header.push("username".to_owned());
        header.extend(self.fields.iter().map(|field| field.name().into_owned()));
        header.extend(self.lists.iter().map(|list| list.header().to_owned()));
        header.push("reason".to_owned());
        header
    }

    /// A row, cut down to what was picked, and why it was not applied in the reader's language.
    pub fn row(&self, row: &Row, outcome: Option<&Outcome>, is_over: bool) -> Vec<String> {
        let mut cells: Vec<String> = vec![];
        if self.line {
            cells.push(row.line.map(|line| line.to_string()).unwrap_or_default());
        }
        cells.push(row.username.clone());
        cells.extend(self.fields.iter().map(|field| {
            let change = row.fields.iter().find(|change| change.field == *field);
            change.map(|change| cell(change.after.as_ref())).unwrap_or_default()
        }));
        cells.extend(self.lists.iter().map(|list| list.cell(row)));
        let why = if row.kind() == Kind::Blocked {
            let reasons: Vec<String> = row
                .issues
                .iter()
                .filter(|issue| issue.blocks())
                .map(|issue| issue_text(issue, row.line.is_some()))
                .collect();
            reasons.join(" ")
        } else {
            outcome_reason(outcome.map_or(NO_OUTCOME, Outcome::code), is_over).to_owned()
        };
        cells.push(match row.line {
            Some(line) => with_row(line, &why),
            None => why,
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

#[cfg(test)]
mod tests {
    use super::*;
    use plan::sheet::{Recognised, suggest};

    #[test]
    fn what_stands_beside_the_fields_is_not_read_when_the_file_comes_back() {
        let fields = [Field::DisplayName, Field::Custom("badge".to_owned())];
        let columns = Columns { line: true, fields: fields.into(), lists: List::ALL.into() };
        let suggested = suggest(&columns.header());
        let targets: Vec<_> = suggested.mapping.rules.iter().map(|rule| rule.target.name()).collect();
        assert_eq!(targets, ["username", "display_name", "custom:badge"]);
        assert!(!suggested.columns.contains(&Recognised::Unknown), "{suggested:?}");
    }
}
