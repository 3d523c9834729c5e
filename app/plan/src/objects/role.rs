//! What a file of roles would change (R18, R19).

use super::{Attribute, MAX_DESCRIPTION, ObjectCounts, ObjectIssue, TextChange, digest, text_after};
use crate::digest::Digest;
use crate::guard::many;
use crate::text::shown;
use identity::field::Patch;
use identity::matching::fold;
use identity::role::{MAX_LABEL, MAX_LENGTH, MAX_PERMISSION, Permission, Role, RoleCode, is_permission, lacking};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A row of a file, before it is known which role it is. A matrix comes as a record for each role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleRecord {
    /// The number of the row, as the spreadsheet shows it.
    pub line: Option<u32>,
    /// The code, as the source writes it; blank where a file knows labels only.
    pub code: String,
    /// What it says of the label.
    pub label: Patch<String>,
    /// What it says of the description.
    pub description: Patch<String>,
    /// All permissions afterwards. A blank cell is [`Patch::Clear`]: none. An absent column is [`Patch::Keep`].
    pub permissions: Patch<Vec<String>>,
    /// What in the row could not be read, which blocks it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<ObjectIssue>,
}

/// A stored role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRole {
    /// The version that the plan is computed from.
    pub version: i64,
    /// The role.
    pub role: Role,
}

/// What was decided before planning.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RolePolicy {
    /// Whether a file changes the labels of roles that exist (R19).
    pub change_labels: bool,
    /// Whether a role has a row for each of its permissions. Otherwise a role that comes twice is a mistake.
    pub row_per_permission: bool,
    /// The permissions of the author, who gives and takes no other ones.
    pub held: BTreeSet<String>,
}

/// What would be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum RoleAction {
    /// A new role.
    Create {
        /// As it will be.
        role: Role,
    },
    /// A role changes.
    Update {
        /// The version that it has.
        version: i64,
        /// As it will be.
        role: Role,
    },
    /// The role is as the file says.
    Unchanged,
    /// Something speaks against it.
    Block,
}

/// What the records of a role lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRow {
    /// Its place in the plan, from 0.
    pub row: u32,
    /// The numbers of its rows, as the spreadsheet shows them.
    pub lines: Vec<u32>,
    /// The code, or the label where there is none, as the source writes it.
    pub name: String,
    /// What would be done.
    pub action: RoleAction,
    /// The texts that change.
    pub texts: Vec<TextChange>,
    /// Permissions that the role would give.
    pub added: Vec<String>,
    /// Permissions that it would no longer give.
    pub removed: Vec<String>,
    /// What speaks against it.
    pub issues: Vec<ObjectIssue>,
}

/// Something that a person must confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "guard", rename_all = "snake_case")]
pub enum RoleGuard {
    /// Whoever has one of these roles becomes an administrator.
    MakesAdministrators {
        /// How many roles.
        roles: u32,
    },
    /// More roles would lose permissions than a mistake should be able to.
    TakesPermissions {
        /// How many roles.
        roles: u32,
    },
}

/// The guards that picked rows trip.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tripped {
    /// Each with the number of roles.
    pub guards: Vec<RoleGuard>,
    /// The roles that they concern together, each counted once: the number to type.
    pub roles: u32,
}

/// All roles of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePlan {
    /// In the order in which the file first names them.
    pub rows: Vec<RoleRow>,
    /// How many became what.
    pub counts: ObjectCounts,
    /// The name of the plan by what it does.
    pub digest: Digest,
}

/// Plans a file of roles.
pub fn plan_roles(records: &[RoleRecord], stored: &[StoredRole], policy: &RolePolicy) -> RolePlan {
    let mut counts = ObjectCounts::default();
    let mut rows = Vec::new();
    for gathered in gather(records, stored, policy) {
        let row = gathered.planned(rows.len() as u32, stored, policy);
        *match row.action {
            RoleAction::Create { .. } => &mut counts.create,
            RoleAction::Update { .. } => &mut counts.update,
            RoleAction::Unchanged => &mut counts.unchanged,
            RoleAction::Block => &mut counts.blocked,
        } += 1;
        rows.push(row);
    }
    let digest = digest(rows.iter().map(written));
    RolePlan { rows, counts, digest }
}

