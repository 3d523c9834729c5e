//! Roles.

use crate::access::permissions_by_role;
use crate::sql::{Input, sql};
use crate::user_row::role_code;
use crate::users::count_u32;
use crate::work::Work;
use crate::{Store, StoreError};
use identity::role::{self, Role, RoleCode};
use std::collections::BTreeSet;

/// A role and how many users have it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ListedRole {
    /// The role.
    pub role: Role,
    /// Counts up at every change of it.
    pub version: i64,
    /// Users to whom it is assigned directly.
    pub users: u32,
}

impl Store {
    /// All roles, by code.
    pub async fn list_roles(&self) -> Result<Vec<ListedRole>, StoreError> {
        all(&mut self.read("list roles").await?).await
    }

    /// Of these codes, those that no role has.
    pub async fn unknown_roles(&self, codes: &BTreeSet<RoleCode>) -> Result<BTreeSet<RoleCode>, StoreError> {
        unknown_roles(&mut self.read("look for roles").await?, codes).await
    }

    /// Adds the roles that every installation begins with, where they are missing. What was made of them stays.
    pub(crate) async fn add_built_in_roles(&self) -> Result<(), StoreError> {
        let mut work = self.write("add the built-in roles").await?;
        work.take_turn().await?;
        for Role { code, label, description: _, permissions } in role::built_in() {
            let add = sql("INSERT INTO roles (role_code, label) VALUES ($1, $2) ON CONFLICT (role_code) DO NOTHING");
            if work.run(add.bind(code.as_str()).bind(label)).await? == 1 {
                let input = Input::default().texts("permission", permissions.into_iter());
                let give =
                    sql("INSERT INTO role_permissions (role_code, permission) SELECT $1, permission FROM {input}");
                work.run(give.bind(code.as_str()).input(input)).await?;
            }
        }
        work.commit().await
    }
}

/// All roles, by code.
pub(crate) async fn all(work: &mut Work) -> Result<Vec<ListedRole>, StoreError> {
    let roles = sql("SELECT roles.role_code, label, description, version, count(DISTINCT user_id) FROM roles \
         LEFT JOIN user_roles ON user_roles.role_code = roles.role_code \
         GROUP BY roles.role_code, label, description, version ORDER BY roles.role_code");
    let roles: Vec<(String, String, Option<String>, i64, i64)> = work.all(roles).await?;
    let mut permissions = permissions_by_role(work).await?;
    let listed = roles.into_iter().map(|(code, label, description, version, users)| {
        let code = role_code(&code)?;
        let permissions = permissions.remove(&code).unwrap_or_default();
        Ok(ListedRole { role: Role { code, label, description, permissions }, version, users: count_u32(users) })
    });
    listed.collect()
}

/// Of these codes, those that no role has.
pub(crate) async fn unknown_roles(
    work: &mut Work,
    codes: &BTreeSet<RoleCode>,
) -> Result<BTreeSet<RoleCode>, StoreError> {
    if codes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let input = Input::default().texts("role_code", codes.iter().map(RoleCode::as_str));
    let statement = sql("SELECT role_code FROM roles WHERE role_code IN (SELECT role_code FROM {input})");
    let known: Vec<(String,)> = work.all(statement.input(input)).await?;
    let known = known.iter().map(|(code,)| role_code(code)).collect::<Result<BTreeSet<_>, _>>()?;
    Ok(codes.difference(&known).cloned().collect())
}
