//! An import, committed without a browser.

use identity::directory::{DirectorySettings, NameConflict, Preset};
use identity::external_id::ExternalId;
use identity::id::{DirectoryId, JobId, UserId};
use identity::user::FieldPatch;
use plan::{EntryRef, PlanInput, Policy, Record, Selection, Snapshot};
use std::collections::BTreeSet;
use store::Store;
use store::plans::{Committed, PlanSource};

/// The policy of the only administrator, who gives no roles.
pub fn policy(directory_id: Option<DirectoryId>, administrator: UserId) -> Policy {
    Policy {
        directory_id,
        name_conflict: NameConflict::Refuse,
        link: BTreeSet::new(),
        roles: BTreeSet::new(),
        roles_to_existing: false,
        beyond: BTreeSet::new(),
        administrator_roles: BTreeSet::new(),
        file: None,
        acting_user: administrator,
        last_administrator: Some(administrator),
    }
}

/// Commits the import of so many people, as another server on the same database would.
pub async fn commit(store: &Store, name: &str, people: u32) -> JobId {
    let administrator = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let known = store.list_directories().await.expect("answers").first().map(|directory| directory.directory_id);
    let directory_id = match known {
        Some(directory_id) => directory_id,
        None => {
            let mut settings = DirectorySettings::preset(Preset::OpenLdap);
            settings.name = "Example".to_owned();
            store.add_directory(&settings, None, 1).await.expect("answers").expect("a new name")
        }
    };
    let policy = policy(Some(directory_id), administrator);
    let record = |number| Record {
        entry: Some(EntryRef {
            external_id: ExternalId::from_text(&format!("{name}-{number}")).expect("an id"),
            dn: format!("uid={name}{number},dc=example"),
        }),
        fields: FieldPatch { username: Some(format!("{name}{number}")), ..FieldPatch::default() },
        ..Record::default()
    };
    let records: Vec<Record> = (0..people).map(record).collect();
    let plan = plan::plan(PlanInput { records: &records, snapshot: &Snapshot::default(), policy: &policy });
    let source = PlanSource {
        directory_id: Some(directory_id),
        name: "Example".to_owned(),
        query: "*".to_owned(),
        request: "{}".to_owned(),
    };
    let plan_id = store.begin_plan(&source, &policy, administrator, 1).await.expect("begun");
    store.append_plan_rows(plan_id, &plan.rows).await.expect("appended");
    store.finish_plan(plan_id, &plan.summary).await.expect("finished");
    match store.commit_plan(plan_id, &Selection::default(), administrator, 1).await.expect("answers") {
        Committed::Queued(job_id) => job_id,
        other => panic!("not committed: {other:?}"),
    }
}
