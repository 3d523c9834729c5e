//! Exports over HTTP: what is in the files, and who gets them.

use crate::caller::{Caller, PASSWORD, error, problems};
use crate::exported::{self, column, csv, sheet};
use crate::file_imports::{people, plan_of};
use crate::http::{self, Answer};
use crate::import::commit;
use crate::importing::{apply, wait};
use crate::muster::{Installation, on_both_databases};
use app::api::role::{CreateRole, RoleForm};
use app::api::user::{ListUsers, UserListQuery};
use app::error::AppError;
use app::export::users::{AKENEO, NATIVE};
use identity::assignment::Assignment;
use identity::field::Patch;
use identity::id::JobId;
use identity::role::{Permission, RoleCode};
use identity::user::UserFields;
use plan::Record;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use store::users::Written;
use tabular::dialect::Overrides;

// Who may export, and what becomes of the file, is asked before and after the database.
on_both_databases! {
    whatever_is_stored_comes_back,
    a_filtered_list_is_what_is_exported,
    rows_that_were_not_applied_come_with_their_reason,
    whoever_committed_a_job_gets_its_rows_back,
}

/// Texts that a spreadsheet, a browser or a parser could take for something else.
const NASTY: [&str; 19] = [
    "=1+1",
    "+49 30 1234",
    "-1",
    "@SUM(A1)",
    "'=1",
    "''",
    "007",
    "1e5",
    "12345678901234567890",
    "TRUE",
    "2026-01-02",
    "a,b;c\td|e",
    "x;=1+1",
    "say \"hi\"",
    "line\nbreak\r\nand\ranother",
    "__proto__",
    "<script>alert(1)</script>",
    "İ ß ǆ 𝒳 é \u{200F}عربي \u{FEFF}",
    "_x0041_ &amp; <![CDATA[",
];

async fn make(installation: &Installation, users: impl IntoIterator<Item = UserFields>) {
    let store = installation.store().await;
    let author = store.find_credentials("admin").await.expect("answers").expect("the first").user_id;
    let roles = BTreeSet::from(
        [RoleCode::AUDITOR, RoleCode::USER_MANAGER].map(|code| Assignment::parse(code).expect("a code")),
    );
    for fields in users {
        let written = store.create_user(&fields, &roles, author, 1).await.expect("answers");
        assert!(matches!(written, Written::Applied(_)), "{written:?}");
    }
    store.close().await;
}

fn values_of(cell: &str) -> Vec<String> {
    plan::many::split(cell, plan::many::SEPARATOR).expect("what was joined")
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(work)
}

fn whatever_is_stored_comes_back(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let values = || NASTY.map(str::to_owned).to_vec();
    let nasty = (100..).zip(NASTY).map(|(number, text)| UserFields {
        username: format!("u{number}"),
        display_name: Some(text.to_owned()),
        phone: Some(text.to_owned()),
        enabled: number % 2 == 0,
        custom: BTreeMap::from([(text.to_owned(), vec![text.to_owned()]), ("username".to_owned(), values())]),
        ..UserFields::default()
    });
    block_on(make(&installation, nasty));

    let rows = exported::rows(|format| administrator.get(&format!("/export/users?format={format}&q=u1"), &[]));
    assert_eq!(rows[0][..NATIVE.len()], NATIVE);
    let custom: BTreeSet<String> = NASTY.iter().chain(&["username"]).map(|name| format!("custom:{name}")).collect();
    assert_eq!(rows[0][NATIVE.len()..].iter().cloned().collect::<BTreeSet<_>>(), custom);
    assert_eq!(rows.len(), NASTY.len() + 1);
    for header in ["display_name", "phone"] {
        assert_eq!(column(&rows, header), NASTY);
    }
    for (number, cell) in column(&rows, "custom:username").iter().enumerate() {
        assert_eq!(values_of(cell), NASTY);
        let own = &column(&rows, &format!("custom:{}", NASTY[number]))[number];
        assert_eq!(values_of(own), [NASTY[number]]);
    }
    assert_eq!(column(&rows, "enabled")[..2], ["true", "false"]);
    assert_eq!(column(&rows, "origin")[0], "internal");
    assert_eq!(column(&rows, "roles")[0], "ROLE_AUDITOR,ROLE_USER_MANAGER");

    // As a spreadsheet sees it, no cell begins a formula.
    let as_it_is = Overrides { guarded: Some(false), ..Overrides::default() };
    for cell in csv(&administrator.get("/export/users", &[]), &as_it_is).iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }

    let akeneo =
        exported::rows(|format| administrator.get(&format!("/export/users?layout=akeneo&format={format}&q=u1"), &[]));
    assert_eq!(akeneo[0], AKENEO);
    assert_eq!(column(&akeneo, "enabled")[..2], ["1", "0"]);
    assert_eq!(column(&akeneo, "phone"), NASTY);
    let text = administrator.get("/export/users?layout=akeneo", &[]);
    assert!(text.body.starts_with("username;email;avatar;"), "{}", text.body);
    for answer in [text, administrator.get("/export/users", &[])] {
        assert!(!answer.body.contains("argon2") && !answer.body.to_lowercase().contains("password"));
    }
}

