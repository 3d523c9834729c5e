//! One-time links to choose a password with, handed over by somebody who looks after the users.

use crate::caller::{Caller, PASSWORD, error, form, problems};
use crate::http::Answer;
use crate::import::commit;
use crate::importing::wait;
use crate::muster::{Installation, Muster, on_both_databases};
use crate::openldap::added;
use app::api::directory::SaveDirectory;
use app::api::password::{AskPassword, ChoosePassword, FetchPasswordLink, MayAskPassword};
use app::api::session::WhoAmI;
use app::api::user::{
    CreateUser, FetchUser, ListUserHistory, ListUsers, MakePasswordLink, NoPassword, UserListQuery, UserView,
};
use app::error::{AppError, What};
use identity::directory::{DirectorySettings, Preset};
use identity::id::{DirectoryId, JobId, UserId};
use identity::role::RoleCode;
use serde_json::json;
use server_fn::ServerFn as _;

on_both_databases! {
    a_link_works_once,
    a_link_is_stored_nowhere_and_ends_after_a_day,
    nobody_takes_over_who_may_do_more_or_belongs_to_a_directory,
}

fn with_administrator(installation: Installation) -> Installation {
    installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD)
}

/// The token of a link.
fn token(link: &str) -> &str {
    link.split("/password/").nth(1).unwrap_or_else(|| panic!("{link}"))
}

fn choose(muster: &Muster, token: &str, new: &str) -> Answer {
    muster.post(ChoosePassword::PATH, &json!({ "token": token, "new": new }), &[])
}

fn look(muster: &Muster, token: &str) -> Answer {
    muster.post(FetchPasswordLink::PATH, &json!({ "token": token }), &[])
}

fn page(muster: &Muster, path: &str) -> Answer {
    muster.get(path, &[("Accept", "text/html")])
}

fn a_link_works_once(installation: Installation) {
    let muster = with_administrator(installation).with("MUSTER_LOG", "debug").start();
    let administrator = Caller::administrator(&muster);
    let user_id = administrator.ask(&CreateUser { form: form("eve", &[RoleCode::AUDITOR]) });
    let lacks = || administrator.ask::<FetchUser>(&FetchUser { user_id }).no_password;
    let listed = administrator.ask(&ListUsers { query: UserListQuery::default(), offset: 0 });
    let told: Vec<_> = listed.items.iter().map(|line| (line.username.as_str(), line.no_password)).collect();
    assert_eq!(told, [("admin", None), ("eve", Some(NoPassword::NotYet))]);
    assert_eq!(lacks(), Some(NoPassword::NotYet));
    for password in ["", PASSWORD] {
        assert_eq!(error(&muster.sign_in("eve", password)), AppError::InvalidCredentials);
    }

    let [link, other] = [(); 2].map(|()| administrator.ask(&MakePasswordLink { user_id }));
    assert!(link.starts_with("/password/"), "without a public address it is a path: {link}");
    let token = token(&link);
    let shown = page(&muster, &link);
    assert_eq!((shown.status, shown.header("set-cookie")), (200, None));
    assert!(shown.body.contains(">eve<"), "{}", shown.body);
    assert_eq!(shown.header("referrer-policy"), Some("same-origin"));
    let title = shown.body.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert_eq!(title, "Choose a password · Muster");
    assert_eq!(look(&muster, token).json(), "eve", "looking does not spend it");
    for (new, problem) in [("short", "new_password: too_short"), (&"x".repeat(1025), "new_password: too_long")] {
        assert_eq!(problems(error(&choose(&muster, token, new))), [problem], "nor does a poor password");
    }
    assert_eq!(lacks(), Some(NoPassword::NotYet));

    assert_eq!(choose(&muster, token, PASSWORD).status, 200);
    assert_eq!(lacks(), None);
    assert_eq!(error(&choose(&muster, token, "another long password")), AppError::PasswordLinkEnded);
    assert_eq!(error(&look(&muster, token)), AppError::PasswordLinkEnded);
    assert_eq!(error(&look(&muster, self::token(&other))), AppError::PasswordLinkEnded, "the other one is spent too");
    let ended = page(&muster, &link).body;
    assert!(ended.contains("This link no longer opens anything"), "{ended}");
    assert!(!ended.contains("href=\"/password\""), "without a mail server nobody may ask: {ended}");
    let cookie = muster.sign_in("eve", PASSWORD).cookie().expect("a cookie").to_owned();

    // The next one ends the sessions.
    let again = administrator.ask(&MakePasswordLink { user_id });
    assert!(muster.knows(&cookie));
    assert_eq!(choose(&muster, self::token(&again), "another long password").status, 200);
    assert!(!muster.knows(&cookie));
    assert_eq!(muster.sign_in("eve", PASSWORD).status, 401);

    let history = administrator.ask(&ListUserHistory { user_id, before: None });
    let told: Vec<_> = history.iter().map(|line| (line.step, line.password_link, line.author.as_str())).collect();
    assert_eq!(told, [(3, true, "admin"), (2, true, "admin"), (1, true, "admin"), (0, false, "admin")]);
    let metrics = muster.get("/metrics", &[]).body;
    assert!(metrics.contains("/password/{token}"), "{metrics}");
    assert!(!metrics.contains(token) && !muster.log().contains(token), "a link is in no log");
}

