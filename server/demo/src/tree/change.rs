//! Add, modify and delete (RFC 4511 4.6 to 4.8).

use super::{MAX_ENTRIES, Node, NodeId, OPERATIONAL, Refusal, Tree, bytes, clock, is_operational};
use crate::BIND_DN;
use identity::{
    attribute,
    dn::{Dn, Rdn, RdnValue},
    entry::{AttributeValue, Entry},
    matching,
};
use ldap3_proto::LdapResultCode as Code;
use std::sync::Arc;

type Attributes = Vec<(String, Vec<AttributeValue>)>;

/// One step of a modify.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Add(String, Vec<AttributeValue>),
    /// These values; the whole attribute when there is none.
    Delete(String, Vec<AttributeValue>),
    Replace(String, Vec<AttributeValue>),
}

impl Tree {
    /// Adds an entry below one that exists.
    pub(crate) fn add(&mut self, dn: &Dn, given: Attributes) -> Result<(), Refusal> {
        let (Some(rdn), Some(parent)) = (dn.rdn(), dn.parent()) else {
            return refuse(Code::UnwillingToPerform, "the root is not an entry");
        };
        if self.find(dn).is_some() {
            return refuse(Code::EntryAlreadyExists, "an entry of this name exists");
        }
        let parent = self.id(&parent)?;
        if self.nodes.len() >= MAX_ENTRIES {
            return refuse(Code::AdminLimitExceeded, format!("the demo holds at most {MAX_ENTRIES} entries"));
        }
        let mut attributes = Attributes::new();
        for (name, values) in given {
            if values.is_empty() {
                return refuse(Code::InvalidAttributeSyntax, format!("{name} has no value"));
            }
            apply(&mut attributes, Change::Add(name, values))?;
        }
        add_rdn_values(&mut attributes, rdn);
        check(&attributes, rdn)?;
        let uuid = self.uuids.uuid();
        attributes.extend(operational(uuid, clock::now()));
        self.insert(dn, Entry { dn: dn.to_string(), attributes }, Some(parent));
        Ok(())
    }

    /// Applies all the changes to an entry, or none.
    pub(crate) fn modify(&mut self, dn: &Dn, changes: Vec<Change>) -> Result<(), Refusal> {
        let id = self.id(dn)?;
        let Some(rdn) = dn.rdn() else { return refuse(Code::UnwillingToPerform, "the root is not an entry") };
        let Some(node) = self.nodes.get_mut(&id) else { return refuse(Code::Other, "the entry is gone") };
        let mut entry = Entry::clone(&node.entry);
        for change in changes {
            apply(&mut entry.attributes, change)?;
        }
        check(&entry.attributes, rdn)?;
        set(&mut entry.attributes, "modifyTimestamp", clock::now());
        set(&mut entry.attributes, "modifiersName", BIND_DN.to_owned());
        node.entry = Arc::new(entry);
        Ok(())
    }

    /// Deletes an entry that has none below it.
    pub(crate) fn delete(&mut self, dn: &Dn) -> Result<(), Refusal> {
        let id: NodeId = self.id(dn)?;
        let parent = match self.nodes.get(&id) {
            Some(Node { children: 0, parent: Some(parent), .. }) => *parent,
            _ => return refuse(Code::NotAllowedOnNonLeaf, "the entry has others below it"),
        };
        self.nodes.remove(&id);
        self.by_dn.remove(&dn.key());
        if let Some(parent) = self.nodes.get_mut(&parent) {
            parent.children -= 1;
        }
        Ok(())
    }
}

fn refuse<T>(code: Code, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, message))
}

