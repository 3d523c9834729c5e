//! The entries in memory: looked up, searched, added, modified, deleted.

mod change;
mod clock;
mod seed;

pub(crate) use change::Change;

use crate::people::Random;
use identity::{
    attribute,
    dn::{Dn, DnKey},
    entry::{AttributeValue, Entry},
    filter::Filter,
};
use ldap3_proto::{LdapResultCode, LdapSearchScope};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Attributes that are answered only when asked for by name or by `+` (RFC 3673).
pub(crate) const OPERATIONAL: [&str; 5] =
    ["entryUUID", "createTimestamp", "modifyTimestamp", "creatorsName", "modifiersName"];

/// The most entries: a demo is not a place to store things.
const MAX_ENTRIES: usize = 20_000;

/// All entries, in the order in which they were added.
pub(crate) struct Tree {
    nodes: BTreeMap<NodeId, Node>,
    by_dn: HashMap<DnKey, NodeId>,
    next: NodeId,
    uuids: Random,
}

type NodeId = u64;

struct Node {
    entry: Arc<Entry>,
    parent: Option<NodeId>,
    children: usize,
}

/// Why an operation was refused: its code and a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: LdapResultCode,
    pub(crate) message: String,
    /// The DN of the deepest entry above that exists, for noSuchObject.
    pub(crate) matched: String,
}

impl Refusal {
    pub(crate) fn new(code: LdapResultCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), matched: String::new() }
    }
}

impl Tree {
    /// The entry of this DN.
    pub(crate) fn find(&self, dn: &Dn) -> Option<&Arc<Entry>> {
        self.by_dn.get(&dn.key()).and_then(|id| self.nodes.get(id)).map(|node| &node.entry)
    }

    /// Whether an entry of this DN exists and is a person.
    pub(crate) fn is_person(&self, dn: &Dn) -> bool {
        let is_class = |value: &str| value.eq_ignore_ascii_case("person");
        self.find(dn).is_some_and(|entry| entry.texts("objectClass").any(is_class))
    }

    /// The entries in a scope that match. They are shared: entries are replaced, not changed, when they are
    /// modified, so an answer stays what it was when it began.
    pub(crate) fn search(
        &self,
        base: &Dn,
        scope: &LdapSearchScope,
        filter: &Filter,
    ) -> Result<Vec<Arc<Entry>>, Refusal> {
        let base = self.id(base)?;
        let in_scope = |id: NodeId, node: &Node| match scope {
            LdapSearchScope::Base => id == base,
            LdapSearchScope::OneLevel => node.parent == Some(base),
            LdapSearchScope::Subtree => id == base || self.is_below(node, base),
            LdapSearchScope::Children => self.is_below(node, base),
        };
        let found = self.nodes.iter().filter(|(id, node)| in_scope(**id, node) && filter.evaluate(&node.entry));
        Ok(found.map(|(_, node)| Arc::clone(&node.entry)).collect())
    }

    fn is_below(&self, node: &Node, base: NodeId) -> bool {
        let mut above = node.parent;
        while let Some(id) = above {
            if id == base {
                return true;
            }
            above = self.nodes.get(&id).and_then(|node| node.parent);
        }
        false
    }

    fn id(&self, dn: &Dn) -> Result<NodeId, Refusal> {
        if let Some(id) = self.by_dn.get(&dn.key()) {
            return Ok(*id);
        }
        let above = std::iter::successors(dn.parent(), Dn::parent).find(|above| self.find(above).is_some());
        Err(Refusal {
            matched: above.map_or_else(String::new, |dn| dn.to_string()),
            ..Refusal::new(LdapResultCode::NoSuchObject, "no entry has this name")
        })
    }

    /// Puts an entry below one that exists, or at the top.
    fn insert(&mut self, dn: &Dn, entry: Entry, parent: Option<NodeId>) {
        let id = self.next;
        self.next += 1;
        self.by_dn.insert(dn.key(), id);
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(&parent)) {
            parent.children += 1;
        }
        self.nodes.insert(id, Node { entry: Arc::new(entry), parent, children: 0 });
    }
}

/// Whether an attribute is answered only when asked for.
pub(crate) fn is_operational(description: &str) -> bool {
    OPERATIONAL.iter().any(|name| attribute::same(description, name))
}

/// Bytes as a value: text when they are.
pub(crate) fn value(bytes: Vec<u8>) -> AttributeValue {
    String::from_utf8(bytes).map_or_else(|error| AttributeValue::Binary(error.into_bytes()), AttributeValue::Text)
}

/// The bytes of a value.
pub(crate) fn bytes(value: &AttributeValue) -> Vec<u8> {
    match value {
        AttributeValue::Text(text) => text.clone().into_bytes(),
        AttributeValue::Binary(bytes) => bytes.clone(),
    }
}

#[cfg(test)]
mod tests;
