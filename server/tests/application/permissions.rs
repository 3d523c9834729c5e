//! Who may call what: every server function, called by those who may not.

use crate::caller::{Caller, PASSWORD, error, form, problems};
use crate::import::commit;
use crate::importing::wait;
use crate::muster::{Installation, on_both_databases};
use crate::openldap::{added, edited};
use app::api::demo::{FetchDemo, SetDemoFailure};
use app::api::directory::{
    DirectoryView, FetchDirectory, ListDirectories, ListDirectoryNames, RemoveDirectory, SaveDirectory, TestDirectory,
};
use app::api::file::{BeginUpload, FilePolicy, FileSnapshot, PlanUpload, SnapshotKeys, UploadChunk};
use app::api::group::{
    CreateGroup, FetchGroup, GroupForm, GroupListQuery, ListGroups, RemoveGroup, SaveGroup, SuggestGroups,
};
use app::api::import::{FindPeople, ListRoleChoices, PlanDirectoryImport};
use app::api::job::{
    CountOutcomes, CountUndone, FetchJob, JobListQuery, ListJobAuthors, ListJobChanges, ListJobs, ListReport,
    ReportLineQuery, StopJob,
};
use app::api::notification::{ListNotifications, MarkNotificationsSeen};
use app::api::object_file::{
    CommitGroupFile, CommitRoleFile, GroupSnapshot, ObjectsPicked, RoleOptions, RoleSnapshot, SentUp,
};
use app::api::password::{AskPassword, ChoosePassword, FetchPasswordLink, MayAskPassword};
use app::api::plan::{
    CommitPlan, CountPicked, FetchPlan, ListPlanRows, PlanOutline, PlanRowNumbers, PlanRowQuery, Replan, ReplanRest,
};
use app::api::profile::{
    CreateProfile, DuplicateProfile, FileFormat, ListProfiles, ProfileContent, ProfileForm, ProfileSettings,
    RemoveProfile, RenameProfile, SaveProfile,
};
use app::api::role::{CreateRole, FetchRole, ListPermissions, ListRoles, RemoveRole, RoleForm, SaveRole};
use app::api::search::{FetchEntry, SearchDirectory};
use app::api::session::{ChangePassword, SignIn, SignOut, WhoAmI};
use app::api::user::{
    CreateUser, EditUser, FetchUser, GivePassword, ListOrigins, ListUserHistory, ListUsers, MakePasswordLink,
    UserListQuery,
};
use app::error::AppError;
use identity::directory::{DirectorySettings, Preset};
use identity::external_id::ExternalId;
use identity::id::{DirectoryId, EventId, GroupId, JobId, PlanId, ProfileId, UploadId, UserId};
use identity::import::{FileOptions, FileRequest, ImportRequest};
use identity::profile::Sharing;
use identity::role::{Permission, RoleCode};
use plan::sheet::SheetKind;
use plan::{Digest, Selection};
use serde::Serialize;
use server_fn::ServerFn;
use std::path::Path;

on_both_databases! {
    without_the_right_nothing_is_answered_and_nothing_done,
    who_may_look_sees_everything_that_looking_shows,
    without_a_session_nobody_is_anybody,
}

/// A call whose arguments are in order.
struct Call {
    path: &'static str,
    arguments: serde_json::Value,
    /// What whoever calls must have; `None` where everybody is answered, signed in or not.
    permission: Option<Permission>,
}

fn call<F: ServerFn + Serialize>(permission: Option<Permission>, arguments: F) -> Call {
    let arguments = serde_json::to_value(arguments).expect("arguments are JSON");
    Call { path: F::PATH, arguments, permission }
}

/// A directory that can be saved, and that nobody reaches.
fn settings() -> DirectorySettings {
    let mut settings = DirectorySettings::preset(Preset::OpenLdap);
    settings.name = "Example".to_owned();
    settings.connection.urls = vec!["ldap://nowhere.invalid".to_owned()];
    settings.schema.base_dns = vec![testkit::people::SUFFIX.to_owned()];
    settings
}

/// A group that can be made.
fn group() -> GroupForm {
    GroupForm { name: "staff".to_owned(), label: String::new(), description: String::new() }
}

