//! Cells that a person changed, over those of the file.

use super::messages::{Corrected, Correction};
use std::collections::BTreeMap;

/// The row and column of a cell, from 0.
type Place = (u32, u32);
/// Cells that were changed together, with what a person had written there before, if anything.
type Step = Vec<(Place, Option<String>)>;

/// The changed cells, and how they came about.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    cells: BTreeMap<Place, String>,
    /// What stood in the cells before each step, the last step last.
    before: Vec<Step>,
    changes: u32,
}

impl Corrections {
    /// Those that were made before, without a way back.
    pub fn restore(corrections: Vec<Correction>) -> Self {
        let cells = corrections.into_iter().map(|Correction { row, column, text }| ((row, column), text)).collect();
        Self { cells, ..Self::default() }
    }

    /// These corrections. With the way back if they are those that there are: then the file is planned again, and nothing
    /// else.
    pub fn taken_up(&self, corrections: Vec<Correction>) -> Self {
        if self.list() == corrections { self.clone() } else { Self::restore(corrections) }
    }

    /// Changes cells, as one step. Answers the rows concerned.
    pub fn correct(&mut self, corrections: impl IntoIterator<Item = Correction>) -> Vec<u32> {
        let mut before = Vec::new();
        for Correction { row, column, text } in corrections {
            let place = (row, column);
            before.push((place, self.cells.insert(place, text)));
        }
        let rows = before.iter().map(|((row, _), _)| *row).collect();
        if !before.is_empty() {
            self.before.push(before);
            self.changes = self.changes.wrapping_add(1);
        }
        rows
    }

    /// Takes the last step back. Answers the rows concerned.
    pub fn undo(&mut self) -> Vec<u32> {
        let mut rows = Vec::new();
        self.changes = self.changes.wrapping_add(u32::from(self.can_undo()));
        // The other way round: a cell may have been changed twice in one step.
        for (place, text) in self.before.pop().into_iter().flatten().rev() {
            match text {
                Some(text) => drop(self.cells.insert(place, text)),
                None => drop(self.cells.remove(&place)),
            }
            rows.push(place.0);
        }
        rows
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// What stands in a cell instead of the file's text.
    pub fn get(&self, row: u32, column: u32) -> Option<&str> {
        self.cells.get(&(row, column)).map(String::as_str)
    }

    /// Whether a row has any.
    pub fn touches(&self, row: u32) -> bool {
        self.cells.range((row, 0)..=(row, u32::MAX)).next().is_some()
    }

    /// What the page sees of them.
    pub fn view(&self) -> Corrected {
        Corrected { corrections: self.list(), can_undo: self.can_undo(), changes: self.changes }
    }

    /// All of them.
    pub fn list(&self) -> Vec<Correction> {
        let correction = |(&(row, column), text): (&Place, &String)| Correction { row, column, text: text.clone() };
        self.cells.iter().map(correction).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correction(row: u32, column: u32, text: &str) -> Correction {
        Correction { row, column, text: text.to_owned() }
    }

    #[test]
    fn each_step_is_taken_back_as_a_whole() {
        let mut corrections = Corrections::default();
        assert_eq!(corrections.correct([correction(1, 0, "a")]), [1]);
        assert_eq!(
            corrections.correct([correction(1, 0, "b"), correction(7, 2, "c"), correction(7, 2, "d")]),
            [1, 7, 7]
        );
        assert_eq!((corrections.get(1, 0), corrections.get(7, 2)), (Some("b"), Some("d")));
        assert_eq!(corrections.undo(), [7, 7, 1]);
        assert_eq!((corrections.get(1, 0), corrections.get(7, 2)), (Some("a"), None));
        assert_eq!(corrections.view().changes, 3, "taking one back changes cells too");
        assert!(corrections.touches(1) && !corrections.touches(7) && corrections.can_undo());
        corrections.undo();
        assert!(corrections.list().is_empty() && !corrections.can_undo() && corrections.undo().is_empty());
    }

    #[test]
    fn what_was_kept_comes_back_without_a_way_back() {
        let kept = vec![correction(1, 0, "a"), correction(2, 3, "")];
        let corrections = Corrections::restore(kept.clone());
        assert_eq!(corrections.list(), kept);
        assert!(!corrections.can_undo());
    }

    #[test]
    fn planning_again_keeps_the_way_back() {
        let mut corrections = Corrections::restore(vec![correction(1, 0, "a")]);
        corrections.correct([correction(2, 3, "b")]);
        let again = corrections.taken_up(corrections.list());
        assert_eq!(again.view(), corrections.view());
        assert!(again.can_undo());
        let other = corrections.taken_up(vec![correction(7, 7, "c")]);
        assert_eq!((other.list(), other.can_undo()), (vec![correction(7, 7, "c")], false));
    }
}
