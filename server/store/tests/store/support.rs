//! Databases for tests, and people to put into them.

use identity::assignment::Assignment;
use identity::directory::{DirectorySettings, NameConflict, Preset};
use identity::external_id::ExternalId;
use identity::field::Patch;
use identity::id::{DirectoryId, JobId, PlanId, UserId};
use identity::role::RoleCode;
use identity::user::{FieldPatch, User, UserFields};
use plan::{EntryRef, Plan, PlanInput, Policy, Record, Row, Selection};
use std::collections::BTreeSet;
use store::jobs::{Claim, Held, PageApplied};
use store::plans::{Committed, PlanSource};
use store::secrets::SecretKey;
use store::users::Written;
use store::{Store, StoreError};
use tempfile::TempDir;

/// Of every test.
pub const KEY: [u8; 32] = [42; 32];

/// A database with the schema, an administrator and a directory.
pub struct Database {
    pub store: Store,
    pub url: String,
    pub admin: UserId,
    pub directory_id: DirectoryId,
}

/// The URLs of two empty databases, and the folder of one.
pub fn urls() -> (Vec<String>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite://{}", folder.path().join("muster.db").display());
    (vec![sqlite, testkit::Postgres::shared().create_database()], folder)
}

/// Runs a test on both databases.
pub async fn each_database(test: impl AsyncFn(Database)) {
    let (urls, _folder) = urls();
    for url in urls {
        // Stands beside the message of a test that fails.
        println!("on {}", url.split("://").next().unwrap_or_default());
        let store = Store::open(&url, SecretKey::new(KEY)).await.unwrap();
        store.migrate().await.unwrap();
        let admin = store.create_first_administrator("admin", "hash", None, 1).await.unwrap().unwrap();
        let directory_id = store.add_directory(&settings("Staff"), None, 1).await.unwrap().unwrap();
        test(Database { store: store.clone(), url, admin, directory_id }).await;
        store.close().await;
    }
}

pub fn settings(name: &str) -> DirectorySettings {
    DirectorySettings { name: name.to_owned(), ..DirectorySettings::preset(Preset::OpenLdap) }
}

pub fn role(code: &str) -> RoleCode {
    RoleCode::parse(code).unwrap()
}

/// A role as it is given.
pub fn given(text: &str) -> Assignment {
    Assignment::parse(text).unwrap()
}

pub fn auditor() -> BTreeSet<Assignment> {
    BTreeSet::from([given(RoleCode::AUDITOR)])
}

pub fn fields(username: &str) -> UserFields {
    UserFields { username: username.to_owned(), enabled: true, ..UserFields::default() }
}

/// A record of an entry.
pub fn record(external_id: &str, username: &str, name: &str) -> Record {
    Record {
        entry: Some(EntryRef {
            external_id: ExternalId::from_text(external_id).unwrap(),
            dn: format!("uid={username},dc=example"),
        }),
        fields: FieldPatch {
            username: Some(username.to_owned()),
            display_name: Patch::Set(name.to_owned()),
            ..FieldPatch::default()
        },
        ..Record::default()
    }
}

/// So many records: `user0`, `user1`, ….
pub fn people(numbers: std::ops::Range<u32>) -> Vec<Record> {
    numbers.map(|n| record(&format!("e{n}"), &format!("user{n}"), &format!("Person {n}"))).collect()
}

impl Database {
    pub fn policy(&self) -> Policy {
        Policy {
            directory_id: Some(self.directory_id),
            name_conflict: NameConflict::Refuse,
            link: BTreeSet::new(),
            roles: BTreeSet::new(),
            roles_to_existing: false,
            beyond: BTreeSet::new(),
            administrator_roles: BTreeSet::from([role(RoleCode::ADMINISTRATOR)]),
            file: None,
            acting_user: self.admin,
            last_administrator: None,
        }
    }

