//! What was picked of a plan, carried over to another one that was made of the same entries.

use crate::row::{Action, Row};
use crate::selection::{Part, Selection};
use std::collections::{BTreeMap, BTreeSet};

/// Carries a selection from one plan to another: what was said of a row is said of the row of the same
/// entry or of the same row of the file. First the
/// rows before, then the rows after, both in any order.
#[derive(Debug)]
pub struct Carrier {
    selection: Selection,
    before: BTreeMap<Origin, Before>,
    carried: Selection,
    new: u32,
}

/// A selection that was carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// For the plan after.
    pub selection: Selection,
    /// Rows that would change something, of entries or rows of the file of which none did in the plan before. Nobody has picked them,
    /// and so they are not.
    pub new: u32,
}

/// What a row was made from, by which it is found again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// An entry of a directory, by its external id.
    Entry(String),
    /// A row of a file.
    Line(u32),
}

impl Origin {
    fn of(row: &Row) -> Option<Self> {
        let entry = row.entry.as_ref().map(|entry| Self::Entry(entry.external_id.as_str().to_owned()));
        entry.or(row.line.map(Self::Line))
    }
}

/// A row before that could be picked.
#[derive(Debug, Clone, Copy)]
struct Before {
    row: u32,
    picked: bool,
    creates: bool,
}

impl Carrier {
    /// Begins with what was picked before.
    pub fn new(selection: Selection) -> Self {
        let Selection { all, unpicked_fields, .. } = &selection;
        let carried = Selection { all: *all, unpicked_fields: unpicked_fields.clone(), ..Selection::default() };
        Self { selection, before: BTreeMap::new(), carried, new: 0 }
    }

    /// A row of the plan before.
    pub fn before(&mut self, row: &Row) {
        let Some(origin) = Origin::of(row).filter(|_| row.kind().is_change()) else { return };
        let picked = self.selection.picks_row(row.row, row.kind());
        let before = Before { row: row.row, picked, creates: row.action == Action::Create };
        self.before.insert(origin, before);
    }

    /// A row of the plan after.
    pub fn after(&mut self, row: &Row) {
        if !row.kind().is_change() {
            return;
        }
        let before = Origin::of(row).and_then(|origin| self.before.get(&origin));
        self.new += u32::from(before.is_none());
        if before.is_some_and(|before| before.picked) != self.carried.all {
            self.carried.rows.insert(row.row);
        }
        let Some((before, parts)) = before.and_then(|before| Some((before, self.selection.parts.get(&before.row)?)))
        else {
            return;
        };
        // A field that is left out of updates is no exception there, and is one in a new user; so what was said of
        // such a field does not fit a row that became the other of the two.
        let changed_sides = before.creates != (row.action == Action::Create);
        let fits = |part: &&Part| match part {
            Part::Field(field) => !(changed_sides && self.selection.unpicked_fields.contains(field)),
            Part::Roles | Part::RemovedRoles | Part::Groups | Part::LeftGroups => true,
        };
        let parts: BTreeSet<Part> = parts.iter().filter(fits).cloned().collect();
        if !parts.is_empty() {
            self.carried.parts.insert(row.row, parts);
        }
    }

    /// What is picked after.
    pub fn finish(self) -> Carried {
        Carried { selection: self.carried, new: self.new }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::FieldChange;
    use crate::input::EntryRef;
    use crate::row::Reason;
    use identity::external_id::ExternalId;
    use identity::field::{Field, Value};
    use identity::id::UserId;

    fn row(number: u32, id: &str, action: Action) -> Row {
        let change = |field| FieldChange { field, before: None, after: Some(Value::Text("x".to_owned())), mark: None };
        Row {
            row: number,
            line: None,
            username: id.to_owned(),
            name: id.to_owned(),
            entry: Some(EntryRef { external_id: ExternalId::from_text(id).expect("an id"), dn: String::new() }),
            action,
            fields: vec![change(Field::Email), change(Field::Phone)],
            unchanged_fields: 0,
            add_roles: vec![],
            remove_roles: vec![],
            add_groups: vec![],
            remove_groups: vec![],
            moved_from: None,
            reason: Reason::Unknown,
            issues: vec![],
        }
    }

    fn update() -> Action {
        Action::Update { user_id: UserId(1), version: 1 }
    }

    fn carried(selection: &Selection, before: &[Row], after: &[Row]) -> Carried {
        let mut carrier = Carrier::new(selection.clone());
        before.iter().for_each(|row| carrier.before(row));
        after.iter().for_each(|row| carrier.after(row));
        carrier.finish()
    }

    #[test]
    fn rows_are_found_again_by_their_entries() {
        let before = [row(0, "a", update()), row(1, "b", update()), row(2, "c", Action::Create)];
        let after = [row(0, "c", update()), row(1, "b", update()), row(2, "a", update())];
        let mut selection = Selection::default();
        selection.unpick_row(0);
        selection.unpick_part(&before[1], &Part::Field(Field::Email));
        selection.unpick_field(&Field::Department);
        let Carried { selection: found, new } = carried(&selection, &before, &after);
        assert_eq!((found.all, &found.rows, new), (true, &BTreeSet::from([2]), 0));
        assert_eq!(found.unpicked_fields, selection.unpicked_fields);
        assert_eq!(found.parts, BTreeMap::from([(1, BTreeSet::from([Part::Field(Field::Email)]))]));
        let mut few = Selection::none();
        few.pick_row(2);
        assert_eq!(carried(&few, &before, &after).selection.rows, BTreeSet::from([0]));
    }

    #[test]
    fn what_was_no_change_before_is_not_picked() {
        let unchanged = Action::Unchanged { user_id: UserId(1), version: 1 };
        let before = [row(0, "a", unchanged.clone()), row(1, "b", update()), row(2, "b", Action::Block)];
        let after = [row(0, "a", update()), row(1, "b", update()), row(2, "new", Action::Create)];
        for selection in [Selection::default(), Selection { rows: BTreeSet::from([1]), ..Selection::none() }] {
            let Carried { selection, new } = carried(&selection, &before, &after);
            let picked = |row: &Row| selection.picks_row(row.row, row.kind());
            assert_eq!((after.iter().map(picked).collect::<Vec<_>>(), new), (vec![false, true, false], 2));
        }
        let after = [row(0, "a", unchanged), row(1, "b", update())];
        let expected = Carried { selection: Selection::default(), new: 0 };
        assert_eq!(carried(&Selection::default(), &before, &after), expected);
    }

    #[test]
    fn a_field_left_out_everywhere_stays_out_of_a_row_that_became_an_update() {
        let (before, after) = ([row(0, "a", Action::Create)], [row(0, "a", update())]);
        let part = Part::Field(Field::Email);
        let mut selection = Selection::default();
        selection.unpick_field(&Field::Email);
        selection.unpick_part(&before[0], &part);
        assert!(!selection.picks_part(&before[0], &part));
        let found = carried(&selection, &before, &after).selection;
        assert!(!found.picks_part(&after[0], &part));
        assert!(found.picks_part(&after[0], &Part::Field(Field::Phone)));
    }
}
