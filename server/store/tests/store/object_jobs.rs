//! The jobs that files of groups and roles leave: made with what they tell of, or not at all.

use crate::groups::group;
use crate::roles::editor;
use crate::support::{Database, each_database, is_nul, people, role};
use identity::group::GroupFields;
use identity::id::{EventId, JobId, UploadId};
use identity::role::RoleCode;
use job::{Event, JobKind, JobSource, JobState, Progress};
use plan::Selection;
use plan::objects::group::GroupAction;
use plan::objects::role::RoleAction;
use plan::objects::{Attribute, Fate};
use store::StoreError;
use store::jobs::{Job, JobQuery, ReportQuery};
use store::object_files::{Applied, FileApplied, ObjectFile};
use store::objects::Object;
use store::undone::Undone;

/// What was done of a file of which all was.
pub fn applied(answer: FileApplied) -> Applied {
    match answer {
        FileApplied::Applied(applied) => applied,
        refused => panic!("not applied: {refused:?}"),
    }
}

/// How many it made and changed.
pub fn did(answer: FileApplied) -> (u32, u32) {
    let Applied { job_id: _, created, updated } = applied(answer);
    (created, updated)
}

fn create(name: &str) -> GroupAction {
    GroupAction::Create { fields: group(name) }
}

impl Database {
    fn file(&self, upload_id: UploadId) -> ObjectFile<'_> {
        ObjectFile { upload_id, name: "objects.csv", author: self.admin, now: 9 }
    }

    async fn begun(&self) -> UploadId {
        self.store.begin_upload(self.admin, 8).await.unwrap()
    }

    /// Applies rows of a file of its own.
    pub async fn apply_groups(&self, actions: &[GroupAction]) -> FileApplied {
        self.store.apply_groups(actions, self.file(self.begun().await)).await.unwrap()
    }

    /// Applies rows of a file of its own.
    pub async fn apply_roles(&self, actions: &[RoleAction]) -> FileApplied {
        self.store.apply_roles(actions, self.file(self.begun().await)).await.unwrap()
    }

    async fn jobs(&self) -> Vec<Job> {
        self.store.list_jobs(&JobQuery { limit: 9, ..JobQuery::default() }).await.unwrap().items
    }

    /// What a job did, a line each.
    async fn changes(&self, job_id: JobId) -> Vec<String> {
        let changes = self.store.list_job_changes(job_id, 0, 100).await.unwrap();
        let line = |change: store::object_jobs::JobChange| {
            let there = if change.exists { "" } else { " (gone)" };
            format!("{:?} {}{there}", change.note.fate, change.name)
        };
        changes.into_iter().map(line).collect()
    }
}

#[tokio::test]
async fn a_file_of_groups_leaves_a_job_that_is_over_and_its_changes_name_it() {
    each_database(async |database| {
        let store = &database.store;
        let group_id = database.grouped("Staff").await;
        let fields = GroupFields { label: Some("Everyone".to_owned()), ..group("Staff") };
        let update = GroupAction::Update { group_id, version: 1, fields };
        let unchanged = GroupAction::Unchanged { group_id };
        let rows = [create("Sales"), update, GroupAction::Block, unchanged, create("Press")];
        let before = store.last_event_id().await.unwrap();
        let Applied { job_id, created, updated } = applied(database.apply_groups(&rows).await);
        assert_eq!((created, updated), (2, 1));

        let job = store.find_job(job_id).await.unwrap().unwrap();
        assert_eq!((job.kind, job.title.as_str(), job.state), (JobKind::Groups, "objects.csv", JobState::Finished));
        assert_eq!((job.author, job.author_name.as_str()), (database.admin, "admin"));
        let progress = Progress { total: 3, applied: 3, ..Progress::default() };
        assert_eq!((job.progress, job.created), (progress, 2));
        assert_eq!((job.created_at, job.started_at, job.ended_at), (9, Some(9), Some(9)));
        assert_eq!(database.jobs().await, [job]);
        assert_eq!(database.changes(job_id).await, ["Created Sales", "Changed Staff", "Created Press"]);
        let part = store.list_job_changes(job_id, 1, 1).await.unwrap();
        let [label] = part[0].note.texts.as_slice() else { panic!("a label: {part:?}") };
        assert_eq!((label.attribute, label.after.as_deref()), (Attribute::Label, Some("Everyone")));
        assert_eq!((part.len(), part[0].subject.clone()), (1, group_id.to_string()));

        let history = store.object_history(&Object::Group(group_id), 9).await.unwrap();
        let jobs: Vec<_> = history.iter().map(|change| (change.note.fate, change.job_id)).collect();
        assert_eq!(jobs, [(Fate::Changed, Some(job_id)), (Fate::Created, None)], "one of a file, one by hand");
        // Lists hear of it; nobody is told what they see anyway.
        let events = store.events_after(database.admin, before, 9).await.unwrap();
        let [(_, Event::Job { job_id: told, state, progress: of, title })] = events.as_slice() else {
            panic!("one event: {events:?}")
        };
        assert_eq!((*told, *state, *of, title.as_str()), (job_id, JobState::Finished, progress, "objects.csv"));
    })
    .await;
}

