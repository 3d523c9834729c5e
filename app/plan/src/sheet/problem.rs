//! What is wrong with a mapping, before any row is read.

use super::header::Names;
use super::reading::Origin;
use super::{SheetMapping, Source, Target};
use identity::field::Field;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is wrong with a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum MappingProblem {
    /// Nothing fills the username, which every row needs.
    MissingUsername,
    /// Several rules fill one target: the first that has a value in a row wins.
    TwiceMapped {
        /// The target.
        target: Target,
    },
    /// A template names a column that the sheet does not have.
    UnknownColumn {
        /// The name.
        name: String,
    },
    /// A brace of a template is not closed, or holds no name.
    BadTemplate {
        /// Where it stands, in characters from the beginning.
        at: u32,
    },
    /// The sheet has fewer columns than a rule reads.
    NoSuchColumn {
        /// The column, counted from 0.
        column: u32,
    },
}

impl MappingProblem {
    /// Whether nothing can be read with the mapping; otherwise it is a warning.
    pub fn blocks(&self) -> bool {
        !matches!(self, MappingProblem::TwiceMapped { .. })
    }
}

/// What is wrong with a mapping of a sheet with these headers: what concerns all of it first, then rule by rule.
pub fn problems(mapping: &SheetMapping, headers: &[String]) -> Vec<MappingProblem> {
    let names = Names::of(headers);
    let mut problems = vec![];
    let mut rules_of: BTreeMap<&Target, u32> = BTreeMap::new();
    for rule in &mapping.rules {
        *rules_of.entry(&rule.target).or_default() += 1;
    }
    if !rules_of.contains_key(&Target::Field(Field::Username)) {
        problems.push(MappingProblem::MissingUsername);
    }
    // Any number of columns may hold passwords: none is read.
    let twice = rules_of.into_iter().filter(|(target, rules)| *rules > 1 && **target != Target::Password);
    problems.extend(twice.map(|(target, _)| MappingProblem::TwiceMapped { target: target.clone() }));
    for rule in &mapping.rules {
        Origin::of(&rule.source, headers, &names, &mut problems);
    }
    problems
}

/// What is wrong with where one rule takes its value from.
pub fn source_problems(source: &Source, headers: &[String]) -> Vec<MappingProblem> {
    let mut problems = vec![];
    Origin::of(source, headers, &Names::of(headers), &mut problems);
    problems
}
