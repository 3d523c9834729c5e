//! What a person must confirm before the picked part of a plan is applied (R26).

use crate::error::AppError;
use crate::services::{Actor, Permission};
use identity::id::UserId;
use identity::role::RoleCode;
use plan::{Change, Guard, Kind, Row, Selection, Target};
use std::collections::{BTreeMap, BTreeSet};
use store::plans::{RowQuery, StoredPlan};
use store::users::UserQuery;

/// The guards that the picked rows trip.
#[derive(Debug, Default)]
pub(super) struct Tripped {
    /// Each with the number of picked users.
    pub(super) guards: Vec<Guard>,
    /// The users whom they concern together, each counted once: the number to type.
    pub(super) users: u32,
}

/// Rows that are read at a time.
const PAGE: u32 = 1000;

/// What the picked rows trip, with the roles as they are now: one may give more than when the plan was made. A part of a
/// plan trips nothing that the whole does not, so most plans are not read.
pub(super) async fn tripped(actor: &Actor, stored: &StoredPlan, selection: &Selection) -> Result<Tripped, AppError> {
    let administrator_roles = &actor.store.administrator_roles().await?;
    let is_judged = administrator_roles.is_subset(&stored.policy.administrator_roles);
    if is_judged && stored.summary.guards.is_empty() {
        return Ok(Tripped::default());
    }
    let mut tally = Tally { administrators: administrators(actor, administrator_roles).await?, ..Tally::default() };
    for kind in Kind::ALL.into_iter().filter(|kind| kind.is_change()) {
        let mut query = RowQuery { kind: Some(kind), limit: PAGE, ..RowQuery::default() };
        loop {
            let page = actor.store.list_plan_rows(stored.plan_id, &query).await?;
            page.items.iter().for_each(|listed| tally.add(&listed.row, selection, administrator_roles));
            query.offset += PAGE;
            if query.offset >= page.total {
                break;
            }
        }
    }
    let tripped = tally.tripped(stored.summary.counts.rows());
    if tripped.guards.iter().any(|guard| matches!(guard, Guard::GivesAdministrator { .. })) {
        actor.require(Permission::Approve)?;
    }
    Ok(tripped)
}

/// The users that have an administrator's role, with those roles.
async fn administrators(
    actor: &Actor,
    roles: &BTreeSet<RoleCode>,
) -> Result<BTreeMap<UserId, Vec<RoleCode>>, AppError> {
    let mut administrators: BTreeMap<UserId, Vec<RoleCode>> = BTreeMap::new();
    for role in roles {
        let mut query = UserQuery { role: Some(role.clone()), limit: PAGE, ..UserQuery::default() };
        loop {
            let page = actor.store.list_users(&query).await?;
            for listed in page.items {
                administrators.entry(listed.user.user_id).or_default().push(role.clone());
            }
            query.offset += PAGE;
            if query.offset >= page.total {
                break;
            }
        }
    }
    Ok(administrators)
}

/// Counts what the picked parts of rows do.
#[derive(Debug, Default)]
struct Tally {
    administrators: BTreeMap<UserId, Vec<RoleCode>>,
    given: BTreeMap<RoleCode, u32>,
    disabled: u32,
    renamed: u32,
    stripped: u32,
    rows: Vec<Does>,
}

/// What one picked row does that a guard could ask about.
#[derive(Debug, Clone, Copy)]
struct Does {
    gives: bool,
    disables: bool,
    renames: bool,
    takes: bool,
}

impl Tally {
    fn add(&mut self, row: &Row, selection: &Selection, administrator_roles: &BTreeSet<RoleCode>) {
        let Some(change) = Change::of(row, selection) else { return };
        let mut given = plan::guard::administrators(change.add_roles.iter(), administrator_roles);
        // An internal administrator that is linked to an entry is handed to whoever signs in as that entry.
        if let (plan::Action::Link { .. }, Target::Existing { user_id, .. }) = (&row.action, &change.target) {
            given.extend(self.administrators.get(user_id).into_iter().flatten());
        }
        let gives = !given.is_empty();
        for role in given.into_iter().cloned().collect::<Vec<_>>() {
            *self.given.entry(role).or_default() += 1;
        }
        let mut picked = row.clone();
        picked.cut_to(change);
        let does = Does { gives, disables: picked.disables(), renames: picked.renames(), takes: picked.takes() };
        self.disabled += u32::from(does.disables);
        self.renamed += u32::from(does.renames);
        self.stripped += u32::from(does.takes);
        if does.gives || does.disables || does.renames || does.takes {
            self.rows.push(does);
        }
    }