fn a_link_is_stored_nowhere_and_ends_after_a_day(installation: Installation) {
    let installation = with_administrator(installation).with("MUSTER_PUBLIC_URL", "http://muster.example/");
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let user_id = administrator.ask(&CreateUser { form: form("eve", &[]) });
    let link = administrator.ask(&MakePasswordLink { user_id });
    assert!(link.starts_with("http://muster.example/password/"), "{link}");
    let token = token(&link);
    let everything = installation.stored();
    assert!(everything.contains("password_links VALUES") && !everything.contains(token));

    let wait = |minutes: u32| {
        installation.meddle(&format!("UPDATE password_links SET expires_at = expires_at - {minutes} * 60000"));
    };
    wait(24 * 60 - 1);
    assert_eq!(look(&muster, token).status, 200);
    wait(1);
    let ended = look(&muster, token);
    assert_eq!(error(&ended), AppError::PasswordLinkEnded);
    let letters = "a".repeat(40);
    for unknown in ["", "x", &letters, "a\u{0}b", "../../users", &"x".repeat(100_000)] {
        for answer in [look(&muster, unknown), choose(&muster, unknown, PASSWORD)] {
            assert_eq!((answer.status, &answer.body), (ended.status, &ended.body), "{unknown:.50}");
        }
    }
    assert_eq!(choose(&muster, token, PASSWORD).body, ended.body);
    assert!(page(&muster, "/password/unknown").body.contains("This link no longer opens anything"));
}

#[tokio::main]
async fn nobody_takes_over_who_may_do_more_or_belongs_to_a_directory(installation: Installation) {
    let installation = with_administrator(installation);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Example".to_owned();
    settings.connection.urls = vec!["ldap://nowhere.invalid".to_owned()];
    settings.schema.base_dns = vec![testkit::people::SUFFIX.to_owned()];
    assert_eq!(administrator.ask(&SaveDirectory { draft: added(settings, None) }), DirectoryId(1));
    assert_eq!(commit(&installation.store().await, "imported", 1).await, JobId(1));
    wait(&administrator, JobId(1));
    let listed = administrator.ask(&ListUsers { query: UserListQuery::default(), offset: 0 });
    let imported = listed.items.iter().find(|line| line.username.starts_with("imported")).expect("imported");
    assert_eq!(imported.no_password, None, "the directory has it");

    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let me = administrator.ask(&WhoAmI {}).expect("signed in").user_id;
    assert!(matches!(manager.refusal(&MakePasswordLink { user_id: me }), AppError::MayNotGrant { .. }));
    let auditor = administrator.ask(&CreateUser { form: form("auditor", &[RoleCode::AUDITOR]) });
    assert!(manager.ask(&MakePasswordLink { user_id: auditor }).starts_with("/password/"));
    let of_directory = MakePasswordLink { user_id: imported.user_id };
    assert_eq!(problems(administrator.refusal(&of_directory)), [": external"]);
    let nobody = MakePasswordLink { user_id: UserId(4711) };
    assert_eq!(administrator.refusal(&nobody), AppError::not_found(What::User));

    // A link that was kept until the user may do more than its maker opens nothing.
    let kept = manager.ask(&MakePasswordLink { user_id: auditor });
    let UserView { user, .. } = administrator.ask(&FetchUser { user_id: auditor });
    let mut promoted = form("auditor", &[RoleCode::ADMINISTRATOR]);
    promoted.fields = user.fields;
    administrator.ask(&app::api::user::EditUser { user_id: auditor, version: user.version, form: promoted });
    assert_eq!(error(&choose(&muster, token(&kept), PASSWORD)), AppError::PasswordLinkEnded);
    assert_eq!(muster.sign_in("auditor", PASSWORD).status, 401);
}

#[test]
fn without_a_mail_server_nothing_can_be_asked_for() {
    let muster = with_administrator(Installation::new()).start();
    assert_eq!(muster.post(MayAskPassword::PATH, &json!({}), &[]).json(), false);
    let ask = |name: &str| error(&muster.post(AskPassword::PATH, &json!({ "name": name }), &[]));
    assert_eq!([ask("admin"), ask("nobody")], [AppError::not_found(What::Page), AppError::not_found(What::Page)]);
    let (sign_in, asking) = (page(&muster, "/sign-in"), page(&muster, "/password"));
    assert!(!sign_in.body.contains("href=\"/password\"") && sign_in.body.contains("An administrator can give you"));
    assert_eq!(asking.status, 200);
    assert!(asking.body.contains("Muster cannot send letters here") && !asking.body.contains("<form"));
}
