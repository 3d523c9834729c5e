//! Rows of files: roles and groups, renames, fields that a directory owns (R8, R18, R26, R27).

use crate::check_with;
use expect_test::expect;

const FILE: &str = "file groups=IT,HR may=ROLE_A,ROLE_B mayn't=ROLE_ADMINISTRATOR owned=username,email";

#[test]
fn the_list_in_a_row_is_what_the_user_has_afterwards() {
    check_with(
        FILE,
        "eve roles=ROLE_A groups=it,HR\nnew roles=ROLE_B groups=hr\nbob phone=1\nann roles= groups=",
        "1 eve roles=ROLE_B groups=IT\n2 bob roles=ROLE_A groups=IT\n3 ann roles=ROLE_A groups=IT,HR",
        expect![[r#"
            update eve user 1 version 1: Username
                1 as they are
                + ROLE_A
                - ROLE_B
                + group HR
            create new: Unknown
                username: nothing -> new
                enabled: nothing -> yes
                + ROLE_B
                + group HR
            update bob user 2 version 1: Username
                phone: nothing -> 1
                1 as they are
            update ann user 3 version 1: Username
                1 as they are
                - ROLE_A
                - group HR
                - group IT
            guard TakesFromMany { users: 2 }
        "#]],
    );
}

#[test]
fn what_nothing_is_called_blocks() {
    check_with(
        FILE,
        "eve roles=ROLE_X,admin groups=Sales,IT",
        "1 eve roles=ROLE_B",
        expect![[r#"
        blocked eve: Blocked
            ! UnknownRole { role: "ROLE_X" }
            ! UnknownRole { role: "admin" }
            ! UnknownGroup { group: "Sales" }
    "#]],
    );
}

#[test]
fn nobody_gives_or_takes_a_role_beyond_their_own() {
    check_with(
        FILE,
        "eve roles=ROLE_ADMINISTRATOR\nbob roles=\nann roles=ROLE_ADMINISTRATOR,ROLE_A\nnew roles=ROLE_ADMINISTRATOR",
        "1 eve\n2 bob roles=ROLE_ADMINISTRATOR\n3 ann roles=ROLE_ADMINISTRATOR",
        expect![[r#"
            blocked eve: Blocked
                ! MayNotGrant { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked bob: Blocked
                ! MayNotGrant { role: RoleCode("ROLE_ADMINISTRATOR") }
            update ann user 3 version 1: Username
                1 as they are
                + ROLE_A
            blocked new: Blocked
                ! MayNotGrant { role: RoleCode("ROLE_ADMINISTRATOR") }
        "#]],
    );
}

#[test]
fn neither_the_last_administrator_nor_the_author_is_demoted() {
    let policy = "file may=ROLE_ADMINISTRATOR,ROLE_A acting=1 last=2";
    check_with(
        policy,
        "eve roles=ROLE_A\nbob roles=\nann roles=",
        "1 eve roles=ROLE_ADMINISTRATOR\n2 bob roles=ROLE_ADMINISTRATOR\n3 ann roles=ROLE_ADMINISTRATOR",
        expect![[r#"
            blocked eve: Blocked
                ! ActingUser
            blocked bob: Blocked
                ! LastAdministrator
            update ann user 3 version 1: Username
                1 as they are
                - ROLE_ADMINISTRATOR
        "#]],
    );
}

#[test]
fn taking_from_many_is_guarded() {
    let records = "a groups=\nb groups=\nc phone=1";
    check_with(
        FILE,
        records,
        "1 a groups=IT\n2 b groups=IT\n3 c groups=IT",
        expect![[r#"
        update a user 1 version 1: Username
            1 as they are
            - group IT
        update b user 2 version 1: Username
            1 as they are
            - group IT
        update c user 3 version 1: Username
            phone: nothing -> 1
            1 as they are
        guard TakesFromMany { users: 2 }
    "#]],
    );
}

#[test]
fn a_row_may_name_the_username_until_now() {
    check_with(
        FILE,
        "evelyn was=eve\nrobert was=bob\nzoe was=zo\ncarl was=ann\nann",
        "1 eve\n2 Robert\n3 ann\n4 carl",
        expect![[r#"
            rename evelyn user 1 version 1: OldUsername
                username: eve -> evelyn
            update robert user 2 version 1: Username
                username: Robert -> robert (case only)
            blocked zoe: Blocked
                ! UnknownOldName { username: "zo" }
            blocked carl: Blocked
                ! entry of user 3, name of user 4
            blocked ann: Blocked
                ! same as row 3
        "#]],
    );
}

#[test]
fn a_user_that_is_renamed_is_in_no_other_row() {
    check_with(
        FILE,
        "evelyn was=eve\neve phone=1\nEvelyn",
        "1 eve",
        expect![[r#"
        rename evelyn user 1 version 1: OldUsername
            username: eve -> evelyn
        blocked eve: Blocked
            ! same as row 0
        blocked Evelyn: Blocked
            ! same as row 0
    "#]],
    );
}

#[test]
fn a_directory_keeps_what_it_owns() {
    check_with(
        FILE,
        "eve email=new@x phone=1\nEVE2 was=bob email=b@x",
        "1 eve id=e1 email=old@x\n2 bob id=e2 email=b@x",
        expect![[r#"
            update eve user 1 version 1: Username
                phone: nothing -> 1
                1 as they are
                ? OwnedByDirectory { field: Email }
            unchanged bob user 2 version 1: OldUsername
                1 as they are
                ? OwnedByDirectory { field: Username }
        "#]],
    );
}

#[test]
fn a_name_that_another_row_wants_is_not_freed_by_a_rename() {
    check_with(
        FILE,
        "bob was=ann\nbert was=bob",
        "1 ann\n2 bob",
        expect![[r#"
            blocked bob: Blocked
                ! entry of user 1, name of user 2
            blocked bert: Blocked
                ! same as row 0
        "#]],
    );
}

#[test]
fn only_who_may_as_much_changes_what_lets_somebody_sign_in() {
    check_with(
        FILE,
        "a email=x@example.org\nb enabled=no\nc enabled=yes\nnew was=d\nE phone=1\nf email=x@example.net\nown email=",
        "1 a roles=ROLE_ADMINISTRATOR\n2 b roles=ROLE_ADMINISTRATOR\n3 c roles=ROLE_ADMINISTRATOR enabled=no\n\
         4 d roles=ROLE_ADMINISTRATOR\n5 e roles=ROLE_ADMINISTRATOR\n6 f roles=ROLE_A\n\
         7 own id=7@2 email=a@example.org roles=ROLE_A,ROLE_ADMINISTRATOR",
        expect![[r#"
            blocked a: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked b: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked c: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            blocked new: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
            update E user 5 version 1: Username
                username: e -> E (case only)
                phone: nothing -> 1
            update f user 6 version 1: Username
                email: nothing -> x@example.net
                1 as they are
            blocked own: Blocked
                ! BeyondAuthor { role: RoleCode("ROLE_ADMINISTRATOR") }
        "#]],
    );
}