    /// Plans from the users as they are.
    pub async fn plan_with(&self, records: &[Record], policy: &Policy) -> Plan {
        let snapshot = self.store.snapshot(policy.directory_id, records).await.unwrap();
        plan::plan(PlanInput { records, snapshot: &snapshot, policy })
    }

    pub async fn store_plan(&self, plan: &Plan, policy: &Policy) -> PlanId {
        let source = PlanSource {
            directory_id: Some(self.directory_id),
            name: "Staff".to_owned(),
            query: "*".to_owned(),
            request: "{}".to_owned(),
        };
        let plan_id = self.store.begin_plan(&source, policy, self.admin, 10).await.unwrap();
        for rows in plan.rows.chunks(1000) {
            self.store.append_plan_rows(plan_id, rows).await.unwrap();
        }
        self.store.finish_plan(plan_id, &plan.summary).await.unwrap();
        plan_id
    }

    /// Plans and stores.
    pub async fn planned_with(&self, records: &[Record], policy: &Policy) -> (PlanId, Vec<Row>) {
        let plan = self.plan_with(records, policy).await;
        (self.store_plan(&plan, policy).await, plan.rows)
    }

    pub async fn planned(&self, records: &[Record]) -> PlanId {
        self.planned_with(records, &self.policy()).await.0
    }

    pub async fn committed(&self, plan_id: PlanId, selection: &Selection) -> JobId {
        match self.store.commit_plan(plan_id, selection, self.admin, 20).await.unwrap() {
            Committed::Queued(job_id) => job_id,
            other => panic!("not queued: {other:?}"),
        }
    }

    pub async fn claimed(&self) -> Claim {
        self.store.claim_job("test", 30, 1000).await.unwrap().expect("a job waits")
    }

    pub async fn page(&self, claim: &Claim, size: u32) -> PageApplied {
        match self.store.apply_page(claim, size, 40, 1000).await.unwrap() {
            Held::Yes(page) => page,
            Held::Lost => panic!("the claim is lost"),
        }
    }

    /// Commits everything and applies it.
    pub async fn imported(&self, records: &[Record]) -> JobId {
        self.imported_with(records, &self.policy()).await
    }

    pub async fn imported_with(&self, records: &[Record], policy: &Policy) -> JobId {
        let (plan_id, _) = self.planned_with(records, policy).await;
        let job_id = self.committed(plan_id, &Selection::default()).await;
        let claim = self.claimed().await;
        while !self.page(&claim, 1000).await.last {}
        self.store.end_job(&claim, job::JobEvent::Completed, None, 50).await.unwrap();
        job_id
    }

    pub async fn user(&self, username: &str) -> User {
        self.store.find_user_by_name(username).await.unwrap().expect("the user is there").user
    }

    pub async fn created(&self, fields: &UserFields, roles: &BTreeSet<Assignment>) -> User {
        let written = self.store.create_user(fields, roles, self.admin, 5).await.unwrap();
        let Written::Applied(user_id) = written else { panic!("not created: {written:?}") };
        self.store.find_user(user_id).await.unwrap().unwrap().user
    }

    /// Edits a user as a colleague would, in between.
    pub async fn edited(&self, user: &User, edit: impl FnOnce(&mut UserFields)) -> Written {
        let mut fields = user.fields.clone();
        edit(&mut fields);
        self.store.edit_user(user.user_id, user.version, &fields, &user.roles, self.admin, 6).await.unwrap()
    }

    /// Runs a statement behind the store's back.
    pub async fn meddle(&self, statement: &'static str) -> Result<(), sqlx::Error> {
        use sqlx::Connection;
        if self.url.starts_with("sqlite") {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await?;
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        } else {
            let mut connection = sqlx::PgConnection::connect(&self.url).await?;
            sqlx::query(statement).execute(&mut connection).await.map(drop)
        }
    }
}

/// Whether a text was refused for its NUL.
pub fn is_nul<T>(answer: Result<T, StoreError>) -> bool {
    matches!(answer, Err(StoreError::Nul { .. }))
}
