//! Roles within scopes.

use crate::support::{auditor, each_database, fields, given, role};
use identity::assignment::Assignment;
use identity::role::RoleCode;
use std::collections::BTreeSet;
use store::users::{UserQuery, Written};

fn roles(texts: &[&str]) -> BTreeSet<Assignment> {
    texts.iter().map(|text| given(text)).collect()
}

#[tokio::test]
async fn each_scope_is_given_and_taken_by_itself_and_stands_in_the_history() {
    each_database(async |database| {
        let store = &database.store;
        let first = roles(&["ROLE_AUDITOR", "ROLE_AUDITOR@Germany", "ROLE_AUDITOR@germany"]);
        let user = database.created(&fields("eve"), &first).await;
        assert_eq!(user.roles, first);
        let then = roles(&["ROLE_AUDITOR@Germany", "ROLE_AUDITOR@Île-de-France"]);
        let written = store.edit_user(user.user_id, 1, &user.fields, &then, database.admin, 6).await.unwrap();
        assert_eq!(written, Written::Applied(user.user_id));
        assert_eq!(database.user("eve").await.roles, then);
        let history = store.user_history(user.user_id, None, 10).await.unwrap();
        assert_eq!(history[0].added_roles, [given("ROLE_AUDITOR@Île-de-France")]);
        assert_eq!(history[0].removed_roles, [given("ROLE_AUDITOR"), given("ROLE_AUDITOR@germany")]);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_role_in_two_scopes_is_one_user_with_it() {
    each_database(async |database| {
        let store = &database.store;
        database.created(&fields("eve"), &roles(&["ROLE_AUDITOR@a", "ROLE_AUDITOR@b"])).await;
        let listed = store.find_role(&role(RoleCode::AUDITOR)).await.unwrap().unwrap();
        assert_eq!(listed.users, 1);
        let query = UserQuery { role: Some(role(RoleCode::AUDITOR)), limit: 10, ..UserQuery::default() };
        assert_eq!(store.list_users(&query).await.unwrap().total, 1);
    })
    .await;
}

#[tokio::test]
async fn a_role_within_a_scope_gives_nothing_in_muster() {
    each_database(async |database| {
        let store = &database.store;
        let user = database.created(&fields("eve"), &roles(&["ROLE_ADMINISTRATOR@Germany", "ROLE_AUDITOR"])).await;
        let access = store.find_access(user.user_id).await.unwrap().unwrap();
        assert_eq!(access.permissions, ["muster:users.read".to_owned()].into());
        assert_eq!(store.last_administrator(5).await.unwrap(), Some(database.admin));
        assert!(store.roles_beyond(user.user_id).await.unwrap().contains(&role(RoleCode::ADMINISTRATOR)));

        let admin = database.user("admin").await;
        for less in [roles(&["ROLE_ADMINISTRATOR@Germany"]), auditor()] {
            let demoted = store.edit_user(admin.user_id, 1, &admin.fields, &less, admin.user_id, 6).await;
            assert_eq!(demoted.unwrap(), Written::LastAdministrator);
        }
    })
    .await;
}
