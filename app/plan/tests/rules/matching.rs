//! Which record is which user (R10).

use crate::check;
use expect_test::expect;

#[test]
fn an_unknown_entry_becomes_a_create() {
    check(
        "eve id=e1 email=eve@new.example display=\"Eve N\"",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            email: nothing -> eve@new.example
            display_name: nothing -> Eve N
            enabled: nothing -> yes
    "#]],
    );
}

#[test]
fn the_external_id_comes_before_the_name() {
    check(
        "eve id=e1 phone=2",
        "1 eve id=e1 phone=1 version=7",
        expect![[r#"
        update eve user 1 version 7: ExternalId
            phone: 1 -> 2
            1 as they are
    "#]],
    );
}

#[test]
fn a_rename_in_the_directory_is_a_rename_of_the_same_user() {
    check(
        "eve.new id=e1",
        "1 eve id=e1",
        expect![[r#"
        rename eve.new user 1 version 1: ExternalId
            username: eve -> eve.new
    "#]],
    );
}

#[test]
fn a_move_in_the_directory_is_a_change_of_the_dn_alone() {
    check(
        "eve id=e1 dn=cn=eve,ou=b email=e@x",
        "1 eve id=e1 dn=cn=eve,ou=a email=e@x",
        expect![[r#"
        rename eve user 1 version 1: ExternalId
            2 as they are
            moved: cn=eve,ou=a -> cn=eve,ou=b
    "#]],
    );
}

#[test]
fn a_name_that_another_user_has_is_not_given() {
    check(
        "bob id=e1",
        "1 eve id=e1\n2 bob id=e2",
        expect![[r#"
        blocked bob: Blocked
            ! entry of user 1, name of user 2
    "#]],
    );
}

#[test]
fn two_entries_that_swapped_names_are_blocked_both() {
    check(
        "bob id=e1\neve id=e2",
        "1 eve id=e1\n2 bob id=e2",
        expect![[r#"
        blocked bob: Blocked
            ! entry of user 1, name of user 2
        blocked eve: Blocked
            ! entry of user 2, name of user 1
    "#]],
    );
}

#[test]
fn a_name_that_becomes_free_in_the_same_plan_is_not_given_yet() {
    check(
        "eve.new id=e1\neve id=e2",
        "1 eve id=e1",
        expect![[r#"
        rename eve.new user 1 version 1: ExternalId
            username: eve -> eve.new
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn a_user_of_another_entry_keeps_its_name() {
    check(
        "eve id=e2",
        "1 eve id=e1",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn a_user_of_another_directory_keeps_its_name() {
    check(
        "eve id=e1",
        "1 eve id=e1@2",
        expect![[r#"
        blocked eve: Blocked
            ! user 1 is linked elsewhere
    "#]],
    );
}

#[test]
fn the_same_email_suggests_and_never_links() {
    check(
        "eve id=e1 email=EVE@x.example",
        "1 evelyn email=eve@x.example",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            email: nothing -> EVE@x.example
            enabled: nothing -> yes
            ? e-mail of user 1 evelyn
    "#]],
    );
}

#[test]
fn the_same_email_is_said_where_it_is_given_and_not_again() {
    let users = "1 eve id=e1 email=team@x\n2 bob id=e2 email=team@x\n3 zoe id=e3";
    check(
        "eve id=e1 email=team@x\nzoe id=e3 email=Team@x",
        users,
        expect![[r#"
        unchanged eve user 1 version 1: ExternalId
            2 as they are
        update zoe user 3 version 1: ExternalId
            email: nothing -> Team@x
            1 as they are
            ? e-mail of user 1 eve
    "#]],
    );
}

#[test]
fn a_misshapen_value_is_said_where_it_is_given_and_blocks_nothing() {
    check(
        "new id=e1 email=a@ locale=Deutsch zone=Berlin\neve id=e2 email=nobody\nbob id=e3 email=nobody phone=1\nzoe id=e4 email=",
        "1 eve id=e2 email=eve@x\n2 bob id=e3 email=nobody\n3 zoe id=e4 email=@x",
        expect![[r#"
            create new: Unknown
                username: nothing -> new
                email: nothing -> a@
                locale: nothing -> Deutsch
                timezone: nothing -> Berlin
                enabled: nothing -> yes
                ? Misshapen { field: Email }
                ? Misshapen { field: Locale }
                ? Misshapen { field: TimeZone }
            update eve user 1 version 1: ExternalId
                email: eve@x -> nobody
                1 as they are
                ? Misshapen { field: Email }
                ? e-mail of user 2 bob
            update bob user 2 version 1: ExternalId
                phone: nothing -> 1
                2 as they are
            update zoe user 3 version 1: ExternalId
                email: @x -> nothing
                1 as they are
        "#]],
    );
}

#[test]
fn the_second_row_of_a_name_or_an_entry_names_the_first() {
    check(
        "eve id=e1\nEVE id=e2\nzoe id=e1\n- id=e1\nzoe id=e4",
        "",
        expect![[r#"
        create eve: Unknown
            username: nothing -> eve
            enabled: nothing -> yes
        blocked EVE: Blocked
            ! same as row 0
        blocked zoe: Blocked
            ! same as row 0
        blocked : Blocked
            ! MissingUsername
            ! same as row 0
        blocked zoe: Blocked
            ! same as row 2
    "#]],
    );
}

#[test]
fn names_match_whatever_their_case_and_form() {
    let users = "1 strasse id=a\n2 i\u{307} id=b\n3 ju\u{308}rgen id=c\n4 JDoe id=d\n5 ﬁona id=e";
    check(
        "STRAßE id=a\nİ id=b\njürgen id=c\njdoe id=d\nFIONA id=e",
        users,
        expect![[r#"
        update STRAßE user 1 version 1: ExternalId
            username: strasse -> STRAßE (case only)
        update İ user 2 version 1: ExternalId
            username: i̇ -> İ (case only)
        update jürgen user 3 version 1: ExternalId
            username: jürgen -> jürgen
        update jdoe user 4 version 1: ExternalId
            username: JDoe -> jdoe (case only)
        update FIONA user 5 version 1: ExternalId
            username: ﬁona -> FIONA (case only)
    "#]],
    );
}

#[test]
fn names_that_match_by_case_and_form_conflict_as_well() {
    check(
        "STRAßE id=a\nİ id=b\n\u{212a}elvin id=c",
        "1 strasse\n2 i\u{307}\n3 kelvin",
        expect![[r#"
        blocked STRAßE: Blocked
            ! internal user 1 exists
        blocked İ: Blocked
            ! internal user 2 exists
        blocked Kelvin: Blocked
            ! internal user 3 exists
    "#]],
    );
}

#[test]
fn a_dn_is_kept_as_the_directory_writes_it() {
    let dn = "\"dn=cn=Doe\\, Jürgen,ou=R\\C3\\A9sum\\C3\\A9 ,dc=x\"";
    check(
        &format!("jd id=e1 {dn}"),
        &format!("1 jd id=e1 {dn}"),
        expect![[r#"
        unchanged jd user 1 version 1: ExternalId
            1 as they are
    "#]],
    );
}
