//! The rows of a stored plan, as people look at them.

use crate::picked::{self, IS_STALE, USERS_NOW, changes};
use crate::plans::{head, read_json};
use crate::sql::{Sql, sql};
use crate::users::count_u32;
use crate::work::Work;
use crate::{Page, Store, StoreError};
use identity::id::{DirectoryId, PlanId};
use identity::matching::fold;
use plan::{Kind, Row};
use serde::{Deserialize, Serialize};

/// Which rows of a plan to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowQuery {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only those with a warning.
    pub warnings: bool,
    /// Only those that are stale: see [`ListedRow::stale`].
    pub stale: bool,
    /// Part of a username or name; blank for all.
    pub text: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// A row of a plan, and whether its user changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRow {
    /// The row.
    pub row: Row,
    /// The user has another version by now, or is gone, or a new user's name is taken by now.
    pub stale: bool,
}

impl Store {
    /// A part of its rows. Once a plan is committed, no row of it is stale: its job's report says what became of it.
    pub async fn list_plan_rows(&self, plan_id: PlanId, query: &RowQuery) -> Result<Page<ListedRow>, StoreError> {
        let mut work = self.read("list the rows of a plan").await?;
        let Some(listing) = Listing::of(&mut work, plan_id, query).await? else {
            return Ok(Page { total: 0, items: vec![] });
        };
        let (total,) = work.one::<(i64,)>(listing.select("SELECT count(*)")).await?;
        let rows: Vec<(String, i64)> = work.all(listing.part()).await?;
        let items = rows.into_iter().map(|(body, stale)| {
            let row: Row = read_json(&body, "plan row")?;
            let stale = listing.can_be_stale && (stale != 0 || (listing.is_gone && row.kind().is_change()));
            Ok(ListedRow { row, stale })
        });
        Ok(Page { total: count_u32(total), items: items.collect::<Result<_, StoreError>>()? })
    }

    /// The numbers of all rows that a query lists, in order, whatever its offset and limit.
    pub async fn plan_row_numbers(&self, plan_id: PlanId, query: &RowQuery) -> Result<Vec<u32>, StoreError> {
        let mut work = self.read("number the rows of a plan").await?;
        let Some(listing) = Listing::of(&mut work, plan_id, query).await? else { return Ok(vec![]) };
        let mut statement = listing.select("SELECT planned.\"row\"");
        statement.push(" ORDER BY planned.\"row\"");
        Ok(work.all::<(i64,)>(statement).await?.into_iter().map(|(row,)| count_u32(row)).collect())
    }

    /// The kind of every row, in order.
    pub async fn plan_outline(&self, plan_id: PlanId) -> Result<Vec<Kind>, StoreError> {
        let mut work = self.read("read the outline of a plan").await?;
        let statement =
            sql("SELECT string_agg(kind, ',' ORDER BY \"row\") FROM plan_rows WHERE plan_id = $1").bind(plan_id.0);
        let (kinds,) = work.one::<(Option<String>,)>(statement).await?;
        let kinds = kinds.unwrap_or_default();
        kinds.split_terminator(',').map(picked::kind).collect()
    }
}

/// What a query lists of a finished plan.
struct Listing<'q> {
    plan_id: PlanId,
    query: &'q RowQuery,
    directory_id: Option<DirectoryId>,
    /// Whether the plan's directory was removed: no change of it can be applied any more.
    is_gone: bool,
    /// Whether the plan is not committed yet.
    can_be_stale: bool,
}

impl<'q> Listing<'q> {
    /// `None` where nothing can be listed.
    async fn of(work: &mut Work, plan_id: PlanId, query: &'q RowQuery) -> Result<Option<Self>, StoreError> {
        if query.text.contains('\0') {
            return Ok(None);
        }
        let Some((policy, job_id)) = head(work, plan_id).await? else { return Ok(None) };
        let can_be_stale = job_id.is_none();
        if query.stale && !can_be_stale {
            return Ok(None);
        }
        let directory_id = policy.directory_id;
        let is_gone = picked::is_gone(work, directory_id).await?;
        Ok(Some(Self { plan_id, query, directory_id, is_gone, can_be_stale }))
    }

    /// Something of every row, which is called `planned`.
    fn select(&self, what: &'static str) -> Sql<'q> {
        let asks_users = self.query.stale && !self.is_gone;
        let mut statement = sql(what);
        if asks_users {
            statement = statement.bind(self.directory_id.map(|directory_id| directory_id.0));
        }
        statement.push(" FROM (SELECT * FROM plan_rows");
        self.filter(&mut statement);
        statement.push(") AS planned");
        if asks_users {
            statement.push(USERS_NOW);
            statement.push(" WHERE ");
            statement.push(IS_STALE);
            statement.push(" = 1");
        }
        statement
    }

    /// The rows of the part that is asked for, and whether they are stale.
    fn part(&self) -> Sql<'q> {
        let RowQuery { kind, warnings, stale, text, offset, limit } = self.query;
        if *stale {
            let mut list = self.select("SELECT body, CAST(1 AS BIGINT)");
            list.push(" ORDER BY planned.\"row\"");
            cut(&mut list, *offset, *limit);
            return list;
        }
        // The part is cut first, so that only its own users are looked up.
        let mut list = sql("SELECT body, ").bind(self.directory_id.map(|directory_id| directory_id.0));
        list.push(IS_STALE);
        list.push(" FROM (SELECT * FROM plan_rows");
        self.filter(&mut list);
        if kind.is_none() && !warnings && text.trim().is_empty() {
            // All rows: their numbers are their places.
            list.push(" AND \"row\" >= ");
            list.push_bind(*offset);
            list.push(" ORDER BY \"row\"");
            cut(&mut list, 0, *limit);
        } else {
            list.push(" ORDER BY \"row\"");
            cut(&mut list, *offset, *limit);
        }
        list.push(") AS planned");
        list.push(USERS_NOW);
        list.push(" ORDER BY planned.\"row\"");
        list
    }

    fn filter(&self, statement: &mut Sql<'q>) {
        let RowQuery { kind, warnings, stale, text, offset: _, limit: _ } = self.query;
        statement.push(" WHERE plan_id = ");
        statement.push_bind(self.plan_id.0);
        if let Some(kind) = kind {
            statement.push(" AND kind = ");
            statement.push_bind(kind.code());
        }
        if *warnings {
            statement.push(" AND warning = 1");
        }
        if *stale && self.is_gone {
            statement.push(concat!(" AND ", changes!()));
        }
        let text = fold(text);
        if !text.is_empty() {
            statement.push(" AND {position}(search, ");
            statement.push_bind(text);
            statement.push(") > 0");
        }
    }
}

fn cut(statement: &mut Sql<'_>, offset: u32, limit: u32) {
    statement.push(" LIMIT ");
    statement.push_bind(limit.clamp(1, 1000));
    statement.push(" OFFSET ");
    statement.push_bind(offset);
}
