//! Whether an entry matches: the three values of RFC 4511 4.5.1.7.

use super::{Assertion, Extensible, Filter, Pattern, Target};
use crate::{
    attribute::{self, Description},
    dn::Dn,
    entry::{AttributeValue, Entry},
    matching,
};
use std::{borrow::Cow, cmp::Ordering};

/// True, false, or neither: a comparison that has no answer. Not of neither is neither.
type Truth = Option<bool>;

impl Filter {
    /// Whether the entry matches. Values are compared without regard to case; `>=` and `<=` as numbers if both
    /// sides are whole numbers, as text otherwise. A comparison by a rule that is not known has no answer, so
    /// that neither it nor its negation matches.
    pub fn evaluate(&self, entry: &Entry) -> bool {
        self.truth(entry) == Some(true)
    }

    fn truth(&self, entry: &Entry) -> Truth {
        match self {
            Filter::And(filters) => all(filters, entry, false),
            Filter::Or(filters) => all(filters, entry, true),
            Filter::Not(filter) => filter.truth(entry).map(|truth| !truth),
            Filter::Present(attribute) => Some(values(entry, attribute).next().is_some()),
            Filter::Equality(assertion) | Filter::Approx(assertion) => {
                let wanted = Wanted::of(&assertion.value);
                Some(values(entry, &assertion.attribute).any(|value| wanted.equals(value)))
            }
            Filter::GreaterOrEqual(assertion) => ordered(assertion, entry, Ordering::is_ge),
            Filter::LessOrEqual(assertion) => ordered(assertion, entry, Ordering::is_le),
            Filter::Substrings(attribute, pattern) => {
                let parts = Parts::of(pattern);
                Some(values(entry, attribute).any(|value| parts.are_in(value)))
            }
            Filter::Extensible(extensible) => extensible.truth(entry),
        }
    }
}

/// And: false wins, then neither. Or is the same with the sides changed.
fn all(filters: &[Filter], entry: &Entry, wins: bool) -> Truth {
    let mut truth = Some(!wins);
    for filter in filters {
        match filter.truth(entry) {
            Some(found) if found == wins => return Some(wins),
            Some(_) => {}
            None => truth = None,
        }
    }
    truth
}

/// The values of an attribute; with all the options of the description, if it has any (RFC 4512 2.5.2).
fn values<'a>(entry: &'a Entry, wanted: &Description) -> impl Iterator<Item = &'a AttributeValue> {
    let has_options = |description: &str| {
        let mut asked = wanted.as_str().split(';').skip(1);
        asked.all(|option| description.split(';').skip(1).any(|own| own.eq_ignore_ascii_case(option)))
    };
    let found = entry.attributes.iter().filter(move |(own, _)| attribute::same(own, wanted.name()) && has_options(own));
    found.flat_map(|(_, values)| values)
}

fn bytes(value: &AttributeValue) -> &[u8] {
    match value {
        AttributeValue::Text(text) => text.as_bytes(),
        AttributeValue::Binary(bytes) => bytes,
    }
}

/// A value to compare with: as text if it is text, byte by byte otherwise.
enum Wanted<'a> {
    Text(&'a str),
    Binary(&'a [u8]),
}

impl<'a> Wanted<'a> {
    fn of(value: &'a [u8]) -> Self {
        std::str::from_utf8(value).map_or(Wanted::Binary(value), Wanted::Text)
    }

    fn equals(&self, value: &AttributeValue) -> bool {
        match (self, value) {
            (Wanted::Text(wanted), AttributeValue::Text(text)) => matching::same(wanted, text),
            (Wanted::Text(_), AttributeValue::Binary(_)) => false,
            (Wanted::Binary(wanted), value) => *wanted == bytes(value),
        }
    }
}

fn ordered(Assertion { attribute, value }: &Assertion, entry: &Entry, holds: fn(Ordering) -> bool) -> Truth {
    let wanted = std::str::from_utf8(value).ok()?;
    Some(values(entry, attribute).any(|value| match value {
        AttributeValue::Text(text) => holds(compare(text, wanted)),
        AttributeValue::Binary(_) => false,
    }))
}

fn compare(left: &str, right: &str) -> Ordering {
    match (left.trim().parse::<i128>(), right.trim().parse::<i128>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => matching::fold(left).cmp(&matching::fold(right)),
    }
}

/// Parts of a value ready to be looked for.
struct Parts<'a> {
    initial: Option<Cow<'a, [u8]>>,
    any: Vec<Cow<'a, [u8]>>,
    last: Option<Cow<'a, [u8]>>,
}