fn a_filtered_list_is_what_is_exported(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let job_id = block_on(async { commit(&installation.store().await, "eve", 1500).await });
    wait(&administrator, job_id);
    administrator.colleague("manager", &[RoleCode::USER_MANAGER]);

    let everyone = exported::rows(|format| administrator.get(&format!("/export/users?format={format}"), &[]));
    let names = column(&everyone, "username");
    assert_eq!((names.len(), names.iter().collect::<BTreeSet<_>>().len()), (1502, 1502));
    let of = |query: &str| {
        column(&csv(&administrator.get(&format!("/export/users?{query}"), &[]), &Overrides::default()), "username")
    };
    for (address, query) in [
        ("q=EVE14", UserListQuery { text: "EVE14".to_owned(), ..UserListQuery::default() }),
        (
            "role=ROLE_USER_MANAGER",
            UserListQuery { role: RoleCode::parse(RoleCode::USER_MANAGER).ok(), ..UserListQuery::default() },
        ),
        (
            "origin=internal&sort=name&desc=1",
            UserListQuery { origin: Some(identity::user::Origin::Internal), ..UserListQuery::default() },
        ),
    ] {
        let listed = administrator.ask(&ListUsers { query, offset: 0 });
        let exported = of(address);
        assert_eq!(exported.len(), listed.total as usize, "{address}");
        let shown: Vec<String> = listed.items.into_iter().map(|line| line.username).collect();
        assert_eq!(exported[..shown.len()], shown, "{address}");
    }
    assert_eq!(of("q=nobody%00"), Vec::<String>::new());
    assert_eq!(of("q=%25"), Vec::<String>::new());
}

fn rows_that_were_not_applied_come_with_their_reason(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    installation.start().terminate();
    block_on(async {
        let store = installation.store().await;
        assert_eq!(commit(&store, "eve", 3).await, JobId(1));
        store.close().await;
        make(&installation, [UserFields { username: "Eve1".to_owned(), ..UserFields::default() }]).await;
    });
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    wait(&administrator, JobId(1));
    let get =
        |format: &str| administrator.get(&format!("/export/jobs/1/rest?format={format}"), &[("Accept-Language", "de")]);
    let rows = exported::rows(get);
    assert_eq!(rows[0].first().map(String::as_str), Some("username"));
    assert_eq!(column(&rows, "username"), ["eve1"]);
    assert!(column(&rows, "reason")[0].contains("Benutzername"), "{rows:?}");
    let disposition = get("csv").header("content-disposition").map(str::to_owned).expect("a name");
    assert!(disposition.starts_with("attachment; filename=\"job-1-not-applied-20"), "{disposition}");
    for nothing in ["2", "x", "99999999999999999999"] {
        assert_eq!(administrator.get(&format!("/export/jobs/{nothing}/rest"), &[]).status, 404, "{nothing}");
    }
}

fn whoever_committed_a_job_gets_its_rows_back(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let permissions = [Permission::Import.code().to_owned()].into();
    let [code, label] = ["ROLE_IMPORTER", "Importer"].map(str::to_owned);
    administrator.ask(&CreateRole { form: RoleForm { code, label, description: String::new(), permissions } });
    let importer = administrator.colleague("importer", &["ROLE_IMPORTER"]);
    let other = administrator.colleague("other", &["ROLE_IMPORTER"]);
    let mut records = people(2..4);
    records[1].fields.username = None;
    let job_of = |caller: &Caller<'_>, records: &[Record]| apply(caller, &plan_of(caller, records)).job_id;
    let theirs = job_of(&importer, &records);
    let path = |job_id: JobId, format: &str| format!("/export/jobs/{job_id}/rest?format={format}");
    let rows = exported::rows(|format| importer.get(&path(theirs, format), &[]));
    assert_eq!(column(&rows, "line"), ["3"]);
    assert!(column(&rows, "reason")[0].starts_with("Row 3: "), "{rows:?}");
    let german = csv(&importer.get(&path(theirs, "csv"), &[("Accept-Language", "de")]), &Overrides::default());
    assert!(column(&german, "reason")[0].starts_with("Zeile 3: "), "{german:?}");
    // Only their own, and nothing else.
    let refused = AppError::Forbidden { permission: Permission::Export };
    assert_eq!(error(&other.get(&path(theirs, "csv"), &[])), refused);
    assert_eq!(administrator.get(&path(theirs, "csv"), &[]).status, 200);
    records[0].fields.email = Patch::Set("another@example.org".to_owned());
    let administrators = job_of(&administrator, &records);
    for path in [path(administrators, "csv"), path(JobId(99), "csv"), "/export/users".to_owned()] {
        assert_eq!(error(&importer.get(&path, &[])), refused, "{path}");
    }
}

