//! UTF-16 to UTF-8, in pieces.

/// What is left over between two pieces.
#[derive(Debug, Clone)]
pub(super) struct Decoder {
    big_endian: bool,
    /// The first byte of a unit.
    byte: Option<u8>,
    /// The first half of a pair.
    high: Option<u16>,
}

impl Decoder {
    pub(super) fn new(big_endian: bool) -> Self {
        Self { big_endian, byte: None, high: None }
    }

    /// Appends a piece. Halves of pairs that stand alone become three bytes that are no UTF-8, so that whoever looks at
    /// the text finds them where they are.
    pub(super) fn decode(&mut self, mut piece: &[u8], text: &mut Vec<u8>) {
        if let (Some(first), [second, rest @ ..]) = (self.byte, piece) {
            self.byte = None;
            piece = rest;
            self.unit([first, *second], text);
        }
        let pairs = piece.chunks_exact(2);
        if let [byte] = pairs.remainder() {
            self.byte = Some(*byte);
        }
        for pair in pairs {
            self.unit([pair[0], pair[1]], text);
        }
    }

    /// Appends what is left over when there are no more pieces.
    pub(super) fn finish(&mut self, text: &mut Vec<u8>) {
        if let Some(high) = self.high.take() {
            push_lone(high, text);
        }
        if self.byte.take().is_some() {
            text.push(0xFF);
        }
    }

    fn unit(&mut self, bytes: [u8; 2], text: &mut Vec<u8>) {
        let unit = if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) };
        if unit < 0x80 && self.high.is_none() {
            text.push(bytes[usize::from(self.big_endian)]);
            return;
        }
        if let Some(high) = self.high.take() {
            if let Some(Ok(character)) = char::decode_utf16([high, unit]).next()
                && character > '\u{FFFF}'
            {
                push(character, text);
                return;
            }
            push_lone(high, text);
        }
        match char::from_u32(unit.into()) {
            Some(character) => push(character, text),
            None if unit < 0xDC00 => self.high = Some(unit),
            None => push_lone(unit, text),
        }
    }
}

fn push(character: char, text: &mut Vec<u8>) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

/// As UTF-8 would write it if it were a character.
fn push_lone(surrogate: u16, text: &mut Vec<u8>) {
    let six_bits = |shift: u16| 0x80 | (surrogate >> shift & 0x3F) as u8;
    text.extend_from_slice(&[0xED, six_bits(6), six_bits(0)]);
}

/// A whole sample.
pub(crate) fn decode(sample: &[u8], big_endian: bool) -> Vec<u8> {
    let mut text = Vec::with_capacity(sample.len());
    Decoder::new(big_endian).decode(sample, &mut text);
    text
}
