//! Texts that no user has yet, and the rows where they stood first.

mod packed;

use hashbrown::HashTable;
use packed::Packed;
use std::hash::BuildHasher;

/// Texts in blocks: no allocation for each, and no large one either, which would be copied to grow and take the room of
/// three meanwhile.
#[derive(Debug, Default)]
pub(crate) struct Names {
    blocks: Vec<Block>,
    by_hash: HashTable<Place>,
}

/// Names that a block has at most, and bytes that it has when it takes no more.
const NAMES: usize = 1 << 12;
const BYTES: usize = 1 << 20;

#[derive(Debug, Default)]
struct Block {
    texts: Vec<u8>,
    /// Where a name ends in `texts`; it begins where the one before ends.
    ends: Vec<u32>,
    first_row: u32,
    /// The rows of all names, once one was not the next: mostly each row has a name of its own.
    rows: Vec<u32>,
}

/// The block of a name, and its place there in the lower bits.
type Place = u32;

impl Names {
    /// Adds a name, unless it was seen: then the answer is the row where it stood first.
    pub(crate) fn add(&mut self, name: &str, row: u32, hasher: &impl BuildHasher) -> Option<u32> {
        let Self { blocks, by_hash } = self;
        let packed = Packed::of(name);
        let name = packed.as_bytes();
        let hash = hasher.hash_one(name);
        if let Some(&place) = by_hash.find(hash, |&place| named(blocks, place).0 == name) {
            return Some(named(blocks, place).1);
        }
        if blocks.last().is_none_or(Block::is_full) {
            blocks.last_mut().into_iter().for_each(Block::close);
            blocks.push(Block::default());
        }
        let place = (blocks.len() - 1) * NAMES + blocks.last_mut().expect("there is one").add(name, row);
        let place = Place::try_from(place).expect("rows are counted with 32 bits, and full blocks are many rows");
        by_hash.insert_unique(hash, place, |&place| hasher.hash_one(named(blocks, place).0));
        None
    }
}

impl Block {
    fn is_full(&self) -> bool {
        self.ends.len() == NAMES || self.texts.len() >= BYTES
    }

    fn close(&mut self) {
        self.texts.shrink_to_fit();
    }

    fn add(&mut self, name: &[u8], row: u32) -> usize {
        self.texts.extend_from_slice(name);
        let place = self.ends.len();
        self.ends.push(u32::try_from(self.texts.len()).expect("no name has gigabytes"));
        if place == 0 {
            self.first_row = row;
        } else if !self.rows.is_empty() || row != self.row(place) {
            if self.rows.is_empty() {
                self.rows = (0..place).map(|place| self.row(place)).collect();
            }
            self.rows.push(row);
        }
        place
    }

    fn row(&self, place: usize) -> u32 {
        self.rows.get(place).copied().unwrap_or(self.first_row + place as u32)
    }
}

/// A name and its row.
fn named(blocks: &[Block], place: Place) -> (&[u8], u32) {
    let (block, place) = (place as usize / NAMES, place as usize % NAMES);
    let block = &blocks[block];
    let start = if place == 0 { 0 } else { block.ends[place - 1] };
    (&block.texts[start as usize..block.ends[place] as usize], block.row(place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::{BuildHasherDefault, DefaultHasher, Hasher};

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

    #[test]
    fn a_name_is_found_in_whichever_block_it_stands() {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let name = |number: u32| match number % 3 {
            0 => format!("{number:08x}-1b2c-4d5e-8f90-0123456789ab"),
            1 => format!("user{number}"),
            // Long ones fill a block before it has all its names.
            _ => "é".repeat(2000) + &number.to_string(),
        };
        let mut names = Names::default();
        let row_of = |number: u32| number + number / 1000;
        for number in 0..3 * NAMES as u32 {
            assert_eq!(names.add(&name(number), row_of(number), &hasher), None);
        }
        assert!(names.blocks.iter().any(|block| block.ends.len() < NAMES / 2), "a block is full of bytes");
        for number in 0..3 * NAMES as u32 {
            assert_eq!(names.add(&name(number), 0, &hasher), Some(row_of(number)));
        }
    }
}