/// A profile that can be made.
fn profile() -> (ProfileForm, ProfileContent) {
    let settings = ProfileSettings::default();
    let content = ProfileContent { kind: SheetKind::Users, format: FileFormat::Csv, headers: vec![], settings };
    (ProfileForm { name: "HR".to_owned(), sharing: Sharing::Edit }, content)
}

/// One of every server function. Those that write are about the first of everything, which exists.
fn calls() -> Vec<Call> {
    let nobody = None;
    let [read, write] = [Permission::UsersRead, Permission::UsersWrite].map(Some);
    let [import, directories] = [Permission::Import, Permission::Directories].map(Some);
    let roles = Some(Permission::Roles);
    let (group_id, code) = (GroupId(1), RoleCode::parse(RoleCode::AUDITOR).expect("a code"));
    let picked = || ObjectsPicked { digest: Digest("0".repeat(64)), left_out: [].into(), confirmed: None };
    let [role_code, label] = ["ROLE_MALLORY", "Mallory"].map(str::to_owned);
    let role = RoleForm { code: role_code, label, description: String::new(), permissions: [].into() };
    let (directory_id, plan_id, job_id, user_id) = (DirectoryId(1), PlanId(1), JobId(1), UserId(1));
    let selection = Selection::default();
    let external_id = ExternalId::from_text("eve-0").expect("an id");
    let (digest, text) = (Digest("0".repeat(64)), String::new());
    let request = ImportRequest::everything(directory_id, "*".to_owned());
    let (form, query) = (form("mallory", &[RoleCode::ADMINISTRATOR]), UserListQuery::default());
    let stored = DirectoryView { directory_id, version: 1, settings: settings(), has_password: false, users: 0 };
    let draft = edited(&stored, DirectorySettings { name: "Changed".to_owned(), ..settings() }, None);
    let mistake = || "wrong".to_owned();
    let upload_id = UploadId(1);
    let sent = SentUp { upload_id, chunks: 1 };
    let upload = FileRequest { upload_id, name: mistake(), options: FileOptions::default(), lines: None };
    let (profile_id, (profile, content)) = (ProfileId(1), profile());
    vec![
        call(nobody, WhoAmI {}),
        call(nobody, SignIn { username: mistake(), password: mistake() }),
        call(nobody, SignOut {}),
        call(nobody, ChangePassword { current: mistake(), new: PASSWORD.to_owned() }),
        call(nobody, MayAskPassword {}),
        call(nobody, AskPassword { name: mistake() }),
        call(nobody, FetchPasswordLink { token: mistake() }),
        call(nobody, ChoosePassword { token: mistake(), new: PASSWORD.to_owned() }),
        call(directories, FetchDemo {}),
        call(directories, SetDemoFailure { failure: "none".to_owned() }),
        call(directories, ListDirectories {}),
        call(directories, FetchDirectory { directory_id }),
        call(directories, SaveDirectory { draft: draft.clone() }),
        call(directories, TestDirectory { draft }),
        call(directories, RemoveDirectory { directory_id }),
        call(import, ListDirectoryNames {}),
        call(import, SearchDirectory { directory_id, query: "*".to_owned() }),
        call(import, FetchEntry { directory_id, external_id }),
        call(import, PlanDirectoryImport { request }),
        call(import, ListRoleChoices {}),
        call(import, FindPeople { text: text.clone() }),
        call(import, ListProfiles {}),
        call(import, CreateProfile { form: profile.clone(), content: content.clone() }),
        call(import, SaveProfile { profile_id, version: 1, content }),
        call(import, RenameProfile { profile_id, version: 1, form: profile }),
        call(import, DuplicateProfile { profile_id, name: text.clone() }),
        call(import, RemoveProfile { profile_id, version: 1 }),
        call(import, CommitPlan { plan_id, digest, selection: selection.clone(), confirmed: None }),
        call(import, Replan { plan_id, selection: selection.clone() }),
        call(import, ReplanRest { job_id }),
        call(import, StopJob { job_id }),
        call(read, FetchPlan { plan_id }),
        call(read, ListPlanRows { plan_id, query: PlanRowQuery::default() }),
        call(read, PlanOutline { plan_id }),
        call(read, PlanRowNumbers { plan_id, query: PlanRowQuery::default() }),
        call(read, CountPicked { plan_id, selection }),
        call(read, ListJobs { query: JobListQuery::default() }),
        call(read, ListJobAuthors {}),
        call(read, FetchJob { job_id }),
        call(read, ListReport { job_id, query: ReportLineQuery::default() }),
        call(read, CountOutcomes { job_id }),
        call(read, CountUndone { job_id }),
        call(read, ListJobChanges { job_id, offset: 0 }),
        call(read, ListNotifications {}),
        call(read, MarkNotificationsSeen { up_to: EventId(i64::MAX) }),
        call(read, ListRoles {}),
        call(read, FetchRole { code: code.clone() }),
        call(read, ListPermissions {}),
        call(roles, CreateRole { form: role.clone() }),
        call(roles, SaveRole { version: 1, form: role }),
        call(roles, RemoveRole { code, version: 1 }),
        call(read, ListGroups { query: GroupListQuery::default(), offset: 0 }),
        call(read, SuggestGroups { text: text.clone() }),
        call(read, FetchGroup { group_id }),
        call(write, CreateGroup { form: group() }),
        call(write, SaveGroup { group_id, version: 1, form: group() }),
        call(write, RemoveGroup { group_id, version: 1 }),
        call(import, FilePolicy { options: FileOptions::default() }),
        call(import, FileSnapshot { keys: SnapshotKeys::default() }),
        call(import, BeginUpload {}),
        call(import, UploadChunk { upload_id, chunk: 0, kind: SheetKind::Users, packed: String::new() }),
        call(import, PlanUpload { request: upload, chunks: 1 }),
        call(import, GroupSnapshot {}),
        call(import, CommitGroupFile { sent, name: mistake(), policy: Default::default(), picked: picked() }),
        call(import, RoleSnapshot {}),
        call(roles, CommitRoleFile { sent, name: mistake(), options: RoleOptions::default(), picked: picked() }),
        call(read, ListUsers { query, offset: 0 }),
        call(read, ListOrigins {}),
        call(read, FetchUser { user_id }),
        call(read, ListUserHistory { user_id, before: None }),
        call(write, CreateUser { form: form.clone() }),
        call(write, EditUser { user_id, version: 1, form }),
        call(write, GivePassword { user_id }),
        call(write, MakePasswordLink { user_id }),
    ]
}

