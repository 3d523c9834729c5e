//! What large directories bring along: long selections, people elsewhere, more of them than a test counts.

use crate::http::Answer;
use crate::muster::{Installation, Muster};
use app::api::directory::{DirectoryDraft, DirectoryView, FetchDirectory, SaveDirectory, TestDirectory, TestLine};
use app::api::import::{PlanDirectoryImport, PlanningLine};
use app::api::plan::{Replan, ReplanningLine};
use app::api::search::{SearchDirectory, SearchLine};
use app::error::AppError;
use identity::directory::{DirectorySettings, Preset, Security};
use identity::external_id::ExternalId;
use identity::id::DirectoryId;
use identity::import::{ImportRequest, Picked};
use plan::Selection;
use serde::de::DeserializeOwned;
use server_fn::ServerFn;
use std::collections::BTreeSet;
use testkit::people::SUFFIX;
use testkit::slapd::{BIND_DN, BIND_PASSWORD};
use testkit::{People, Slapd};

const PASSWORD: &str = "a password of my own";

/// The first administrator, at work. On SQLite alone: what these tests are about lies before the database.
struct Administrator {
    muster: Muster,
    cookie: String,
}

impl Administrator {
    fn new() -> Self {
        let muster = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
        let cookie = muster.sign_in("admin", PASSWORD).cookie().expect("a cookie").to_owned();
        Self { muster, cookie }
    }

    fn call<F: ServerFn>(&self, arguments: &serde_json::Value) -> Answer {
        self.muster.call::<F>(arguments, &[("Cookie", &self.cookie)])
    }

    /// The lines of an answer that comes line by line.
    fn lines<F: ServerFn, T: DeserializeOwned>(&self, arguments: &serde_json::Value) -> Vec<T> {
        let answer = self.call::<F>(arguments);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body.lines().map(|line| serde_json::from_str(line).expect("a line of the answer")).collect()
    }

