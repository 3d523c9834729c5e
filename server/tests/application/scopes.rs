//! Roles within scopes: what an import gives, and what they give in Muster itself, which is nothing.

use crate::caller::{Caller, PASSWORD, form};
use crate::importing::{commit, imported, plan, queued, try_plan, wait};
use crate::muster::{Installation, on_both_databases};
use crate::openldap;
use app::api::user::{CreateUser, FetchUser, ListUsers, UserListQuery};
use app::error::AppError;
use identity::assignment::Assignment;
use identity::import::ImportRequest;
use identity::role::{Permission, RoleCode};
use plan::Kind;
use std::collections::BTreeSet;
use testkit::Slapd;

on_both_databases! {
    roles_are_given_and_copied_within_their_scopes,
    a_role_within_a_scope_gives_nothing_in_muster_and_is_given_by_those_who_have_all_of_it,
}

fn roles(texts: &[&str]) -> BTreeSet<Assignment> {
    texts.iter().map(|text| Assignment::parse(text).expect("an assignment")).collect()
}

fn roles_are_given_and_copied_within_their_scopes(installation: Installation) {
    let (slapd, muster) = (Slapd::start(5), installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start());
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let pattern = administrator.ask(&CreateUser { form: form("pattern", &["ROLE_USER_MANAGER@Austria"]) });
    let request = ImportRequest {
        roles: roles(&["ROLE_AUDITOR@Germany", "ROLE_AUDITOR@Île-de-France"]),
        copy_from: Some(pattern),
        ..ImportRequest::everything(directory_id, "*".to_owned())
    };
    let job_id = queued(administrator.ask(&commit(&plan(&administrator, request.clone()))));
    assert_eq!(wait(&administrator, job_id).progress.applied, 5);
    let given = ["ROLE_AUDITOR@Germany", "ROLE_AUDITOR@Île-de-France", "ROLE_USER_MANAGER@Austria"];
    for line in imported(&administrator).items {
        assert_eq!(line.roles, Vec::from_iter(roles(&given)), "{}", line.username);
    }

    let everywhere = ImportRequest { roles: roles(&["ROLE_AUDITOR"]), roles_to_existing: true, ..request };
    let planned = plan(&administrator, everywhere.clone());
    assert_eq!(planned.summary.counts.of(Kind::Update), 5);
    assert_eq!(wait(&administrator, queued(administrator.ask(&commit(&planned)))).progress.applied, 5);
    for line in imported(&administrator).items {
        let user = administrator.ask(&FetchUser { user_id: line.user_id }).user;
        assert_eq!(user.roles, &roles(&given) | &roles(&["ROLE_AUDITOR"]), "the others stay");
    }
    assert_eq!(plan(&administrator, everywhere).summary.counts.of(Kind::Unchanged), 5);
}

fn a_role_within_a_scope_gives_nothing_in_muster_and_is_given_by_those_who_have_all_of_it(installation: Installation) {
    let (slapd, muster) = (Slapd::start(5), installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start());
    let administrator = Caller::administrator(&muster);
    let directory_id = openldap::save(&administrator, &slapd);
    let scoped = administrator.colleague("scoped", &["ROLE_ADMINISTRATOR@Germany"]);
    let refused = scoped.refusal(&ListUsers { query: UserListQuery::default(), offset: 0 });
    assert_eq!(refused, AppError::Forbidden { permission: Permission::UsersRead });

    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let request = ImportRequest {
        roles: roles(&["ROLE_ADMINISTRATOR@Germany"]),
        ..ImportRequest::everything(directory_id, "*".to_owned())
    };
    let refused = try_plan(&manager, request).expect_err("refused");
    assert!(matches!(&refused, AppError::MayNotGrant { missing } if missing.contains(&"muster:admin".to_owned())));
}
