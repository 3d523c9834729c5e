//! A row of a plan of groups or roles, as the review shows it.

use crate::file::objects::{ObjectsPlanned, PlannedObjects};
use plan::objects::group::{GroupAction, GroupRow};
use plan::objects::role::{RoleAction, RoleRow};
use plan::objects::{ObjectIssue, TextChange};

/// What a row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// Makes a group or role.
    Create,
    /// Changes one.
    Update,
    /// Does nothing: everything is stored already.
    Unchanged,
    /// Cannot be applied.
    Blocked,
}

impl ObjectKind {
    /// Every one, in the order of the tiles.
    pub const ALL: [ObjectKind; 4] =
        [ObjectKind::Create, ObjectKind::Update, ObjectKind::Unchanged, ObjectKind::Blocked];

    /// Whether there is something to pick.
    pub fn changes(self) -> bool {
        matches!(self, ObjectKind::Create | ObjectKind::Update)
    }
}

/// A row of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectLine {
    /// Its number in the plan.
    pub row: u32,
    /// The numbers of its rows, as the spreadsheet shows them.
    pub lines: Vec<u32>,
    /// The places of its rows below the header of the file.
    pub places: Vec<u32>,
    /// The name or code, as the file writes it.
    pub name: String,
    /// What it does.
    pub kind: ObjectKind,
    /// The texts that change.
    pub texts: Vec<TextChange>,
    /// Permissions that come.
    pub added: Vec<String>,
    /// Permissions that go.
    pub removed: Vec<String>,
    /// What speaks against it.
    pub issues: Vec<ObjectIssue>,
}

/// The rows of a plan.
pub fn lines(planned: &PlannedObjects) -> Vec<ObjectLine> {
    let mut lines: Vec<ObjectLine> = match &planned.plan {
        ObjectsPlanned::Groups(plan) => plan.rows.iter().map(of_group).collect(),
        ObjectsPlanned::Roles(plan) => plan.rows.iter().map(of_role).collect(),
    };
    for (line, places) in lines.iter_mut().zip(&planned.places) {
        line.places.clone_from(places);
    }
    lines
}

fn of_group(row: &GroupRow) -> ObjectLine {
    let GroupRow { row, line, name, action, texts, issues } = row.clone();
    let kind = match action {
        GroupAction::Create { .. } => ObjectKind::Create,
        GroupAction::Update { .. } => ObjectKind::Update,
        GroupAction::Unchanged { .. } => ObjectKind::Unchanged,
        GroupAction::Block => ObjectKind::Blocked,
    };
    let (lines, places) = (Vec::from_iter(line), vec![]);
    ObjectLine { row, lines, places, name, kind, texts, added: vec![], removed: vec![], issues }
}

fn of_role(row: &RoleRow) -> ObjectLine {
    let RoleRow { row, lines, name, action, texts, added, removed, issues } = row.clone();
    let kind = match action {
        RoleAction::Create { .. } => ObjectKind::Create,
        RoleAction::Update { .. } => ObjectKind::Update,
        RoleAction::Unchanged => ObjectKind::Unchanged,
        RoleAction::Block => ObjectKind::Blocked,
    };
    ObjectLine { row, lines, places: vec![], name, kind, texts, added, removed, issues }
}
