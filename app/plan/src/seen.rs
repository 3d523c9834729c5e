//! The names that a source had so far. All that a planner keeps of the pages behind it.

use hashbrown::HashTable;

/// Names and the rows where they stood first. The texts lie in one piece: no allocation for each.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    texts: String,
    /// Where a name ends in `texts`, and its row; it begins where the one before ends.
    names: Vec<(usize, u32)>,
    by_hash: HashTable<u32>,
}

impl Seen {
    /// Makes room, so that a page's names are added without growing.
    pub(crate) fn reserve(&mut self, names: usize, hash: impl Fn(&str) -> u64) {
        let Self { texts, names: known, by_hash } = self;
        known.reserve(names);
        by_hash.reserve(names, |&index| hash(text(texts, known, index)));
    }

    /// Adds a name, unless it was seen: then the answer is the row where it stood first.
    pub(crate) fn add(&mut self, name: &str, row: u32, own_hash: u64, hash: impl Fn(&str) -> u64) -> Option<u32> {
        let Self { texts, names, by_hash } = self;
        if let Some(&index) = by_hash.find(own_hash, |&index| text(texts, names, index) == name) {
            return Some(names[index as usize].1);
        }
        let index = u32::try_from(names.len()).expect("rows are counted with 32 bits and each adds one name");
        texts.push_str(name);
        names.push((texts.len(), row));
        by_hash.insert_unique(own_hash, index, |&index| hash(text(texts, names, index)));
        None
    }
}

fn text<'a>(texts: &'a str, names: &[(usize, u32)], index: u32) -> &'a str {
    let index = index as usize;
    let start = if index == 0 { 0 } else { names[index - 1].0 };
    &texts[start..names[index].0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_of_a_name_learns_where_the_first_stood() {
        // A poor hash, so that names meet in the table.
        let hash = |name: &str| name.len() as u64;
        let mut seen = Seen::default();
        for (row, name) in ["", "a", "b", "cc"].into_iter().enumerate() {
            assert_eq!(seen.add(name, row as u32, hash(name), hash), None);
        }
        seen.reserve(1000, hash);
        assert_eq!(seen.add("b", 9, hash("b"), hash), Some(2));
        assert_eq!(seen.add("", 9, 0, hash), Some(0));
        assert_eq!(seen.add("dd", 9, 2, hash), None);
    }
}