#[tokio::test]
async fn a_file_is_applied_once_however_often_it_is_asked_for() {
    each_database(async |database| {
        let store = &database.store;
        let upload_id = database.begun().await;
        let file = database.file(upload_id);
        let rows = [create("Sales")];
        let stale = [create("Sales"), create("Sales")];
        assert_eq!(store.apply_groups(&stale, file).await.unwrap(), FileApplied::Stale);
        assert_eq!(store.find_upload_applied(upload_id).await.unwrap(), None, "nothing was written");
        let first = store.apply_groups(&rows, file).await.unwrap();
        assert_eq!(did(first), (1, 0));
        assert_eq!(store.apply_groups(&rows, file).await.unwrap(), first, "with the number of the same job");
        assert_eq!(store.find_upload_applied(upload_id).await.unwrap(), Some(applied(first)));
        assert_eq!(store.stored_groups().await.unwrap().len(), 1);
        assert_eq!(database.jobs().await.len(), 1);

        let file = database.file(database.begun().await);
        let rows = [RoleAction::Create { role: editor(&["a"]) }];
        let first = store.apply_roles(&rows, file).await.unwrap();
        assert_eq!(store.apply_roles(&rows, file).await.unwrap(), first);
        assert_eq!(store.find_role(&role("ROLE_EDITOR")).await.unwrap().unwrap().version, 1);
        let kinds: Vec<_> = database.jobs().await.into_iter().map(|job| job.kind).collect();
        assert_eq!(kinds, [JobKind::Roles, JobKind::Groups]);
        let history = store.object_history(&Object::Role(role("ROLE_EDITOR")), 9).await.unwrap();
        assert_eq!(history[0].job_id, Some(applied(first).job_id));
    })
    .await;
}

#[tokio::test]
async fn what_was_not_applied_leaves_no_job() {
    each_database(async |database| {
        let store = &database.store;
        assert_eq!(database.apply_groups(&[create("Sales"), create("SALES")]).await, FileApplied::Stale);
        let mut less = store.find_role(&role(RoleCode::ADMINISTRATOR)).await.unwrap().unwrap().role;
        less.permissions.clear();
        let new = RoleAction::Create { role: editor(&["a"]) };
        let demote = RoleAction::Update { version: 1, role: less };
        assert_eq!(database.apply_roles(&[new.clone(), demote]).await, FileApplied::LastAdministrator);
        let late = RoleAction::Update { version: 1, role: editor(&["b"]) };
        assert_eq!(database.apply_roles(&[new, late]).await, FileApplied::Stale);
        let file = ObjectFile { name: "a\0b", ..database.file(database.begun().await) };
        assert!(is_nul(store.apply_groups(&[create("Sales")], file).await));
        assert_eq!(database.jobs().await, []);
        assert_eq!(store.stored_groups().await.unwrap(), []);
        assert_eq!(store.last_event_id().await.unwrap(), EventId(0));
    })
    .await;
}

