//! Which of the found entries are ticked.

use crate::api::search::SearchRow;
use identity::external_id::ExternalId;
use identity::import::Picked;
use plan::issue::Issue;
use plan::state::RowState;
use std::collections::BTreeSet;

/// Ticked entries and those to link, by their place in the result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticks {
    ticked: Vec<bool>,
    count: u32,
    link: BTreeSet<ExternalId>,
    /// Picked before the page was loaded again, and not found again (yet).
    away: BTreeSet<ExternalId>,
    /// All that match were asked for, not these ones by name.
    all: bool,
    /// All were asked for before the page was loaded again, but for these: the others are ticked as they are found.
    except: Option<BTreeSet<ExternalId>>,
}

/// From so many on, entries are told by what is left out when that is shorter.
const MANY: u32 = 20_000;

/// Whether an entry can be linked to the internal user of the same name (R9).
pub fn can_link(row: &SearchRow) -> bool {
    match &row.state {
        RowState::Blocked { issues } => {
            row.external_id.is_some()
                && issues.iter().all(|issue| matches!(issue, Issue::InternalUserExists { .. }) || !issue.blocks())
        }
        // Whoever is left out can be linked row by row all the same.
        RowState::Skipped => row.external_id.is_some(),
        _ => false,
    }
}

impl Ticks {
    /// What was picked and linked before the page was loaded again.
    pub fn kept(picked: Picked, link: BTreeSet<ExternalId>) -> Self {
        let (away, except) = match picked {
            Picked::Only(ids) => (ids, None),
            Picked::All { except } => (BTreeSet::new(), Some(except)),
        };
        Self { link, away, all: except.is_some(), except, ..Self::default() }
    }

    /// Whether entries that are found may have been picked before.
    pub fn expects(&self) -> bool {
        !self.away.is_empty() || self.except.is_some()
    }

    /// Ticks an entry that was found if it was picked before.
    pub fn arrive(&mut self, number: u32, row: &SearchRow) {
        let Some(id) = &row.external_id else { return };
        if self.away.remove(id) || self.except.as_ref().is_some_and(|except| !except.contains(id)) {
            if !can_link(row) {
                self.link.remove(id);
            }
            self.set(number, row, true);
        }
    }

    /// The directory gave everything: nobody else is found.
    pub fn settle(&mut self) {
        self.except = None;
    }

    /// Whether an entry can be ticked: it can be imported, or was chosen to be linked.
    pub fn can_tick(&self, row: &SearchRow) -> bool {
        match &row.state {
            RowState::New | RowState::WillSync { .. } | RowState::WillLink { .. } | RowState::UpToDate => {
                row.external_id.is_some()
            }
            RowState::Blocked { .. } | RowState::Skipped => self.is_link(row),
        }
    }

    /// Whether an entry was chosen to be linked.
    pub fn is_link(&self, row: &SearchRow) -> bool {
        row.external_id.as_ref().is_some_and(|id| self.link.contains(id))
    }

    /// Whether the entry at a place is ticked.
    pub fn is_ticked(&self, number: u32) -> bool {
        self.ticked.get(number as usize).copied().unwrap_or(false)
    }

    /// How many are ticked.
    pub fn count(&self) -> u32 {
        self.count + u32::try_from(self.away.len()).unwrap_or(u32::MAX)
    }

    /// How many are chosen to be linked.
    pub fn links(&self) -> usize {
        self.link.len()
    }

    /// The entries to link.
    pub fn link(&self) -> &BTreeSet<ExternalId> {
        &self.link
    }

    /// Ticks or unticks the entry at a place.
    pub fn set(&mut self, number: u32, row: &SearchRow, ticked: bool) {
        let place = number as usize;
        let ticked = ticked && self.can_tick(row);
        if self.ticked.len() <= place {
            self.ticked.resize(place + 1, false);
        }
        let was = std::mem::replace(&mut self.ticked[place], ticked);
        self.count = self.count + u32::from(ticked) - u32::from(was);
        self.all &= ticked || !was;
    }

    /// Chooses whether an entry is linked; one that is, is ticked as well.
    pub fn set_link(&mut self, number: u32, row: &SearchRow, link: bool) {
        let Some(id) = row.external_id.clone().filter(|_| can_link(row)) else { return };
        if link {
            self.link.insert(id);
        } else {
            self.link.remove(&id);
        }
        self.set(number, row, link);
    }

    /// Says that everything that matches is meant.
    pub fn mean_all(&mut self) {
        self.all = true;
    }

