//! Records on their way from a browser to the server: JSON, packed as zlib does (RFC 1950).

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Quick rather than small: names and addresses shrink to a quarter either way.
const LEVEL: u8 = 3;
/// The most bytes that the records of a chunk may have before they are packed.
pub const MAX_BYTES: usize = 16 << 20;

/// What was sent is not what [`pack`] makes of such records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are no packed records of at most {MAX_BYTES} bytes")]
pub struct NotRecords;

/// The bytes of records before they are packed.
pub fn bytes<R: Serialize>(records: &[R]) -> usize {
    records.iter().map(length).fold(0, usize::saturating_add)
}

/// Records that go up together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// How many.
    pub records: u64,
    json: Vec<u8>,
}

impl Chunk {
    /// Packs them.
    pub fn pack(&self) -> Vec<u8> {
        compress_to_vec_zlib(&self.json, LEVEL)
    }
}

/// Cuts records into chunks of so many bytes before they are packed, each of at least one record. Each record is written
/// once, when its chunk is asked for.
pub fn chunks<R: Serialize>(records: &[R], bytes: usize) -> impl Iterator<Item = Chunk> {
    let mut rest = records.iter();
    // The first record of the next chunk.
    let mut behind: Option<Vec<u8>> = None;
    std::iter::from_fn(move || {
        let mut chunk = Chunk { records: 0, json: Vec::new() };
        while let Some(json) = behind.take().or_else(|| rest.next().map(json)) {
            if chunk.records > 0 && chunk.json.len() + json.len() > bytes {
                behind = Some(json);
                break;
            }
            chunk.json.push(if chunk.records == 0 { b'[' } else { b',' });
            chunk.json.extend_from_slice(&json);
            chunk.records += 1;
        }
        chunk.json.push(b']');
        (chunk.records > 0).then_some(chunk)
    })
}

fn length<R: Serialize>(record: &R) -> usize {
    serde_json::to_vec(record).map_or(usize::MAX, |json| json.len())
}

fn json<R: Serialize + ?Sized>(records: &R) -> Vec<u8> {
    serde_json::to_vec(records).expect("records are texts, numbers, lists and maps with texts for keys")
}

/// Packs records.
pub fn pack<R: Serialize>(records: &[R]) -> Vec<u8> {
    compress_to_vec_zlib(&json(records), LEVEL)
}

/// Unpacks them. No more memory is taken than [`MAX_BYTES`] and what the records then are, whatever the bytes say.
pub fn unpack<R: DeserializeOwned>(packed: &[u8]) -> Result<Vec<R>, NotRecords> {
    let json = decompress_to_vec_zlib_with_limit(packed, MAX_BYTES).map_err(|_| NotRecords)?;
    serde_json::from_slice(&json).map_err(|_| NotRecords)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Record;

    #[test]
    fn what_was_packed_comes_back() {
        let records = vec![Record { line: Some(7), old_username: Some("jürgen".to_owned()), ..Record::default() }; 50];
        let packed = pack(&records);
        assert!(packed.len() < 300, "{} bytes", packed.len());
        assert_eq!(unpack(&packed), Ok(records));
    }

    #[test]
    fn chunks_are_as_large_as_a_request_may_be() {
        let record = |length: usize| Record { old_username: Some("x".repeat(length)), ..Record::default() };
        let records: Vec<Record> = [400, 400, 5_000, 10, 10, 400].map(record).to_vec();
        // A record has bytes of its own beside its texts.
        let bytes = 3 * serde_json::to_vec(&record(0)).expect("a record").len() + 1_000;
        let cut: Vec<Chunk> = chunks(&records, bytes).collect();
        assert_eq!(cut.iter().map(|chunk| chunk.records).collect::<Vec<_>>(), [2, 1, 3], "one that is larger is alone");
        let back = cut.iter().flat_map(|chunk| unpack::<Record>(&chunk.pack()).expect("records"));
        assert_eq!(back.collect::<Vec<_>>(), records);
        assert_eq!(chunks::<Record>(&[], bytes).count(), 0);
        assert_eq!(super::bytes(&records[..2]), 2 * super::bytes(&[record(400)]));
    }

    #[test]
    fn anything_else_is_refused() {
        for bytes in [&b""[..], b"[]", b"\x78\x9c", &compress_to_vec_zlib(b"{}", 1)] {
            assert_eq!(unpack::<Record>(bytes), Err(NotRecords), "{bytes:?}");
        }
        let bomb = compress_to_vec_zlib(&vec![b' '; MAX_BYTES + 1], 9);
        assert!(bomb.len() < 100_000);
        assert_eq!(unpack::<Record>(&bomb), Err(NotRecords));
    }
}