    fn tripped(self, rows: u32) -> Tripped {
        let many = plan::guard::many(rows);
        let (disables, renames, takes) = (self.disabled > many, self.renamed > many, self.stripped > many);
        let concerned = self
            .rows
            .iter()
            .filter(|does| {
                does.gives || (disables && does.disables) || (renames && does.renames) || (takes && does.takes)
            })
            .count();
        let mut guards: Vec<Guard> =
            self.given.into_iter().map(|(role, users)| Guard::GivesAdministrator { role, users }).collect();
        guards.extend(disables.then_some(Guard::DisablesMany { users: self.disabled }));
        guards.extend(takes.then_some(Guard::TakesFromMany { users: self.stripped }));
        guards.extend(renames.then_some(Guard::RenamesMany { users: self.renamed }));
        Tripped { guards, users: u32::try_from(concerned).unwrap_or(u32::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::assignment::Assignment;
    use identity::field::{Field, Value};
    use plan::{Action, FieldChange, Reason};

    fn row(row: u32, action: Action, fields: Vec<FieldChange>, roles: &[&str]) -> Row {
        Row {
            row,
            line: None,
            username: format!("user{row}"),
            name: format!("User {row}"),
            entry: None,
            action,
            fields,
            unchanged_fields: 0,
            add_roles: roles.iter().map(|role| Assignment::parse(role).expect("an assignment")).collect(),
            remove_roles: vec![],
            add_groups: vec![],
            remove_groups: vec![],
            moved_from: None,
            reason: Reason::Unknown,
            issues: vec![],
        }
    }

    fn disabling(number: u32) -> Row {
        let (before, after) = (Some(Value::Flag(true)), Some(Value::Flag(false)));
        let change = FieldChange { field: Field::Enabled, before, after, mark: None };
        row(number, Action::Update { user_id: UserId(i64::from(number)), version: 1 }, vec![change], &[])
    }

    fn tripped(rows: &[Row], selection: &Selection, administrators: &[i64]) -> Tripped {
        let role = RoleCode::parse(RoleCode::ADMINISTRATOR).expect("a legal code");
        let administrators = administrators.iter().map(|id| (UserId(*id), vec![role.clone()])).collect();
        let mut tally = Tally { administrators, ..Tally::default() };
        let roles = BTreeSet::from([role]);
        rows.iter().for_each(|row| tally.add(row, selection, &roles));
        tally.tripped(u32::try_from(rows.len()).expect("a few rows"))
    }

    #[test]
    fn only_what_is_picked_is_counted() {
        let rows: Vec<Row> = (0..10).map(disabling).collect();
        let all = tripped(&rows, &Selection::default(), &[]);
        assert_eq!((all.guards, all.users), (vec![Guard::DisablesMany { users: 10 }], 10));
        let mut one = Selection::none();
        one.pick_row(3);
        assert_eq!(tripped(&rows, &one, &[]).guards, []);
    }

    #[test]
    fn a_role_that_is_left_out_is_not_given() {
        let rows = [row(0, Action::Create, vec![], &["ROLE_ADMINISTRATOR", "ROLE_AUDITOR"]), disabling(1)];
        let all = tripped(&rows, &Selection::default(), &[]);
        assert!(matches!(&all.guards[..], [Guard::GivesAdministrator { users: 1, .. }]), "{:?}", all.guards);
        assert_eq!(all.users, 1);
        let mut without = Selection::default();
        without.unpick_part(&rows[0], &plan::selection::Part::Roles);
        assert_eq!(tripped(&rows, &without, &[]).guards, []);
    }

    #[test]
    fn an_administrator_who_is_linked_is_handed_over() {
        let rows = [row(0, Action::Link { user_id: UserId(7), version: 1 }, vec![], &[])];
        assert_eq!(tripped(&rows, &Selection::default(), &[]).users, 0);
        assert_eq!(tripped(&rows, &Selection::default(), &[7]).users, 1);
    }
}