    fn save(&self, draft: &DirectoryDraft) -> DirectoryId {
        let answer = self.call::<SaveDirectory>(&serde_json::json!({ "draft": draft }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).expect("a number")
    }

    fn fetch(&self, directory_id: DirectoryId) -> DirectoryView {
        let answer = self.call::<FetchDirectory>(&serde_json::json!({ "directory_id": directory_id }));
        serde_json::from_str(&answer.body).expect("a directory")
    }

    /// How a test of a directory ends.
    fn test(&self, draft: &DirectoryDraft) -> TestLine {
        self.lines::<TestDirectory, _>(&serde_json::json!({ "draft": draft })).pop().expect("a line")
    }

    /// Plans those who were ticked one by one.
    fn plan(&self, directory_id: DirectoryId, ids: BTreeSet<ExternalId>) -> Answer {
        let everyone = ImportRequest::everything(directory_id, "*".to_owned());
        let request = ImportRequest { picked: Picked::Only(ids), ..everyone };
        self.call::<PlanDirectoryImport>(&serde_json::json!({ "request": request }))
    }
}

fn draft(slapd: &Slapd) -> DirectoryDraft {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Example".to_owned();
    settings.connection.urls = vec![slapd.url()];
    settings.connection.security = Security::None;
    settings.connection.bind_dn = BIND_DN.to_owned();
    settings.schema.base_dns = vec![SUFFIX.to_owned()];
    DirectoryDraft { directory_id: None, version: 0, settings, password: Some(BIND_PASSWORD.to_owned()) }
}

fn invented(count: u32) -> impl Iterator<Item = ExternalId> {
    (0..count).map(|number| ExternalId::from_text(&format!("ffffffff-0000-4000-8000-{number:012x}")).expect("an id"))
}

#[test]
fn sixty_thousand_who_were_ticked_one_by_one_are_planned() {
    let slapd = Slapd::start(20);
    let administrator = Administrator::new();
    let directory_id = administrator.save(&draft(&slapd));
    let people = People::new(20);
    let known = people.iter().map(|person| ExternalId::from_text(&person.entry_uuid).expect("a UUID"));
    let ids: BTreeSet<ExternalId> = known.chain(invented(59_980)).collect();
    assert_eq!(ids.len(), 60_000);
    let answer = administrator.plan(directory_id, ids);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let last = answer.body.lines().last().expect("a line");
    match serde_json::from_str(last).expect("a line of the answer") {
        PlanningLine::Planned { rows, missing, .. } => assert_eq!((rows, missing), (20, 59_980)),
        other => panic!("no plan: {other:?}"),
    }
}

#[test]
fn what_is_too_large_is_refused_in_words() {
    let administrator = Administrator::new();
    // 39 bytes each.
    let answer = administrator.plan(DirectoryId(1), invented(450_000).collect());
    assert_eq!(answer.status, 413);
    let error: AppError = serde_json::from_str(&answer.body).expect("an error of the closed list");
    assert_eq!(error, AppError::RequestTooLarge { limit_bytes: 16 * 1024 * 1024 });
    // Anything else takes less.
    let long = serde_json::json!({ "username": "a".repeat(1024 * 1024), "password": "b" });
    let answer = administrator.call::<app::api::session::SignIn>(&long);
    assert_eq!(answer.json(), serde_json::json!({ "error": "request_too_large", "limit_bytes": 1024 * 1024 }));
}

#[test]
fn search_test_and_plan_agree_about_people_elsewhere() {
    let elsewhere = "dn: ou=far,ou=people,dc=example,dc=org\nobjectClass: referral\nobjectClass: extensibleObject\n\
                     ou: far\nref: ldap://elsewhere.example/ou=far,dc=example,dc=org";
    let slapd = Slapd::builder(30).ldif(elsewhere).start();
    let administrator = Administrator::new();
    match administrator.test(&draft(&slapd)) {
        TestLine::Passed { people, references, .. } => assert_eq!((people, references), (30, 1)),
        other => panic!("not passed: {other:?}"),
    }
    let directory_id = administrator.save(&draft(&slapd));
    let everyone = serde_json::json!({ "directory_id": directory_id, "query": "*" });
    let found: Vec<SearchLine> = administrator.lines::<SearchDirectory, _>(&everyone);
    assert_eq!(found.last(), Some(&SearchLine::Done { total: 30 }));
    let references = |line: &SearchLine| match line {
        SearchLine::Page { references, .. } => *references,
        _ => 0,
    };
    assert_eq!(found.iter().map(references).sum::<u32>(), 1);
    let request = ImportRequest::everything(directory_id, "*".to_owned());
    let planned: Vec<PlanningLine> =
        administrator.lines::<PlanDirectoryImport, _>(&serde_json::json!({ "request": request }));
    let plan_id = match planned.last() {
        Some(PlanningLine::Planned { plan_id, rows, references, .. }) => {
            assert_eq!((*rows, *references), (30, 1));
            *plan_id
        }
        other => panic!("no plan: {other:?}"),
    };
    let again = serde_json::json!({ "plan_id": plan_id, "selection": Selection::default() });
    let planned: Vec<ReplanningLine> = administrator.lines::<Replan, _>(&again);
    match planned.last() {
        Some(ReplanningLine::Planned(again)) => assert_eq!(again.references, 1),
        other => panic!("no plan: {other:?}"),
    }
}

#[test]
fn a_test_counts_so_far_and_says_so_only_when_there_are_more() {
    let administrator = Administrator::new();
    for (people, expected) in [(5_000, (5_000, false)), (5_001, (5_000, true))] {
        let slapd = Slapd::start(people);
        match administrator.test(&draft(&slapd)) {
            TestLine::Passed { people, more, .. } => assert_eq!((people, more), expected),
            other => panic!("not passed: {other:?}"),
        }
    }
}

#[test]
fn a_test_needs_no_name_and_saving_does() {
    let slapd = Slapd::start(3);
    let administrator = Administrator::new();
    let mut nameless = draft(&slapd);
    nameless.settings.name = String::new();
    assert!(matches!(administrator.test(&nameless), TestLine::Passed { people: 3, .. }));
    let answer = administrator.call::<SaveDirectory>(&serde_json::json!({ "draft": nameless }));
    assert_eq!(answer.status, 422, "{}", answer.body);
}

#[test]
fn without_a_bind_dn_no_password_stays() {
    let slapd = Slapd::start(3);
    let administrator = Administrator::new();
    let directory_id = administrator.save(&draft(&slapd));
    let stored = administrator.fetch(directory_id);
    assert!(stored.has_password);
    let mut anonymous =
        DirectoryDraft { directory_id: Some(directory_id), version: 1, password: None, ..draft(&slapd) };
    anonymous.settings.connection.bind_dn = String::new();
    administrator.save(&anonymous);
    assert!(!administrator.fetch(directory_id).has_password);
}