fn apply(attributes: &mut Attributes, change: Change) -> Result<(), Refusal> {
    let (Change::Add(name, _) | Change::Delete(name, _) | Change::Replace(name, _)) = &change;
    if !attribute::is_description(name) {
        return refuse(Code::UndefinedAttributeType, format!("“{name}” is not an attribute's name"));
    }
    if is_operational(name) {
        return refuse(Code::ConstraintViolation, format!("{name} is not for clients to write"));
    }
    let at = attributes.iter().position(|(own, _)| own.eq_ignore_ascii_case(name));
    match (change, at) {
        (Change::Add(name, values), at) => {
            if values.is_empty() {
                return refuse(Code::InvalidAttributeSyntax, format!("{name} has no value to add"));
            }
            let at = at.unwrap_or_else(|| {
                attributes.push((name.clone(), vec![]));
                attributes.len() - 1
            });
            for value in values {
                if attributes[at].1.iter().any(|own| same(own, &value)) {
                    return refuse(Code::AttributeOrValueExists, format!("{name} has this value already"));
                }
                attributes[at].1.push(value);
            }
        }
        (Change::Delete(name, values), Some(at)) => {
            for value in &values {
                let Some(own) = attributes[at].1.iter().position(|own| same(own, value)) else {
                    return refuse(Code::NoSuchAttribute, format!("{name} does not have this value"));
                };
                attributes[at].1.remove(own);
            }
            if values.is_empty() || attributes[at].1.is_empty() {
                attributes.remove(at);
            }
        }
        (Change::Delete(name, _), None) => {
            return refuse(Code::NoSuchAttribute, format!("the entry has no {name}"));
        }
        (Change::Replace(name, values), at) => {
            if let Some(at) = at {
                attributes.remove(at);
            }
            if !values.is_empty() {
                apply(attributes, Change::Add(name, values))?;
            }
        }
    }
    Ok(())
}

/// What every entry must have: a class, and the values of its own name.
fn check(attributes: &Attributes, rdn: &Rdn) -> Result<(), Refusal> {
    if !attributes.iter().any(|(name, _)| attribute::same(name, "objectClass")) {
        return refuse(Code::ObjectClassViolation, "the entry has no objectClass");
    }
    let missing = rdn_values(rdn).find(|(name, value)| !has(attributes, name, value));
    missing.map_or(Ok(()), |(name, _)| refuse(Code::NotALlowedOnRDN, format!("{name} is part of the entry's name")))
}

fn rdn_values(rdn: &Rdn) -> impl Iterator<Item = (&str, AttributeValue)> {
    rdn.parts().iter().map(|part| {
        let value = match part.value() {
            RdnValue::Bytes(bytes) | RdnValue::Ber(bytes) => AttributeValue::Binary(bytes.clone()),
            RdnValue::Text(text) => AttributeValue::Text(text.clone()),
        };
        (part.attribute(), value)
    })
}

/// A server may fill in the values of the name that a client left out (RFC 4511 4.7).
fn add_rdn_values(attributes: &mut Attributes, rdn: &Rdn) {
    for (name, value) in rdn_values(rdn) {
        if has(attributes, name, &value) {
            continue;
        }
        match attributes.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case(name)) {
            Some((_, values)) => values.push(value),
            None => attributes.push((name.to_owned(), vec![value])),
        }
    }
}

fn has(attributes: &Attributes, name: &str, value: &AttributeValue) -> bool {
    attributes.iter().any(|(own, values)| own.eq_ignore_ascii_case(name) && values.iter().any(|own| same(own, value)))
}

fn same(left: &AttributeValue, right: &AttributeValue) -> bool {
    match (left, right) {
        (AttributeValue::Text(left), AttributeValue::Text(right)) => matching::same(left, right),
        _ => bytes(left) == bytes(right),
    }
}

fn set(attributes: &mut Attributes, name: &str, text: String) {
    attributes.retain(|(own, _)| !attribute::same(own, name));
    attributes.push((name.to_owned(), vec![AttributeValue::Text(text)]));
}

/// What the server itself keeps of each entry.
pub(super) fn operational(uuid: String, time: String) -> impl Iterator<Item = (String, Vec<AttributeValue>)> {
    let values = [uuid, time.clone(), time, BIND_DN.to_owned(), BIND_DN.to_owned()];
    OPERATIONAL.into_iter().zip(values).map(|(name, value)| (name.to_owned(), vec![AttributeValue::Text(value)]))
}