/// The names of the functions in a folder's sources, as the attribute and the line after it say.
fn written(folder: &Path) -> Vec<String> {
    let mut names = vec![];
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            names.extend(written(&path));
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for part in text.split("\n#[server").skip(1) {
            let after = part.split_once("async fn ").expect("a function follows").1;
            names.push(after.split(['(', '<']).next().expect("a name").to_owned());
        }
    }
    names
}

#[test]
fn every_server_function_is_called_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("app").join("src/api");
    let mut written = written(&folder);
    written.sort();
    // What the macro appends to the name is a number.
    let name = |path: &str| path.strip_prefix("/api/").map(|name| name.trim_end_matches(char::is_numeric).to_owned());
    let mut called: Vec<String> = calls().iter().map(|call| name(call.path).expect("below /api")).collect();
    called.sort();
    assert_eq!(called, written);
}

/// Everything that is stored, but for sessions, which are moved on by being used.
fn stored(installation: &Installation) -> String {
    let text = installation.stored();
    let of = |table: &str| [format!("INSERT INTO {table} "), format!("INSERT INTO public.{table} ")];
    let is_of = |line: &str, table| of(table).iter().any(|begin| line.starts_with(begin));
    assert!(["users", "sessions"].iter().all(|table| text.lines().any(|line| is_of(line, table))), "all is there");
    text.lines().filter(|line| !is_of(line, "sessions")).collect::<Vec<_>>().join("\n")
}

