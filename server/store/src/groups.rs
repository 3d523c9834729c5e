//! Groups: list, find, names. Writing them is in `grouping.rs`; who is in which is written with the users.

use crate::sql::{Input, Sql, sql};
use crate::users::count_u32;
use crate::work::Work;
use crate::{Page, Store, StoreError, user_row};
use identity::external_id::ExternalId;
use identity::group::{GroupFields, GroupName};
use identity::id::{DirectoryId, GroupId};
use identity::matching::fold;
use identity::user::{Link, Origin};
use identity::username::UsernameKey;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which groups to list, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GroupQuery {
    /// Part of a name, label or description; blank for all. Matched without regard to case.
    pub text: String,
    /// Only of this origin.
    pub origin: Option<Origin>,
    /// The order.
    pub sort: GroupSort,
    /// From the end.
    pub descending: bool,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most, 1 to 1,000.
    pub limit: u32,
}

/// What groups are sorted by; equal ones by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the property of the same name")]
pub enum GroupSort {
    #[default]
    Name,
    Label,
    Members,
    UpdatedAt,
}

/// A stored group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub group_id: GroupId,
    /// Counts up at every change of its fields.
    pub version: i64,
    /// Name, label, description.
    pub fields: GroupFields,
    /// The entry that it is linked to, if it is external.
    pub link: Option<Link>,
    /// How many users are in it.
    pub members: u32,
    /// When its fields last changed.
    pub updated_at: i64,
}

impl Group {
    /// Internal or external.
    pub fn origin(&self) -> Origin {
        if self.link.is_some() { Origin::External } else { Origin::Internal }
    }
}

impl Store {
    /// A part of the list of groups, with the number of members of each.
    pub async fn list_groups(&self, query: &GroupQuery) -> Result<Page<Group>, StoreError> {
        // No stored text holds NUL, so nothing is found; a database would refuse the question.
        if query.text.contains('\0') {
            return Ok(Page { total: 0, items: vec![] });
        }
        let mut work = self.read("list groups").await?;
        let mut count = sql("SELECT count(*) FROM groups");
        filter(&mut count, query);
        let (total,) = work.one::<(i64,)>(count).await?;
        let mut list = sql(SELECT);
        filter(&mut list, query);
        list.push(order(query.sort, query.descending));
        list.push(" LIMIT ");
        list.push_bind(query.limit.clamp(1, 1000));
        list.push(" OFFSET ");
        list.push_bind(query.offset);
        Ok(Page { total: count_u32(total), items: fetch(&mut work, list).await? })
    }

    /// All groups of a list, in its order. Its part is not looked at: groups are few.
    pub async fn read_groups(&self, query: &GroupQuery) -> Result<Vec<Group>, StoreError> {
        if query.text.contains('\0') {
            return Ok(vec![]);
        }
        let mut work = self.read("export groups").await?;
        let mut list = sql(SELECT);
        filter(&mut list, query);
        list.push(order(query.sort, query.descending));
        fetch(&mut work, list).await
    }

    /// A group by number.
    pub async fn find_group(&self, group_id: GroupId) -> Result<Option<Group>, StoreError> {
        find(&mut self.read("find a group").await?, group_id).await
    }

    /// The names of all groups.
    pub async fn group_names(&self) -> Result<BTreeSet<GroupName>, StoreError> {
        let mut work = self.read("read the names of groups").await?;
        let names: Vec<(String,)> = work.all(sql("SELECT name FROM groups")).await?;
        names.into_iter().map(|(name,)| group_name(name)).collect()
    }

    /// Of these names, those that no group has.
    pub async fn unknown_groups(&self, names: &BTreeSet<GroupName>) -> Result<BTreeSet<GroupName>, StoreError> {
        let known = Known::among(&mut self.read("look for groups").await?, names).await?;
        Ok(names.iter().filter(|name| known.name(name).is_none()).cloned().collect())
    }

    /// The groups with one of these names.
    pub async fn groups_named(&self, names: &BTreeSet<GroupName>) -> Result<Vec<Group>, StoreError> {
        groups_named(&mut self.read("look for groups").await?, names).await
    }
}

/// All groups.
pub(crate) async fn all(work: &mut Work) -> Result<Vec<Group>, StoreError> {
    fetch(work, sql(SELECT)).await
}

/// The groups with one of these names.
pub(crate) async fn groups_named(work: &mut Work, names: &BTreeSet<GroupName>) -> Result<Vec<Group>, StoreError> {
    let input = Input::default().texts("name_key", names.iter().map(|name| name.key().as_str().to_owned()));
    if input.rows() == 0 {
        return Ok(vec![]);
    }
    let mut statement = sql(SELECT);
    statement.push(" WHERE groups.name_key IN (SELECT name_key FROM {input})");
    fetch(work, statement.input(input)).await
}

/// Groups that were looked for, as they are written in their table.
#[derive(Debug, Default)]
pub(crate) struct Known(BTreeMap<UsernameKey, GroupName>);