/// What must be confirmed before these rows of a plan of so many are applied.
pub fn tripped<'a>(picked: impl Iterator<Item = &'a RoleRow>, rows: u32) -> Tripped {
    let (mut administrators, mut stripped, mut both) = (0, 0, 0);
    for row in picked.filter(|row| matches!(row.action, RoleAction::Create { .. } | RoleAction::Update { .. })) {
        let makes = row.added.iter().any(|code| code == Permission::Admin.code());
        let takes = !row.removed.is_empty();
        administrators += u32::from(makes);
        stripped += u32::from(takes);
        both += u32::from(makes && takes);
    }
    if stripped <= many(rows) {
        (stripped, both) = (0, 0);
    }
    let mut guards = Vec::new();
    guards.extend((administrators > 0).then_some(RoleGuard::MakesAdministrators { roles: administrators }));
    guards.extend((stripped > 0).then_some(RoleGuard::TakesPermissions { roles: stripped }));
    Tripped { guards, roles: administrators + stripped - both }
}

/// The records of one role.
#[derive(Debug)]
struct Gathered {
    lines: Vec<u32>,
    name: String,
    code: Result<RoleCode, ObjectIssue>,
    label: Patch<String>,
    description: Patch<String>,
    permissions: Patch<Vec<String>>,
    issues: Vec<ObjectIssue>,
}

/// The roles that the records name, in the order in which they are first named.
fn gather(records: &[RoleRecord], stored: &[StoredRole], policy: &RolePolicy) -> Vec<Gathered> {
    let mut found: Vec<Gathered> = Vec::new();
    let mut places: BTreeMap<RoleCode, usize> = BTreeMap::new();
    for record in records {
        let RoleRecord { line, code, label, description, permissions, issues } = record;
        let parsed = role_code(code, label, stored);
        let first = parsed.as_ref().ok().and_then(|code| places.get(code)).copied();
        match first {
            Some(place) if policy.row_per_permission => found[place].add(record),
            _ => {
                let duplicate = first.map(|row| ObjectIssue::DuplicateRow { row: row as u32 });
                if let (Ok(code), None) = (&parsed, first) {
                    places.insert(code.clone(), found.len());
                }
                let written = match (code.trim(), label) {
                    ("", Patch::Set(label)) => label.as_str(),
                    (code, _) => code,
                };
                found.push(Gathered {
                    lines: line.iter().copied().collect(),
                    name: shown(written, MAX_LENGTH),
                    code: parsed,
                    label: label.clone(),
                    description: description.clone(),
                    permissions: permissions.clone(),
                    issues: duplicate.into_iter().chain(issues.iter().cloned()).collect(),
                });
            }
        }
    }
    found
}

/// The code of a record. Where a file knows labels only, a role is known by its label, and a new one gets a code from it.
fn role_code(code: &str, label: &Patch<String>, stored: &[StoredRole]) -> Result<RoleCode, ObjectIssue> {
    let code = code.trim();
    if !code.is_empty() {
        return RoleCode::parse(code).map_err(|_| ObjectIssue::IllegalName);
    }
    let Patch::Set(label) = label else { return Err(ObjectIssue::MissingName) };
    let label = fold(label);
    if label.is_empty() {
        return Err(ObjectIssue::MissingName);
    }
    if let Some(known) = stored.iter().find(|stored| fold(&stored.role.label) == label) {
        return Ok(known.role.code.clone());
    }
    let capitals: String =
        label.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
    // A label without a single letter or digit that a code may hold gives no code.
    if capitals.chars().all(|c| c == '_') {
        return Err(ObjectIssue::IllegalName);
    }
    RoleCode::parse(&format!("ROLE_{capitals}")).map_err(|_| ObjectIssue::IllegalName)
}

impl Gathered {
    /// Adds another row of the same role.
    fn add(&mut self, record: &RoleRecord) {
        let RoleRecord { line, code: _, label, description, permissions, issues } = record;
        self.lines.extend(line);
        self.issues.extend(issues.iter().cloned());
        // Label and description stand in each of the rows, or in the first.
        for (first, text) in [(&mut self.label, label), (&mut self.description, description)] {
            if !matches!(first, Patch::Set(_)) {
                first.clone_from(text);
            }
        }
        match (&mut self.permissions, permissions) {
            (Patch::Set(all), Patch::Set(more)) => all.extend(more.iter().cloned()),
            (Patch::Set(_), _) => {}
            (all, more) => *all = more.clone(),
        }
    }

