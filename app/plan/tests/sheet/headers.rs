//! What headers are recognised as: the layouts of product §6, and what kind of rows a sheet has (R14, R18).

use crate::notation::cells;
use expect_test::{Expect, expect};
use plan::sheet::{
    Layout, ObjectColumn, Recognised, SheetKind, Source, Suggested, object_columns, suggest, suggest_kind,
};
use std::fmt::Write;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

/// The columns of a sheet and what they are taken for.
fn check(headers: &str, expected: Expect) {
    let headers = cells(headers);
    let suggested = suggest(&headers);
    let mut lines = format!("{:?}\n", suggested.layout);
    for (column, (header, recognised)) in (0..).zip(headers.iter().zip(&suggested.columns)) {
        let target = target(&suggested, column);
        writeln!(lines, "{header} -> {target} ({recognised:?})").expect("a string takes everything");
    }
    expected.assert_eq(&lines);
}

/// What a column becomes.
fn target(suggested: &Suggested, column: u32) -> String {
    let mut rules = suggested.mapping.rules.iter().filter(|rule| rule.source == Source::Column(column));
    rules.next().map_or_else(|| "nothing".into(), |rule| rule.target.name().into_owned())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn our_own_file_is_read_as_it_was_written() {
    check(
        "username|email|first_name|last_name|display_name|phone|department|job_title|enabled|origin|groups|roles|locale|\
         timezone|custom:badge|Abteilung|custom:username|Motto|custom:Motto|email|reason",
        expect![[r#"
            Native
            username -> username (Exact)
            email -> email (Exact)
            first_name -> first_name (Exact)
            last_name -> last_name (Exact)
            display_name -> display_name (Exact)
            phone -> phone (Exact)
            department -> department (Exact)
            job_title -> job_title (Exact)
            enabled -> enabled (Exact)
            origin -> nothing (IgnoredKnown)
            groups -> groups (Exact)
            roles -> roles (Exact)
            locale -> locale (Exact)
            timezone -> timezone (Exact)
            custom:badge -> custom:badge (Custom)
            Abteilung -> custom:Abteilung (Custom)
            custom:username -> custom:username (Custom)
            Motto -> nothing (Unknown)
            custom:Motto -> custom:Motto (Custom)
            email -> nothing (Unknown)
            reason -> nothing (IgnoredKnown)
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_catalogues_users_keep_what_has_no_field_of_its_own() {
    check(
        "username|email|avatar|catalog_default_locale|catalog_default_scope|default_category_tree|\
         default_product_grid_view|enabled|first_name|groups|last_name|middle_name|name_prefix|name_suffix|phone|\
         product_grid_filters|roles|timezone|user_default_locale|date_account_created|date_account_last_updated|\
         last_logged_in|login_count|password|Team",
        expect![[r#"
            Catalogue
            username -> username (Exact)
            email -> email (Exact)
            avatar -> custom:avatar (Custom)
            catalog_default_locale -> custom:catalog_default_locale (Custom)
            catalog_default_scope -> custom:catalog_default_scope (Custom)
            default_category_tree -> custom:default_category_tree (Custom)
            default_product_grid_view -> custom:default_product_grid_view (Custom)
            enabled -> enabled (Exact)
            first_name -> first_name (Exact)
            groups -> groups (Exact)
            last_name -> last_name (Exact)
            middle_name -> custom:middle_name (Custom)
            name_prefix -> custom:name_prefix (Custom)
            name_suffix -> custom:name_suffix (Custom)
            phone -> phone (Exact)
            product_grid_filters -> custom:product_grid_filters (Custom)
            roles -> roles (Exact)
            timezone -> timezone (Exact)
            user_default_locale -> locale (Exact)
            date_account_created -> nothing (IgnoredKnown)
            date_account_last_updated -> nothing (IgnoredKnown)
            last_logged_in -> nothing (IgnoredKnown)
            login_count -> nothing (IgnoredKnown)
            password -> password (Exact)
            Team -> custom:Team (Custom)
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn moodles_file_is_known() {
    check(
        "username|password|firstname|lastname|email|oldusername|institution|department|lang|timezone|phone1|phone2|\
         suspended|cohort1|course1|role1|profile_field_badge",
        expect![[r#"
            Moodle
            username -> username (Exact)
            password -> password (Exact)
            firstname -> first_name (Synonym)
            lastname -> last_name (Synonym)
            email -> email (Exact)
            oldusername -> old_username (Synonym)
            institution -> nothing (Unknown)
            department -> department (Exact)
            lang -> locale (Synonym)
            timezone -> timezone (Exact)
            phone1 -> phone (Synonym)
            phone2 -> nothing (Unknown)
            suspended -> nothing (IgnoredKnown)
            cohort1 -> nothing (IgnoredKnown)
            course1 -> nothing (IgnoredKnown)
            role1 -> nothing (IgnoredKnown)
            profile_field_badge -> custom:badge (Custom)
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn snipe_its_file_is_known_by_either_header() {
    check(
        "\u{feff}First Name|Last Name|Email|Username|Activated|Location|Phone|Job Title|Employee Number|Department",
        expect![[r#"
            SnipeIt
            ﻿First Name -> first_name (Synonym)
            Last Name -> last_name (Synonym)
            Email -> email (Synonym)
            Username -> username (Synonym)
            Activated -> enabled (Synonym)
            Location -> nothing (Unknown)
            Phone -> phone (Synonym)
            Job Title -> job_title (Synonym)
            Employee Number -> nothing (Unknown)
            Department -> department (Synonym)
        "#]],
    );
    check(
        "First Name|Last Name|email|User name|Location|Phone Num|Job Title For User|Employee Number|Company|VIP",
        expect![[r#"
            SnipeIt
            First Name -> first_name (Synonym)
            Last Name -> last_name (Synonym)
            email -> email (Exact)
            User name -> username (Synonym)
            Location -> nothing (Unknown)
            Phone Num -> phone (Synonym)
            Job Title For User -> job_title (Synonym)
            Employee Number -> nothing (Unknown)
            Company -> nothing (Unknown)
            VIP -> nothing (Unknown)
        "#]],
    );
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn zammads_file_joins_values_in_its_own_way() {
    check(
        "id|login|firstname|lastname|email|web|phone|fax|mobile|department|street|city|verified|active|note|last_login|\
         organization|roles",
        expect![[r#"
            Zammad
            id -> nothing (IgnoredKnown)
            login -> username (Synonym)
            firstname -> first_name (Synonym)
            lastname -> last_name (Synonym)
            email -> email (Exact)
            web -> nothing (Unknown)
            phone -> phone (Exact)
            fax -> nothing (Unknown)
            mobile -> nothing (Unknown)
            department -> department (Exact)
            street -> nothing (Unknown)
            city -> nothing (Unknown)
            verified -> nothing (IgnoredKnown)
            active -> enabled (Synonym)
            note -> nothing (Unknown)
            last_login -> nothing (IgnoredKnown)
            organization -> nothing (Unknown)
            roles -> roles (Exact)
        "#]],
    );
    assert_eq!(suggest(&cells("login|firstname|lastname|roles")).mapping.separator, "~~~");
    assert_eq!(suggest(&cells("login|roles")).mapping.separator, ",");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn headers_say_what_the_rows_are() {
    let kind = |headers: &str| suggest_kind(&cells(headers));
    for headers in ["name", "name|label|description|origin", "Gruppe|Beschreibung", "Group name|Label"] {
        assert_eq!(kind(headers), SheetKind::Groups, "{headers}");
    }
    for headers in [
        "role|label|permissions",
        "label|permissions",
        "role|label|muster:users.read|x",
        "label|muster:import",
        "Rolle|Bezeichnung|Berechtigungen",
        "Role|Permission",
    ] {
        assert_eq!(kind(headers), SheetKind::Roles, "{headers}");
    }
    for headers in [
        "username|groups|roles",
        "Name|E-Mail",
        "Login|Role",
        "Name|Vorname|Gruppe",
        "username;email",
        "",
        "old_username|username",
    ] {
        assert_eq!(kind(headers), SheetKind::Users, "{headers}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn sheets_of_groups_and_roles_need_no_mapping() {
    let columns = |kind, headers: &str| format!("{:?}", object_columns(kind, &cells(headers)));
    let (groups, roles) = (SheetKind::Groups, SheetKind::Roles);
    assert_eq!(columns(groups, "name"), "[Name]");
    assert_eq!(
        columns(groups, "Bezeichnung|Gruppe|origin|Beschreibung|permissions|name"),
        "[Label, Name, Ignored, Description, Ignored, Ignored]"
    );
    assert_eq!(columns(roles, "role|label|permissions|x"), "[Role, Label, Permissions, Ignored]");
    assert_eq!(columns(roles, "label|permissions"), "[Label, Permissions]");
    assert_eq!(columns(roles, "Name|Berechtigungen"), "[Role, Permissions]");
    assert_eq!(columns(roles, "role|name|permission"), "[Role, Label, Permissions]");
    assert_eq!(
        columns(roles, "role|label|muster:import||x,y"),
        r#"[Role, Label, Permission("muster:import"), Ignored, Permission("x,y")]"#
    );
    assert_eq!(columns(roles, ""), "[Ignored]");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_widest_sheet_is_as_good_as_any() {
    let mut headers: Vec<String> = (0..16_384).map(|column| format!("Benutzernam {column}")).collect();
    headers[16_383] = "Benutzername".to_owned();
    let suggested = suggest(&headers);
    assert_eq!(suggested.mapping.rules.len(), 1);
    assert_eq!(suggested.columns[16_383], Recognised::Synonym);
    headers[0] = "username".to_owned();
    headers[1] = "custom:x".to_owned();
    let suggested = suggest(&headers);
    assert_eq!((suggested.layout, suggested.mapping.rules.len()), (Layout::Native, 16_384));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn passwords_are_no_attributes_whatever_their_column_is_called() {
    let passwords = "Password|Passwort neu|Password 2026|Password (initial)|KENNWORT_2|Contraseña|Mot de passe|\
                     pass-word|Pasword|profile_field_password";
    // What directories tell about passwords, what a person called so, and another word.
    let others = "PasswordLastSet|Passwort geändert am|custom:Passwort|Passport";
    let layouts = [
        ("username|custom:a", Layout::Native, "custom:Passport"),
        ("username|avatar|name_prefix|name_suffix", Layout::Catalogue, "custom:Passport"),
        ("Benutzername", Layout::Unknown, "nothing"),
    ];
    for (own, layout, passport) in layouts {
        let suggested = suggest(&cells(&format!("{own}|{passwords}|{others}")));
        assert_eq!(suggested.layout, layout);
        let mut columns = (0..).skip(own.split('|').count());
        for (header, column) in passwords.split('|').zip(&mut columns) {
            assert_eq!(target(&suggested, column), "password", "{header} in {layout:?}");
        }
        let targets: Vec<_> = columns.take(4).map(|column| target(&suggested, column)).collect();
        assert_eq!(targets, ["nothing", "nothing", "custom:Passwort", passport], "{layout:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_a_file_of_rejected_rows_says_beside_them_is_not_read() {
    let rest = "line|Line|add_roles|remove_roles|add_groups|remove_groups|reason|Grund|Reason";
    for own in ["username|custom:a", "username|avatar|name_prefix|name_suffix", "login|firstname|lastname", "Kennung"] {
        let headers = cells(&format!("{own}|{rest}"));
        let suggested = suggest(&headers);
        let own = own.split('|').count();
        assert!(suggested.columns[own..].iter().all(|column| *column == Recognised::IgnoredKnown), "{suggested:?}");
        assert_eq!(suggested.mapping.rules.len(), own, "{suggested:?}");
    }
    let headers = cells(&format!("role|{rest}|a:read"));
    let columns = object_columns(SheetKind::Roles, &headers);
    assert!(columns[1..10].iter().all(|column| *column == ObjectColumn::Ignored), "{columns:?}");
    assert_eq!(columns[10], ObjectColumn::Permission("a:read".to_owned()));
}
