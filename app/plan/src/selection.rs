//! Which rows and fields of a plan a person wants.

use crate::row::{Action, Kind, Row};
use crate::summary::Counts;
use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which rows and fields are picked. Kept as exceptions, so that a hundred thousand picked rows are a few bytes.
/// Rows that are no change are never picked, whatever a selection says, so any selection fits any plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Whether rows are picked unless named in `rows`.
    pub all: bool,
    /// The rows for which it is the other way round.
    pub rows: BTreeSet<u32>,
    /// Fields that are not picked in any row that updates. New users are not concerned.
    pub unpicked_fields: BTreeSet<Field>,
    /// Parts of single rows for which it is the other way round.
    pub parts: BTreeMap<u32, BTreeSet<Part>>,
}

/// A part of a row that can be left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The change of a field.
    Field(Field),
    /// The roles that the row gives.
    Roles,
    /// The roles that it takes away.
    RemovedRoles,
    /// The groups that the user joins.
    Groups,
    /// The groups that the user leaves.
    LeftGroups,
}

impl Default for Selection {
    /// Everything.
    fn default() -> Self {
        Self { all: true, rows: BTreeSet::new(), unpicked_fields: BTreeSet::new(), parts: BTreeMap::new() }
    }
}

impl Selection {
    /// Nothing.
    pub fn none() -> Self {
        Self { all: false, ..Self::default() }
    }

    /// Whether a row of this kind is picked, as far as its own mark goes: see [`Selection::picks_part`] for the rest.
    pub fn picks_row(&self, row: u32, kind: Kind) -> bool {
        kind.is_change() && self.all != self.rows.contains(&row)
    }

    /// Whether a part is picked, provided that its row is.
    pub fn picks_part(&self, row: &Row, part: &Part) -> bool {
        if is_needed(row, part) {
            return true;
        }
        let is_exception = self.parts.get(&row.row).is_some_and(|parts| parts.contains(part));
        self.picks_everywhere(row, part) != is_exception
    }

    /// Whether anything of a row is applied: see [`Change::of`](crate::Change::of).
    pub fn picks(&self, row: &Row) -> bool {
        // A row that is nothing but a link or a new DN has no parts, and goes by its own mark.
        let mut parts = parts(row).peekable();
        self.picks_row(row.row, row.kind()) && (parts.peek().is_none() || parts.any(|part| self.picks_part(row, &part)))
    }

    /// Whether a field is picked in rows that update.
    pub fn picks_field(&self, field: &Field) -> bool {
        !self.unpicked_fields.contains(field)
    }

    /// Picks every row with all its parts.
    pub fn pick_all(&mut self) {
        *self = Self::default();
    }

    /// Picks no row.
    pub fn unpick_all(&mut self) {
        *self = Self::none();
    }

    /// Picks a row with all its parts, but for the fields that are picked in no row.
    pub fn pick_row(&mut self, row: u32) {
        self.mark(row, true);
        self.parts.remove(&row);
    }

    /// Leaves a row out.
    pub fn unpick_row(&mut self, row: u32) {
        self.mark(row, false);
        self.parts.remove(&row);
    }

    /// Picks rows, each with all its parts, or leaves them out. Numbers of rows that are no change do nothing. The
    /// outline is the kind of each row, in order.
    pub fn mark_rows(&mut self, rows: impl IntoIterator<Item = u32>, picked: bool, outline: &[Kind]) {
        let is_change = |row: &u32| outline.get(*row as usize).is_some_and(|kind| kind.is_change());
        for row in rows.into_iter().filter(is_change) {
            if picked { self.pick_row(row) } else { self.unpick_row(row) }
        }
        self.shorten(outline);
    }

    /// Picks a part of a row. In a row that was left out, it becomes the only one that is picked.
    pub fn pick_part(&mut self, row: &Row, part: &Part) {
        if !self.picks_row(row.row, row.kind()) {
            for other in parts(row) {
                self.mark_part(row, &other, false);
            }
            self.mark(row.row, true);
        }
        self.mark_part(row, part, true);
    }

    /// Leaves a part of a row out, and the row with its last part.
    pub fn unpick_part(&mut self, row: &Row, part: &Part) {
        self.mark_part(row, part, false);
        if !parts(row).any(|part| self.picks_part(row, &part)) {
            self.unpick_row(row.row);
        }
    }

    /// Picks every row of a kind. The outline is the kind of each row, in order.
    pub fn pick_kind(&mut self, kind: Kind, outline: &[Kind]) {
        self.mark_kind(kind, outline, true);
    }

    /// Leaves every row of a kind out.
    pub fn unpick_kind(&mut self, kind: Kind, outline: &[Kind]) {
        self.mark_kind(kind, outline, false);
    }

