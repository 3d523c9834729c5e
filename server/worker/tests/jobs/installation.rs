//! A database with an administrator and a directory, and plans to commit.

use identity::directory::{DirectorySettings, NameConflict, Preset};
use identity::external_id::ExternalId;
use identity::field::Patch;
use identity::id::{DirectoryId, JobId, UserId};
use identity::user::{FieldPatch, UserFields};
use plan::{EntryRef, PlanInput, Policy, Record, Row, Selection};
use std::collections::BTreeSet;
use store::jobs::Job;
use store::plans::{Committed, PlanSource};
use store::secrets::SecretKey;
use store::users::{ListedUser, UserQuery, Written};
use store::{Store, StoreError};
use tokio_util::sync::CancellationToken;
use worker::Worker;

/// One of the two databases, new.
pub struct Installation {
    pub store: Store,
    administrator: UserId,
    directory_id: DirectoryId,
}

/// Runs a test on SQLite and on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(&Installation)) {
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite://{}", folder.path().join("muster.db").display());
    let postgres = testkit::Postgres::shared().create_database();
    for url in [sqlite, postgres] {
        test(&Installation::new(&url).await.expect("the database opens")).await;
    }
}

impl Installation {
    async fn new(url: &str) -> Result<Self, StoreError> {
        let store = Store::open(url, SecretKey::new([7; 32])).await?;
        store.migrate().await?;
        let administrator = store.create_first_administrator("admin", "no hash", None, 1).await?;
        let mut settings = DirectorySettings::preset(Preset::OpenLdap);
        settings.name = "Directory".to_owned();
        let directory_id = store.add_directory(&settings, None, 1).await?;
        let (administrator, directory_id) = (administrator.expect("the first"), directory_id.expect("a new name"));
        Ok(Self { store, administrator, directory_id })
    }

    /// What a directory says of people `{prefix}0`, `{prefix}1`, …
    fn records(prefix: &str, count: u32, first_name: &str) -> Vec<Record> {
        let record = |number| Record {
            entry: Some(EntryRef {
                external_id: ExternalId::from_text(&format!("{prefix}-{number}")).expect("an id"),
                dn: format!("uid={prefix}{number},dc=example"),
            }),
            fields: FieldPatch {
                username: Some(format!("{prefix}{number}")),
                first_name: Patch::Set(first_name.to_owned()),
                ..FieldPatch::default()
            },
            ..Record::default()
        };
        (0..count).map(record).collect()
    }

    fn policy(&self) -> Policy {
        Policy {
            directory_id: Some(self.directory_id),
            name_conflict: NameConflict::Refuse,
            link: BTreeSet::new(),
            roles: BTreeSet::new(),
            roles_to_existing: false,
            beyond: BTreeSet::new(),
            administrator_roles: BTreeSet::new(),
            file: None,
            acting_user: self.administrator,
            last_administrator: Some(self.administrator),
        }
    }

    /// Plans, and answers the rows that change something.
    pub async fn plan(&self, prefix: &str, count: u32) -> (plan::Plan, Vec<Row>) {
        self.plan_named(prefix, count, "Planned").await
    }

    async fn plan_named(&self, prefix: &str, count: u32, first_name: &str) -> (plan::Plan, Vec<Row>) {
        let (records, policy) = (Self::records(prefix, count, first_name), self.policy());
        let snapshot = self.store.snapshot(Some(self.directory_id), &records).await.expect("a snapshot");
        let plan = plan::plan(PlanInput { records: &records, snapshot: &snapshot, policy: &policy });
        let changes = plan.rows.iter().filter(|row| row.kind().is_change()).cloned().collect();
        (plan, changes)
    }

    /// Commits the import of people who are not known yet.
    pub async fn commit(&self, prefix: &str, count: u32) -> JobId {
        self.commit_update(prefix, count, "Planned").await
    }

    /// Commits an import that gives them this first name.
    pub async fn commit_update(&self, prefix: &str, count: u32, first_name: &str) -> JobId {
        let (plan, _) = self.plan_named(prefix, count, first_name).await;
        let source = PlanSource {
            directory_id: Some(self.directory_id),
            name: "Directory".to_owned(),
            query: "*".to_owned(),
            request: "{}".to_owned(),
        };
        let store = &self.store;
        let plan_id = store.begin_plan(&source, &self.policy(), self.administrator, 10).await.expect("begun");
        store.append_plan_rows(plan_id, &plan.rows).await.expect("appended");
        store.finish_plan(plan_id, &plan.summary).await.expect("finished");
        let committed = store.commit_plan(plan_id, &Selection::default(), self.administrator, 20).await;
        match committed.expect("the store answers") {
            Committed::Queued(job_id) => job_id,
            other => panic!("not committed: {other:?}"),
        }
    }

    /// Lets a worker do the next job; `false` when there is none.
    pub async fn run_next(&self) -> bool {
        let worker = Worker::new(self.store.clone(), "worker");
        worker.run_next(&CancellationToken::new()).await.expect("the store answers")
    }

    pub async fn job(&self, job_id: JobId) -> Job {
        self.store.find_job(job_id).await.expect("the store answers").expect("there is such a job")
    }

    pub async fn user(&self, username: &str) -> ListedUser {
        self.store.find_user_by_name(username).await.expect("the store answers").expect("there is such a user")
    }

    pub async fn edit_by_hand(&self, username: &str) {
        let ListedUser { user, .. } = self.user(username).await;
        let fields = UserFields { first_name: Some("By hand".to_owned()), ..user.fields };
        let edited =
            self.store.edit_user(user.user_id, user.version, &fields, &user.roles, self.administrator, 30).await;
        assert!(matches!(edited.expect("the store answers"), Written::Applied(_)));
    }

    pub async fn create_by_hand(&self, username: &str) {
        let fields = UserFields { username: username.to_owned(), enabled: true, ..UserFields::default() };
        let created = self.store.create_user(&fields, &BTreeSet::new(), self.administrator, 30).await;
        assert!(matches!(created.expect("the store answers"), Written::Applied(_)));
    }

    /// The users of this directory whose name begins with the prefix.
    async fn users(&self, prefix: &str) -> Vec<ListedUser> {
        let mut users = vec![];
        loop {
            let query = UserQuery {
                directory_id: Some(self.directory_id),
                offset: u32::try_from(users.len()).expect("few"),
                limit: 1_000,
                ..UserQuery::default()
            };
            let page = self.store.list_users(&query).await.expect("the store answers");
            if page.items.is_empty() {
                break;
            }
            users.extend(page.items);
        }
        users.retain(|listed| listed.user.fields.username.starts_with(prefix));
        users
    }

    /// How many there are.
    pub async fn count(&self, prefix: &str) -> u32 {
        u32::try_from(self.users(prefix).await.len()).expect("few")
    }

    /// Each of so many is there once, with one version and one line of history.
    pub async fn has_each_once(&self, prefix: &str, count: u32) {
        let users = self.users(prefix).await;
        let names: BTreeSet<_> = users.iter().map(|listed| listed.user.fields.username.clone()).collect();
        assert_eq!((users.len(), names.len()), (count as usize, count as usize));
        assert!(users.iter().all(|listed| listed.user.version == 1), "a user was written twice");
        for listed in users.iter().step_by(97) {
            let history = self.store.user_history(listed.user.user_id, None, 10).await.expect("the store answers");
            assert_eq!(history.len(), 1, "{}", listed.user.fields.username);
        }
    }
}
