//! Reading and planning from a real OpenLDAP into both databases.

use directory::{Cause, Target};
use identity::assignment::Assignment;
use identity::directory::{DirectorySettings, Preset, Security};
use identity::external_id::ExternalId;
use identity::id::{DirectoryId, UserId};
use identity::import::{ImportRequest, Picked};
use identity::role::RoleCode;
use plan::Kind;
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;
use store::Store;
use store::plans::RowQuery;
use store::secrets::SecretKey;
use testkit::Hostile;
use testkit::hostile::done;
use testkit::people::{PEOPLE_DN, SUFFIX};
use testkit::slapd::{BIND_DN, BIND_PASSWORD, Slapd};
use worker::planning::{self, Planned, PlanningError, plan_import};
use worker::reading::{Next, Reading, ReadingError};

struct Rig {
    store: Store,
    administrator: UserId,
    directory_id: DirectoryId,
    target: Target,
}

impl Rig {
    async fn new(url: &str, slapd: &Slapd, base_dns: &[&str]) -> Self {
        let store = Store::open(url, SecretKey::new([7; 32])).await.expect("the database opens");
        store.migrate().await.expect("an empty database");
        let administrator = store.create_first_administrator("admin", "no hash", None, 1).await.expect("a write");
        let mut settings = DirectorySettings::preset(Preset::OpenLdap);
        settings.name = "Staff".to_owned();
        settings.connection.urls = vec![slapd.url()];
        settings.connection.security = Security::None;
        settings.connection.bind_dn = BIND_DN.to_owned();
        settings.schema.base_dns = base_dns.iter().map(|dn| (*dn).to_owned()).collect();
        assert_eq!(settings.check(), []);
        let password = SecretString::from(BIND_PASSWORD);
        let directory_id = store.add_directory(&settings, Some(&password), 1).await.expect("a write");
        Self {
            store,
            administrator: administrator.expect("the first"),
            directory_id: directory_id.expect("a new name"),
            target: Target { settings, password: Some(password) },
        }
    }

    async fn plan(&self, request: &ImportRequest) -> Result<Planned, PlanningError> {
        let roles = planning::roles(&self.store, request).await?;
        plan_import(&self.store, self.target.clone(), request, roles, self.administrator, 2, |_| ()).await
    }

    async fn ids(&self, limit: u32) -> Vec<ExternalId> {
        let planned = self.plan(&self.everyone()).await.expect("a plan");
        let query = RowQuery { limit, ..RowQuery::default() };
        let rows = self.store.list_plan_rows(planned.plan_id, &query).await.expect("rows");
        rows.items.into_iter().filter_map(|listed| listed.row.entry).map(|entry| entry.external_id).collect()
    }

    fn everyone(&self) -> ImportRequest {
        ImportRequest::everything(self.directory_id, "*".to_owned())
    }
}

/// Runs a test on SQLite and on PostgreSQL.
async fn on_both(slapd: &Slapd, base_dns: &[&str], test: impl AsyncFn(Rig)) {
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = format!("sqlite://{}", folder.path().join("muster.db").display());
    let postgres = testkit::Postgres::shared().create_database();
    for url in [sqlite, postgres] {
        test(Rig::new(&url, slapd, base_dns).await).await;
    }
}

#[tokio::test]
async fn all_that_match_are_planned_but_for_those_left_out() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let except: BTreeSet<_> = rig.ids(3).await.into_iter().collect();
        let request = ImportRequest { picked: Picked::All { except }, ..rig.everyone() };
        let planned = rig.plan(&request).await.expect("a plan");
        assert_eq!((planned.rows, planned.missing), (4_997, 0));
        let plan = rig.store.find_plan(planned.plan_id).await.expect("a read").expect("a finished plan");
        assert_eq!(plan.summary.counts.of(Kind::Create), 4_997);
        assert_eq!(serde_json::from_str::<ImportRequest>(&plan.source.request).ok(), Some(request));
    })
    .await;
}

#[tokio::test]
async fn of_the_ticked_those_that_are_gone_are_counted() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let mut ids: BTreeSet<_> = rig.ids(120).await.into_iter().collect();
        ids.extend(ExternalId::from_text("00000000-0000-0000-0000-000000000000"));
        let role = Assignment::parse(RoleCode::AUDITOR).expect("an assignment");
        let request = ImportRequest {
            picked: Picked::Only(ids),
            roles: BTreeSet::from([role.clone()]),
            // Not asked, because those who are ticked are asked for by name.
            query: "nobody has this name".to_owned(),
            ..rig.everyone()
        };
        let planned = rig.plan(&request).await.expect("a plan");
        assert_eq!((planned.rows, planned.missing), (120, 1));
        let rows = rig.store.list_plan_rows(planned.plan_id, &RowQuery { limit: 1, ..RowQuery::default() }).await;
        assert_eq!(rows.expect("rows").items[0].row.add_roles, [role]);
    })
    .await;
}

