//! What a person must confirm before a plan is applied (R26).

use crate::row::{Action, Row};
use identity::assignment::Assignment;
use identity::role::RoleCode;
use identity::user::User;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Something that a plan does and that is never done by the way. The person types the number of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "guard", rename_all = "snake_case")]
pub enum Guard {
    /// Users get a role that makes them administrators, or an administrator's account is linked to an entry, which
    /// gives that account to whoever signs in as the entry.
    GivesAdministrator {
        /// The role.
        role: RoleCode,
        /// How many users get it.
        users: u32,
    },
    /// More users would be disabled than a mistake should be able to.
    DisablesMany {
        /// How many.
        users: u32,
    },
    /// More users would lose roles or groups than a mistake should be able to.
    TakesFromMany {
        /// How many.
        users: u32,
    },
    /// More users would get another username than a mistake should be able to.
    RenamesMany {
        /// How many.
        users: u32,
    },
}

impl Guard {
    /// The number to type.
    pub fn users(&self) -> u32 {
        match self {
            Guard::GivesAdministrator { users, .. }
            | Guard::DisablesMany { users }
            | Guard::TakesFromMany { users }
            | Guard::RenamesMany { users } => *users,
        }
    }
}

/// Counts what trips a guard, row by row.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    administrators: BTreeMap<RoleCode, u32>,
    disabled: u32,
    renamed: u32,
    stripped: u32,
}

impl Tally {
    /// Counts a row. `by_name` is the user with its name. If the row links that internal user to an entry of a
    /// directory, whoever the entry is signs in as this user from then on, and so gets the roles that it has.
    pub(crate) fn add(&mut self, row: &Row, by_name: Option<&User>, administrator_roles: &BTreeSet<RoleCode>) {
        if !row.kind().is_change() {
            return;
        }
        let linked = by_name.filter(|_| matches!(row.action, Action::Link { .. }));
        let had = linked.into_iter().flat_map(|user| &user.roles);
        for role in administrators(row.add_roles.iter().chain(had), administrator_roles) {
            *self.administrators.entry(role.clone()).or_default() += 1;
        }
        self.disabled += u32::from(row.disables());
        self.renamed += u32::from(row.renames());
        self.stripped += u32::from(row.takes());
    }

    /// The guards that trip in a plan of so many rows.
    pub(crate) fn guards(self, rows: u32) -> Vec<Guard> {
        let many = many(rows);
        let Self { administrators, disabled, renamed, stripped } = self;
        let mut guards: Vec<_> =
            administrators.into_iter().map(|(role, users)| Guard::GivesAdministrator { role, users }).collect();
        guards.extend((disabled > many).then_some(Guard::DisablesMany { users: disabled }));
        guards.extend((stripped > many).then_some(Guard::TakesFromMany { users: stripped }));
        guards.extend((renamed > many).then_some(Guard::RenamesMany { users: renamed }));
        guards
    }
}

/// The administrators' roles among assignments, each once. One within a scope counts as well: what it gives there is the
/// other application's matter.
pub fn administrators<'a>(
    assignments: impl Iterator<Item = &'a Assignment>,
    administrator_roles: &BTreeSet<RoleCode>,
) -> BTreeSet<&'a RoleCode> {
    assignments.map(|assignment| &assignment.role).filter(|role| administrator_roles.contains(*role)).collect()
}

/// More than this is many: 5 % of the rows or 20, whichever is less (R26), but never less than one. A single user
/// that is disabled stands on the screen of whoever commits, and a plan of one row would otherwise always trip.
pub fn many(rows: u32) -> u32 {
    (rows / 20).clamp(1, 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_is_more_than_five_percent_or_twenty_and_never_one() {
        let expected = [(0, 1), (1, 1), (39, 1), (40, 2), (399, 19), (400, 20), (u32::MAX, 20)];
        for (rows, limit) in expected {
            assert_eq!(many(rows), limit, "{rows} rows");
        }
    }
}