#[tokio::test]
async fn what_a_job_made_is_told_by_name_also_when_it_is_gone() {
    each_database(async |database| {
        let store = &database.store;
        let job_id = applied(database.apply_groups(&[create("Sales"), create("Press")]).await).job_id;
        let groups = store.stored_groups().await.unwrap();
        let find = |name: &str| groups.iter().find(|group| group.fields.name.as_str() == name).unwrap();
        let (sales, press) = (find("Sales").group_id, find("Press").group_id);
        store.edit_group(sales, 1, &group("Vendors"), database.admin, 10).await.unwrap();
        store.edit_group(press, 1, &group("Media"), database.admin, 10).await.unwrap();
        store.remove_group(press, 2, database.admin, 11).await.unwrap();
        assert_eq!(database.changes(job_id).await, ["Created Vendors", "Created Media (gone)"]);

        let roles = [RoleAction::Create { role: editor(&["a"]) }];
        let job_id = applied(database.apply_roles(&roles).await).job_id;
        assert_eq!(database.changes(job_id).await, ["Created ROLE_EDITOR"]);
        store.remove_role(&role("ROLE_EDITOR"), 1, database.admin, 12).await.unwrap();
        assert_eq!(database.changes(job_id).await, ["Created ROLE_EDITOR (gone)"]);
        assert_eq!(database.changes(JobId(4711)).await, [] as [&str; 0]);
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_done_with_jobs_of_users_is_done_with_it() {
    each_database(async |database| {
        let store = &database.store;
        let users = database.imported(&people(0..2)).await;
        let job_id = applied(database.apply_groups(&[create("Sales")]).await).job_id;
        let job = store.find_job(job_id).await.unwrap().unwrap();
        // No worker takes it and nobody stops it.
        assert_eq!(store.claim_job("w", 1_000_000, 2_000_000).await.unwrap(), None);
        assert_eq!(store.request_stop(job_id, 20).await.unwrap(), Some(JobState::Finished));
        // Its plan is nobody's, and stays with it when those are forgotten that were given up.
        assert_eq!(store.find_plan(job.plan_id).await.unwrap(), None);
        let committed = store.commit_plan(job.plan_id, &Selection::default(), database.admin, 20).await;
        assert!(matches!(committed, Err(StoreError::Missing { .. })), "{committed:?}");
        assert_eq!(store.delete_unfinished_plans(1_000_000).await.unwrap(), 0);
        assert_eq!(store.find_job(job_id).await.unwrap(), Some(job));
        // There are no rows of users in it, and none is left.
        let query = ReportQuery { limit: 9, ..ReportQuery::default() };
        assert_eq!(store.list_report(job_id, &query).await.unwrap().total, 0);
        assert!(store.count_outcomes(job_id).await.unwrap().is_empty());
        assert_eq!(store.count_undone(job_id).await.unwrap(), Some(Undone { rows: 0, left_out: 0 }));
        let rest = store.rest_of_job(job_id).await.unwrap().unwrap();
        assert!(rest.entries.is_empty() && rest.lines.is_empty());
        assert_eq!(store.read_undone(job_id).await.unwrap().unwrap().next_page().await.unwrap(), None);
        assert_eq!(database.changes(users).await, [] as [&str; 0]);
        // It is found as what it is: a job of a file, by whoever brought it.
        let found = async |source| {
            let query =
                JobQuery { source: Some(source), author: Some(database.admin), limit: 9, ..JobQuery::default() };
            store.list_jobs(&query).await.unwrap().items.into_iter().map(|job| job.job_id).collect::<Vec<_>>()
        };
        assert_eq!(found(JobSource::File).await, [job_id]);
        assert_eq!(found(JobSource::Directory).await, [users]);
        // Nobody removes a directory from under it.
        store.remove_directory(database.directory_id, database.admin, 30).await.unwrap();
        assert_eq!(store.find_job(job_id).await.unwrap().unwrap().state, JobState::Finished);
    })
    .await;
}
