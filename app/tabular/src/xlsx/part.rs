//! One part of the package, unpacked as it is read.

use super::archive::{Archive, Entry};
use super::{Limits, ReadError};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// What is unpacked at a time: a power of two, and more than the 32 KiB that deflate refers back to.
const WINDOW: usize = 64 << 10;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A stream over one part. It ends with an error if there are more or fewer bytes than the directory promised, or others.
pub(super) struct Part {
    name: String,
    bytes: Arc<Vec<u8>>,
    /// What of `bytes` is still packed.
    next: usize,
    end: usize,
    /// Nothing when the part is stored as it is.
    inflater: Option<Box<DecompressorOxide>>,
    /// A ring: what has been unpacked last, which deflate may refer to.
    window: Vec<u8>,
    /// What of the window is unpacked and not yet taken.
    ready: std::ops::Range<usize>,
    unpacked: u64,
    size: u64,
    checksum: crc32fast::Hasher,
    expected: u32,
    done: bool,
    /// Bytes that may be taken until the next call of [`Part::begin_item`].
    budget: usize,
    item: u32,
    /// Why the last read failed. An `io::Error` carries it badly.
    failure: Option<ReadError>,
}

impl Part {
    /// Begins to read a part, if its sizes are within the limits.
    pub fn open(archive: &Archive, entry: &Entry, limits: &Limits) -> Result<Part, ReadError> {
        let part = || entry.name.clone();
        if entry.encrypted {
            return Err(ReadError::EncryptedPart { part: part() });
        }
        if entry.size > limits.part_bytes {
            return Err(ReadError::PartTooLarge { part: part(), size: entry.size, limit: limits.part_bytes });
        }
        let inflater = match entry.method {
            STORED if entry.size == entry.packed_size => None,
            STORED => return Err(ReadError::Size { part: part(), declared: entry.size }),
            DEFLATED => Some(Box::default()),
            method => return Err(ReadError::Method { part: part(), method }),
        };
        let (next, end) = archive.packed(entry)?;
        Ok(Part {
            name: part(),
            bytes: Arc::clone(&archive.bytes),
            next,
            end,
            inflater,
            window: vec![0; WINDOW],
            ready: 0..0,
            unpacked: 0,
            size: entry.size,
            checksum: crc32fast::Hasher::new(),
            expected: entry.checksum,
            done: false,
            budget: 0,
            item: limits.text_bytes,
            failure: None,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes taken, and bytes there are, both unpacked.
    pub fn progress(&self) -> (u64, u64) {
        (self.unpacked - self.ready.len() as u64, self.size)
    }

    /// Says that what is read from now on is another text, tag or comment, which may be as long as the limit says.
    #[inline]
    pub fn begin_item(&mut self) {
        // What ends it is looked at as well.
        self.budget = self.item as usize + 1;
    }

    /// Why reading failed.
    pub fn take_failure(&mut self) -> Option<ReadError> {
        self.failure.take()
    }

    /// Unpacks until the window's end.
    fn refill(&mut self) -> Result<(), ReadError> {
        if self.done {
            return self.verify();
        }
        let from = self.ready.end % WINDOW;
        let input = &self.bytes[self.next..self.end];
        let (used, made) = match &mut self.inflater {
            None => {
                let length = input.len().min(WINDOW - from);
                self.window[from..from + length].copy_from_slice(&input[..length]);
                self.done = length == input.len();
                (length, length)
            }
            Some(inflater) => {
                let (status, used, made) = decompress(inflater, input, &mut self.window, from, 0);
                match status {
                    TINFLStatus::Done => self.done = true,
                    TINFLStatus::HasMoreOutput if made > 0 => {}
                    _ => return Err(ReadError::Damaged { part: self.name.clone() }),
                }
                (used, made)
            }
        };
        self.next += used;
        self.ready = from..from + made;
        self.unpacked += made as u64;
        if self.unpacked > self.size {
            return Err(ReadError::Size { part: self.name.clone(), declared: self.size });
        }
        self.checksum.update(&self.window[self.ready.clone()]);
        if made == 0 { self.verify() } else { Ok(()) }
    }

    fn verify(&self) -> Result<(), ReadError> {
        if self.unpacked != self.size {
            return Err(ReadError::Size { part: self.name.clone(), declared: self.size });
        }
        if self.checksum.clone().finalize() != self.expected {
            return Err(ReadError::Damaged { part: self.name.clone() });
        }
        Ok(())
    }
}

impl BufRead for Part {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.ready.is_empty()
            && let Err(error) = self.refill()
        {
            self.ready = 0..0;
            self.failure = Some(error);
            return Err(io::ErrorKind::Other.into());
        }
        if self.budget == 0 && !self.ready.is_empty() {
            let (part, position) = (self.name.clone(), self.progress().0);
            self.failure = Some(ReadError::TextTooLong { part, position, limit: self.item });
            return Err(io::ErrorKind::Other.into());
        }
        let end = self.ready.end.min(self.ready.start.saturating_add(self.budget));
        Ok(&self.window[self.ready.start..end])
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        self.ready.start += amount;
        self.budget -= amount;
    }
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(buffer.len());
        buffer[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}
