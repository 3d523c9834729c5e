//! A file of groups or roles: what is decided about it, what it would do, and the commit of what is picked.

use super::corrections::Corrections;
use super::messages::FileError;
use super::reading::Opened;
use crate::api::object_file::{
    GroupFile, ObjectsCommitted, ObjectsPicked, RoleFile, StoredRoles, commit_group_file, commit_role_file,
    group_snapshot, role_snapshot,
};
use plan::objects::group::{GroupAction, GroupPlan, GroupPolicy, GroupRecord, StoredGroup, plan_groups};
use plan::objects::role::{RoleAction, RolePlan, RolePolicy, RoleRecord, Tripped, plan_roles};
use plan::sheet::{Blank, ObjectColumn, ObjectMapper, SheetKind, has_row_per_permission, object_columns, suggest_kind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows of a file of groups or roles. They are few: a longer file is one of something else.
pub const MAX_ROWS: u32 = 50_000;

/// What the rows of a file are, and what was decided about those of groups and roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectChoices {
    /// What the rows are.
    pub kind: SheetKind,
    /// What the columns are, one for each header. Those of users are in a mapping.
    pub columns: Vec<ObjectColumn>,
    /// What a blank label or description says.
    pub blank: Blank,
    /// Whether labels of groups and roles that exist change too (R19).
    pub change_labels: bool,
    /// Whether a role has a row for each of its permissions; `None`: as it looks.
    pub row_per_permission: Option<bool>,
}

impl Default for ObjectChoices {
    fn default() -> Self {
        Self {
            kind: SheetKind::Users,
            columns: vec![],
            blank: Blank::default(),
            change_labels: false,
            row_per_permission: None,
        }
    }
}

impl ObjectChoices {
    /// What the headers say.
    pub fn suggest(headers: &[String]) -> Self {
        Self::of(suggest_kind(headers), headers)
    }

    /// The columns of a file of this kind.
    pub fn of(kind: SheetKind, headers: &[String]) -> Self {
        let columns = object_columns(kind, headers).into_iter().map(|column| match (kind, column) {
            (SheetKind::Roles, ObjectColumn::Description) => ObjectColumn::Ignored,
            (_, column) => column,
        });
        Self { kind, columns: columns.collect(), ..Self::default() }
    }

    /// Says what a column is. Two columns cannot be the same thing: the other one is no longer read.
    pub fn choose(&mut self, column: u32, what: ObjectColumn) {
        for other in &mut self.columns {
            if *other == what {
                *other = ObjectColumn::Ignored;
            }
        }
        if let Some(place) = self.columns.get_mut(column as usize) {
            *place = what;
        }
    }

    /// Whether there is a column by which the groups or roles are known. A file of roles may know labels only.
    pub fn names_them(&self) -> bool {
        let has = |column| self.columns.contains(&column);
        match self.kind {
            SheetKind::Users => true,
            SheetKind::Groups => has(ObjectColumn::Name),
            SheetKind::Roles => has(ObjectColumn::Role) || has(ObjectColumn::Label),
        }
    }
}

/// What a file of groups or roles would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ObjectsPlanned {
    Groups(GroupPlan),
    Roles(RolePlan),
}

/// What became of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ObjectsAnswer {
    /// Everything that was picked was written.
    Applied {
        /// New ones.
        created: u32,
        /// Changed ones.
        updated: u32,
    },
    /// Nothing was written: the file would do something else by now.
    Changed,
    /// Nothing was written: it must be confirmed first.
    Guarded(Tripped),
    /// Nothing is picked.
    Empty,
}

/// The records of a file with everything that its plan was computed from.
#[derive(Debug)]
pub enum ObjectSheet {
    /// Of groups.
    Groups {
        /// All rows.
        file: GroupFile,
        /// What is stored.
        stored: Vec<StoredGroup>,
        /// What they would do.
        plan: GroupPlan,
    },
    /// Of roles.
    Roles {
        /// All rows.
        file: RoleFile,
        /// What is stored.
        stored: StoredRoles,
        /// What they would do.
        plan: RolePlan,
    },
}

impl ObjectSheet {
    /// Reads the rows and plans them with what is stored by now.
    pub async fn plan(choices: &ObjectChoices, opened: &Opened, corrections: &Corrections) -> Result<Self, FileError> {
        if opened.table.len() > MAX_ROWS {
            return Err(FileError::TooManyRows { limit: MAX_ROWS });
        }
        let ObjectChoices { kind, columns, blank, change_labels, row_per_permission } = choices;
        let mapper = ObjectMapper::new(columns, &opened.headers, *blank);
        match kind {
            SheetKind::Users => Err(FileError::Mapping),
            SheetKind::Groups => {
                let records = rows(opened, corrections, |line, cell| mapper.group(line, cell));
                let file = GroupFile { records, policy: GroupPolicy { change_labels: *change_labels } };
                Ok(Self::of_groups(file, group_snapshot().await?))
            }
            SheetKind::Roles => {
                let records: Vec<RoleRecord> = rows(opened, corrections, |line, cell| mapper.role(line, cell));
                let row_per_permission = row_per_permission.unwrap_or_else(|| has_row_per_permission(&records));
                let file = RoleFile { records, change_labels: *change_labels, row_per_permission };
                Ok(Self::of_roles(file, role_snapshot().await?))
            }
        }
    }

