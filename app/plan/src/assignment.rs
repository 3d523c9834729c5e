//! The roles and groups that a file gives and takes.

use crate::input::{Policy, Record};
use crate::issue::Issue;
use crate::row::Row;
use crate::text::shown;
use identity::assignment::{Assignment, AssignmentError, MAX_SCOPE, roles_of};
use identity::field::Patch;
use identity::group::{self, GroupName};
use identity::role;
use identity::user::User;
use identity::username::UsernameKey;
use std::collections::{BTreeSet, HashMap};

/// The longest text of a role that is shown, in characters.
const LONGEST: usize = role::MAX_LENGTH + 1 + MAX_SCOPE;

/// The groups that a file may name, found by what their names are compared by.
#[derive(Debug, Default)]
pub(crate) struct KnownGroups(HashMap<UsernameKey, GroupName>);

impl KnownGroups {
    /// Those of a policy.
    pub(crate) fn of(policy: &Policy) -> Self {
        let groups = policy.file.iter().flat_map(|file| &file.groups);
        Self(groups.map(|group| (group.key(), group.clone())).collect())
    }
}

/// All roles and groups that a row's user has afterwards; `None` for what the row says nothing of.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    roles: Option<BTreeSet<Assignment>>,
    groups: Option<BTreeSet<GroupName>>,
}

impl Wanted {
    /// What a record says, with an issue for each name that nothing has.
    pub(crate) fn of(record: &Record, policy: &Policy, known: &KnownGroups, issues: &mut Vec<Issue>) -> Self {
        let Some(file) = &policy.file else { return Self::default() };
        let role = |text: &str| match Assignment::parse(text) {
            Ok(assignment) if file.roles.contains(&assignment.role) => Ok(assignment),
            Err(AssignmentError::Scope(_)) => Err(Issue::IllegalScope { role: shown(text, LONGEST) }),
            Ok(Assignment { role, .. }) => Err(Issue::UnknownRole { role: role.to_string() }),
            Err(AssignmentError::Role(_)) => Err(Issue::UnknownRole { role: shown(text, role::MAX_LENGTH) }),
        };
        let group = |text: &str| {
            let group = known.0.get(&UsernameKey::of(text)).cloned();
            group.ok_or_else(|| Issue::UnknownGroup { group: shown(text, group::MAX_LENGTH) })
        };
        Self { roles: all(&record.roles, role, issues), groups: all(&record.groups, group, issues) }
    }

    /// Gives a new user what the row says.
    pub(crate) fn give(self, row: &mut Row) {
        row.add_roles = row
            .add_roles
            .drain(..)
            .chain(self.roles.into_iter().flatten())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        row.add_groups = self.groups.into_iter().flatten().collect();
    }

    /// Adds to a row what its user lacks and has too much. What the policy gives is never taken.
    pub(crate) fn compare(self, user: &User, policy: &Policy, row: &mut Row) {
        if let Some(roles) = self.roles {
            let given: BTreeSet<Assignment> =
                row.add_roles.drain(..).chain(roles.difference(&user.roles).cloned()).collect();
            row.add_roles = given.into_iter().collect();
            let taken = user.roles.difference(&roles).filter(|role| !policy.roles.contains(*role));
            row.remove_roles = taken.cloned().collect();
        }
        if let Some(groups) = self.groups {
            // By key: the store may write a name with other capitals than a user's group was read with.
            let keys = |groups: &BTreeSet<GroupName>| groups.iter().map(GroupName::key).collect::<BTreeSet<_>>();
            let (has, wants) = (keys(&user.groups), keys(&groups));
            row.add_groups = groups.iter().filter(|group| !has.contains(&group.key())).cloned().collect();
            row.remove_groups = user.groups.iter().filter(|group| !wants.contains(&group.key())).cloned().collect();
        }
    }
}

/// What speaks against the roles that a row gives and takes: those beyond its author, and an administrator who would
/// be none any more although no run may do that (R26).
pub(crate) fn refusals(row: &Row, user: Option<&User>, policy: &Policy) -> Vec<Issue> {
    if policy.file.is_none() {
        return vec![];
    }
    let changed = row.add_roles.iter().chain(&row.remove_roles);
    let beyond = changed.filter(|given| policy.beyond.contains(&given.role) && !policy.roles.contains(*given));
    let mut issues: Vec<_> = roles_of(beyond).into_iter().map(|role| Issue::MayNotGrant { role }).collect();
    let demotes = row.remove_roles.iter().any(|given| administers(given, policy));
    if let Some(user) = user.filter(|user| demotes && !stays_administrator(user, row, policy)) {
        issues.extend((user.user_id == policy.acting_user).then_some(Issue::ActingUser));
        issues.extend((Some(user.user_id) == policy.last_administrator).then_some(Issue::LastAdministrator));
    }
    issues
}

fn stays_administrator(user: &User, row: &Row, policy: &Policy) -> bool {
    let kept = user.roles.iter().filter(|role| !row.remove_roles.contains(role));
    kept.chain(&row.add_roles).any(|given| administers(given, policy))
}

/// Whether an assignment makes an administrator of Muster: one within a scope does not.
fn administers(given: &Assignment, policy: &Policy) -> bool {
    given.is_everywhere() && policy.administrator_roles.contains(&given.role)
}

/// The values of a list, if the record has one and each is known.
fn all<T: Ord>(
    patch: &Patch<Vec<String>>,
    known: impl Fn(&str) -> Result<T, Issue>,
    issues: &mut Vec<Issue>,
) -> Option<BTreeSet<T>> {
    let texts = match patch {
        Patch::Keep => return None,
        Patch::Clear => return Some(BTreeSet::new()),
        Patch::Set(texts) => texts,
    };
    let mut found = BTreeSet::new();
    for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
        match known(text) {
            Ok(value) => drop(found.insert(value)),
            Err(issue) if issues.contains(&issue) => {}
            Err(issue) => issues.push(issue),
        }
    }
    Some(found)
}
