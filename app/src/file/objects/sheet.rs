//! The rows of a file of groups or roles in the worker: read, planned, corrected, and the picked ones sent up.

use super::{ObjectChoices, ObjectsAnswer, ObjectsPlanned};
use crate::api::object_file::{
    GroupFile, MAX_BYTES, MAX_ROWS, ObjectsCommitted, ObjectsPicked, RoleFile, RoleOptions, StoredRoles,
    commit_group_file, commit_role_file, group_snapshot, role_snapshot,
};
use crate::file::corrections::Corrections;
use crate::file::desk::Tell;
use crate::file::messages::FileError;
use crate::file::reading::Opened;
use crate::file::upload::{Begun, commit};
use plan::objects::group::{GroupAction, GroupPlan, GroupPolicy, GroupRecord, StoredGroup, plan_groups};
use plan::objects::role::{RoleAction, RolePlan, RoleRecord, plan_roles};
use plan::packed::bytes;
use plan::sheet::{ObjectMapper, SheetKind, has_row_per_permission};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Reads the rows and plans them with what is stored by now. What could not be committed is not planned either.
    pub async fn plan(choices: &ObjectChoices, opened: &Opened, corrections: &Corrections) -> Result<Self, FileError> {
        if opened.table.len() > MAX_ROWS {
            return Err(FileError::TooManyRows { limit: MAX_ROWS });
        }
        match choices.kind {
            SheetKind::Users => Err(FileError::Mapping),
            SheetKind::Groups => {
                let file = group_file(choices, opened, corrections);
                fits(&file.records)?;
                Ok(Self::of_groups(file, group_snapshot().await?))
            }
            SheetKind::Roles => {
                let file = role_file(choices, opened, corrections);
                fits(&file.records)?;
                Ok(Self::of_roles(file, role_snapshot().await?))
            }
        }
    }

    /// The rows as they stand in the file, planned as if nothing were stored and whoever asks might give everything.
    #[cfg(test)]
    pub fn of_nothing_stored(choices: &ObjectChoices, opened: &Opened) -> Self {
        let corrections = Corrections::default();
        let stored = StoredRoles { roles: vec![], held: ["muster:admin".to_owned()].into() };
        match choices.kind {
            SheetKind::Groups => Self::of_groups(group_file(choices, opened, &corrections), vec![]),
            SheetKind::Users | SheetKind::Roles => Self::of_roles(role_file(choices, opened, &corrections), stored),
        }
    }

    /// The same with other corrections. All that is stored is known already: the server is not asked.
    pub fn corrected(&self, choices: &ObjectChoices, opened: &Opened, corrections: &Corrections) -> Self {
        match self {
            Self::Groups { stored, .. } => Self::of_groups(group_file(choices, opened, corrections), stored.clone()),
            Self::Roles { stored, .. } => Self::of_roles(role_file(choices, opened, corrections), stored.clone()),
        }
    }

    fn of_groups(file: GroupFile, stored: Vec<StoredGroup>) -> Self {
        let plan = plan_groups(&file.records, &stored, file.policy);
        Self::Groups { file, stored, plan }
    }

    fn of_roles(file: RoleFile, stored: StoredRoles) -> Self {
        let plan = plan_roles(&file.records, &stored.roles, &file.options.policy(stored.held.clone()));
        Self::Roles { file, stored, plan }
    }

    /// What the page shows.
    pub fn view(&self) -> ObjectsPlanned {
        match self {
            Self::Groups { plan, .. } => ObjectsPlanned::Groups(plan.clone()),
            Self::Roles { plan, .. } => ObjectsPlanned::Roles(plan.clone()),
        }
    }

    /// The rows of the file that each row of the plan was made from.
    pub fn places(&self) -> Vec<Vec<u32>> {
        match self {
            // A row for each record.
            Self::Groups { plan, .. } => plan.rows.iter().map(|row| vec![row.row]).collect(),
            Self::Roles { file, plan, .. } => {
                let places: BTreeMap<u32, u32> =
                    file.records.iter().zip(0..).filter_map(|(record, place)| Some((record.line?, place))).collect();
                let of_lines = |lines: &[u32]| lines.iter().filter_map(|line| places.get(line).copied()).collect();
                plan.rows.iter().map(|row| of_lines(&row.lines)).collect()
            }
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

    /// Sends what is picked up, and nothing else of the file but its name. `begun` is a way up of the same rows.
    pub async fn commit(
        &self,
        name: &str,
        left_out: BTreeSet<u32>,
        confirmed: Option<u32>,
        begun: &mut Option<Begun<BTreeSet<u32>>>,
        tell: Tell<'_>,
    ) -> Result<ObjectsAnswer, FileError> {
        let picked = |digest| ObjectsPicked { digest, left_out: BTreeSet::new(), confirmed };
        Ok(match self.picked(&left_out) {
            Self::Groups { file: GroupFile { records, policy }, plan, .. } => {
                let picked = picked(plan.digest);
                let about = (SheetKind::Groups, left_out);
                let ask = |sent| commit_group_file(sent, name.to_owned(), policy, picked.clone());
                answer(commit(&records, about, begun, tell, ask).await?)
            }
            Self::Roles { file: RoleFile { records, options }, plan, .. } => {
                let picked = picked(plan.digest);
                let about = (SheetKind::Roles, left_out);
                let ask = |sent| commit_role_file(sent, name.to_owned(), options, picked.clone());
                answer(commit(&records, about, begun, tell, ask).await?)
            }
        })
    }
}

fn fits<R: Serialize>(records: &[R]) -> Result<(), FileError> {
    if bytes(records) <= MAX_BYTES { Ok(()) } else { Err(FileError::TooLong { limit_bytes: MAX_BYTES as u64 }) }
}

fn answer<P>(committed: ObjectsCommitted<P>) -> ObjectsAnswer {
    match committed {
        ObjectsCommitted::Applied { job_id, created, updated } => ObjectsAnswer::Applied { job_id, created, updated },
        // Its plan is one of the picked rows only.
        ObjectsCommitted::Changed { plan: _ } => ObjectsAnswer::Changed,
        ObjectsCommitted::Guarded { tripped } => ObjectsAnswer::Guarded(tripped),
        ObjectsCommitted::Empty => ObjectsAnswer::Empty,
    }
}

fn group_file(choices: &ObjectChoices, opened: &Opened, corrections: &Corrections) -> GroupFile {
    let mapper = ObjectMapper::new(&choices.columns, &opened.headers, choices.blank);
    let records = rows(opened, corrections, |line, cell| mapper.group(line, cell));
    GroupFile { records, policy: GroupPolicy { change_labels: choices.change_labels } }
}

fn role_file(choices: &ObjectChoices, opened: &Opened, corrections: &Corrections) -> RoleFile {
    let mapper = ObjectMapper::new(&choices.columns, &opened.headers, choices.blank);
    let records: Vec<RoleRecord> = rows(opened, corrections, |line, cell| mapper.role(line, cell));
    // As the file looks: the correction of one cell must not change how all others are read.
    let looks = || {
        let uncorrected = Corrections::default();
        has_row_per_permission(&rows(opened, &uncorrected, |line, cell| mapper.role(line, cell)))
    };
    let row_per_permission = choices.row_per_permission.unwrap_or_else(looks);
    RoleFile { records, options: RoleOptions { change_labels: choices.change_labels, row_per_permission } }
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
