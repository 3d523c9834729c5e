//! A row of a sheet of groups or roles as a record (R15, R18).

use super::header::{is_blank, named};
use super::object::ObjectColumn;
use super::{Blank, CLEAR};
use crate::many::{self, SEPARATOR};
use crate::objects::ObjectIssue;
use crate::objects::group::GroupRecord;
use crate::objects::role::RoleRecord;
use crate::text::trimmed;
use crate::value::flag;
use identity::field::Patch;
use identity::matching::fold;
use std::collections::BTreeSet;

/// The columns of one sheet of groups or roles, ready to read its rows. The text of a cell is asked for by its column;
/// `None` stands for the error of a formula, a blank one for a cell that the row does not have.
#[derive(Debug, Clone, Copy)]
pub struct ObjectMapper<'s> {
    columns: &'s [ObjectColumn],
    headers: &'s [String],
    blank: Blank,
}

impl<'s> ObjectMapper<'s> {
    /// What the columns are, one for each header, and what a blank label or description says. A blank cell of permissions
    /// always means none, because the list replaces what the role gave.
    pub fn new(columns: &'s [ObjectColumn], headers: &'s [String], blank: Blank) -> Self {
        Self { columns, headers, blank }
    }

    /// The record of a row of groups.
    pub fn group<'a>(&self, line: u32, cell: impl Fn(u32) -> Option<&'a str>) -> GroupRecord {
        let mut record = GroupRecord { line: Some(line), ..GroupRecord::default() };
        for (column, what) in (0..).zip(self.columns) {
            let text = cell(column);
            match what {
                ObjectColumn::Name => record.name = self.name(column, text, &mut record.issues),
                ObjectColumn::Label => record.label = self.text(column, text, &mut record.issues),
                ObjectColumn::Description => record.description = self.text(column, text, &mut record.issues),
                ObjectColumn::Role
                | ObjectColumn::Permissions
                | ObjectColumn::Permission(_)
                | ObjectColumn::Ignored => {}
            }
        }
        record
    }

    /// The record of a row of roles. Marks below permissions are all that the role gives.
    pub fn role<'a>(&self, line: u32, cell: impl Fn(u32) -> Option<&'a str>) -> RoleRecord {
        let mut record = RoleRecord { line: Some(line), ..RoleRecord::default() };
        let is_matrix = self.columns.iter().any(|column| matches!(column, ObjectColumn::Permission(_)));
        let mut marked = vec![];
        for (column, what) in (0..).zip(self.columns) {
            let text = cell(column);
            let issues = &mut record.issues;
            match what {
                ObjectColumn::Role => record.code = self.name(column, text, issues),
                ObjectColumn::Label => record.label = self.text(column, text, issues),
                ObjectColumn::Permissions => match permissions(text) {
                    Some(patch) => record.permissions = patch,
                    None => issues.push(self.unreadable(column)),
                },
                ObjectColumn::Permission(code) => match text.and_then(mark) {
                    Some(true) => marked.push(code.clone()),
                    Some(false) => {}
                    None => issues.push(self.unreadable(column)),
                },
                ObjectColumn::Description => record.description = self.text(column, text, issues),
                ObjectColumn::Name | ObjectColumn::Ignored => {}
            }
        }
        if is_matrix {
            match &mut record.permissions {
                Patch::Set(listed) => listed.extend(marked),
                patch => *patch = if marked.is_empty() { Patch::Clear } else { Patch::Set(marked) },
            }
        }
        record
    }

    fn name(&self, column: u32, text: Option<&str>, issues: &mut Vec<ObjectIssue>) -> String {
        text.map(|text| trimmed(text).to_owned()).unwrap_or_else(|| {
            issues.push(self.unreadable(column));
            String::new()
        })
    }

    fn text(&self, column: u32, text: Option<&str>, issues: &mut Vec<ObjectIssue>) -> Patch<String> {
        match (text.map(trimmed), self.blank) {
            (None, _) => {
                issues.push(self.unreadable(column));
                Patch::Keep
            }
            (Some(text), _) if text.eq_ignore_ascii_case(CLEAR) => Patch::Clear,
            (Some(""), Blank::Clear) => Patch::Clear,
            (Some(""), Blank::Keep) => Patch::Keep,
            (Some(text), _) => Patch::Set(text.to_owned()),
        }
    }

    fn unreadable(&self, column: u32) -> ObjectIssue {
        ObjectIssue::Unreadable { column: named(self.headers, column) }
    }
}

/// All permissions of a cell.
fn permissions(text: Option<&str>) -> Option<Patch<Vec<String>>> {
    let text = text?;
    if is_blank(text) || trimmed(text).eq_ignore_ascii_case(CLEAR) {
        return Some(Patch::Clear);
    }
    let codes = many::split(text, SEPARATOR).ok()?;
    Some(if codes.is_empty() { Patch::Clear } else { Patch::Set(codes) })
}

/// Whether a role has the permission of a column. A dash says no, as a blank cell does.
fn mark(text: &str) -> Option<bool> {
    match trimmed(text) {
        "" | "-" | "–" | "—" => Some(false),
        "✓" | "✔" | "☑" => Some(true),
        text => flag(text),
    }
}

/// Whether a sheet seems to have a row for each permission of a role: one stands in several rows, and none of them lists
/// more than one permission.
pub fn has_row_per_permission(records: &[RoleRecord]) -> bool {
    let mut seen = BTreeSet::new();
    let name = |record: &RoleRecord| match (record.code.trim(), &record.label) {
        ("", Patch::Set(label)) => fold(label),
        (code, _) => code.to_owned(),
    };
    let lists_one = |record: &RoleRecord| !matches!(&record.permissions, Patch::Set(codes) if codes.len() > 1);
    let mut comes_again = false;
    for record in records {
        let name = name(record);
        comes_again |= !name.is_empty() && !seen.insert(name);
    }
    comes_again && records.iter().all(lists_one)
}
