//! All users that a list shows, page by page, as they are at one moment.

use crate::sql::sql;
use crate::user_row::{self, SELECT};
use crate::users::{UserQuery, filter};
use crate::work::Work;
use crate::{Store, StoreError};
use identity::user::User;
use identity::username::UsernameKey;
use std::collections::{BTreeMap, BTreeSet};

/// Users that are read at a time.
const PAGE: u32 = 1000;

/// Reads users in one transaction: whatever is written meanwhile, each stands in it once, as it was at the beginning.
/// It keeps a connection as long as it lives, so whoever reads does not wait for a browser in between.
#[derive(Debug)]
pub struct UserReader {
    work: Work,
    query: UserQuery,
    /// The key of the last user that was read.
    behind: Option<UsernameKey>,
    over: bool,
}

impl Store {
    /// Begins to read the users of a list, by username. The order of the query and its part are not looked at.
    pub async fn read_users(&self, query: UserQuery) -> Result<UserReader, StoreError> {
        // No stored text holds NUL, so nothing is found; a database would refuse the question.
        let over = query.text.contains('\0');
        Ok(UserReader { work: self.read("export users").await?, query, behind: None, over })
    }
}

impl UserReader {
    /// The names of all custom attributes that these users have.
    pub async fn custom_names(&mut self) -> Result<BTreeSet<String>, StoreError> {
        let mut names = BTreeSet::new();
        let mut behind = 0;
        while !self.over {
            let mut page = sql("SELECT users.user_id, users.custom FROM users");
            filter(&mut page, &self.query);
            page.push(" AND users.custom IS NOT NULL AND users.user_id > ");
            page.push_bind(behind);
            page.push(" ORDER BY users.user_id LIMIT ");
            page.push_bind(PAGE);
            let page: Vec<(i64, String)> = self.work.all(page).await?;
            let Some((last, _)) = page.last() else { break };
            behind = *last;
            for (_, custom) in &page {
                let custom: BTreeMap<String, serde::de::IgnoredAny> =
                    serde_json::from_str(custom).map_err(|_| StoreError::Corrupt { what: "user" })?;
                names.extend(custom.into_keys());
            }
        }
        Ok(names)
    }

    /// The next users; none at the end.
    pub async fn next_page(&mut self) -> Result<Vec<User>, StoreError> {
        if self.over {
            return Ok(vec![]);
        }
        let mut page = sql(SELECT);
        filter(&mut page, &self.query);
        if let Some(behind) = &self.behind {
            page.push(" AND users.username_key > ");
            page.push_bind(behind.as_str());
        }
        page.push(" ORDER BY users.username_key LIMIT ");
        page.push_bind(PAGE);
        let listed = user_row::fetch(&mut self.work, page).await?;
        self.over = listed.len() < PAGE as usize;
        let users: Vec<User> = listed.into_iter().map(|listed| listed.user).collect();
        self.behind = users.last().map(|user| UsernameKey::of(&user.fields.username)).or(self.behind.take());
        Ok(users)
    }
}
