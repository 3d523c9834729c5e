//! Which of the found entries are ticked.

use crate::api::search::SearchRow;
use identity::external_id::ExternalId;
use identity::import::{MAX_EARLIER, Picked};
use plan::issue::Issue;
use plan::state::RowState;
use std::collections::BTreeSet;

/// Ticked entries and those to link, by their place in the result.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ticks {
    ticked: Vec<bool>,
    count: u32,
    link: BTreeSet<ExternalId>,
    /// Picked in earlier searches, or before the page was loaded again, and not found by this search (yet).
    away: BTreeSet<ExternalId>,
    /// All that match were asked for, not these ones by name.
    all: bool,
    /// All were asked for before the page was loaded again, but for these: the others are ticked as they are found.
    except: Option<BTreeSet<ExternalId>>,
    /// What was selected in the search before ended with it.
    ended: bool,
}

/// What is picked, as it is asked for or kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which entries of the search.
    pub picked: Picked,
    /// Which entries beside them.
    pub earlier: BTreeSet<ExternalId>,
    /// The entries to link.
    pub link: BTreeSet<ExternalId>,
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
    /// What was picked, when the same search is made once more.
    pub fn again(asked: Asked) -> Self {
        let Asked { picked, earlier: mut away, link } = asked;
        let except = match picked {
            Picked::Only(mut ids) => {
                away.append(&mut ids);
                None
            }
            Picked::All { except } => Some(except),
        };
        Self { link, away, all: except.is_some(), except, ..Self::default() }
    }

    /// What stays picked when another search is made: those who were ticked by name, unless they are too many. All that
    /// match, and so many, are only meant of the search that found them.
    pub fn carried(asked: Asked) -> Self {
        let Asked { picked, earlier: mut away, mut link } = asked;
        let ended = match picked {
            Picked::Only(mut ids) if away.union(&ids).count() <= MAX_EARLIER => {
                away.append(&mut ids);
                false
            }
            Picked::Only(_) | Picked::All { .. } => true,
        };
        link.retain(|id| away.contains(id));
        Self { link, away, ended, ..Self::default() }
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
        self.count + self.earlier()
    }

    /// How many of them this search did not find (yet).
    pub fn earlier(&self) -> u32 {
        u32::try_from(self.away.len()).unwrap_or(u32::MAX)
    }

    /// Whether what was selected in the search before ended with it.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// How many are chosen to be linked.
    pub fn links(&self) -> usize {
        self.link.len()
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

    /// Unticks those whom this search did not find.
    pub fn drop_earlier(&mut self) {
        let away = std::mem::take(&mut self.away);
        self.link.retain(|id| !away.contains(id));
    }

    /// Nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What to ask for. `rows` are all rows of a search that is complete or not.
    pub fn asked<'a>(&self, rows: impl Iterator<Item = &'a SearchRow> + Clone, complete: bool) -> Asked {
        let total = u32::try_from(rows.clone().count()).unwrap_or(u32::MAX);
        let many = self.count > MANY && self.count > total / 2;
        let all = complete && (self.all || many);
        let mut ids = (0_u32..)
            .zip(rows)
            .filter(|(number, _)| self.is_ticked(*number) != all)
            .filter_map(|(_, row)| row.external_id.clone())
            .collect::<BTreeSet<_>>();
        let mut earlier = self.away.clone();
        if !all && earlier.len() > MAX_EARLIER {
            // So many are not carried from one search to another: this one found them before it was made once more.
            ids.append(&mut earlier);
        }
        let picked = if all { Picked::All { except: ids } } else { Picked::Only(ids) };
        Asked { picked, earlier, link: self.link.clone() }
    }

    /// What to keep for when the search is made once more: the same, but for all that have yet to be found again.
    pub fn to_keep<'a>(&self, rows: impl Iterator<Item = &'a SearchRow> + Clone, complete: bool) -> Asked {
        let Some(except) = &self.except else { return self.asked(rows, complete) };
        let mut except = except.clone();
        let unticked = (0_u32..).zip(rows).filter(|(number, _)| !self.is_ticked(*number));
        except.extend(unticked.filter_map(|(_, row)| row.external_id.clone()));
        Asked { picked: Picked::All { except }, earlier: self.away.clone(), link: self.link.clone() }
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
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::Only(ids("a b")));
    }

    #[test]
    fn a_row_that_is_linked_is_ticked_with_it() {
        let rows = rows();
        let mut ticks = Ticks::default();
        ticks.set_link(2, &rows[2], true);
        ticks.set_link(3, &rows[3], true);
        assert_eq!((ticks.count(), ticks.links()), (1, 1));
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::Only(ids("c")));
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
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::Only(ids("b")));
        ticks.set_link(0, &rows[0], true);
        ticks.set_link(1, &rows[1], true);
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::Only(ids("a b")));
        assert_eq!(ticks.link, ids("a"), "the settings link the other");
    }

    fn asked(picked: Picked, earlier: &str, link: &str) -> Asked {
        Asked { picked, earlier: ids(earlier), link: ids(link) }
    }

    fn arrive(ticks: &mut Ticks, rows: &[SearchRow]) {
        (0..).zip(rows).for_each(|(number, row)| ticks.arrive(number, row));
    }

    #[test]
    fn what_was_picked_before_is_ticked_as_it_is_found_again() {
        let rows = rows();
        let mut ticks = Ticks::again(asked(Picked::Only(ids("b c d")), "gone", "c d"));
        assert_eq!(ticks.count(), 4, "nobody is lost while the search runs, or when it fails");
        assert_eq!(ticks.to_keep([].iter(), false), asked(Picked::Only(ids("")), "b c d gone", "c d"));
        arrive(&mut ticks, &rows);
        // One of them cannot be linked any more.
        assert_eq!(ticks.asked(rows.iter(), true), asked(Picked::Only(ids("b c")), "gone", "c"));
    }

    #[test]
    fn all_stay_all_over_a_reload_in_the_middle_of_a_search() {
        let rows = rows();
        let all = asked(Picked::All { except: ids("b") }, "other", "");
        let mut ticks = Ticks::again(all.clone());
        arrive(&mut ticks, &rows[..2]);
        assert_eq!((ticks.count(), ticks.to_keep(rows[..2].iter(), false)), (2, all.clone()));
        assert_eq!(ticks.asked(rows[..2].iter(), false), asked(Picked::Only(ids("a")), "other", ""));
        ticks.settle();
        assert_eq!(ticks.asked(rows[..2].iter(), true), all);
    }

    #[test]
    fn who_was_ticked_by_name_stays_when_another_search_is_made() {
        let rows = rows();
        let mut ticks = Ticks::carried(asked(Picked::Only(ids("a x")), "y", "x z"));
        assert_eq!((ticks.count(), ticks.earlier(), ticks.has_ended()), (3, 3, false));
        arrive(&mut ticks, &rows);
        assert_eq!((ticks.count(), ticks.earlier()), (3, 2), "one of them is found by this search too");
        assert_eq!(ticks.asked(rows.iter(), true), asked(Picked::Only(ids("a")), "x y", "x"));
        ticks.drop_earlier();
        assert_eq!(ticks.asked(rows.iter(), true), asked(Picked::Only(ids("a")), "", ""));
    }

    #[test]
    fn all_that_match_end_with_their_search_and_so_do_too_many() {
        let many: BTreeSet<_> = (0..1_001).filter_map(|number| ExternalId::from_text(&format!("{number}"))).collect();
        for picked in [Picked::All { except: ids("") }, Picked::Only(many)] {
            let ticks = Ticks::carried(asked(picked, "y", "a y"));
            assert_eq!((ticks.count(), ticks.has_ended()), (1, true));
            assert_eq!(ticks.asked([].iter(), true), asked(Picked::Only(ids("")), "y", "y"));
        }
    }

    #[test]
    fn all_that_match_are_asked_for_by_what_is_left_out() {
        let rows = rows();
        let mut ticks = Ticks::default();
        for (number, row) in (0..).zip(&rows) {
            ticks.set(number, row, true);
        }
        ticks.mean_all();
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::All { except: ids("c d") });
        // A result that was cut short is never all.
        assert_eq!(ticks.asked(rows.iter(), false).picked, Picked::Only(ids("a b")));
        ticks.set(0, &rows[0], false);
        assert_eq!(ticks.asked(rows.iter(), true).picked, Picked::Only(ids("b")));
    }
}
