//! A row of a sheet as a record.

use super::header::{self, Names, is_blank};
use super::problem::MappingProblem;
use super::reading::{Origin, Reading};
use super::synonym::Synonyms;
use super::{Blank, CLEAR, SheetMapping, Target};
use crate::input::Record;
use crate::issue::Issue;
use crate::many::{self, NotSplit};
use crate::text::trimmed;
use crate::value::{MAX_CUSTOM, MAX_TEXT, cut, flag, has_control, is_longer};
use identity::field::{Field, Patch};
use std::collections::{BTreeMap, BTreeSet};

/// A mapping made ready for the columns of one sheet: what can be found out once is not looked for again in each row.
#[derive(Debug, Clone)]
pub struct Mapper {
    /// Each target once, with the rules that fill it.
    targets: Vec<(Target, Vec<Reading>)>,
    /// The columns that hold passwords, and what they are called.
    passwords: Vec<(u32, String)>,
    blank: Blank,
    separator: String,
}

/// What the rules for a target say in a row.
enum Said<'m, T> {
    Nothing,
    Clear,
    Value(T),
    /// There is something, and it cannot be used. The column is the one that has it.
    Unusable(Fault, &'m str),
}

/// Why a text is no value.
enum Fault {
    TooLong,
    NotText,
    NotFlag,
    NotSplit,
}

impl From<NotSplit> for Fault {
    fn from(NotSplit: NotSplit) -> Self {
        Fault::NotSplit
    }
}

impl Mapper {
    /// Compiles a mapping. The first problem that leaves nothing to read is the error; without a rule for the username it
    /// still reads, so that a preview can show what there is.
    ///
    /// A column of passwords is known by its header too, whatever the mapping says: no rule reads it (R17).
    pub fn new(mapping: &SheetMapping, headers: &[String]) -> Result<Self, MappingProblem> {
        let names = Names::of(headers);
        let mut problems = vec![];
        let origins: Vec<Origin> =
            mapping.rules.iter().map(|rule| Origin::of(&rule.source, headers, &names, &mut problems)).collect();
        if let Some(problem) = problems.into_iter().next() {
            return Err(problem);
        }
        let synonyms = Synonyms::new();
        let named = (0..).zip(headers).filter(|(_, header)| synonyms.is_password(header));
        let mapped = mapping.rules.iter().zip(&origins).filter(|(rule, _)| rule.target == Target::Password);
        let passwords: BTreeSet<u32> =
            named.map(|(column, _)| column).chain(mapped.flat_map(|(_, origin)| origin.columns())).collect();
        let mut targets: Vec<(Target, Vec<Reading>)> = vec![];
        let mut places: BTreeMap<&Target, usize> = BTreeMap::new();
        for (rule, origin) in mapping.rules.iter().zip(origins) {
            if rule.target == Target::Password || origin.columns().iter().any(|column| passwords.contains(column)) {
                continue;
            }
            let place = *places.entry(&rule.target).or_insert_with(|| {
                targets.push((rule.target.clone(), vec![]));
                targets.len() - 1
            });
            targets[place].1.push(Reading::new(rule, origin, headers));
        }
        let passwords = passwords.into_iter().map(|column| (column, header::named(headers, column))).collect();
        Ok(Self { targets, passwords, blank: mapping.blank, separator: mapping.separator.clone() })
    }

    /// The record of a row. `line` is its number as the spreadsheet shows it; `cell` gives the text of a column: a blank
    /// one for a column that the row does not have, `None` for the error of a formula, which leaves alone what is read
    /// from it.
    pub fn record<'a, Text: Into<Option<&'a str>>>(&self, line: u32, cell: impl Fn(u32) -> Text) -> Record {
        let cell = |column| cell(column).into();
        let mut record = Record { line: Some(line), ..Record::default() };
        let filled = self.passwords.iter().filter(|(column, _)| cell(*column).is_some_and(|text| !is_blank(text)));
        record.issues.extend(filled.map(|(_, name)| Issue::HasPassword { column: name.clone() }));
        for (target, readings) in &self.targets {
            self.fill(target, readings, &cell, &mut record);
        }
        record
    }

