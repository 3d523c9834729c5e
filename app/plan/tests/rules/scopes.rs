//! Roles within scopes: each by itself, and none of them more than the role is (R6, R26, R35).

use crate::check_with;
use crate::notation::planned;
use expect_test::expect;

#[test]
fn an_import_gives_what_is_not_there_in_the_same_scope() {
    check_with(
        "roles=ROLE_A,ROLE_A@Germany existing",
        "new id=e1\neve id=e2\nbob id=e3",
        "1 eve id=e2 roles=ROLE_A@Italy\n2 bob id=e3 roles=ROLE_A,ROLE_A@Germany",
        expect![[r#"
            create new: Unknown
                username: nothing -> new
                enabled: nothing -> yes
                + ROLE_A
                + ROLE_A@Germany
            update eve user 1 version 1: ExternalId
                1 as they are
                + ROLE_A
                + ROLE_A@Germany
            unchanged bob user 2 version 1: ExternalId
                1 as they are
        "#]],
    );
}

#[test]
fn a_list_takes_away_the_scopes_that_it_does_not_name() {
    check_with(
        "file may=ROLE_A",
        "eve roles=ROLE_A@Italy\nbob roles=ROLE_A\nann roles=ROLE_A@Italy",
        "1 eve roles=ROLE_A,ROLE_A@Germany\n2 bob roles=ROLE_A@Germany\n3 ann roles=ROLE_A@Italy",
        expect![[r#"
            update eve user 1 version 1: Username
                1 as they are
                + ROLE_A@Italy
                - ROLE_A
                - ROLE_A@Germany
            update bob user 2 version 1: Username
                1 as they are
                + ROLE_A
                - ROLE_A@Germany
            unchanged ann user 3 version 1: Username
                1 as they are
            guard TakesFromMany { users: 2 }
        "#]],
    );
}

#[test]
fn what_is_no_scope_and_a_role_that_is_none_block() {
    check_with(
        "file may=ROLE_A",
        "eve roles=ROLE_A@*,ROLE_A@\nbob roles=ROLE_X@Italy",
        "1 eve\n2 bob",
        expect![[r#"
            blocked eve: Blocked
                ! IllegalScope { role: "ROLE_A@*" }
                ! IllegalScope { role: "ROLE_A@" }
            blocked bob: Blocked
                ! UnknownRole { role: "ROLE_X" }
        "#]],
    );
}

#[test]
fn a_scope_makes_no_role_less_than_it_is() {
    check_with(
        "file may=ROLE_A mayn't=ROLE_ADMINISTRATOR",
        "eve roles=ROLE_ADMINISTRATOR@Italy\nbob roles=",
        "1 eve\n2 bob roles=ROLE_ADMINISTRATOR@Italy",
        expect![[r#"
            blocked eve: Blocked
                ! MayNotGrant { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked bob: Blocked
                ! MayNotGrant { role: RoleCode("ROLE_ADMINISTRATOR") }
        "#]],
    );
    check_with(
        "roles=ROLE_ADMINISTRATOR@Italy,ROLE_ADMINISTRATOR",
        "eve id=e1",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
            + ROLE_ADMINISTRATOR
            + ROLE_ADMINISTRATOR@Italy
        guard GivesAdministrator { role: RoleCode("ROLE_ADMINISTRATOR"), users: 1 }
    "#]],
    );
}

#[test]
fn an_administrator_within_a_scope_is_none_of_musters() {
    check_with(
        "file may=ROLE_ADMINISTRATOR last=1",
        "eve roles=ROLE_ADMINISTRATOR@Italy\nbob roles=",
        "1 eve roles=ROLE_ADMINISTRATOR\n2 bob roles=ROLE_ADMINISTRATOR@Italy",
        expect![[r#"
            blocked eve: Blocked
                ! LastAdministrator
            update bob user 2 version 1: Username
                1 as they are
                - ROLE_ADMINISTRATOR@Italy
        "#]],
    );
}

#[test]
fn a_plan_with_another_scope_is_another_plan() {
    let digest = |roles: &str| planned(&format!("roles={roles}"), "eve id=e1", "").summary.digest;
    assert_ne!(digest("ROLE_A"), digest("ROLE_A@Italy"));
    assert_ne!(digest("ROLE_A@Italy"), digest("ROLE_A@Germany"));
}
