//! Users by hand: who may change whom, and one-time passwords.

use crate::caller::{self, Caller, PASSWORD, problems};
use crate::http::Answer;
use crate::importing::{apply, imported, plan};
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap;
use app::api::role::{CreateRole, RoleForm};
use app::api::session::ChangePassword;
use app::api::user::{
    CreateUser, EditUser, FetchUser, GivePassword, HistoryLine, ListUserHistory, ListUsers, NoPassword, UserForm,
    UserListQuery, UserView,
};
use identity::assignment::Assignment;
use identity::id::UserId;
use identity::import::ImportRequest;
use identity::role::RoleCode;
use identity::user::UserFields;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use std::collections::BTreeSet;
use testkit::Slapd;

on_both_databases! {
    nobody_changes_a_user_who_may_do_more,
    what_a_directory_brought_is_no_reason_to_refuse_a_role,
    a_permission_of_another_application_is_no_reason_to_refuse_a_telephone_number,
    who_signs_in_with_a_one_time_password_ends_what_was_begun_with_it,
    a_one_time_password_ends_by_itself,
    whoever_guesses_elsewhere_keeps_nobody_out,
}

fn with_password(installation: Installation) -> Installation {
    installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD)
}

/// A session's cookie.
struct Session<'a>(&'a Muster, String);

impl<'a> Session<'a> {
    fn begin(muster: &'a Muster, username: &str, password: &str) -> Self {
        let answer = muster.sign_in(username, password);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Self(muster, answer.cookie().expect("a cookie").to_owned())
    }

    fn call<F: ServerFn + Serialize>(&self, arguments: &F) -> Answer {
        let arguments = serde_json::to_value(arguments).expect("arguments are JSON");
        self.0.call::<F>(&arguments, &[("Cookie", &self.1)])
    }

    fn ask<F>(&self, arguments: &F) -> F::Output
    where
        F: ServerFn + Serialize,
        F::Output: DeserializeOwned,
    {
        let answer = self.call(arguments);
        assert_eq!(answer.status, 200, "{}: {}", F::PATH, answer.body);
        serde_json::from_str(&answer.body).expect("what the function answers")
    }

    fn make(&self, username: &str, role: &str) -> UserId {
        let fields = UserFields { username: username.to_owned(), enabled: true, ..UserFields::default() };
        let roles = [Assignment::parse(role).expect("a role")].into();
        self.ask(&CreateUser { form: UserForm { fields, roles, groups: None } })
    }

    /// Edits a user as a page does, which shows it first.
    fn edit(&self, user_id: UserId, change: fn(&mut UserFields)) -> Answer {
        let UserView { user, .. } = self.ask(&FetchUser { user_id });
        let mut fields = user.fields;
        change(&mut fields);
        let form = UserForm { fields, roles: user.roles, groups: None };
        self.call(&EditUser { user_id, version: user.version, form })
    }

    /// A session of a user who has a password of its own.
    fn of(&self, user_id: UserId, username: &str) -> Session<'a> {
        let one_time = self.ask(&GivePassword { user_id });
        let first = Session::begin(self.0, username, &one_time);
        first.ask(&ChangePassword { current: one_time, new: PASSWORD.to_owned() });
        Session::begin(self.0, username, PASSWORD)
    }
}

/// The code of an error.
fn error(answer: &Answer) -> String {
    answer.json()["error"].as_str().unwrap_or_default().to_owned()
}