    fn planned(self, row: u32, stored: &[StoredRole], policy: &RolePolicy) -> RoleRow {
        let Self { lines, name, code, label, description, permissions, mut issues } = self;
        let known = code.as_ref().ok().and_then(|code| stored.iter().find(|stored| stored.role.code == *code));
        let keeps_label = known.is_some() && !policy.change_labels;
        let before = known.map(|stored| stored.role.label.as_str());
        let label = if keeps_label { Patch::Keep } else { label };
        // A role always has a label: one that is cleared stays, and a new one begins with its code.
        let label = text_after(before, &label, Attribute::Label, MAX_LABEL, &mut issues);
        let described = known.and_then(|stored| stored.role.description.as_deref());
        let description = text_after(described, &description, Attribute::Description, MAX_DESCRIPTION, &mut issues);
        let none = BTreeSet::new();
        let had = known.map_or(&none, |stored| &stored.role.permissions);
        let gives = permissions_after(had, &permissions, &mut issues);
        let added: Vec<String> = gives.difference(had).cloned().collect();
        let removed: Vec<String> = had.difference(&gives).cloned().collect();
        let touched: BTreeSet<&String> = added.iter().chain(&removed).collect();
        issues.extend(
            lacking(&policy.held, touched).map(|permission| ObjectIssue::MayNotGive { permission: permission.clone() }),
        );
        let code = code.map_err(|issue| issues.insert(0, issue));
        let blocked = RoleRow {
            row,
            lines,
            name,
            action: RoleAction::Block,
            texts: vec![],
            added: vec![],
            removed: vec![],
            issues: vec![],
        };
        let Ok(code) = code else { return RoleRow { issues, ..blocked } };
        let label = label.or(before.map(str::to_owned)).unwrap_or_else(|| code.to_string());
        let texts = [
            TextChange::of(Attribute::Label, before, Some(&label)),
            TextChange::of(Attribute::Description, described, description.as_deref()),
        ];
        let texts: Vec<TextChange> = texts.into_iter().flatten().collect();
        let changes = !texts.is_empty() || !added.is_empty() || !removed.is_empty();
        if changes && code.as_str() == RoleCode::ADMINISTRATOR {
            issues.push(ObjectIssue::AdministratorRole);
        }
        if !issues.is_empty() {
            return RoleRow { issues, ..blocked };
        }
        let role = Role { code, label, description, permissions: gives };
        let action = match known {
            None => RoleAction::Create { role },
            Some(_) if !changes => RoleAction::Unchanged,
            Some(stored) => RoleAction::Update { version: stored.version, role },
        };
        RoleRow { action, texts, added, removed, ..blocked }
    }
}

/// All permissions afterwards.
fn permissions_after(
    before: &BTreeSet<String>,
    patch: &Patch<Vec<String>>,
    issues: &mut Vec<ObjectIssue>,
) -> BTreeSet<String> {
    let codes = match patch {
        Patch::Keep => return before.clone(),
        Patch::Clear => return BTreeSet::new(),
        Patch::Set(codes) => codes,
    };
    let codes: BTreeSet<&str> = codes.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect();
    for code in codes.iter().filter(|code| !is_permission(code)) {
        issues.push(ObjectIssue::IllegalPermission { permission: shown(code, MAX_PERMISSION) });
    }
    codes.into_iter().map(str::to_owned).collect()
}

/// What the digest is made from: what is done, and from which version.
fn written(row: &RoleRow) -> Vec<String> {
    let role = |kind: &str, version: i64, Role { code, label, description, permissions }: &Role| {
        let description = description.as_ref().map_or(String::new(), |text| format!("={text}"));
        let head = [kind.to_owned(), version.to_string(), code.to_string(), label.clone(), description];
        head.into_iter().chain(permissions.iter().cloned()).collect()
    };
    match &row.action {
        RoleAction::Create { role: after } => role("create", 0, after),
        RoleAction::Update { version, role: after } => role("update", *version, after),
        RoleAction::Unchanged => vec!["unchanged".to_owned(), row.name.clone()],
        RoleAction::Block => vec!["block".to_owned(), row.name.clone(), format!("{:?}", row.issues)],
    }
}