impl Known {
    /// Of these names, those of groups.
    pub(crate) async fn among(work: &mut Work, names: &BTreeSet<GroupName>) -> Result<Self, StoreError> {
        let keys: BTreeSet<String> = names.iter().map(|name| name.key().as_str().to_owned()).collect();
        if keys.is_empty() {
            return Ok(Self::default());
        }
        let input = Input::default().texts("name_key", keys.iter());
        let statement = sql("SELECT name FROM groups WHERE name_key IN (SELECT name_key FROM {input})");
        let names: Vec<(String,)> = work.all(statement.input(input)).await?;
        let names = names.into_iter().map(|(name,)| {
            let name = group_name(name)?;
            Ok((name.key(), name))
        });
        names.collect::<Result<_, _>>().map(Self)
    }

    /// The name as it is written in its table; `None`: no group has it.
    pub(crate) fn name(&self, name: &GroupName) -> Option<&GroupName> {
        self.0.get(&name.key())
    }
}

/// The group of a number.
pub(crate) async fn find(work: &mut Work, group_id: GroupId) -> Result<Option<Group>, StoreError> {
    let mut statement = sql(SELECT);
    statement.push(" WHERE groups.group_id = ");
    statement.push_bind(group_id.0);
    Ok(fetch(work, statement).await?.pop())
}

/// The groups of each of these users.
pub(crate) async fn groups_of(
    work: &mut Work,
    user_ids: &[i64],
) -> Result<BTreeMap<i64, BTreeSet<GroupName>>, StoreError> {
    let mut groups: BTreeMap<i64, BTreeSet<GroupName>> = BTreeMap::new();
    let statement = user_row::of_users(
        "SELECT user_id, name FROM group_members \
         JOIN groups ON groups.group_id = group_members.group_id WHERE user_id",
        user_ids,
    );
    let Some(statement) = statement else { return Ok(groups) };
    for (user_id, name) in work.all::<(i64, String)>(statement).await? {
        groups.entry(user_id).or_default().insert(group_name(name)?);
    }
    Ok(groups)
}

const SELECT: &str = "SELECT groups.group_id, groups.version, groups.name, groups.label, groups.description, \
     groups.directory_id, groups.external_id, groups.dn, groups.updated_at, \
     (SELECT count(*) FROM group_members WHERE group_members.group_id = groups.group_id) AS members FROM groups";

#[derive(Debug, sqlx::FromRow)]
struct GroupRow {
    group_id: i64,
    version: i64,
    name: String,
    label: Option<String>,
    description: Option<String>,
    directory_id: Option<i64>,
    external_id: Option<String>,
    dn: Option<String>,
    updated_at: i64,
    members: i64,
}

impl TryFrom<GroupRow> for Group {
    type Error = StoreError;

    fn try_from(row: GroupRow) -> Result<Self, StoreError> {
        let GroupRow {
            group_id,
            version,
            name,
            label,
            description,
            directory_id,
            external_id,
            dn,
            updated_at,
            members,
        } = row;
        let link = match (directory_id, external_id, dn) {
            (Some(directory_id), Some(external_id), Some(dn)) => Some(Link {
                directory_id: DirectoryId(directory_id),
                external_id: ExternalId::from_text(&external_id).ok_or(StoreError::Corrupt { what: "group" })?,
                dn,
            }),
            _ => None,
        };
        Ok(Self {
            group_id: GroupId(group_id),
            version,
            fields: GroupFields { name: group_name(name)?, label, description },
            link,
            members: count_u32(members),
            updated_at,
        })
    }
}

async fn fetch(work: &mut Work, statement: Sql<'_>) -> Result<Vec<Group>, StoreError> {
    work.all::<GroupRow>(statement).await?.into_iter().map(Group::try_from).collect()
}

/// A group's name as it was stored.
fn group_name(name: String) -> Result<GroupName, StoreError> {
    GroupName::try_from(name).map_err(|_| StoreError::Corrupt { what: "group" })
}

fn filter<'a>(statement: &mut Sql<'a>, query: &'a GroupQuery) {
    let GroupQuery { text, origin, sort: _, descending: _, offset: _, limit: _ } = query;
    statement.push(" WHERE true");
    let text = fold(text);
    if !text.is_empty() {
        statement.push(" AND {position}(groups.search, ");
        statement.push_bind(text);
        statement.push(") > 0");
    }
    match origin {
        None => {}
        Some(Origin::Internal) => statement.push(" AND groups.directory_id IS NULL"),
        Some(Origin::External) => statement.push(" AND groups.directory_id IS NOT NULL"),
    }
}

/// Groups are few enough to be sorted.
fn order(sort: GroupSort, descending: bool) -> &'static str {
    match (sort, descending) {
        (GroupSort::Name, false) => " ORDER BY groups.name_key",
        (GroupSort::Name, true) => " ORDER BY groups.name_key DESC",
        (GroupSort::Label, false) => " ORDER BY groups.label_key, groups.name_key",
        (GroupSort::Label, true) => " ORDER BY groups.label_key DESC, groups.name_key DESC",
        (GroupSort::Members, false) => " ORDER BY members, groups.name_key",
        (GroupSort::Members, true) => " ORDER BY members DESC, groups.name_key DESC",
        (GroupSort::UpdatedAt, false) => " ORDER BY groups.updated_at, groups.name_key",
        (GroupSort::UpdatedAt, true) => " ORDER BY groups.updated_at DESC, groups.name_key DESC",
    }
}
