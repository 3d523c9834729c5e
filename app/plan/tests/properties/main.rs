//! What holds for every source, every store and every selection.
#![cfg(not(target_arch = "wasm32"))]

mod given;

use identity::field::Value;
use identity::id::UserId;
use identity::user::User;
use identity::username::UsernameKey;
use plan::apply::{Effect, apply};
use plan::{
    Action, Change, Counts, Digest, FieldChange, Kind, Plan, PlanInput, Planner, Policy, Record, RowState, Selection,
    Snapshot, Target, changeset, plan,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

type Users = BTreeMap<UserId, User>;

fn planned(records: &[Record], users: &Users, policy: &Policy) -> Plan {
    plan(PlanInput { records, snapshot: &snapshot(users), policy })
}

fn snapshot(users: &Users) -> Snapshot {
    Snapshot { users: users.values().cloned().collect() }
}

/// Only the users that the store would read for these records.
fn concerned(users: &Users, records: &[Record], policy: &Policy) -> Snapshot {
    let entries: BTreeSet<_> =
        records.iter().flat_map(|record| &record.entry).map(|entry| &entry.external_id).collect();
    let key = |text: &str| UsernameKey::of(text);
    let named = records.iter().flat_map(|record| [&record.fields.username, &record.old_username]);
    let names: BTreeSet<_> = named.flatten().map(|name| key(name)).collect();
    let emails: BTreeSet<_> = records
        .iter()
        .filter_map(|record| match &record.fields.email {
            identity::field::Patch::Set(email) => Some(key(email)),
            _ => None,
        })
        .collect();
    let is_concerned = |user: &&User| {
        user.link
            .as_ref()
            .is_some_and(|link| Some(link.directory_id) == policy.directory_id && entries.contains(&link.external_id))
            || names.contains(&key(&user.fields.username))
            || user.fields.email.as_ref().is_some_and(|email| emails.contains(&key(email)))
    };
    // The order of a snapshot means nothing.
    Snapshot { users: users.values().rev().filter(is_concerned).cloned().collect() }
}

/// Fails when two users have the same name or the same entry.
fn assert_unique(users: &Users) -> Result<(), TestCaseError> {
    let names: BTreeSet<_> = users.values().map(|user| UsernameKey::of(&user.fields.username)).collect();
    prop_assert_eq!(names.len(), users.len(), "two users have the same name");
    let linked: Vec<_> = users
        .values()
        .filter_map(|user| user.link.as_ref())
        .map(|link| (link.directory_id, &link.external_id))
        .collect();
    let entries: BTreeSet<_> = linked.iter().collect();
    prop_assert_eq!(entries.len(), linked.len(), "two users have the same entry");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn planning_twice_gives_the_same_and_changes_nothing(
        records in given::records(), users in given::users(), policy in given::policy(),
    ) {
        let plan = planned(&records, &users, &policy);
        prop_assert_eq!(&plan, &planned(&records, &users, &policy));
        prop_assert_eq!(&plan.summary.digest, &Digest::of(&plan.rows));
    }

    #[test]
    fn applying_a_plan_leaves_nothing_to_do(
        records in given::records(), users in given::users(), policy in given::policy(),
    ) {
        let first = planned(&records, &users, &policy);
        let mut users = users;
        let changes = changeset(&first, &Selection::default());
        prop_assert_eq!(changes.len() as u32, first.summary.counts.changes());
        for effect in apply(&mut users, &changes, policy.directory_id) {
            prop_assert!(matches!(effect, Effect::Applied(_)), "{:?}", effect);
        }
        let second = planned(&records, &users, &policy);
        for (before, after) in first.rows.iter().zip(&second.rows) {
            match before.kind() {
                Kind::Blocked => {}
                Kind::Skipped => prop_assert_eq!(after.kind(), Kind::Skipped),
                _ => prop_assert_eq!(after.kind(), Kind::Unchanged, "{:?} then {:?}", before, after),
            }
        }
    }

    #[test]
    fn any_selection_of_a_plan_is_a_valid_changeset(
        records in given::records(), users in given::users(), policy in given::policy(),
        selection in given::selection(),
    ) {
        let plan = planned(&records, &users, &policy);
        let changes = changeset(&plan, &selection);
        let mut targets = BTreeSet::new();
        for change in &changes {
            let row = &plan.rows[change.row as usize];
            prop_assert!(selection.picks_row(row.row, row.kind()));
            prop_assert!(change.fields.iter().all(|field| row.fields.contains(field)));
            prop_assert!(change.add_roles.iter().all(|role| row.add_roles.contains(role)));
            match change.target {
                Target::Create => {
                    let set = |name: &str| change.fields.iter().any(|change| change.field.name() == name && change.after.is_some());
                    prop_assert!(set("username") && set("enabled"));
                    prop_assert_eq!(change.entry.is_some(), policy.directory_id.is_some());
                }
                Target::Existing { user_id, version } => {
                    prop_assert_eq!(users[&user_id].version, version);
                    prop_assert!(targets.insert(user_id), "user {} is changed twice", user_id);
                }
            }
        }
        let mut after = users.clone();
        for effect in apply(&mut after, &changes, policy.directory_id) {
            prop_assert!(matches!(effect, Effect::Applied(_)), "{:?}", effect);
        }
        assert_unique(&after)?;
        for kept in [policy.acting_user].into_iter().chain(policy.last_administrator) {
            if users.get(&kept).is_some_and(|user| user.fields.enabled) {
                prop_assert!(after[&kept].fields.enabled, "user {} was disabled", kept);
            }
        }
    }

    #[test]
    fn a_part_of_the_changes_in_any_order_never_clashes(
        records in given::records(), users in given::users(), policy in given::policy(),
        selection in given::selection(), turn in 0..12_usize,
    ) {
        let mut changes = changeset(&planned(&records, &users, &policy), &selection);
        if !changes.is_empty() {
            let turn = turn % changes.len();
            changes.rotate_left(turn);
        }
        let mut after = users;
        for effect in apply(&mut after, &changes, policy.directory_id) {
            prop_assert!(matches!(effect, Effect::Applied(_)), "{:?}", effect);
        }
        assert_unique(&after)?;
    }

    #[test]
    fn a_changeset_is_applied_once(
        records in given::records(), users in given::users(), policy in given::policy(),
    ) {
        let changes = changeset(&planned(&records, &users, &policy), &Selection::default());
        let mut after = users;
        apply(&mut after, &changes, policy.directory_id);
        let once = after.clone();
        for effect in apply(&mut after, &changes, policy.directory_id) {
            prop_assert!(matches!(effect, Effect::Stale | Effect::UsernameTaken), "{:?}", effect);
        }
        prop_assert_eq!(once, after);
    }

    #[test]
    fn every_row_is_counted_once(
        records in given::records(), users in given::users(), policy in given::policy(),
        selection in given::selection(),
    ) {
        let plan = planned(&records, &users, &policy);
        let outline: Vec<_> = plan.rows.iter().map(plan::Row::kind).collect();
        let of = |kind| outline.iter().filter(|other| **other == kind).count() as u32;
        let counts = plan.summary.counts;
        prop_assert_eq!(counts.rows() as usize, records.len());
        prop_assert!(Kind::ALL.into_iter().all(|kind| counts.of(kind) == of(kind)));
        prop_assert_eq!(Selection::default().counts(&outline), Counts {
            unchanged: 0, skipped: 0, blocked: 0, warnings: 0, ..counts
        });
        prop_assert_eq!(Selection::none().counts(&outline).rows(), 0);
        let picked = selection.counts(&outline);
        prop_assert!(changeset(&plan, &selection).len() as u32 <= picked.rows());
        for row in &plan.rows {
            prop_assert_eq!(row.kind() == Kind::Blocked, row.issues.iter().any(plan::Issue::blocks));
            prop_assert_eq!(RowState::of(row) == RowState::UpToDate, matches!(row.action, Action::Unchanged { .. }));
            let gives = |change: &FieldChange| match &change.after {
                Some(Value::Text(text)) => !change.field.fits(text),
                _ => false,
            };
            let wrong = row.fields.iter().filter(|change| gives(change)).map(|change| &change.field);
            let warned = row.issues.iter().filter_map(|issue| match issue {
                plan::Issue::Misshapen { field } => Some(field),
                _ => None,
            });
            prop_assert!(row.kind() == Kind::Blocked || warned.eq(wrong));
            let links = matches!(RowState::of(row), RowState::WillLink { .. });
            prop_assert_eq!(links, matches!(row.action, Action::Link { .. }));
        }
        let updates = plan.rows.iter().filter(|row| row.action != Action::Create);
        let fields: BTreeSet<_> = updates.flat_map(|row| &row.fields).map(|change| change.field.clone()).collect();
        prop_assert_eq!(plan.summary.fields, fields);
    }

    #[test]
    fn pages_do_not_show_in_the_plan(
        records in given::records(), users in given::users(), policy in given::policy(), size in 1..6_usize,
    ) {
        let whole = planned(&records, &users, &policy);
        for snapshot_of in [|users: &Users, _: &[Record], _: &Policy| snapshot(users), concerned] {
            let mut planner = Planner::new(policy.clone());
            let rows: Vec<_> = records
                .chunks(size)
                .flat_map(|page| planner.page(page, &snapshot_of(&users, page, &policy)))
                .collect();
            prop_assert_eq!(&whole.rows, &rows);
            prop_assert_eq!(&whole.summary, &planner.finish());
        }
    }

    #[test]
    fn a_plan_that_was_stored_is_the_same_plan(
        records in given::records(), users in given::users(), policy in given::policy(),
        selection in given::selection(),
    ) {
        let plan = planned(&records, &users, &policy);
        let stored = serde_json::to_string(&plan).expect("a plan is JSON");
        let read: Plan = serde_json::from_str(&stored).expect("what was written can be read");
        prop_assert_eq!(&read, &plan);
        let stored = serde_json::to_string(&selection).expect("a selection is JSON");
        let read: Selection = serde_json::from_str(&stored).expect("what was written can be read");
        prop_assert_eq!(read, selection);
    }

    #[test]
    fn what_is_picked_by_hand_is_what_is_applied(
        records in given::records(), users in given::users(), policy in given::policy(),
        mut selection in given::selection(), number in any::<proptest::sample::Index>(), part in given::part(),
    ) {
        let plan = planned(&records, &users, &policy);
        prop_assume!(!plan.rows.is_empty());
        let row = &plan.rows[number.index(plan.rows.len())];
        let others = |selection: &Selection| {
            let changes = changeset(&plan, selection);
            changes.into_iter().filter(|change| change.row != row.row).collect::<Vec<_>>()
        };
        let before = others(&selection);
        let is_part = plan::selection::parts(row).any(|other| other == part);
        let has = |change: &Change| match &part {
            plan::Part::Field(field) => change.fields.iter().any(|change| change.field == *field),
            plan::Part::Roles => !change.add_roles.is_empty(),
            plan::Part::RemovedRoles => !change.remove_roles.is_empty(),
            plan::Part::Groups => !change.add_groups.is_empty(),
            plan::Part::LeftGroups => !change.remove_groups.is_empty(),
        };
        if is_part {
            selection.pick_part(row, &part);
            prop_assert!(Change::of(row, &selection).is_some_and(|change| has(&change)));
            if !plan::selection::is_needed(row, &part) {
                selection.unpick_part(row, &part);
                prop_assert!(Change::of(row, &selection).is_none_or(|change| !has(&change)));
                prop_assert_eq!(Change::of(row, &selection).is_some(), selection.picks_row(row.row, row.kind()));
            }
        }
        selection.unpick_row(row.row);
        prop_assert_eq!(Change::of(row, &selection), None);
        selection.pick_row(row.row);
        prop_assert_eq!(selection.picks_row(row.row, row.kind()), row.kind().is_change());
        prop_assert_eq!(before, others(&selection));
    }

    #[test]
    fn a_kind_is_picked_as_a_whole(
        outline in proptest::collection::vec(proptest::sample::select(Kind::ALL.to_vec()), 0..14),
        mut selection in given::selection(), kind in proptest::sample::select(Kind::ALL.to_vec()), pick in any::<bool>(),
    ) {
        let picked = |selection: &Selection| {
            (0..).zip(&outline).map(|(row, kind)| selection.picks_row(row, *kind)).collect::<Vec<_>>()
        };
        let expected: Vec<_> = picked(&selection)
            .into_iter()
            .zip(&outline)
            .map(|(before, other)| if *other == kind { pick && kind.is_change() } else { before })
            .collect();
        if pick { selection.pick_kind(kind, &outline) } else { selection.unpick_kind(kind, &outline) }
        prop_assert_eq!(picked(&selection), expected);
    }
}