    fn fill<'a>(
        &self,
        target: &Target,
        readings: &[Reading],
        cell: &impl Fn(u32) -> Option<&'a str>,
        record: &mut Record,
    ) {
        let field = match target {
            Target::Field(field) => field,
            Target::Roles => {
                let said = first(readings, cell, |text, reading| self.names(text, reading));
                record.roles = self.patch(said, None, &mut record.issues);
                return;
            }
            Target::Groups => {
                let said = first(readings, cell, |text, reading| self.names(text, reading));
                record.groups = self.patch(said, None, &mut record.issues);
                return;
            }
            Target::OldUsername => {
                let said = first(readings, cell, username);
                // Nobody is called so: the row waits, and makes no second user of whom it would rename.
                let is_unreadable = matches!(said, Said::Unusable(..));
                record.old_username = is_unreadable.then(|| char::REPLACEMENT_CHARACTER.to_string());
                if let Patch::Set(name) = self.patch(said, None, &mut record.issues) {
                    record.old_username = Some(name);
                }
                return;
            }
            // Looked at before, and never read.
            Target::Password => return,
        };
        let text = || first(readings, cell, single);
        let issues = &mut record.issues;
        let fields = &mut record.fields;
        match field {
            Field::Username => {
                let said = self.patch(first(readings, cell, username), Some(field), issues);
                fields.username = if let Patch::Set(name) = said { Some(name) } else { None };
            }
            Field::Enabled => {
                let said = first(readings, cell, |text, _| flag(trimmed(text)).map(Some).ok_or(Fault::NotFlag));
                fields.enabled = match said {
                    Said::Value(flag) => Some(flag),
                    // A user either may sign in or not: neither a blank cell nor `<clear>` says which.
                    Said::Nothing => None,
                    Said::Clear => {
                        issues.extend(readings.first().map(|reading| Fault::NotFlag.issue(&reading.column, None)));
                        None
                    }
                    Said::Unusable(fault, column) => {
                        issues.push(fault.issue(column, Some(field)));
                        None
                    }
                };
            }
            Field::Custom(name) => {
                let said = first(readings, cell, |text, reading| self.values(text, reading));
                let patch = self.patch(said, Some(field), issues);
                if !patch.is_keep() {
                    fields.custom.insert(name.clone(), patch);
                }
            }
            Field::Email => fields.email = self.patch(text(), Some(field), issues),
            Field::FirstName => fields.first_name = self.patch(text(), Some(field), issues),
            Field::LastName => fields.last_name = self.patch(text(), Some(field), issues),
            Field::DisplayName => fields.display_name = self.patch(text(), Some(field), issues),
            Field::Phone => fields.phone = self.patch(text(), Some(field), issues),
            Field::Department => fields.department = self.patch(text(), Some(field), issues),
            Field::JobTitle => fields.job_title = self.patch(text(), Some(field), issues),
            Field::Locale => fields.locale = self.patch(text(), Some(field), issues),
            Field::TimeZone => fields.time_zone = self.patch(text(), Some(field), issues),
        }
    }

    /// What a row says of a field (R15). What cannot be used leaves it alone and is an issue.
    fn patch<T>(&self, said: Said<'_, T>, field: Option<&Field>, issues: &mut Vec<Issue>) -> Patch<T> {
        match (said, self.blank) {
            (Said::Value(value), _) => Patch::Set(value),
            (Said::Clear, _) | (Said::Nothing, Blank::Clear) => Patch::Clear,
            (Said::Nothing, Blank::Keep) => Patch::Keep,
            (Said::Unusable(fault, column), _) => {
                issues.push(fault.issue(column, field));
                Patch::Keep
            }
        }
    }

    /// The values of a custom attribute.
    fn values(&self, text: &str, reading: &Reading) -> Result<Option<Vec<String>>, Fault> {
        if is_longer(text, MAX_CUSTOM) {
            return Err(Fault::TooLong);
        }
        let values = self.split(text, reading)?;
        if values.iter().flatten().any(|value| has_control(value)) { Err(Fault::NotText) } else { Ok(values) }
    }

    /// The names of groups or roles. Whether they name something is the plan's to say.
    fn names(&self, text: &str, reading: &Reading) -> Result<Option<Vec<String>>, Fault> {
        if is_longer(text, MAX_CUSTOM) { Err(Fault::NotSplit) } else { self.split(text, reading) }
    }

    fn split(&self, text: &str, reading: &Reading) -> Result<Option<Vec<String>>, Fault> {
        let values = many::split(text, &self.separator)?.into_iter().filter(|value| !is_blank(value));
        Ok(Some(values.map(|value| reading.rewritten(value)).collect()).filter(|values: &Vec<_>| !values.is_empty()))
    }
}

impl Fault {
    fn issue(self, column: &str, field: Option<&Field>) -> Issue {
        let column = column.to_owned();
        match (self, field) {
            (Fault::TooLong, Some(field)) => Issue::TooLong { field: field.clone() },
            (Fault::NotText, _) => Issue::NotText { attribute: column },
            (Fault::NotFlag, _) => Issue::NotFlag { attribute: column },
            (Fault::NotSplit | Fault::TooLong, _) => Issue::NotSplit { column },
        }
    }
}

/// What the first rule says that has something to say, and the first that has something unusable if none has.
fn first<'m, 'a, T>(
    readings: &'m [Reading],
    cell: &impl Fn(u32) -> Option<&'a str>,
    read: impl Fn(&str, &Reading) -> Result<Option<T>, Fault>,
) -> Said<'m, T> {
    let mut said = Said::Nothing;
    for reading in readings {
        let Some(raw) = reading.raw(cell) else {
            if let Said::Nothing = said {
                said = Said::Unusable(Fault::NotText, &reading.column);
            }
            continue;
        };
        let text = trimmed(&raw);
        if text.is_empty() {
            continue;
        }
        if text.eq_ignore_ascii_case(CLEAR) {
            return Said::Clear;
        }
        match (read(reading.trimmed(&raw), reading), &said) {
            (Ok(Some(value)), _) => return Said::Value(value),
            (Err(fault), Said::Nothing) => said = Said::Unusable(fault, &reading.column),
            (Ok(None) | Err(_), _) => {}
        }
    }
    said
}

/// The text of a field that has one.
fn single(text: &str, reading: &Reading) -> Result<Option<String>, Fault> {
    if is_longer(text, MAX_TEXT) {
        Err(Fault::TooLong)
    } else if has_control(text) {
        Err(Fault::NotText)
    } else {
        Ok(Some(reading.written(text)))
    }
}

/// A username as it stands there: the plan says whether it can be one.
fn username(text: &str, reading: &Reading) -> Result<Option<String>, Fault> {
    Ok(Some(reading.written(cut(trimmed(text)))))
}
