//! The plan of a file, and what the review asks of it.

use crate::api::plan::{PlanLine, PlanRowQuery, letter};
use crate::components::grid::Block;
use crate::file::known::Known;
use crate::file::messages::Alike;
use crate::pages::review::issue::issue_text;
use identity::matching::fold;
use plan::plan_without_digest;
use plan::{Counts, Digest, Part, Plan, PlanInput, Policy, Record, Row, Selection, Summary};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Different things that several rows have wrong and that are told.
const ALIKE: usize = 8;

/// A plan with everything that it was computed from.
#[derive(Debug)]
pub struct Planned {
    known: Known,
    policy: Policy,
    plan: Plan,
}

impl Planned {
    /// Plans the records of a file.
    pub fn new(known: Known, policy: Policy) -> Self {
        let plan = plan_of(&known, known.records(), &policy);
        Self { known, policy, plan }
    }

    /// What it was computed from. What changes there is planned with [`Planned::plan`].
    pub fn known(&mut self) -> &mut Known {
        &mut self.known
    }

    /// Plans all records again.
    pub fn plan(&mut self) {
        self.plan = plan_of(&self.known, self.known.records(), &self.policy);
    }

    /// The plan in numbers, without its digest: see [`Planned::digest`].
    pub fn summary(&self) -> Summary {
        self.plan.summary.clone()
    }

    /// What is wrong with several rows alike, the most frequent first: among thousands of rows it is mostly one thing.
    pub fn alike(&self) -> Vec<Alike> {
        let mut rows: BTreeMap<(String, bool), u32> = BTreeMap::new();
        for row in &self.plan.rows {
            let says: BTreeSet<(String, bool)> =
                row.issues.iter().map(|issue| (issue_text(issue, true), issue.blocks())).collect();
            says.into_iter().for_each(|says| *rows.entry(says).or_default() += 1);
        }
        let alike = rows.into_iter().filter(|(_, rows)| *rows > 1);
        let mut alike: Vec<Alike> = alike.map(|((says, blocks), rows)| Alike { says, blocks, rows }).collect();
        alike.sort_by_key(|alike| Reverse(alike.rows));
        alike.truncate(ALIKE);
        alike
    }

    /// Every row of the plan.
    pub fn all_rows(&self) -> &[Row] {
        &self.plan.rows
    }

    /// A part of the rows that a query lists.
    pub fn rows(&self, query: &PlanRowQuery) -> Block<PlanLine> {
        let text = fold(&query.text);
        let listed: Vec<&Row> = self.plan.rows.iter().filter(|row| lists(query, &text, row)).collect();
        let part = listed.iter().skip(query.offset as usize).take(query.limit.clamp(1, 1000) as usize);
        Block {
            total: u32::try_from(listed.len()).unwrap_or(u32::MAX),
            items: part.map(|row| PlanLine { row: (*row).clone(), stale: false }).collect(),
        }
    }

    /// The numbers of the rows that a query lists.
    pub fn numbers(&self, query: &PlanRowQuery) -> Vec<u32> {
        let text = fold(&query.text);
        self.plan.rows.iter().filter(|row| lists(query, &text, row)).map(|row| row.row).collect()
    }

    /// The kind of every row.
    pub fn outline(&self) -> String {
        self.plan.rows.iter().map(|row| letter(row.kind())).collect()
    }

    /// What a selection picks.
    pub fn count(&self, selection: &Selection) -> Counts {
        let mut counts = Counts::default();
        for row in self.plan.rows.iter().filter(|row| selection.picks(row)) {
            counts.add(row.kind(), row.has_warning());
        }
        counts
    }

    /// The records of the picked rows, and what was picked of them by their places among those.
    pub fn picked(&self, selection: &Selection) -> Picked<'_> {
        let mut picked = Selection { unpicked_fields: selection.unpicked_fields.clone(), ..Selection::default() };
        let mut records = Vec::new();
        for row in self.plan.rows.iter().filter(|row| selection.picks(row)) {
            let place = u32::try_from(records.len()).unwrap_or(u32::MAX);
            if let Some(parts) = selection.parts.get(&row.row) {
                let parts: BTreeSet<Part> = parts.clone();
                picked.parts.insert(place, parts);
            }
            records.extend(self.known.records().get(row.row as usize));
        }
        Picked { records, selection: picked }
    }

    /// The digest of a plan of these records alone.
    pub fn digest(&self, picked: &Picked<'_>) -> Digest {
        if picked.records.len() == self.known.records().len() {
            return Digest::of(&self.plan.rows);
        }
        let records: Vec<Record> = picked.records.iter().copied().cloned().collect();
        Digest::of(&plan_of(&self.known, &records, &self.policy).rows)
    }
}

/// What goes up.
#[derive(Debug)]
pub struct Picked<'p> {
    /// The records of the picked rows, in their order.
    pub records: Vec<&'p Record>,
    /// What was picked of them.
    pub selection: Selection,
}

fn plan_of(known: &Known, records: &[Record], policy: &Policy) -> Plan {
    plan_without_digest(PlanInput { records, snapshot: known.snapshot(), policy })
}

fn lists(query: &PlanRowQuery, text: &str, row: &Row) -> bool {
    let PlanRowQuery { kind, warnings, stale, text: _, offset: _, limit: _ } = query;
    kind.is_none_or(|kind| kind == row.kind())
        && (!warnings || row.has_warning())
        && !stale
        && (text.is_empty()
            || fold(&row.username).contains(text)
            || fold(&row.name).contains(text)
            || row.issues.iter().any(|issue| fold(&issue_text(issue, true)).contains(text)))
}

#[cfg(test)]
pub(super) mod tests;
