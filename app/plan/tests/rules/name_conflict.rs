//! An internal user of the same name (R9).

use crate::{check, check_with};
use expect_test::expect;

#[test]
fn an_internal_user_of_the_same_name_blocks() {
    check(
        "eve id=e1",
        "1 Eve",
        expect![[r#"
        blocked eve: Blocked
            ! internal user 1 exists
    "#]],
    );
}

#[test]
fn a_row_can_be_chosen_to_link() {
    check_with(
        "link=e1",
        "eve id=e1 phone=1\nbob id=e2",
        "1 Eve\n2 bob",
        expect![[r#"
        update eve link user 1 version 1: ChosenLink
            username: Eve -> eve (case only)
            phone: nothing -> 1
        blocked bob: Blocked
            ! internal user 2 exists
    "#]],
    );
}

#[test]
fn a_chosen_link_takes_no_user_from_another_entry() {
    check_with(
        "link=e1",
        "eve id=e1",
        "1 eve id=e2",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn the_policy_can_link() {
    check_with(
        "conflict=link",
        "eve id=e1",
        "1 eve",
        expect![[r#"
        update eve link user 1 version 1: PolicyLink
            1 as they are
    "#]],
    );
}

#[test]
fn the_policy_can_skip() {
    check_with(
        "conflict=skip",
        "eve id=e1",
        "1 eve",
        expect![[r#"
        skipped eve user 1: PolicySkip
    "#]],
    );
}

#[test]
fn linking_an_administrator_is_guarded_as_giving_the_role() {
    check_with(
        "conflict=link",
        "root id=e1",
        "1 root roles=ROLE_ADMINISTRATOR,ROLE_AUDITOR",
        expect![[r#"
        update root link user 1 version 1: PolicyLink
            1 as they are
        guard GivesAdministrator { role: RoleCode("ROLE_ADMINISTRATOR"), users: 1 }
    "#]],
    );
}
