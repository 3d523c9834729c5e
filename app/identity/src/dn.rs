//! Distinguished names (RFC 4514).

mod parse;
mod print;
mod rdn;

pub use parse::{DnError, DnReason};
pub use rdn::{Rdn, RdnError, RdnPart, RdnValue};

use serde::{Deserialize, Serialize};

/// The longest DN that is read, in bytes, as it is written and as it is printed.
pub const MAX_LENGTH: usize = 16 * 1024;

/// The name of an entry: RDNs, the most specific first. None at all is the root.
///
/// `==` compares what was written; whether two DNs name the same entry is [`Dn::same_as`], and a map that
/// is looked up by DN has [`Dn::key`] for its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Dn {
    rdns: Vec<Rdn>,
}

/// What DNs are compared by: equal for DNs that name the same entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DnKey(String);

impl Dn {
    /// The DN without RDNs: the root DSE, and the base of everything.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a DN. Blanks beside `,`, `+` and `=` are accepted, as RFC 2253 asked for.
    pub fn parse(text: &str) -> Result<Self, DnError> {
        parse::parse(text)
    }

    /// Whether this is the root.
    pub fn is_root(&self) -> bool {
        self.rdns.is_empty()
    }

    /// Its RDNs, the most specific first.
    pub fn rdns(&self) -> &[Rdn] {
        &self.rdns
    }

    /// The most specific RDN; the root has none.
    pub fn rdn(&self) -> Option<&Rdn> {
        self.rdns.first()
    }

    /// The DN above; none above the root.
    pub fn parent(&self) -> Option<Dn> {
        let (_, above) = self.rdns.split_first()?;
        Some(Self { rdns: above.to_vec() })
    }

    /// The DN of this RDN directly below.
    pub fn child(&self, rdn: Rdn) -> Dn {
        let mut rdns = Vec::with_capacity(self.rdns.len() + 1);
        rdns.push(rdn);
        rdns.extend_from_slice(&self.rdns);
        Self { rdns }
    }

    /// Whether both name the same entry: types and values without regard to case, runs of white space as
    /// one, the parts of an RDN in any order.
    pub fn same_as(&self, other: &Dn) -> bool {
        self.rdns.len() == other.rdns.len() && self.ends_with(other)
    }

    /// Whether `other` is this DN or lies below it, at any depth.
    pub fn contains(&self, other: &Dn) -> bool {
        other.ends_with(self)
    }

    /// Whether this DN lies below `base`, at any depth. A DN is not below itself.
    pub fn is_below(&self, base: &Dn) -> bool {
        self.rdns.len() > base.rdns.len() && self.ends_with(base)
    }

    /// What this DN is looked up by.
    pub fn key(&self) -> DnKey {
        let keys: Vec<String> = self.rdns.iter().map(Rdn::key).collect();
        DnKey(keys.join(","))
    }

    fn ends_with(&self, end: &Dn) -> bool {
        let Some(skipped) = self.rdns.len().checked_sub(end.rdns.len()) else { return false };
        self.rdns[skipped..].iter().zip(&end.rdns).all(|(left, right)| left.same_as(right))
    }
}

impl DnKey {
    /// The normalised text: legal RFC 4514, but not for people.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Dn {
    type Err = DnError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Dn {
    type Error = DnError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Dn> for String {
    fn from(dn: Dn) -> String {
        dn.to_string()
    }
}

#[cfg(test)]
mod tests;
