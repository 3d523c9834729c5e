//! From ticked entries to a stored plan.

use crate::reading::{Next, Reading, ReadingError, Wanted};
use directory::Target;
use identity::assignment::{Assignment, roles_of};
use identity::directory::{DirectorySettings, UserSchema};
use identity::external_id::ExternalId;
use identity::filter::{Filter, FilterError};
use identity::id::{PlanId, UserId};
use identity::import::{ImportRequest, Picked};
use identity::query::Query;
use identity::role::RoleCode;
use plan::packed::NotRecords;
use plan::{Digest, Policy};
use std::collections::{BTreeSet, HashSet};
use store::plans::PlanSource;
use store::{Store, StoreError};

/// Why there is no plan. What was written of it is never shown to anybody.
#[derive(Debug, thiserror::Error)]
pub enum PlanningError {
    /// The entries could not be read to their end.
    #[error("the entries could not be read")]
    Reading(#[source] ReadingError),
    /// The search bar's text is not a filter that can be sent.
    #[error("the search cannot be understood")]
    Query(#[source] FilterError),
    /// The store did not answer.
    #[error("the plan could not be stored")]
    Store(#[source] StoreError),
    /// What was stored of a file is no list of records.
    #[error("the records of the file cannot be read")]
    Records(#[source] NotRecords),
    /// The user whose roles should be copied does not exist (any more).
    #[error("user {0} does not exist")]
    NoSuchUser(UserId),
    /// Roles that should be given do not exist (any more).
    #[error("roles that should be given do not exist")]
    UnknownRoles(BTreeSet<RoleCode>),
}

/// A plan that was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The plan.
    pub plan_id: PlanId,
    /// What it does, by name.
    pub digest: Digest,
    /// Its rows.
    pub rows: u32,
    /// Ticked entries that the directory does not have any more.
    pub missing: u32,
    /// Search references that were counted and not followed: other places may hold more people.
    pub references: u32,
}

/// Up to so many entries are asked for by name. Beyond it the search is walked through once more: it was answered in
/// time when they were ticked, while a directory without an index for their names reads every entry of its own for each
/// of these filters.
const BY_NAME: usize = 200;
/// So many of them at once: a server that compares each entry with each name has to end in time.
const NAMES_AT_ONCE: usize = 50;
/// The length of a filter that asks for entries by name, in bytes. Half of what a filter may have: the rest is left to
/// the directory's own filter.
const BY_NAME_LENGTH: usize = identity::filter::MAX_LENGTH / 2;

/// The roles that a request gives: its own, and those of the user that it copies from.
pub async fn roles(store: &Store, request: &ImportRequest) -> Result<BTreeSet<Assignment>, PlanningError> {
    let mut roles = request.roles.clone();
    let unknown = store.unknown_roles(&roles_of(&roles)).await.map_err(PlanningError::Store)?;
    if !unknown.is_empty() {
        return Err(PlanningError::UnknownRoles(unknown));
    }
    if let Some(user_id) = request.copy_from {
        let found = store.find_user(user_id).await.map_err(PlanningError::Store)?;
        roles.extend(found.ok_or(PlanningError::NoSuchUser(user_id))?.user.roles);
    }
    Ok(roles)
}

/// What was decided before planning, from the request, the directory's settings and the store.
pub async fn policy(
    store: &Store,
    settings: &DirectorySettings,
    request: &ImportRequest,
    roles: BTreeSet<Assignment>,
    author: UserId,
    now: i64,
) -> Result<Policy, StoreError> {
    Ok(Policy {
        directory_id: Some(request.directory_id),
        name_conflict: settings.name_conflict,
        link: request.link.clone(),
        roles,
        roles_to_existing: request.roles_to_existing,
        beyond: store.roles_beyond(author).await?,
        administrator_roles: store.administrator_roles().await?,
        file: None,
        acting_user: author,
        last_administrator: store.last_administrator(now).await?,
    })
}

/// What to read for a request.
pub fn wanted(settings: &DirectorySettings, request: &ImportRequest) -> Result<Wanted, FilterError> {
    let (users, id_attribute) = (&settings.users, &settings.schema.external_id_attribute);
    let picked = request.picked.clone().and(&request.earlier);
    let (named, search) = match (&picked, &request.picked) {
        (Picked::Only(ids), _) if ids.len() <= BY_NAME => (ids, false),
        // The search does not find those of earlier ones.
        (_, Picked::Only(ids)) => (&request.earlier, !ids.is_empty()),
        (_, Picked::All { .. }) => (&request.earlier, true),
    };
    let mut filters = by_name(users, id_attribute, named)?;
    if search {
        filters.push(Query::parse(&request.query)?.into_filter(users)?);
    }
    let until_found = search && matches!(picked, Picked::Only(_));
    Ok(Wanted { filters, picked, until_found })
}

/// Reads the entries again, plans them and stores the plan. `roles` are those of [`roles()`], after it was made sure
/// that the author may give them. `tell` hears how many entries were read so far.
pub async fn plan_import(
    store: &Store,
    target: Target,
    request: &ImportRequest,
    roles: BTreeSet<Assignment>,
    author: UserId,
    now: i64,
    mut tell: impl FnMut(u32) + Send,
) -> Result<Planned, PlanningError> {
    let settings = &target.settings;
    let source = PlanSource {
        directory_id: Some(request.directory_id),
        name: settings.name.clone(),
        query: request.query.clone(),
        request: serde_json::to_string(request).expect("a request is made of texts, numbers and lists"),
    };
    let wanted = wanted(settings, request).map_err(PlanningError::Query)?;
    let policy = policy(store, settings, request, roles, author, now).await.map_err(PlanningError::Store)?;
    let mut reading = Reading::begin(store.clone(), target.clone(), wanted, policy.clone());
    let mut plan_id = None;
    let mut rows_so_far = 0;
    // By name, not by number: where the id attribute is not unique, the rows of two entries stand for one that was ticked.
    let mut missing = named(request);
    let (summary, references) = loop {
        let next = reading.next().await.map_err(PlanningError::Reading)?;
        // Not before the directory answered: a directory that is down leaves nothing behind.
        let plan_id = match plan_id {
            Some(plan_id) => plan_id,
            None => {
                let begun = store.begin_plan(&source, &policy, author, now).await.map_err(PlanningError::Store)?;
                *plan_id.insert(begun)
            }
        };
        match next {
            Next::Page(page) => {
                store.append_plan_rows(plan_id, &page.rows).await.map_err(PlanningError::Store)?;
                rows_so_far += u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
                for entry in page.records.iter().filter_map(|record| record.entry.as_ref()) {
                    missing.remove(&entry.external_id);
                }
                tell(rows_so_far);
            }
            Next::Complete { summary, references } => break (summary, references),
        }
    };
    let plan_id = plan_id.expect("it was begun with the first answer, and the summary is one");
    store.finish_plan(plan_id, &summary).await.map_err(PlanningError::Store)?;
    let missing = u32::try_from(missing.len()).unwrap_or(u32::MAX);
    Ok(Planned { plan_id, digest: summary.digest, rows: rows_so_far, missing, references })
}

/// The entries that are wanted by name.
fn named(request: &ImportRequest) -> HashSet<&ExternalId> {
    let picked = match &request.picked {
        Picked::Only(ids) => Some(ids),
        Picked::All { .. } => None,
    };
    picked.into_iter().flatten().chain(&request.earlier).collect()
}

/// Searches for entries by their lasting names, as many at a time as a filter holds.
fn by_name(users: &UserSchema, attribute: &str, ids: &BTreeSet<ExternalId>) -> Result<Vec<Filter>, FilterError> {
    let mut filters = Vec::new();
    let mut some = Vec::new();
    let mut length = 0;
    for id in ids {
        let filter = id.filter(attribute)?;
        length += filter.to_string().len();
        if some.len() == NAMES_AT_ONCE || length > BY_NAME_LENGTH && !some.is_empty() {
            let full = Filter::or(std::mem::take(&mut some));
            filters.push(Query::Filter(full).into_filter(users)?);
            length = filter.to_string().len();
        }
        some.push(filter);
    }
    if !some.is_empty() {
        filters.push(Query::Filter(Filter::or(some)).into_filter(users)?);
    }
    Ok(filters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::directory::Preset;
    use identity::id::DirectoryId;

    fn filters(ids: impl Iterator<Item = u32>) -> Vec<String> {
        let settings = DirectorySettings::preset(Preset::OpenLdap);
        let id = |number: u32| ExternalId::from_text(&format!("00000000-0000-0000-0000-{number:012}")).expect("text");
        let request = ImportRequest {
            picked: Picked::Only(ids.map(id).collect()),
            ..ImportRequest::everything(DirectoryId(1), "anna".to_owned())
        };
        let wanted = wanted(&settings, &request).expect("a legal filter");
        wanted.filters.iter().map(Filter::to_string).collect()
    }

    #[test]
    fn a_few_ticked_entries_are_asked_for_by_name() {
        let expected = "(&(objectClass=inetOrgPerson)(entryUUID=00000000-0000-0000-0000-000000000007))";
        assert_eq!(filters(7..8), [expected]);
        assert!(filters(0..0).is_empty());
    }

    #[test]
    fn more_of_them_take_several_searches_that_each_stay_legal() {
        let filters = filters(0..200);
        let asked: Vec<usize> = filters.iter().map(|filter| filter.matches("entryUUID=").count()).collect();
        assert_eq!(asked, [50; 4]);
        assert!(filters.iter().all(|filter| Filter::parse(filter).is_ok()));
    }

    #[test]
    fn long_names_are_fewer_at_once() {
        let settings = DirectorySettings::preset(Preset::OpenLdap);
        let id = |number: u32| ExternalId::from_text(&format!("{number:0400}")).expect("text");
        let filters = by_name(&settings.users, "employeeNumber", &(0..100).map(id).collect()).expect("legal");
        assert!(filters.len() > 2);
        assert!(filters.iter().all(|filter| Filter::parse(&filter.to_string()).is_ok()));
    }

    #[test]
    fn those_of_earlier_searches_are_asked_for_by_name_beside_the_search() {
        let settings = DirectorySettings::preset(Preset::OpenLdap);
        let id = |number: u32| ExternalId::from_text(&format!("{number:036}")).expect("text");
        let request = ImportRequest {
            earlier: (0..60).map(id).collect(),
            ..ImportRequest::everything(DirectoryId(1), "anna".to_owned())
        };
        let named = |picked: Picked| {
            let wanted = wanted(&settings, &ImportRequest { picked, ..request.clone() }).expect("a legal filter");
            let names = |filter: &Filter| filter.to_string().matches("entryUUID=").count();
            (wanted.filters.iter().map(names).collect::<Vec<_>>(), wanted.until_found)
        };
        assert_eq!(named(Picked::All { except: BTreeSet::new() }), (vec![50, 10, 0], false));
        assert_eq!(named(Picked::Only((100..400).map(id).collect())), (vec![50, 10, 0], true));
        assert_eq!(named(Picked::Only((50..110).map(id).collect())), (vec![50, 50, 10], false));
        assert_eq!(named(Picked::Only(BTreeSet::new())), (vec![50, 10], false));
    }

    #[test]
    fn more_than_a_few_are_found_by_the_search_itself() {
        let filters = filters(0..201);
        assert_eq!(filters.len(), 1);
        assert!(filters[0].contains("anna"), "{}", filters[0]);
    }
}