    /// Nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What to ask for. `rows` are all rows of a search that is complete or not.
    pub fn picked<'a>(&self, rows: impl Iterator<Item = &'a SearchRow> + Clone, complete: bool) -> Picked {
        let chosen = |ticked: bool| {
            (0_u32..)
                .zip(rows.clone())
                .filter(|(number, _)| self.is_ticked(*number) == ticked)
                .filter_map(|(_, row)| row.external_id.clone())
                .collect::<BTreeSet<_>>()
        };
        let total = u32::try_from(rows.clone().count()).unwrap_or(u32::MAX);
        let many = self.count > MANY && self.count > total / 2;
        if complete && (self.all || many) {
            Picked::All { except: chosen(false) }
        } else {
            let mut ids = chosen(true);
            ids.extend(self.away.iter().cloned());
            Picked::Only(ids)
        }
    }

    /// What to pick after the page is loaded again: the same, but for all that have yet to be found once more.
    pub fn to_keep<'a>(&self, rows: impl Iterator<Item = &'a SearchRow> + Clone, complete: bool) -> Picked {
        let Some(except) = &self.except else { return self.picked(rows, complete) };
        let mut except = except.clone();
        let unticked = (0_u32..).zip(rows).filter(|(number, _)| !self.is_ticked(*number));
        except.extend(unticked.filter_map(|(_, row)| row.external_id.clone()));
        Picked::All { except }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::id::UserId;

    fn row(id: &str, state: RowState) -> SearchRow {
        SearchRow {
            external_id: ExternalId::from_text(id),
            dn: String::new(),
            username: id.to_owned(),
            name: id.to_owned(),
            email: None,
            department: None,
            job_title: None,
            state,
        }
    }

    fn rows() -> [SearchRow; 4] {
        let issues = vec![Issue::InternalUserExists { user_id: UserId(1) }];
        [
            row("a", RowState::New),
            row("b", RowState::UpToDate),
            row("c", RowState::Blocked { issues }),
            row("d", RowState::Blocked { issues: vec![Issue::MissingUsername] }),
        ]
    }

    fn ids(text: &str) -> BTreeSet<ExternalId> {
        text.split_whitespace().filter_map(ExternalId::from_text).collect()
    }

    #[test]
    fn what_cannot_be_imported_cannot_be_ticked() {
        let rows = rows();
        let mut ticks = Ticks::default();
        for (number, row) in (0..).zip(&rows) {
            ticks.set(number, row, true);
        }
        assert_eq!(ticks.count(), 2);
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("a b")));
    }

    #[test]
    fn a_row_that_is_linked_is_ticked_with_it() {
        let rows = rows();
        let mut ticks = Ticks::default();
        ticks.set_link(2, &rows[2], true);
        ticks.set_link(3, &rows[3], true);
        assert_eq!((ticks.count(), ticks.links()), (1, 1));
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("c")));
        ticks.set_link(2, &rows[2], false);
        assert_eq!((ticks.count(), ticks.links()), (0, 0));
    }

    #[test]
    fn who_is_left_out_or_linked_by_the_settings_can_be_linked_or_ticked() {
        let rows = [row("a", RowState::Skipped), row("b", RowState::WillLink { fields: 0 })];
        let mut ticks = Ticks::default();
        for (number, row) in (0..).zip(&rows) {
            ticks.set(number, row, true);
        }
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("b")));
        ticks.set_link(0, &rows[0], true);
        ticks.set_link(1, &rows[1], true);
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("a b")));
        assert_eq!(ticks.link(), &ids("a"), "the settings link the other");
    }

    #[test]
    fn what_was_picked_before_is_ticked_as_it_is_found_again() {
        let rows = rows();
        let mut ticks = Ticks::kept(Picked::Only(ids("b c d gone")), ids("c d"));
        assert_eq!(ticks.count(), 4, "nobody is lost while the search runs, or when it fails");
        assert_eq!(ticks.to_keep(rows.iter().take(0), false), Picked::Only(ids("b c d gone")));
        for (number, row) in (0..).zip(&rows) {
            ticks.arrive(number, row);
        }
        assert_eq!(ticks.link(), &ids("c"), "the other cannot be linked any more");
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("b c gone")));
    }

    #[test]
    fn all_stay_all_over_a_reload_in_the_middle_of_a_search() {
        let rows = rows();
        let all = Picked::All { except: ids("b") };
        let mut ticks = Ticks::kept(all.clone(), BTreeSet::new());
        ticks.arrive(0, &rows[0]);
        ticks.arrive(1, &rows[1]);
        assert_eq!((ticks.count(), ticks.to_keep(rows[..2].iter(), false)), (1, all));
        assert_eq!(ticks.picked(rows[..2].iter(), false), Picked::Only(ids("a")));
        ticks.settle();
        assert_eq!(ticks.picked(rows[..2].iter(), true), Picked::All { except: ids("b") });
    }

    #[test]
    fn all_that_match_are_asked_for_by_what_is_left_out() {
        let rows = rows();
        let mut ticks = Ticks::default();
        for (number, row) in (0..).zip(&rows) {
            ticks.set(number, row, true);
        }
        ticks.mean_all();
        assert_eq!(ticks.picked(rows.iter(), true), Picked::All { except: ids("c d") });
        // A result that was cut short is never all.
        assert_eq!(ticks.picked(rows.iter(), false), Picked::Only(ids("a b")));
        ticks.set(0, &rows[0], false);
        assert_eq!(ticks.picked(rows.iter(), true), Picked::Only(ids("b")));
    }
}
