//! What is kept about columns for the next file of the same shape.

use super::header::{key, trimmed};
use super::kind::SheetKind;
use super::object::{ObjectColumn, names_objects, object_columns};
use super::suggest::{Recognised, Suggested, suggest};
use super::{Rule, SheetMapping, Source, Target};
use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// What was decided about the columns of a sheet, with the headers that it was made for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What people call it.
    pub name: String,
    /// What the rows are.
    pub kind: SheetKind,
    /// The format of its files, as whoever reads them calls it.
    pub format: String,
    /// The headers of the sheet that it was made for: the columns of the mapping count in these.
    pub headers: Vec<String>,
    /// What the columns of a sheet of users are for.
    pub mapping: SheetMapping,
    /// What the columns of a sheet of groups or roles are, one for each header.
    pub columns: Vec<ObjectColumn>,
}

/// A profile is for a sheet when at least so many of a thousand headers of both are in both. One for a list of names would
/// otherwise be for every sheet that has names.
const ALIKE: u64 = 600;

/// The profile that was most likely made for a sheet with these headers: one whose mapping finds all columns that it
/// reads and knows all that plainly are something here, with the most headers in common, which are most of all; of equals
/// the first. What the rows are is the profile's to say: whoever made it knew.
pub fn best_profile<'p>(profiles: impl IntoIterator<Item = &'p Profile>, headers: &[String]) -> Option<&'p Profile> {
    let columns = Columns::of(headers);
    let plain = plain_columns(headers);
    let knows = |profile: &Profile| {
        let own = Columns::of(&profile.headers);
        // What a group or a role is called is always read from a column, never made.
        profile.kind != SheetKind::Users || plain.iter().all(|column| own.find(&columns.places[*column]).is_some())
    };
    let fits = profiles.into_iter().filter_map(|profile| Some((profile, profile.likeness(&columns)?)));
    let fits = fits.filter(|(profile, likeness)| *likeness >= ALIKE && knows(profile));
    // Not `max_by_key`, which takes the last of equals.
    fits.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(profile, _)| profile)
}

/// The columns that a suggestion would read because their headers name something that users have. A profile that does not
/// know one of them was made for another sheet, however much else is the same: it would leave out a username and make
/// another. One of passwords says nothing: it is never read.
fn plain_columns(headers: &[String]) -> Vec<usize> {
    let Suggested { mapping, columns, .. } = suggest(headers);
    let is_plain = |column: usize| {
        let is_own = || Target::parse(trimmed(&headers[column])).is_some();
        matches!(columns[column], Recognised::Exact | Recognised::Synonym) || is_own()
    };
    let suggested = mapping.rules.iter().filter(|rule| rule.target != Target::Password);
    suggested.filter_map(|rule| rule.source.column()).map(|column| column as usize).filter(|&at| is_plain(at)).collect()
}

impl Profile {
    /// The mapping for a sheet with these headers, in whatever order its columns stand. A rule whose column is not there is
    /// left out; a template finds its columns by name anyway. A column that the profile does not know is what would be
    /// suggested, unless the profile fills that already.
    pub fn mapping_for(&self, headers: &[String]) -> SheetMapping {
        let columns = Columns::of(headers);
        let own = Columns::of(&self.headers);
        let rules = self.mapping.rules.iter().filter_map(|rule| {
            let source = match &rule.source {
                Source::Column(column) => Source::Column(columns.find(own.places.get(*column as usize)?)?),
                other => other.clone(),
            };
            Some(Rule { source, ..rule.clone() })
        });
        let mut rules: Vec<Rule> = rules.collect();
        let is_new = |column: u32| columns.places.get(column as usize).is_some_and(|place| own.find(place).is_none());
        if columns.places.iter().any(|place| own.find(place).is_none()) {
            let filled: BTreeSet<Target> = rules.iter().map(|rule| rule.target.clone()).collect();
            let suggested = suggest(headers).mapping.rules.into_iter();
            rules.extend(
                suggested.filter(|rule| rule.source.column().is_some_and(is_new) && !filled.contains(&rule.target)),
            );
        }
        SheetMapping { rules, ..self.mapping.clone() }
    }

    /// What the columns of a sheet of groups or roles with these headers are, in whatever order they stand.
    pub fn columns_for(&self, headers: &[String]) -> Vec<ObjectColumn> {
        let own = Columns::of(&self.headers);
        let is_permission = |column: &ObjectColumn| matches!(column, ObjectColumn::Permission(_));
        let is_matrix = self.columns.iter().any(is_permission);
        let places = Columns::of(headers).places.into_iter().zip(object_columns(self.kind, headers));
        let columns = places.map(|(place, suggested)| match own.find(&place) {
            Some(column) => self.columns.get(column as usize).cloned().unwrap_or(ObjectColumn::Ignored),
            // The marks of a row are all that a role gives: a permission that is new in the file would be taken away.
            None if is_matrix && is_permission(&suggested) => suggested,
            None => ObjectColumn::Ignored,
        });
        columns.collect()
    }

    /// How many of a thousand headers are in both sheets; `None` if one is missing that is read.
    fn likeness(&self, columns: &Columns) -> Option<u64> {
        let own = Columns::of(&self.headers);
        for column in self.read()? {
            columns.find(own.places.get(column as usize)?)?;
        }
        let common = own.places.iter().filter(|place| columns.find(place).is_some()).count() as u64;
        let all = (own.places.len() + columns.places.len()) as u64 - common;
        Some((common * 1000).checked_div(all).unwrap_or_default())
    }

    /// The columns that are read; `None` if none of them says whose row it is.
    fn read(&self) -> Option<Vec<u32>> {
        if self.kind != SheetKind::Users {
            let is_read = |(place, column): (u32, &ObjectColumn)| (*column != ObjectColumn::Ignored).then_some(place);
            let read = (0..).zip(&self.columns).filter_map(is_read).collect();
            return names_objects(self.kind, &self.columns).then_some(read);
        }
        let rules = &self.mapping.rules;
        let fills_name = |rule: &Rule| rule.target == Target::Field(Field::Username);
        let is_read = |rule: &Rule| match rule.source {
            // A file that has no passwords any more is no other file.
            Source::Column(column) if rule.target != Target::Password => Some(column),
            _ => None,
        };
        rules.iter().any(fills_name).then(|| rules.iter().filter_map(is_read).collect())
    }
}

/// Which column a header names: the header as it is compared, and which of those of the same name it is. Columns without
/// one go by their order.
struct Columns {
    places: Vec<(String, u32)>,
    found: HashMap<(String, u32), u32>,
}

impl Columns {
    fn of(headers: &[String]) -> Self {
        let mut seen: HashMap<String, u32> = HashMap::new();
        let places: Vec<(String, u32)> = headers
            .iter()
            .map(|header| {
                let name = key(header);
                let times = seen.entry(name.clone()).or_default();
                *times += 1;
                (name, *times)
            })
            .collect();
        let found = places.iter().cloned().zip(0..).collect();
        Self { places, found }
    }

    fn find(&self, place: &(String, u32)) -> Option<u32> {
        self.found.get(place).copied()
    }
}
