//! One rule of a mapping, made ready to read rows.

use super::header::{self, Names};
use super::problem::MappingProblem;
use super::template::{self, Piece};
use super::{Rule, Source, Target};
use crate::text::trimmed;
use crate::value::MAX_CUSTOM;
use identity::field::Field;
use std::borrow::Cow;

/// Where a text comes from, with columns by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    Column(u32),
    Constant(String),
    Template(Vec<Part>),
}

/// A part of a template, with columns by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Column(u32),
}

impl Origin {
    /// The origin that a source means. What is wrong with it is added to the problems.
    pub(super) fn of(
        source: &Source,
        headers: &[String],
        names: &Names<'_>,
        problems: &mut Vec<MappingProblem>,
    ) -> Self {
        match source {
            Source::Column(column) => {
                if *column as usize >= headers.len() {
                    problems.push(MappingProblem::NoSuchColumn { column: *column });
                }
                Origin::Column(*column)
            }
            Source::Constant(text) => Origin::Constant(text.clone()),
            Source::Template(text) => {
                let pieces = template::parse(text).unwrap_or_else(|at| {
                    problems.push(MappingProblem::BadTemplate { at });
                    vec![]
                });
                let mut parts = vec![];
                for piece in pieces {
                    match piece {
                        Piece::Text(text) => parts.push(Part::Text(text)),
                        Piece::Header(name) => match names.find(name) {
                            Some(column) => parts.push(Part::Column(column)),
                            None => problems.push(MappingProblem::UnknownColumn { name: name.to_owned() }),
                        },
                    }
                }
                Origin::Template(parts)
            }
        }
    }

    /// The columns that it reads.
    pub(super) fn columns(&self) -> Vec<u32> {
        match self {
            Origin::Column(column) => vec![*column],
            Origin::Constant(_) => vec![],
            Origin::Template(parts) => parts
                .iter()
                .filter_map(|part| match part {
                    Part::Column(column) => Some(*column),
                    Part::Text(_) => None,
                })
                .collect(),
        }
    }

    /// The text of a row; blank for a template whose columns all are, or one of them where the value must be `whole`; `None`
    /// where one of them has none.
    fn text<'t, 'a: 't>(
        &'t self,
        cell: &impl Fn(u32) -> Option<&'a str>,
        trim: bool,
        whole: bool,
    ) -> Option<Cow<'t, str>> {
        let parts = match self {
            Origin::Column(column) => return cell(*column).map(Cow::Borrowed),
            Origin::Constant(text) => return Some(Cow::Borrowed(text)),
            Origin::Template(parts) => parts,
        };
        let mut rendered = String::new();
        let (mut has_blank, mut has_value) = (false, false);
        for part in parts {
            let text = match part {
                Part::Text(text) => text.as_str(),
                Part::Column(column) => {
                    let text = cell(*column)?;
                    let is_blank = header::is_blank(text);
                    (has_blank, has_value) = (has_blank || is_blank, has_value || !is_blank);
                    match (is_blank, trim) {
                        (true, _) => "",
                        (false, true) => text.trim(),
                        (false, false) => text,
                    }
                }
            };
            // No field takes more than this: a text that is too long stays too long, and is not copied whole.
            rendered.extend(text.chars().take(MAX_CUSTOM + 1));
        }
        Some(if has_blank && (whole || !has_value) { Cow::Borrowed("") } else { Cow::Owned(rendered) })
    }
}

/// A rule that reads rows.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    origin: Origin,
    lower_case: bool,
    trim: bool,
    /// Whether a template with a blank part has no value.
    whole: bool,
    /// What an issue calls its column.
    pub(super) column: String,
}

impl Reading {
    pub(super) fn new(rule: &Rule, origin: Origin, headers: &[String]) -> Self {
        let column = match &origin {
            Origin::Column(column) => header::named(headers, *column),
            Origin::Constant(_) | Origin::Template(_) => rule.target.name().into_owned(),
        };
        let whole = matches!(rule.target, Target::Field(Field::Username | Field::Email));
        Self { origin, lower_case: rule.lower_case, trim: rule.trim, whole, column }
    }

    /// The text of a row, as it stands there; `None` where it is made of the error of a formula.
    pub(super) fn raw<'t, 'a: 't>(&'t self, cell: &impl Fn(u32) -> Option<&'a str>) -> Option<Cow<'t, str>> {
        self.origin.text(cell, self.trim, self.whole)
    }

    /// A text without the white space around it, if the rule says so.
    pub(super) fn trimmed<'t>(&self, raw: &'t str) -> &'t str {
        if self.trim { trimmed(raw) } else { raw }
    }

    /// A value as the rule writes it.
    pub(super) fn written(&self, text: &str) -> String {
        if self.lower_case { text.to_lowercase() } else { text.to_owned() }
    }

    /// One of many values as the rule writes it.
    pub(super) fn rewritten(&self, value: String) -> String {
        let text = self.trimmed(&value);
        if self.lower_case || text.len() < value.len() { self.written(text) } else { value }
    }
}
