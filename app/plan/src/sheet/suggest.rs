//! A mapping for headers that nobody has mapped yet.

use super::header::{key, trimmed, without_remark};
use super::layout::Layout;
use super::synonym::Synonyms;
use super::target::Target;
use super::{Rule, SheetMapping, Source};
use crate::value::{MAX_TEXT, is_longer};
use identity::field::Field;
use identity::matching::squeeze;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A mapping for a person to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The mapping.
    pub mapping: SheetMapping,
    /// Whose file it seems to be.
    pub layout: Layout,
    /// What each column was taken for, in the order of the columns.
    pub columns: Vec<Recognised>,
}

/// How a column was recognised, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// By the name that our files use, or by one that means it in this layout only.
    Exact,
    /// By another name for it.
    Synonym,
    /// By a name that is nearly one of these, or that sometimes means something else.
    Similar,
    /// As a custom attribute.
    Custom,
    /// As one that the layout has and nothing here is for.
    IgnoredKnown,
    /// Not at all, or another column is surer to be what this one seems to be.
    Unknown,
}

/// What one column could be.
struct Guess {
    recognised: Recognised,
    target: Option<Target>,
    /// Which guesses go first when two want one target. A column that says `custom:` is as sure as a field's name.
    sureness: Recognised,
}

/// Suggests a mapping. Each target gets the column that is surest to be it, of equals the first; columns of passwords are
/// all named, so that a filled one is seen.
pub fn suggest(headers: &[String]) -> Suggested {
    let layout = Layout::of(headers);
    let synonyms = Synonyms::new();
    let mut guesses: Vec<Guess> = headers.iter().map(|header| Guess::of(header, layout, &synonyms)).collect();
    let mut columns = vec![Recognised::Unknown; headers.len()];
    let mut chosen: BTreeMap<u32, Target> = BTreeMap::new();
    let mut taken: BTreeMap<Target, u32> = BTreeMap::new();
    for sureness in [Recognised::Exact, Recognised::Synonym, Recognised::Similar, Recognised::Custom] {
        for (column, (guess, header)) in (0..).zip(guesses.iter_mut().zip(headers)) {
            if guess.sureness != sureness {
                continue;
            }
            let Some(target) = &guess.target else { continue };
            if *target == Target::Password || !taken.contains_key(target) {
                columns[column as usize] = guess.recognised;
                taken.insert(target.clone(), column);
                chosen.insert(column, target.clone());
            } else if layout.keeps_others() && matches!(sureness, Recognised::Synonym | Recognised::Similar) {
                // Its field has a column of its own, so this is an attribute that happens to be called so.
                *guess = Guess::custom(header);
            }
        }
    }
    for (column, guess) in columns.iter_mut().zip(&guesses) {
        if guess.recognised == Recognised::IgnoredKnown {
            *column = Recognised::IgnoredKnown;
        }
    }
    let rules = chosen.into_iter().map(|(column, target)| Rule::new(target, Source::Column(column))).collect();
    let mapping = SheetMapping { rules, separator: layout.separator().to_owned(), ..SheetMapping::default() };
    Suggested { mapping, layout, columns }
}

impl Guess {
    fn of(header: &str, layout: Layout, synonyms: &Synonyms) -> Self {
        let name = trimmed(header);
        let guess = |recognised, target| Self { recognised, target, sureness: recognised };
        let own = Target::parse(name);
        if own.is_none() && synonyms.concerns_passwords(name) {
            return match synonyms.is_password(name) {
                true => guess(Recognised::Synonym, Some(Target::Password)),
                false => guess(Recognised::Unknown, None),
            };
        }
        if let Some((recognised, target)) = layout.meaning(name) {
            return guess(recognised, target);
        }
        match own {
            Some(target @ Target::Field(Field::Custom(_))) => {
                return Self { recognised: Recognised::Custom, target: Some(target), sureness: Recognised::Exact };
            }
            Some(target) => return guess(Recognised::Exact, Some(target)),
            None => {}
        }
        let key = key(name);
        if let Some((recognised, target)) = synonyms.find(&key)
            && !(recognised == Recognised::Similar && layout.keeps_others())
        {
            return match target {
                None if layout.keeps_others() => Self::custom(name),
                target => guess(recognised, target.cloned()),
            };
        }
        if layout.keeps_others() {
            // A mistake in the word for passwords must not have them stored.
            return match synonyms.find_similar(&key) {
                Some(Target::Password) => guess(Recognised::Similar, Some(Target::Password)),
                _ => Self::custom(name),
            };
        }
        let remarked = || without_remark(name).and_then(|name| synonyms.find(&super::header::key(name))?.1);
        match remarked().or_else(|| synonyms.find_similar(&key)) {
            Some(target) => guess(Recognised::Similar, Some(target.clone())),
            None => guess(Recognised::Unknown, None),
        }
    }

    /// A custom attribute that is called like its column.
    fn custom(header: &str) -> Self {
        let name = trimmed(header);
        let usable = !is_longer(name, MAX_TEXT);
        let target = Some(squeeze(name)).filter(|name| usable && !name.is_empty()).map(Target::custom);
        let recognised = if target.is_some() { Recognised::Custom } else { Recognised::Unknown };
        Self { recognised, target, sureness: recognised }
    }
}
