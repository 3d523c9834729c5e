//! Files that may be workbooks: archives with any byte damaged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabular::Format;

fuzz_target!(|bytes: &[u8]| {
    let half = bytes.len() / 2;
    for (head, tail) in [(bytes, bytes), (&bytes[..half], &bytes[half..])] {
        if let Err(unreadable) = Format::detect(head, tail) {
            assert!(!unreadable.to_string().is_empty());
        }
    }
    fuzz::read_workbook(bytes.to_vec());
});