fn nobody_changes_a_user_who_may_do_more(installation: Installation) {
    let muster = with_password(installation).start();
    let administrator = Session::begin(&muster, "admin", PASSWORD);
    let second = administrator.make("second", RoleCode::ADMINISTRATOR);
    let auditor = administrator.make("auditor", RoleCode::AUDITOR);
    let manager_id = administrator.make("manager", RoleCode::USER_MANAGER);
    let manager = administrator.of(manager_id, "manager");
    let changes: [fn(&mut UserFields); 3] = [
        |fields| fields.enabled = false,
        |fields| fields.username = "nobody".to_owned(),
        |fields| fields.email = Some("mallory@example.org".to_owned()),
    ];
    let before: UserView = administrator.ask(&FetchUser { user_id: second });
    for change in changes {
        let answer = manager.edit(second, change);
        assert_eq!((answer.status, error(&answer).as_str()), (403, "may_not_grant"), "{}", answer.body);
    }
    assert_eq!(administrator.ask(&FetchUser { user_id: second }), before);
    // What lets nobody in is anybody's to change who may change users; another spelling of a name is none.
    for user_id in [auditor, manager_id, second] {
        let answer = manager.edit(user_id, |fields| {
            fields.phone = Some("7".to_owned());
            fields.username = fields.username.to_uppercase();
        });
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    let answer = manager.edit(auditor, |fields| fields.email = Some("auditor@example.org".to_owned()));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(administrator.edit(second, |fields| fields.enabled = false).status, 200);
}

fn what_a_directory_brought_is_no_reason_to_refuse_a_role(installation: Installation) {
    let person =
        "dn: uid=eve,ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: eve\ncn: Eve\nsn: Eve\nmail: none";
    let (slapd, muster) = (Slapd::builder(0).ldif(person).start(), with_password(installation).start());
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let planned = plan(&administrator, ImportRequest::everything(directory_id, "*".to_owned()));
    assert_eq!(apply(&administrator, &planned).progress.applied, 1);
    let user_id = imported(&administrator).items[0].user_id;
    let edit = |change: fn(&mut UserForm)| {
        let UserView { user, .. } = administrator.ask(&FetchUser { user_id });
        let mut form = UserForm { fields: user.fields, roles: user.roles, groups: None };
        change(&mut form);
        administrator.call(&EditUser { user_id, version: user.version, form })
    };
    let auditor: fn(&mut UserForm) =
        |form| form.roles = BTreeSet::from([Assignment::parse(RoleCode::AUDITOR).expect("a role")]);
    assert_eq!(edit(auditor).status, 200);
    let UserView { user, .. } = administrator.ask(&FetchUser { user_id });
    assert_eq!((user.fields.email.as_deref(), user.roles.len()), (Some("none"), 1));
    // The directory's field is still nobody else's, and any other is checked when it is written.
    let refused = edit(|form| form.fields.email = Some("eve@example.org".to_owned()));
    assert_eq!(problems(caller::error(&refused)), ["email: locked"]);
    let refused = edit(|form| form.fields.time_zone = Some("a\u{0}b".to_owned()));
    assert_eq!(problems(caller::error(&refused)), ["timezone: control_characters"]);
}

fn a_permission_of_another_application_is_no_reason_to_refuse_a_telephone_number(installation: Installation) {
    let muster = with_password(installation).start();
    let administrator = Session::begin(&muster, "admin", PASSWORD);
    let form = RoleForm {
        code: "ROLE_EDITOR".to_owned(),
        label: "Editor".to_owned(),
        description: String::new(),
        permissions: ["catalog:edit".to_owned()].into(),
    };
    administrator.ask(&CreateRole { form });
    let editor = administrator.make("editor", "ROLE_EDITOR");
    let manager_id = administrator.make("manager", RoleCode::USER_MANAGER);
    let manager = administrator.of(manager_id, "manager");
    let answer = manager.edit(editor, |fields| fields.phone = Some("7".to_owned()));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = manager.edit(editor, |fields| fields.email = Some("mallory@example.org".to_owned()));
    assert_eq!((answer.status, error(&answer).as_str()), (403, "may_not_grant"), "{}", answer.body);
}

fn who_signs_in_with_a_one_time_password_ends_what_was_begun_with_it(installation: Installation) {
    let muster = with_password(installation).start();
    let administrator = Session::begin(&muster, "admin", PASSWORD);
    let user_id = administrator.make("eve", RoleCode::AUDITOR);
    let one_time = administrator.ask(&GivePassword { user_id });
    let thief = Session::begin(&muster, "eve", &one_time);
    let eve = Session::begin(&muster, "eve", &one_time);
    let change = ChangePassword { current: one_time.clone(), new: PASSWORD.to_owned() };
    assert_eq!(error(&thief.call(&change)), "not_signed_in");
    eve.ask(&change);
    assert_eq!(muster.sign_in("eve", &one_time).status, 401);

    let history: Vec<HistoryLine> = administrator.ask(&ListUserHistory { user_id, before: None });
    let told: Vec<_> = history.iter().map(|line| (line.password_given, line.author.as_str())).collect();
    assert_eq!(told, [(true, "admin"), (false, "admin")]);
    let answer = administrator.call(&ListUserHistory { user_id, before: None });
    assert!(!answer.body.contains(&one_time) && !muster.log().contains(&one_time));
}

fn a_one_time_password_ends_by_itself(installation: Installation) {
    let installation = with_password(installation);
    let muster = installation.start();
    let administrator = Session::begin(&muster, "admin", PASSWORD);
    let user_id = administrator.make("eve", RoleCode::AUDITOR);
    let one_time = administrator.ask(&GivePassword { user_id });
    // As if it had been given so many hours ago.
    let wait = |hours: u32| {
        let sql = format!("UPDATE credentials SET one_time_until = one_time_until - {hours} * 3600000");
        installation.meddle(&sql);
    };
    let no_password = || {
        let listed = administrator.ask(&ListUsers { query: UserListQuery::default(), offset: 0 });
        let line = listed.items.into_iter().find(|line| line.user_id == user_id).expect("is listed");
        let shown = administrator.ask::<FetchUser>(&FetchUser { user_id });
        assert_eq!((line.no_password, shown.may_ask_password), (shown.no_password, false), "without a mail server");
        line.no_password
    };
    wait(71);
    Session::begin(&muster, "eve", &one_time);
    assert_eq!(no_password(), None);
    wait(1);
    assert_eq!(no_password(), Some(NoPassword::Ended));
    let [right, wrong] = [one_time.as_str(), "wrong"].map(|password| muster.sign_in("eve", password));
    assert_eq!((right.status, error(&right).as_str()), (401, "one_time_password_ended"));
    assert_eq!((wrong.status, error(&wrong).as_str()), (401, "invalid_credentials"));
    // A password of one's own has no such end.
    assert_eq!(muster.sign_in("admin", PASSWORD).status, 200);
}

fn whoever_guesses_elsewhere_keeps_nobody_out(installation: Installation) {
    let muster = with_password(installation).with("MUSTER_TRUST_FORWARDED_FOR", "true").start();
    let sign_in = |address: &str, password: &str| {
        let arguments = serde_json::json!({ "username": "admin", "password": password });
        muster.call::<app::api::session::SignIn>(&arguments, &[("X-Forwarded-For", address)]).status
    };
    for host in 1..=5 {
        assert_eq!(sign_in(&format!("2001:db8:0:1::{host}"), "wrong"), 401);
    }
    assert_eq!(sign_in("2001:db8:0:1::6", "wrong"), 429);
    assert_eq!(sign_in("2001:db8:0:2::1", PASSWORD), 200);
}