    /// Picks a field in every row that updates.
    pub fn pick_field(&mut self, field: &Field) {
        self.unpicked_fields.remove(field);
        self.forget(field);
    }

    /// Leaves a field out of every row that updates.
    pub fn unpick_field(&mut self, field: &Field) {
        self.unpicked_fields.insert(field.clone());
        self.forget(field);
    }

    /// The picked rows by kind. The outline does not tell which fields a row has: a row of which every part was left
    /// out by [`Selection::unpick_field`] counts here, and is not applied. Warnings are not counted.
    pub fn counts(&self, outline: &[Kind]) -> Counts {
        let mut counts = Counts::default();
        for (row, kind) in (0_u32..).zip(outline) {
            if self.picks_row(row, *kind) {
                counts.add(*kind, false);
            }
        }
        counts
    }

    fn mark(&mut self, row: u32, picked: bool) {
        if picked == self.all {
            self.rows.remove(&row);
        } else {
            self.rows.insert(row);
        }
    }

    fn mark_part(&mut self, row: &Row, part: &Part, picked: bool) {
        if is_needed(row, part) {
            return;
        }
        let is_exception = self.picks_everywhere(row, part) != picked;
        let parts = self.parts.entry(row.row).or_default();
        if is_exception {
            parts.insert(part.clone());
        } else {
            parts.remove(part);
        }
        if parts.is_empty() {
            self.parts.remove(&row.row);
        }
    }

    fn mark_kind(&mut self, kind: Kind, outline: &[Kind], picked: bool) {
        let of_kind = |row: &u32| outline.get(*row as usize) == Some(&kind);
        self.parts.retain(|row, _| !of_kind(row));
        if picked == self.all {
            self.rows.retain(|row| !of_kind(row));
        } else {
            self.rows.extend((0_u32..).zip(outline).filter(|(_, other)| **other == kind).map(|(row, _)| row));
        }
        self.shorten(outline);
    }

    /// Says the same the other way round if that takes fewer rows.
    fn shorten(&mut self, outline: &[Kind]) {
        let changes = || (0_u32..).zip(outline).filter(|(_, kind)| kind.is_change()).map(|(row, _)| row);
        let exceptions = changes().filter(|row| self.rows.contains(row)).count();
        if exceptions * 2 > changes().count() {
            self.rows = changes().filter(|row| !self.rows.contains(row)).collect();
            self.all = !self.all;
        }
    }

    /// Whether the part is picked in the rows that are no exception.
    fn picks_everywhere(&self, row: &Row, part: &Part) -> bool {
        match part {
            Part::Field(field) => row.action == Action::Create || self.picks_field(field),
            Part::Roles | Part::RemovedRoles | Part::Groups | Part::LeftGroups => true,
        }
    }

    /// Forgets single rows' exceptions for a field of which something was said for all rows. Those of new users are
    /// forgotten too, which picks the field for them.
    fn forget(&mut self, field: &Field) {
        let part = Part::Field(field.clone());
        self.parts.retain(|_, parts| {
            parts.remove(&part);
            !parts.is_empty()
        });
    }
}

/// The parts of a row, in order.
pub fn parts(row: &Row) -> impl Iterator<Item = Part> {
    let fields = row.fields.iter().map(|change| Part::Field(change.field.clone()));
    let lists = [
        (Part::Roles, row.add_roles.is_empty()),
        (Part::RemovedRoles, row.remove_roles.is_empty()),
        (Part::Groups, row.add_groups.is_empty()),
        (Part::LeftGroups, row.remove_groups.is_empty()),
    ];
    fields.chain(lists.into_iter().filter_map(|(part, is_empty)| (!is_empty).then_some(part)))
}

/// Whether the row would make no sense without the part: a new user has a name, and may sign in or may not.
pub fn is_needed(row: &Row, part: &Part) -> bool {
    row.action == Action::Create && matches!(part, Part::Field(Field::Username | Field::Enabled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_marked_by_number_and_nothing_else_is() {
        let outline = [Kind::Create, Kind::Unchanged, Kind::Update, Kind::Blocked, Kind::Disable];
        let picked = |selection: &Selection| -> Vec<u32> {
            (0..5).filter(|row| selection.picks_row(*row, outline[*row as usize])).collect()
        };
        let mut selection = Selection::default();
        selection.unpick_field(&Field::Email);
        selection.mark_rows([1, 2, 3, 9], false, &outline);
        assert_eq!((picked(&selection), &selection.rows), (vec![0, 4], &BTreeSet::from([2])));
        selection.mark_rows([0, 4], false, &outline);
        assert_eq!((picked(&selection), selection.rows.len()), (vec![], 0), "the shorter way to say it");
        selection.mark_rows([4], true, &outline);
        assert_eq!(picked(&selection), [4]);
        assert!(!selection.picks_field(&Field::Email), "what was said of a field stands");
    }
}