    fn of_groups(file: GroupFile, stored: Vec<StoredGroup>) -> Self {
        let plan = plan_groups(&file.records, &stored, file.policy);
        Self::Groups { file, stored, plan }
    }

    fn of_roles(file: RoleFile, stored: StoredRoles) -> Self {
        let RoleFile { records, change_labels, row_per_permission } = &file;
        let (change_labels, row_per_permission) = (*change_labels, *row_per_permission);
        let policy = RolePolicy { change_labels, row_per_permission, held: stored.held.clone() };
        let plan = plan_roles(records, &stored.roles, &policy);
        Self::Roles { file, stored, plan }
    }

    /// What the page shows.
    pub fn view(&self) -> ObjectsPlanned {
        match self {
            Self::Groups { plan, .. } => ObjectsPlanned::Groups(plan.clone()),
            Self::Roles { plan, .. } => ObjectsPlanned::Roles(plan.clone()),
        }
    }

    /// Only the rows that change something and are not left out.
    fn picked(&self, left_out: &BTreeSet<u32>) -> Self {
        match self {
            Self::Groups { file, stored, plan } => {
                let changes =
                    |action: &GroupAction| matches!(action, GroupAction::Create { .. } | GroupAction::Update { .. });
                let rows = plan.rows.iter().filter(|row| changes(&row.action) && !left_out.contains(&row.row));
                // A row for each record.
                let records: Vec<GroupRecord> =
                    rows.filter_map(|row| file.records.get(row.row as usize)).cloned().collect();
                Self::of_groups(GroupFile { records, ..file.clone() }, stored.clone())
            }
            Self::Roles { file, stored, plan } => {
                let changes =
                    |action: &RoleAction| matches!(action, RoleAction::Create { .. } | RoleAction::Update { .. });
                let rows = plan.rows.iter().filter(|row| changes(&row.action) && !left_out.contains(&row.row));
                let lines: BTreeSet<u32> = rows.flat_map(|row| row.lines.iter().copied()).collect();
                let is_picked = |record: &&RoleRecord| record.line.is_some_and(|line| lines.contains(&line));
                let records = file.records.iter().filter(is_picked).cloned().collect();
                Self::of_roles(RoleFile { records, ..file.clone() }, stored.clone())
            }
        }
    }

    /// Sends what is picked up, and nothing else of the file.
    pub async fn commit(&self, left_out: &BTreeSet<u32>, confirmed: Option<u32>) -> Result<ObjectsAnswer, FileError> {
        let picked = |digest| ObjectsPicked { digest, left_out: BTreeSet::new(), confirmed };
        Ok(match self.picked(left_out) {
            Self::Groups { file, plan, .. } => answer(commit_group_file(file, picked(plan.digest)).await?),
            Self::Roles { file, plan, .. } => answer(commit_role_file(file, picked(plan.digest)).await?),
        })
    }
}

fn answer<P>(committed: ObjectsCommitted<P>) -> ObjectsAnswer {
    match committed {
        ObjectsCommitted::Applied { created, updated } => ObjectsAnswer::Applied { created, updated },
        // Its plan is one of the picked rows only.
        ObjectsCommitted::Changed { plan: _ } => ObjectsAnswer::Changed,
        ObjectsCommitted::Guarded { tripped } => ObjectsAnswer::Guarded(tripped),
        ObjectsCommitted::Empty => ObjectsAnswer::Empty,
    }
}

/// A record of each row. `None` of a cell stands for the error of a formula.
fn rows<'o, R>(
    opened: &'o Opened,
    corrections: &'o Corrections,
    record: impl Fn(u32, &dyn Fn(u32) -> Option<&'o str>) -> R,
) -> Vec<R> {
    let record = |row: u32| {
        let found = opened.table.row(row)?;
        let errors: BTreeSet<u32> = opened.table.errors(row).collect();
        let cell = |column: u32| {
            let corrected = corrections.get(row, column);
            corrected.or_else(|| (!errors.contains(&column)).then(|| found.cell(column)))
        };
        Some(record(found.line, &cell))
    };
    (0..opened.table.len()).filter_map(record).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(headers: &[&str]) -> Vec<String> {
        headers.iter().map(|header| (*header).to_owned()).collect()
    }

    #[test]
    fn a_thing_has_one_column() {
        let mut choices = ObjectChoices::suggest(&headers(&["role", "label", "permissions", "description"]));
        assert_eq!((choices.kind, choices.names_them()), (SheetKind::Roles, true));
        assert_eq!(choices.columns[3], ObjectColumn::Ignored, "a role has no description");
        choices.choose(3, ObjectColumn::Role);
        assert_eq!((&choices.columns[0], &choices.columns[3]), (&ObjectColumn::Ignored, &ObjectColumn::Role));
        choices.choose(3, ObjectColumn::Ignored);
        assert!(choices.names_them(), "a label will do");
        choices.choose(1, ObjectColumn::Ignored);
        assert!(!choices.names_them());
        choices.choose(9, ObjectColumn::Role);
        assert!(!choices.names_them(), "there is no such column");
    }
}
