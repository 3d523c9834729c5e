//! Custom attributes that are written by hand, beside those that a directory owns.

use crate::caller::{Caller, PASSWORD, form, problems};
use crate::importing::{apply, imported, plan};
use crate::muster::{Installation, on_both_databases};
use crate::openldap::{added, settings};
use app::api::directory::SaveDirectory;
use app::api::user::{CreateUser, EditUser, FetchUser, ListUserHistory, UserForm, UserView};
use identity::directory::{AttributeMapping, ManyValues};
use identity::field::{Field, Value};
use identity::id::UserId;
use identity::import::ImportRequest;
use std::collections::BTreeMap;
use testkit::Slapd;
use testkit::slapd::BIND_PASSWORD;

on_both_databases! {
    custom_fields_are_written_changed_and_taken_away,
    a_directory_keeps_its_custom_fields_and_leaves_the_others,
}

type Custom = BTreeMap<String, Vec<String>>;

fn custom(attributes: &[(&str, &[&str])]) -> Custom {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    attributes.iter().map(|(name, values)| ((*name).to_owned(), owned(values))).collect()
}

/// The user with these custom attributes instead, as a form would send it.
fn edit(caller: &Caller<'_>, user_id: UserId, custom: Custom) -> EditUser {
    let UserView { user, .. } = caller.ask(&FetchUser { user_id });
    let mut form = UserForm { fields: user.fields, roles: user.roles, groups: None };
    form.fields.custom = custom;
    EditUser { user_id, version: user.version, form }
}

fn stored(caller: &Caller<'_>, user_id: UserId) -> Custom {
    caller.ask(&FetchUser { user_id }).user.fields.custom
}

fn custom_fields_are_written_changed_and_taken_away(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let mut eve = form("eve", &[]);
    eve.fields.custom = custom(&[(" badge ", &[" 7 ", ""]), ("team", &["Red", "Blue"])]);
    let user_id = administrator.ask(&CreateUser { form: eve });
    assert_eq!(stored(&administrator, user_id), custom(&[("badge", &["7"]), ("team", &["Red", "Blue"])]));

    let now = custom(&[("floor", &["3"]), ("team", &["Blue"])]);
    administrator.ask(&edit(&administrator, user_id, now.clone()));
    assert_eq!(stored(&administrator, user_id), now);
    let history = administrator.ask(&ListUserHistory { user_id, before: None });
    let many = |values: &[&str]| Some(Value::Many(values.iter().map(|value| (*value).to_owned()).collect()));
    let told: Vec<_> = history[0]
        .fields
        .iter()
        .map(|change| (change.field.name(), change.before.clone(), change.after.clone()))
        .collect();
    let expected = [
        ("custom:badge".into(), many(&["7"]), None),
        ("custom:floor".into(), None, many(&["3"])),
        ("custom:team".into(), many(&["Red", "Blue"]), many(&["Blue"])),
    ];
    assert_eq!(told, expected);

    let long = "x".repeat(1_001);
    let wrong = custom(&[("TEAM", &["1"]), ("a", &["1\n2"]), ("b", &[" "]), ("floor", &[&long]), ("team", &["Blue"])]);
    let refused = administrator.refusal(&edit(&administrator, user_id, wrong));
    let expected = ["TEAM: twice", "a: control_characters", "b: missing", "floor: too_long"];
    assert_eq!(problems(refused), expected.map(|problem| format!("custom:{problem}")));
    let many: Custom = (0..=100).map(|number| (number.to_string(), vec!["x".to_owned()])).collect();
    assert_eq!(problems(administrator.refusal(&edit(&administrator, user_id, many))), ["custom: too_many"]);
    assert_eq!(stored(&administrator, user_id), now);
}

fn a_directory_keeps_its_custom_fields_and_leaves_the_others(installation: Installation) {
    let person = "dn: uid=eve,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: eve\ncn: Eve\nsn: Eve\n\
                  ou: Red\nou: Blue";
    let slapd = Slapd::builder(0).ldif(person).start();
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let mut settings = settings(&slapd);
    let field = Field::Custom("team".to_owned());
    settings.users.mapping.push(AttributeMapping { attribute: "ou".to_owned(), field, rule: ManyValues::First });
    let directory_id = administrator.ask(&SaveDirectory { draft: added(settings, Some(BIND_PASSWORD)) });
    let import = || {
        let planned = plan(&administrator, ImportRequest::everything(directory_id, "*".to_owned()));
        (planned.summary.counts.create, planned.summary.counts.update, planned)
    };
    assert_eq!(apply(&administrator, &import().2).progress.applied, 1);
    let user_id = imported(&administrator).items[0].user_id;
    assert_eq!(stored(&administrator, user_id), custom(&[("team", &["Blue", "Red"])]));

    for changed in [custom(&[]), custom(&[("team", &["Green"])])] {
        let refused = administrator.refusal(&edit(&administrator, user_id, changed));
        assert_eq!(problems(refused), ["custom:team: locked"]);
    }
    let both = custom(&[("badge", &["7"]), ("team", &["Blue", "Red"])]);
    administrator.ask(&edit(&administrator, user_id, both.clone()));
    let (created, updated, _) = import();
    assert_eq!((created, updated), (0, 0), "the directory says nothing of what was written here");
    assert_eq!(stored(&administrator, user_id), both);
}
