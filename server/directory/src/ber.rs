//! Reading BER (X.690 8.1, with the restrictions of RFC 4511 5.1) without trusting it: nothing recurses, nothing is
//! allocated, and lengths are believed only as far as there are bytes.

/// What came is not LDAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message of LDAP")]
pub(crate) struct Malformed;

/// The tags of RFC 4511 that answers are made of.
pub(crate) mod tag {
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const ENUMERATED: u8 = 0x0a;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    pub(crate) const BIND_RESPONSE: u8 = 0x61;
    pub(crate) const SEARCH_ENTRY: u8 = 0x64;
    pub(crate) const SEARCH_DONE: u8 = 0x65;
    pub(crate) const SEARCH_REFERENCE: u8 = 0x73;
    pub(crate) const EXTENDED_RESPONSE: u8 = 0x78;
    pub(crate) const INTERMEDIATE: u8 = 0x79;
    pub(crate) const CONTROLS: u8 = 0xa0;
}

/// The beginning of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Class, form and number in one byte: LDAP uses no longer ones.
    pub(crate) tag: u8,
    /// Bytes of the header itself.
    pub(crate) length: usize,
    /// Bytes of the content that follow, as declared.
    pub(crate) content: usize,
}

impl Header {
    /// Reads a header. `None` when more bytes are needed to know.
    pub(crate) fn read(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let [tag, first, rest @ ..] = bytes else { return Ok(None) };
        if tag & 0x1f == 0x1f {
            return Err(Malformed);
        }
        let digits = match *first {
            short @ 0..=0x7f => return Ok(Some(Self { tag: *tag, length: 2, content: usize::from(short) })),
            // Indefinite lengths (0x80) are not allowed in LDAP, and nobody needs more than eight digits.
            long @ 0x81..=0x88 => usize::from(long & 0x7f),
            _ => return Err(Malformed),
        };
        let Some(digits) = rest.get(..digits) else { return Ok(None) };
        let content = digits.iter().fold(0_u64, |content, digit| content << 8 | u64::from(*digit));
        let content = usize::try_from(content).map_err(|_| Malformed)?;
        Ok(Some(Self { tag: *tag, length: 2 + digits.len(), content }))
    }
}

/// Elements, one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element: its tag and its content.
    pub(crate) fn next(&mut self) -> Result<(u8, &'a [u8]), Malformed> {
        let Header { tag, length, content } = Header::read(self.0)?.ok_or(Malformed)?;
        let after = self.0.get(length..).ok_or(Malformed)?;
        let (content, rest) = after.split_at_checked(content).ok_or(Malformed)?;
        self.0 = rest;
        Ok((tag, content))
    }

    /// The content of the next element, which has this tag.
    pub(crate) fn expect(&mut self, wanted: u8) -> Result<&'a [u8], Malformed> {
        match self.next()? {
            (tag, content) if tag == wanted => Ok(content),
            _ => Err(Malformed),
        }
    }

    /// The content of the next element if it has this tag.
    pub(crate) fn optional(&mut self, wanted: u8) -> Result<Option<&'a [u8]>, Malformed> {
        if self.0.first() == Some(&wanted) { self.expect(wanted).map(Some) } else { Ok(None) }
    }

    /// The next element as a number from 0 on.
    pub(crate) fn number(&mut self, wanted: u8) -> Result<u32, Malformed> {
        let content = self.expect(wanted)?;
        if content.is_empty() || content.len() > 5 || content[0] & 0x80 != 0 {
            return Err(Malformed);
        }
        let number = content.iter().fold(0_u64, |number, digit| number << 8 | u64::from(*digit));
        u32::try_from(number).map_err(|_| Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_soon_as_they_are_there() {
        assert_eq!(Header::read(&[0x30]), Ok(None));
        assert_eq!(Header::read(&[0x30, 0x82, 1]), Ok(None));
        assert_eq!(Header::read(&[0x30, 0x82, 1, 2]), Ok(Some(Header { tag: 0x30, length: 4, content: 258 })));
        assert_eq!(Header::read(&[0x04, 0x7f]), Ok(Some(Header { tag: 4, length: 2, content: 127 })));
    }

    #[test]
    fn what_ldap_forbids_is_malformed() {
        for bytes in [&[0x30, 0x80][..], &[0x3f, 0x01], &[0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1]] {
            assert_eq!(Header::read(bytes), Err(Malformed));
        }
    }

    #[test]
    fn a_length_beyond_the_end_is_malformed() {
        assert_eq!(Reader::new(&[4, 2, b'a']).next(), Err(Malformed));
        let huge = [4, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(Reader::new(&huge).next(), Err(Malformed));
    }

    #[test]
    fn numbers_are_never_negative() {
        assert_eq!(Reader::new(&[2, 1, 5]).number(tag::INTEGER), Ok(5));
        assert_eq!(Reader::new(&[2, 5, 0, 0xff, 0xff, 0xff, 0xff]).number(tag::INTEGER), Ok(u32::MAX));
        for bytes in [&[2, 1, 0xff][..], &[2, 0], &[2, 5, 1, 0, 0, 0, 0], &[2, 6, 0, 0, 0, 0, 0, 1]] {
            assert_eq!(Reader::new(bytes).number(tag::INTEGER), Err(Malformed));
        }
    }
}