#[tokio::test]
async fn an_id_that_two_entries_have_hides_nobody_who_is_gone() {
    let person = |uid: &str| {
        format!(
            "dn: uid={uid},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\n\
             uid: {uid}\ncn: {uid}\nsn: {uid}\nemployeeNumber: 7"
        )
    };
    let slapd = Slapd::builder(0).ldif(&person("first")).ldif(&person("second")).start();
    on_both(&slapd, &[SUFFIX], async |mut rig| {
        rig.target.settings.schema.external_id_attribute = "employeeNumber".to_owned();
        let ids = ["7", "8"].map(|id| ExternalId::from_text(id).expect("an id"));
        let planned = rig.plan(&ImportRequest { picked: Picked::Only(ids.into()), ..rig.everyone() }).await;
        let planned = planned.expect("a plan");
        assert_eq!((planned.rows, planned.missing), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn many_who_were_ticked_are_found_where_nothing_is_indexed() {
    let slapd = Slapd::builder(1_500).without_indexes().start();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let mut ids: BTreeSet<_> = rig.ids(700).await.into_iter().collect();
        ids.extend(ExternalId::from_text("00000000-0000-0000-0000-000000000000"));
        for (query, rows) in [("*", 700), ("nobody has this name", 0)] {
            // They are looked for where they were found, so that the directory reads its entries once.
            let request = ImportRequest {
                picked: Picked::Only(ids.clone()),
                ..ImportRequest::everything(rig.directory_id, query.to_owned())
            };
            let planned = rig.plan(&request).await.expect("a plan");
            assert_eq!((planned.rows, planned.missing), (rows, 701 - rows));
        }
    })
    .await;
}

#[tokio::test]
async fn all_searches_of_a_run_have_one_deadline() {
    let slapd = Slapd::shared();
    // Nobody is found. Each search takes less than the run may, and two of them more.
    let peer = Hostile::after_bind(|request, stream| {
        std::thread::sleep(Duration::from_millis(600));
        stream.write_all(&done(request.id, 0, b""))
    });
    on_both(&slapd, &[SUFFIX], async |mut rig| {
        let connection = &mut rig.target.settings.connection;
        (connection.urls, connection.run_deadline) = (vec![peer.url()], 1);
        let id = |number: u32| ExternalId::from_text(&number.to_string()).expect("an id");
        let request = ImportRequest { picked: Picked::Only((0..100).map(id).collect()), ..rig.everyone() };
        match rig.plan(&request).await {
            Err(PlanningError::Reading(ReadingError::Directory(error))) => {
                assert_eq!(error.cause, Cause::DeadlinePassed { seconds: 1 });
                assert!(error.to_string().contains("Seconds for a whole run"), "{error}");
            }
            other => panic!("two searches take longer than the run may: {other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn those_of_earlier_searches_are_planned_once_with_the_others() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let ids = rig.ids(300).await;
        let mut earlier: BTreeSet<_> = ids[..3].iter().cloned().collect();
        earlier.extend(ExternalId::from_text("00000000-0000-0000-0000-000000000000"));
        // All that another search finds, and so many that they are looked for where they were found.
        let all = Picked::All { except: BTreeSet::new() };
        let many = Picked::Only(ids.iter().cloned().collect());
        for (query, picked, rows) in [("user000499", all.clone(), 13), ("*", all, 5_000), ("*", many, 300)] {
            let request = ImportRequest {
                picked,
                earlier: earlier.clone(),
                ..ImportRequest::everything(rig.directory_id, query.to_owned())
            };
            let planned = rig.plan(&request).await.expect("a plan");
            assert_eq!((planned.rows, planned.missing), (rows, 1), "{query}");
        }
    })
    .await;
}

/// An entry that stands for people whom another server has.
const ELSEWHERE: &str = "dn: ou=far,ou=people,dc=example,dc=org\nobjectClass: referral\nobjectClass: extensibleObject\n\
                         ou: far\nref: ldap://elsewhere.example/ou=far,dc=example,dc=org";

#[tokio::test]
async fn a_directory_that_refers_elsewhere_is_imported_from_and_says_so() {
    let slapd = Slapd::builder(150).ldif(ELSEWHERE).start();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let planned = rig.plan(&rig.everyone()).await.expect("a plan");
        assert_eq!((planned.rows, planned.missing, planned.references), (150, 0, 1));
        // By name, in several searches, it is the same one place.
        let picked = Picked::Only(rig.ids(150).await.into_iter().collect());
        let planned = rig.plan(&ImportRequest { picked, ..rig.everyone() }).await.expect("a plan");
        assert_eq!((planned.rows, planned.missing, planned.references), (150, 0, 1));
    })
    .await;
}

#[tokio::test]
async fn names_that_differ_in_case_alone_are_two_people() {
    let person = |uid: &str, id: &str| {
        format!(
            "dn: uid={uid},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\n\
             uid: {uid}\ncn: {uid}\nsn: {uid}\nlabeledURI: {id}"
        )
    };
    // The one attribute of a person whose values are compared with their case (RFC 2798, RFC 2079).
    let slapd = Slapd::builder(0).ldif(&person("first", "aB1")).ldif(&person("second", "Ab1")).start();
    on_both(&slapd, &[SUFFIX], async |mut rig| {
        rig.target.settings.schema.external_id_attribute = "labeledURI".to_owned();
        let planned = rig.plan(&rig.everyone()).await.expect("a plan");
        let plan = rig.store.find_plan(planned.plan_id).await.expect("a read").expect("a finished plan");
        assert_eq!((plan.summary.counts.create, plan.summary.counts.blocked), (2, 0));
        let second = ExternalId::from_text("Ab1").expect("an id");
        let request = ImportRequest { picked: Picked::Only(BTreeSet::from([second.clone()])), ..rig.everyone() };
        let planned = rig.plan(&request).await.expect("a plan");
        assert_eq!((planned.rows, planned.missing), (1, 0));
        let rows = rig.store.list_plan_rows(planned.plan_id, &RowQuery { limit: 1, ..RowQuery::default() }).await;
        let row = rows.expect("rows").items.remove(0).row;
        assert_eq!((row.username.as_str(), row.entry.map(|entry| entry.external_id)), ("second", Some(second)));
    })
    .await;
}

#[tokio::test]
async fn who_is_known_by_bytes_is_found_again() {
    const OCTETS: &str = "EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE";
    let schema = format!(
        "attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' {OCTETS} )\n\
         attributetype ( 1.3.6.1.4.1.99999.1 NAME 'badge' {OCTETS} )\n\
         objectclass ( 1.3.6.1.4.1.99999.2 NAME 'known' SUP top AUXILIARY MAY ( objectGUID $ badge ) )"
    );
    let person = |uid: &str, guid: &str, badge: &str| {
        format!(
            "dn: uid={uid},ou=people,dc=example,dc=org\nobjectClass: inetOrgPerson\nobjectClass: known\n\
             uid: {uid}\ncn: {uid}\nsn: {uid}\nobjectGUID:: {guid}\nbadge:: {badge}"
        )
    };
    // The GUID of MS-DTYP and a badge of two bytes; sixteen letters, and a badge of sixteen bytes; text that looks like
    // bytes, and sixteen bytes again.
    let slapd = Slapd::builder(0)
        .schema(&schema)
        .ldif(&person("first", "QPwpa0fKZxCzHQDdAQZi2g==", "/wE="))
        .ldif(&person("second", "YWJjZGVmZ2hpamtsbW5vcA==", "QPwpa0fKZxCzHQDdAQZi2g=="))
        .ldif(&person("third", "AAECAwQFBgcICQoLDA0ODw==", "ZmYwMg=="))
        .start();
    on_both(&slapd, &[SUFFIX], async |mut rig| {
        for attribute in ["objectGUID", "badge"] {
            rig.target.settings.schema.external_id_attribute = attribute.to_owned();
            let ids = rig.ids(10).await;
            assert_eq!(ids.len(), 3, "{ids:?}");
            for picked in ids.iter().map(|id| BTreeSet::from([id.clone()])).chain([ids.iter().cloned().collect()]) {
                let number = u32::try_from(picked.len()).expect("a few");
                let request = ImportRequest { picked: Picked::Only(picked), ..rig.everyone() };
                let planned = rig.plan(&request).await.expect("a plan");
                assert_eq!((planned.rows, planned.missing), (number, 0), "{attribute}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_entry_below_two_base_dns_counts_once() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX, PEOPLE_DN], async |rig| {
        let planned = rig.plan(&rig.everyone()).await.expect("a plan");
        let plan = rig.store.find_plan(planned.plan_id).await.expect("a read").expect("a finished plan");
        assert_eq!((planned.rows, plan.summary.counts.blocked), (5_000, 0));
    })
    .await;
}

#[tokio::test]
async fn a_result_that_is_cut_short_becomes_no_plan() {
    let slapd = Slapd::builder(1_500).limits("size=500").start();
    on_both(&slapd, &[SUFFIX], async |rig| {
        match rig.plan(&rig.everyone()).await {
            Err(PlanningError::Reading(ReadingError::Directory(error))) => {
                assert!(matches!(error.cause, Cause::SizeLimit { .. }), "{error}");
            }
            other => panic!("a size limit is no complete result: {other:?}"),
        }
        // Begun or not, nobody sees it.
        let seen = rig.store.find_plan(identity::id::PlanId(1)).await.expect("a read");
        assert_eq!(seen, None);
    })
    .await;
}

#[tokio::test]
async fn who_was_seen_in_a_result_that_is_cut_short_can_be_planned() {
    let slapd = Slapd::builder(1_500).limits("size=500").start();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let settings = &rig.target.settings;
        let policy =
            planning::policy(&rig.store, settings, &rig.everyone(), BTreeSet::new(), rig.administrator, 1).await;
        let wanted = planning::wanted(settings, &rig.everyone()).expect("a filter");
        let mut reading = Reading::begin(rig.store.clone(), rig.target.clone(), wanted, policy.expect("a policy"));
        let Ok(Next::Page(page)) = reading.next().await else { panic!("the beginning comes") };
        assert!(page.rows.len() <= 500 && reading.next().await.is_err());
        let seen: Vec<ExternalId> =
            page.rows.into_iter().filter_map(|row| row.entry).map(|entry| entry.external_id).collect();
        let picking = |ids: BTreeSet<ExternalId>| ImportRequest { picked: Picked::Only(ids), ..rig.everyone() };
        // More than are asked for by name: some of the end of what is seen, and all of it.
        for from in [seen.len() - 300, 0] {
            let ids: BTreeSet<_> = seen[from..].iter().cloned().collect();
            let number = u32::try_from(ids.len()).expect("a few hundred");
            let planned = rig.plan(&picking(ids)).await.expect("a plan");
            assert_eq!((planned.rows, planned.missing), (number, 0));
        }
        // Who was not seen may be behind the cut: nothing is known of them, and there is no plan without them.
        let mut ids: BTreeSet<_> = seen[..300].iter().cloned().collect();
        ids.extend(ExternalId::from_text("00000000-0000-0000-0000-000000000000"));
        assert!(matches!(rig.plan(&picking(ids)).await, Err(PlanningError::Reading(ReadingError::Directory(_)))));
    })
    .await;
}

#[tokio::test]
async fn a_reading_that_is_dropped_abandons_the_search() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let request = rig.everyone();
        let settings = &rig.target.settings;
        let policy = planning::policy(&rig.store, settings, &request, BTreeSet::new(), rig.administrator, 1).await;
        let wanted = planning::wanted(settings, &request).expect("a filter");
        let mut reading = Reading::begin(rig.store.clone(), rig.target.clone(), wanted, policy.expect("a policy"));
        assert!(matches!(reading.next().await, Ok(Next::Page(page)) if page.rows.len() == 1_000));
        drop(reading);
        // The store is free at once: another reading runs to its end.
        assert_eq!(rig.plan(&request).await.expect("a plan").rows, 5_000);
    })
    .await;
}

#[tokio::test]
async fn roles_that_do_not_exist_are_refused() {
    let slapd = Slapd::shared();
    on_both(&slapd, &[SUFFIX], async |rig| {
        let role = Assignment::parse("ROLE_NOBODY_HAS").expect("an assignment");
        let request = ImportRequest { roles: BTreeSet::from([role]), ..rig.everyone() };
        assert!(matches!(rig.plan(&request).await, Err(PlanningError::UnknownRoles(_))));
        let request = ImportRequest { copy_from: Some(UserId(9_999)), ..rig.everyone() };
        assert!(matches!(rig.plan(&request).await, Err(PlanningError::NoSuchUser(UserId(9_999)))));
        let request = ImportRequest { copy_from: Some(rig.administrator), ..rig.everyone() };
        let roles = planning::roles(&rig.store, &request).await.expect("roles");
        assert!(roles.iter().any(|role| role.role.as_str() == RoleCode::ADMINISTRATOR));
    })
    .await;
}
