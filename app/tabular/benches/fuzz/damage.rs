//! Chance that can be repeated, and what it does to bytes.

/// Numbers that look random (xorshift64*), the same for the same seed.
pub struct Dice(u64);

/// What readers of these formats look for.
const WORDS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xEF\xBB\xBF",
    b"\xC3",
    b"sep=;\n",
    b"'=",
    b"<",
    b">",
    b"/>",
    b"</c>",
    b"<c r=\"XFD1048576\">",
    b"<c t=\"s\">",
    b"<v>",
    b"</v>",
    b"4294967295",
    b"-1",
    b"1e308",
    b"NaN",
    b"&amp;",
    b"&#x10FFFF;",
    b"&x;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE",
    b"<row r=\"1048576\">",
    b"_x0000_",
    b"[h]:mm",
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xFF\xFF\xFF\xFF",
];

impl Dice {
    /// Those of one file.
    pub fn new(seed: u64, file: u64) -> Self {
        let mut dice = Self((seed ^ file.wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1);
        // Neighbouring seeds begin alike.
        for _ in 0..4 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below a limit; 0 when the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() as usize).checked_rem(limit).unwrap_or(0)
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Changes some places.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(8) {
            self.damage_once(bytes);
        }
    }

    fn damage_once(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len() + 1);
        let length = self.below(40).min(bytes.len() - at);
        match self.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
            1 if at < bytes.len() => bytes[at] = self.below(256) as u8,
            2 => drop(bytes.drain(at..at + length)),
            3 => drop(bytes.splice(at..at, self.pick(WORDS).iter().copied())),
            4 => drop(bytes.splice(at..at + length, self.pick(WORDS).iter().copied())),
            5 => {
                let piece = bytes[at..at + length].to_vec();
                let to = self.below(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            6 if bytes.len() < 50_000 => {
                let piece = bytes[at..at + length].repeat(self.below(300));
                drop(bytes.splice(at..at, piece));
            }
            7 if self.below(10) == 0 => bytes.truncate(at),
            _ => {}
        }
    }
}