#[tokio::main]
async fn without_the_right_nothing_is_answered_and_nothing_done(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    // The first of everything.
    assert_eq!(administrator.ask(&CreateGroup { form: group() }), GroupId(1));
    assert_eq!(administrator.ask(&SaveDirectory { draft: added(settings(), None) }), DirectoryId(1));
    let (form, content) = profile();
    assert_eq!(administrator.ask(&CreateProfile { form, content }).profile_id, ProfileId(1));
    let store = installation.store().await;
    assert_eq!(commit(&store, "eve", 1).await, JobId(1));
    wait(&administrator, JobId(1));
    // Even an administrator, as long as somebody else knows the password.
    let newcomer = administrator.newcomer("newcomer", &[RoleCode::ADMINISTRATOR]);
    let auditor = administrator.colleague("auditor", &[RoleCode::AUDITOR]);
    let colleagues = [
        administrator.colleague("nobody", &[]),
        auditor,
        administrator.colleague("manager", &[RoleCode::USER_MANAGER]),
    ];
    let colleagues = colleagues.map(|caller| (caller.ask(&WhoAmI {}).expect("signed in"), caller));
    let before = stored(&installation);

    let mut forbidden = [0; 3];
    for Call { path, arguments, permission } in calls() {
        let Some(permission) = permission else { continue };
        assert_eq!(error(&muster.post(path, &arguments, &[])), AppError::NotSignedIn, "{path}");
        assert_eq!(error(&newcomer.post(path, &arguments)), AppError::MustChangePassword, "{path}");
        for ((me, caller), forbidden) in colleagues.iter().zip(&mut forbidden) {
            if !me.may(permission) {
                let refused = error(&caller.post(path, &arguments));
                assert_eq!(refused, AppError::Forbidden { permission }, "{path} by {}", me.username);
                *forbidden += 1;
            }
        }
    }
    assert_eq!(stored(&installation), before);
    // Nobody may nothing; the auditor looks at users; the manager does all but what concerns directories and roles.
    let needing = |permissions: &[Permission]| {
        calls().iter().filter(|call| call.permission.is_some_and(|needed| permissions.contains(&needed))).count()
    };
    let (all, look) = (needing(&Permission::ALL), needing(&[Permission::UsersRead]));
    assert_eq!(forbidden, [all, all - look, needing(&[Permission::Directories, Permission::Roles])]);
}

#[tokio::main]
async fn who_may_look_sees_everything_that_looking_shows(installation: Installation) {
    let installation = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD);
    let muster = installation.start();
    let administrator = Caller::administrator(&muster);
    assert_eq!(administrator.ask(&CreateGroup { form: group() }), GroupId(1));
    assert_eq!(administrator.ask(&SaveDirectory { draft: added(settings(), None) }), DirectoryId(1));
    assert_eq!(commit(&installation.store().await, "eve", 1).await, JobId(1));
    wait(&administrator, JobId(1));
    let form = RoleForm {
        code: "ROLE_IMPORTER".to_owned(),
        label: "Importer".to_owned(),
        description: String::new(),
        permissions: [Permission::Import.code().to_owned()].into(),
    };
    administrator.ask(&CreateRole { form });
    // Whoever may import sees what becomes of it.
    for role in [RoleCode::AUDITOR, "ROLE_IMPORTER"] {
        let looks = administrator.colleague(&role.to_lowercase(), &[role]);
        for call in calls().into_iter().filter(|call| call.permission == Some(Permission::UsersRead)) {
            let answer = looks.post(call.path, &call.arguments);
            assert_eq!(answer.status, 200, "{} by {role}: {}", call.path, answer.body);
        }
    }
}

fn without_a_session_nobody_is_anybody(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let ask = |path: &str, arguments: serde_json::Value| muster.post(path, &arguments, &[]);
    assert_eq!(ask(WhoAmI::PATH, serde_json::json!({})).body, "null");
    let change = serde_json::json!({ "current": PASSWORD, "new": "another password of my own" });
    assert_eq!(error(&ask(ChangePassword::PATH, change)), AppError::NotSignedIn);
    // A one-time password opens nothing but its own replacement.
    let newcomer = Caller::administrator(&muster).newcomer("newcomer", &[RoleCode::ADMINISTRATOR]);
    let me = newcomer.ask(&WhoAmI {}).expect("signed in");
    assert!(me.must_change_password);
    let wrong = ChangePassword { current: "wrong".to_owned(), new: PASSWORD.to_owned() };
    assert_eq!(problems(newcomer.refusal(&wrong)), ["current_password: wrong"]);
    assert_eq!(newcomer.refusal(&ListRoles {}), AppError::MustChangePassword);
}
