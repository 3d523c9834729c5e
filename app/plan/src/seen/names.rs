//! Texts that no user has yet, and the rows where they stood first.

use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Texts in one piece: no allocation for each.
#[derive(Debug, Default)]
pub(crate) struct Names {
    texts: String,
    /// Where a name ends in `texts`, and its row; it begins where the one before ends.
    names: Vec<(usize, u32)>,
    by_hash: HashTable<u32>,
}

impl Names {
    /// Adds a name, unless it was seen: then the answer is the row where it stood first.
    pub(crate) fn add(&mut self, name: &str, row: u32, hasher: &impl BuildHasher) -> Option<u32> {
        let Self { texts, names, by_hash } = self;
        let hash = hasher.hash_one(name);
        if let Some(&index) = by_hash.find(hash, |&index| text(texts, names, index) == name) {
            return Some(names[index as usize].1);
        }
        let index = u32::try_from(names.len()).expect("rows are counted with 32 bits and each adds one name");
        texts.push_str(name);
        names.push((texts.len(), row));
        by_hash.insert_unique(hash, index, |&index| hasher.hash_one(text(texts, names, index)));
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
    use std::hash::{BuildHasherDefault, Hasher};

    /// A poor hash, so that names meet in the table.
    #[derive(Default)]
    struct Poor(u64);

    impl Hasher for Poor {
        fn write(&mut self, bytes: &[u8]) {
            self.0 += bytes.len() as u64 % 2;
        }

        fn finish(&self) -> u64 {
            self.0
        }
    }

    #[test]
    fn the_second_of_a_name_learns_where_the_first_stood() {
        let hasher = BuildHasherDefault::<Poor>::default();
        let mut names = Names::default();
        for (row, name) in (0..1000).map(|row| (row, "x".repeat(row as usize))) {
            assert_eq!(names.add(&name, row, &hasher), None);
        }
        assert_eq!(names.add("xx", 9999, &hasher), Some(2));
        assert_eq!(names.add("", 9999, &hasher), Some(0));
        assert_eq!(names.add("y", 9999, &hasher), None);
    }
}
