//! What a file of groups would change.

use super::{Attribute, MAX_DESCRIPTION, ObjectCounts, ObjectIssue, TextChange, digest, text_after};
use crate::digest::Digest;
use identity::field::Patch;
use identity::group::{GroupFields, GroupName, MAX_LENGTH};
use identity::id::GroupId;
use identity::username::UsernameKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row of a file, before it is known which group it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupRecord {
    /// The number of the row, as the spreadsheet shows it.
    pub line: Option<u32>,
    /// The name, as the source writes it.
    pub name: String,
    /// What it says of the label.
    pub label: Patch<String>,
    /// What it says of the description.
    pub description: Patch<String>,
    /// What in the row could not be read, which blocks it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<ObjectIssue>,
}

/// A stored group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredGroup {
    /// Its number.
    pub group_id: GroupId,
    /// The version that the plan is computed from.
    pub version: i64,
    /// Name, label, description.
    pub fields: GroupFields,
}

/// What was decided before planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupPolicy {
    /// Whether a file changes the labels of groups that exist (R19).
    pub change_labels: bool,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum GroupAction {
    /// A new group.
    Create {
        /// As it will be.
        fields: GroupFields,
    },
    /// A group changes.
    Update {
        /// Which.
        group_id: GroupId,
        /// The version that it has.
        version: i64,
        /// As it will be.
        fields: GroupFields,
    },
    /// The group is as the file says.
    Unchanged {
        /// Which.
        group_id: GroupId,
    },
    /// Something speaks against it.
    Block,
}

/// What a record leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Its place in the plan, from 0.
    pub row: u32,
    /// The number of the row, as the spreadsheet shows it.
    pub line: Option<u32>,
    /// The name, as the source writes it.
    pub name: String,
    /// What would be done.
    pub action: GroupAction,
    /// The texts that change.
    pub texts: Vec<TextChange>,
    /// What speaks against it.
    pub issues: Vec<ObjectIssue>,
}

/// All rows of a file of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPlan {
    /// In the order of the records.
    pub rows: Vec<GroupRow>,
    /// How many became what.
    pub counts: ObjectCounts,
    /// The name of the plan by what it does.
    pub digest: Digest,
}

/// Plans a file of groups.
pub fn plan_groups(records: &[GroupRecord], stored: &[StoredGroup], policy: GroupPolicy) -> GroupPlan {
    let by_name: BTreeMap<UsernameKey, &StoredGroup> =
        stored.iter().map(|group| (group.fields.name.key(), group)).collect();
    let mut seen: BTreeMap<UsernameKey, u32> = BTreeMap::new();
    let mut counts = ObjectCounts::default();
    let mut rows = Vec::with_capacity(records.len());
    for (row, record) in (0_u32..).zip(records) {
        let planned = plan_row(row, record, &by_name, &mut seen, policy);
        *match planned.action {
            GroupAction::Create { .. } => &mut counts.create,
            GroupAction::Update { .. } => &mut counts.update,
            GroupAction::Unchanged { .. } => &mut counts.unchanged,
            GroupAction::Block => &mut counts.blocked,
        } += 1;
        rows.push(planned);
    }
    let digest = digest(rows.iter().map(written));
    GroupPlan { rows, counts, digest }
}

fn plan_row(
    row: u32,
    record: &GroupRecord,
    by_name: &BTreeMap<UsernameKey, &StoredGroup>,
    seen: &mut BTreeMap<UsernameKey, u32>,
    policy: GroupPolicy,
) -> GroupRow {
    let GroupRecord { line, name, label, description, issues } = record;
    let mut issues = issues.clone();
    let parsed = GroupName::parse(name);
    if parsed.is_err() {
        issues.push(if name.trim().is_empty() { ObjectIssue::MissingName } else { ObjectIssue::IllegalName });
    }
    let key = parsed.as_ref().ok().map(GroupName::key);
    let known = key.as_ref().and_then(|key| by_name.get(key));
    if let Some(key) = key
        && let Some(first) = seen.get(&key).copied().or_else(|| {
            seen.insert(key, row);
            None
        })
    {
        issues.push(ObjectIssue::DuplicateRow { row: first });
    }
    let before = known.map(|group| &group.fields);
    let label_before = before.and_then(|fields| fields.label.as_deref());
    let keeps_label = known.is_some() && !policy.change_labels;
    let label = if keeps_label { &Patch::Keep } else { label };
    let label = text_after(label_before, label, Attribute::Label, MAX_LENGTH, &mut issues);
    let described = before.and_then(|fields| fields.description.as_deref());
    let description = text_after(described, description, Attribute::Description, MAX_DESCRIPTION, &mut issues);
    let texts = [
        TextChange::of(Attribute::Label, label_before, label.as_deref()),
        TextChange::of(Attribute::Description, described, description.as_deref()),
    ];
    let mut texts: Vec<_> = texts.into_iter().flatten().collect();
    let action = match (parsed, known) {
        (Ok(name), None) if issues.is_empty() => {
            texts.extend(TextChange::of(Attribute::Name, None, Some(name.as_str())));
            texts.sort_by_key(|change| change.attribute);
            GroupAction::Create { fields: GroupFields { name, label, description } }
        }
        (Ok(_), Some(group)) if issues.is_empty() && texts.is_empty() => {
            GroupAction::Unchanged { group_id: group.group_id }
        }
        // Another spelling in a file is no new name: people write names of groups by hand.
        (Ok(_), Some(StoredGroup { group_id, version, fields })) if issues.is_empty() => {
            let fields = GroupFields { name: fields.name.clone(), label, description };
            GroupAction::Update { group_id: *group_id, version: *version, fields }
        }
        _ => {
            texts.clear();
            GroupAction::Block
        }
    };
    GroupRow { row, line: *line, name: crate::text::shown(name, MAX_LENGTH), action, texts, issues }
}

/// What the digest is made from: what is done, and from which version.
fn written(row: &GroupRow) -> Vec<String> {
    let fields = |kind: &str, number: i64, version: i64, GroupFields { name, label, description }: &GroupFields| {
        let option = |text: &Option<String>| text.as_ref().map_or(String::new(), |text| format!("={text}"));
        let (kind, number, version) = (kind.to_owned(), number.to_string(), version.to_string());
        vec![kind, number, version, name.to_string(), option(label), option(description)]
    };
    match &row.action {
        GroupAction::Create { fields: after } => fields("create", 0, 0, after),
        GroupAction::Update { group_id, version, fields: after } => fields("update", group_id.0, *version, after),
        GroupAction::Unchanged { group_id } => vec!["unchanged".to_owned(), group_id.to_string()],
        GroupAction::Block => vec!["block".to_owned(), format!("{:?}", row.issues)],
    }
}