#[test]
fn roles_have_three_shapes_and_templates_are_empty() {
    let muster = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let get = |address: String| administrator.get(&address, &[]);
    let cell = exported::rows(|format| get(format!("/export/roles?format={format}")));
    assert_eq!(cell[0], ["role", "label", "permissions", "description"]);
    assert_eq!(cell[1][..2], ["ROLE_ADMINISTRATOR", "Administrator"]);
    let long = exported::rows(|format| get(format!("/export/roles?shape=long&format={format}")));
    let given: Vec<String> =
        long.iter().filter(|row| row[0] == "ROLE_ADMINISTRATOR").map(|row| row[2].clone()).collect();
    assert_eq!(given, values_of(&cell[1][2]));
    assert_eq!(given.len(), Permission::ALL.len());
    let matrix = sheet(&get("/export/roles?shape=matrix&format=xlsx".to_owned()), 0);
    assert_eq!(matrix[0].len(), 3 + Permission::ALL.len());
    assert_eq!(column(&matrix, "muster:admin"), ["x", "", ""]);
    for format in ["csv", "csv-excel"] {
        let refused = error(&get(format!("/export/roles?shape=matrix&format={format}")));
        assert_eq!(problems(refused), ["shape: matrix"]);
    }
    assert_eq!(problems(error(&get("/export/users?format=ods".to_owned()))), ["format: choice"]);

    for (kind, first) in [("users", "username"), ("groups", "name"), ("roles", "role")] {
        let rows = exported::rows(|format| get(format!("/export/template?kind={kind}&format={format}")));
        assert_eq!((rows.len(), rows[0][0].as_str()), (1, first));
        let explained = sheet(&get(format!("/export/template?kind={kind}&format=xlsx")), 1);
        assert!(rows[0].iter().all(|header| explained.iter().any(|row| row[0] == *header)), "{explained:?}");
    }
}

#[test]
fn only_those_who_may_export_get_anything() {
    let muster = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let newcomer = administrator.newcomer("newcomer", &[RoleCode::ADMINISTRATOR]);
    let auditor = administrator.colleague("auditor", &[RoleCode::AUDITOR]);
    let nobody = administrator.colleague("nobody", &[]);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    for path in ["/export/users", "/export/groups", "/export/roles", "/export/jobs/1/rest"] {
        assert_eq!(error(&muster.get(path, &[])), AppError::NotSignedIn, "{path}");
        assert_eq!(error(&newcomer.get(path, &[])), AppError::MustChangePassword, "{path}");
        let refused = |permission| AppError::Forbidden { permission };
        assert_eq!(error(&auditor.get(path, &[])), refused(Permission::Export), "{path}");
        assert_eq!(error(&nobody.get(path, &[])), refused(Permission::UsersRead), "{path}");
        let status = if path.contains("jobs") { 404 } else { 200 };
        assert_eq!(manager.get(path, &[]).status, status, "{path}");
    }
    assert_eq!(error(&muster.get("/export/template", &[])), AppError::NotSignedIn);
    assert_eq!(nobody.get("/export/template", &[]).status, 200);
    // A person reads it.
    let told = auditor.get("/export/users", &[("Accept", "text/html"), ("Accept-Language", "de")]);
    assert_eq!(told.status, 403);
    assert!(told.body.contains("muster:export") && !told.body.contains('{'), "{}", told.body);
    assert_eq!(told.header("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn a_download_is_kept_nowhere_and_leaves_nothing() {
    let installation = Installation::new().with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    let names = || -> BTreeSet<_> {
        let folder = installation.database().parent().map(std::path::Path::to_owned).expect("a folder");
        std::fs::read_dir(folder).expect("reads").map(|entry| entry.expect("an entry").file_name()).collect()
    };
    let before = names();
    for (format, ending, content_type) in [
        ("csv", ".csv", "text/csv; charset=utf-8; header=present"),
        ("csv-excel", ".csv", "text/csv; charset=utf-8; header=present"),
        ("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ] {
        let path = format!("/export/users?format={format}");
        let answer: Answer = administrator.get(&path, &[]);
        let header = |name| answer.header(name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(header("content-type"), content_type);
        assert_eq!((header("cache-control"), header("x-content-type-options")), ("no-store", "nosniff"));
        assert_eq!(header("content-length"), answer.bytes.len().to_string());
        let name = header("content-disposition");
        assert!(
            name.starts_with("attachment; filename=\"users-20") && name.ends_with(&format!("{ending}\"")),
            "{name}"
        );
        // Whoever goes away in the middle of it.
        let cookie = administrator.cookie();
        let mut stream = http::open(muster.address, "GET", &path, &[("Cookie", cookie)], &[]);
        stream.read_exact(&mut [0; 20]).expect("it begins");
    }
    assert_eq!(names(), before);
}