impl<'a> Parts<'a> {
    fn of(Pattern { initial, any, last }: &'a Pattern) -> Self {
        let fold = |part: &'a Vec<u8>| match std::str::from_utf8(part) {
            Ok(text) => Cow::Owned(matching::fold_part(text).into_bytes()),
            Err(_) => Cow::Borrowed(part.as_slice()),
        };
        // A value has no blanks at its ends when it is compared: neither have the parts that stand there.
        Self {
            initial: initial.as_ref().map(fold).map(|part| part.trim_ascii_start().to_vec().into()),
            any: any.iter().map(fold).collect(),
            last: last.as_ref().map(fold).map(|part| part.trim_ascii_end().to_vec().into()),
        }
    }

    fn are_in(&self, value: &AttributeValue) -> bool {
        let folded;
        let mut rest = match value {
            AttributeValue::Text(text) => {
                folded = matching::fold(text);
                folded.as_bytes()
            }
            AttributeValue::Binary(bytes) => bytes,
        };
        if let Some(initial) = &self.initial {
            let Some(after) = rest.strip_prefix(initial.as_ref()) else { return false };
            rest = after;
        }
        if let Some(last) = &self.last {
            let Some(before) = rest.strip_suffix(last.as_ref()) else { return false };
            rest = before;
        }
        self.any.iter().all(|part| match position(rest, part) {
            Some(found) => {
                rest = &rest[found + part.len()..];
                true
            }
            None => false,
        })
    }
}

fn position(rest: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    rest.windows(part.len()).position(|window| window == part)
}

impl Extensible {
    fn truth(&self, entry: &Entry) -> Truth {
        let Extensible { target, dn, value } = self;
        let (wanted, rule) = match target {
            Target::Attribute(attribute) => (Some(attribute), None),
            Target::Rule(rule) => (None, Some(rule)),
            Target::Both { attribute, rule } => (Some(attribute), Some(rule)),
        };
        let equals = equality(rule.map(Description::as_str), value)?;
        let in_attributes = match wanted {
            Some(attribute) => values(entry, attribute).any(&*equals),
            None => entry.attributes.iter().flat_map(|(_, values)| values).any(&*equals),
        };
        Some(in_attributes || (*dn && in_dn(entry, wanted, &*equals)))
    }
}

type Equality<'a> = Box<dyn Fn(&AttributeValue) -> bool + 'a>;

/// The comparison of a rule. `None`: not known.
fn equality<'a>(rule: Option<&str>, wanted: &'a [u8]) -> Option<Equality<'a>> {
    let rule = rule.map(str::to_ascii_lowercase);
    match rule.as_deref() {
        None | Some("caseignorematch" | "2.5.13.2" | "caseignoreia5match" | "1.3.6.1.4.1.1466.109.114.2") => {
            let wanted = Wanted::of(wanted);
            Some(Box::new(move |value| wanted.equals(value)))
        }
        Some("caseexactmatch" | "2.5.13.5" | "caseexactia5match" | "1.3.6.1.4.1.1466.109.114.1") => {
            let wanted = matching::squeeze(std::str::from_utf8(wanted).ok()?);
            Some(Box::new(
                move |value| matches!(value, AttributeValue::Text(text) if matching::squeeze(text) == wanted),
            ))
        }
        Some("octetstringmatch" | "2.5.13.17") => Some(Box::new(move |value| bytes(value) == wanted)),
        Some("distinguishednamematch" | "2.5.13.1") => {
            let wanted = Dn::parse(std::str::from_utf8(wanted).ok()?).ok()?;
            Some(Box::new(move |value| match value {
                AttributeValue::Text(text) => Dn::parse(text).is_ok_and(|dn| dn.same_as(&wanted)),
                AttributeValue::Binary(_) => false,
            }))
        }
        Some(_) => None,
    }
}

fn in_dn(entry: &Entry, wanted: Option<&Description>, equals: &dyn Fn(&AttributeValue) -> bool) -> bool {
    let Ok(dn) = Dn::parse(&entry.dn) else { return false };
    dn.rdns().iter().flat_map(|rdn| rdn.parts()).any(|part| {
        wanted.is_none_or(|attribute| attribute::same(part.attribute(), attribute.name()))
            && part.value().text().is_some_and(|text| equals(&AttributeValue::Text(text.to_owned())))
    })
}
