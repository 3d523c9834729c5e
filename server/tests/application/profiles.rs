//! Profiles of file imports: who may see, run and change them, and what they refuse.

use crate::caller::{Caller, PASSWORD, problems};
use crate::muster::{Installation, on_both_databases};
use app::api::profile::{
    CreateProfile, DuplicateProfile, FileFormat, ListProfiles, MAX_CONTENT, ProfileContent, ProfileForm,
    ProfileSettings, RemoveProfile, RenameProfile, SaveProfile,
};
use app::error::{AppError, What};
use app::file::objects::ObjectChoices;
use identity::assignment::Assignment;
use identity::field::Field;
use identity::profile::Sharing;
use identity::role::{Permission, RoleCode};
use plan::sheet::{ObjectColumn, Rule, SheetKind, Source, Target};

on_both_databases! {
    the_owner_says_who_else_runs_and_changes_a_profile,
    files_of_groups_and_of_roles_have_profiles_too,
    a_profile_gives_no_role_that_its_author_may_not_give,
    names_and_sizes_are_looked_at,
}

fn form(name: &str, sharing: Sharing) -> ProfileForm {
    ProfileForm { name: name.to_owned(), sharing }
}

fn content() -> ProfileContent {
    let mut settings = ProfileSettings::default();
    settings.mapping.rules.push(Rule::new(Target::Field(Field::Username), Source::Column(0)));
    let headers = vec!["Benutzername".to_owned()];
    ProfileContent { kind: SheetKind::Users, format: FileFormat::Csv, headers, settings }
}

/// Another content.
fn changed() -> ProfileContent {
    let mut content = content();
    content.settings.mapping.separator = ";".to_owned();
    content
}

fn create(name: &str, sharing: Sharing) -> CreateProfile {
    CreateProfile { form: form(name, sharing), content: content() }
}

fn the_owner_says_who_else_runs_and_changes_a_profile(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let owner = administrator.colleague("owner", &[RoleCode::USER_MANAGER]);
    let colleague = administrator.colleague("colleague", &[RoleCode::USER_MANAGER]);
    let [own, run, edit] = [("own", Sharing::Private), ("run", Sharing::Run), ("edit", Sharing::Edit)]
        .map(|(name, sharing)| owner.ask(&create(name, sharing)).profile_id);

    let seen = |caller: &Caller<'_>| -> Vec<(String, bool, bool, bool)> {
        let profiles = caller.ask(&ListProfiles {});
        let line = |profile: app::api::profile::ProfileView| {
            assert_eq!((profile.content, profile.owner.as_deref()), (content(), Some("owner")));
            (profile.name, profile.is_own, profile.may_edit, profile.may_remove)
        };
        profiles.into_iter().map(line).collect()
    };
    let line = |name: &str, is_own, may_edit, may_remove| (name.to_owned(), is_own, may_edit, may_remove);
    let all = |is_own| ["edit", "own", "run"].map(|name| line(name, is_own, true, true));
    assert_eq!(seen(&owner), all(true));
    assert_eq!(seen(&administrator), all(false));
    assert_eq!(seen(&colleague), [line("edit", false, true, false), line("run", false, false, false)]);

    let save = |profile_id, version| SaveProfile { profile_id, version, content: changed() };
    let rename =
        |profile_id, version, name: &str, sharing| RenameProfile { profile_id, version, form: form(name, sharing) };
    let remove = |profile_id, version| RemoveProfile { profile_id, version };
    let (gone, forbidden) = (AppError::not_found(What::Profile), AppError::Forbidden { permission: Permission::Admin });
    // What is not shown is not there.
    assert_eq!(colleague.refusal(&save(own, 1)), gone);
    assert_eq!(colleague.refusal(&rename(own, 1, "mine", Sharing::Run)), gone);
    assert_eq!(colleague.refusal(&remove(own, 1)), gone);
    assert_eq!(colleague.refusal(&DuplicateProfile { profile_id: own, name: "mine".to_owned() }), gone);
    assert_eq!(colleague.refusal(&save(run, 1)), forbidden);
    assert_eq!(colleague.refusal(&rename(run, 1, "ours", Sharing::Run)), forbidden);
    assert_eq!(colleague.refusal(&remove(run, 1)), forbidden);
    assert_eq!(colleague.ask(&save(edit, 1)).content, changed());
    assert_eq!(colleague.ask(&rename(edit, 2, "ours", Sharing::Edit)).name, "ours");
    assert_eq!(colleague.refusal(&rename(edit, 3, "ours", Sharing::Private)), forbidden);
    assert_eq!(colleague.refusal(&remove(edit, 3)), forbidden);
    assert_eq!(owner.refusal(&save(edit, 1)), AppError::Stale);

    // A copy is one's own, and nobody else's.
    let copy = colleague.ask(&DuplicateProfile { profile_id: run, name: " mine ".to_owned() });
    assert_eq!((copy.name.as_str(), copy.sharing, copy.is_own), ("mine", Sharing::Private, true));
    assert_eq!(owner.refusal(&save(copy.profile_id, 1)), gone);
    assert_eq!(administrator.ask(&save(copy.profile_id, 1)).version, 2);
    administrator.ask(&rename(run, 1, "run", Sharing::Private));
    assert_eq!(colleague.refusal(&save(run, 2)), gone);
    owner.ask(&remove(own, 1));
    assert_eq!(owner.refusal(&remove(own, 1)), gone);
}

fn files_of_groups_and_of_roles_have_profiles_too(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let colleague = administrator.colleague("colleague", &[RoleCode::USER_MANAGER]);
    let headers = ["Kennung".to_owned(), "Rechte".to_owned()];
    let of = |kind, columns| {
        let objects = ObjectChoices { kind, columns, row_per_permission: Some(true), ..ObjectChoices::default() };
        let settings = ProfileSettings { objects, ..ProfileSettings::default() };
        ProfileContent { kind, format: FileFormat::Xlsx, headers: headers.to_vec(), settings }
    };
    let roles = of(SheetKind::Roles, vec![ObjectColumn::Role, ObjectColumn::Permissions]);
    let groups = of(SheetKind::Groups, vec![ObjectColumn::Name, ObjectColumn::Ignored]);
    let create = |name: &str, sharing, content: &ProfileContent| CreateProfile {
        form: form(name, sharing),
        content: content.clone(),
    };
    let shared = administrator.ask(&create("rights", Sharing::Run, &roles));
    administrator.ask(&create("teams", Sharing::Private, &groups));
    let seen: Vec<ProfileContent> =
        administrator.ask(&ListProfiles {}).into_iter().map(|profile| profile.content).collect();
    assert_eq!(seen, [roles.clone(), groups.clone()]);

    // A colleague who may not change roles runs it all the same: what a file may do is asked when it is committed.
    let [only] = colleague.ask(&ListProfiles {}).try_into().expect("the shared one");
    assert_eq!((only.content.clone(), only.may_edit), (roles.clone(), false));
    let save = SaveProfile { profile_id: shared.profile_id, version: 1, content: groups.clone() };
    assert_eq!(colleague.refusal(&save), AppError::Forbidden { permission: Permission::Admin });
    let copy = colleague.ask(&DuplicateProfile { profile_id: shared.profile_id, name: "mine".to_owned() });
    assert_eq!((copy.content, copy.is_own), (roles.clone(), true));

    // Columns that are not those of the headers, or of another kind of file.
    for content in [ProfileContent { kind: SheetKind::Groups, ..roles.clone() }, of(SheetKind::Groups, vec![])] {
        assert_eq!(problems(administrator.refusal(&create("odd", Sharing::Run, &content))), [": malformed"]);
    }
}

fn a_profile_gives_no_role_that_its_author_may_not_give(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let manager = administrator.colleague("manager", &[RoleCode::USER_MANAGER]);
    let mut giving = content();
    giving.settings.options.roles.insert(Assignment::parse(RoleCode::ADMINISTRATOR).expect("a code"));
    let create = CreateProfile { form: form("gift", Sharing::Edit), content: giving.clone() };
    assert!(matches!(manager.refusal(&create), AppError::MayNotGrant { .. }));
    let shared = manager.ask(&CreateProfile { form: form("gift", Sharing::Edit), content: content() });
    let save = SaveProfile { profile_id: shared.profile_id, version: 1, content: giving };
    assert!(matches!(manager.refusal(&save), AppError::MayNotGrant { .. }));
    administrator.ask(&save);
}

fn names_and_sizes_are_looked_at(installation: Installation) {
    let muster = installation.with("MUSTER_ADMIN_PASSWORD", PASSWORD).start();
    let administrator = Caller::administrator(&muster);
    let profile_id = administrator.ask(&create("HR", Sharing::Run)).profile_id;
    assert_eq!(problems(administrator.refusal(&create("hr", Sharing::Run))), ["profile_name: taken"]);
    assert_eq!(problems(administrator.refusal(&create(" ", Sharing::Run))), ["profile_name: missing"]);
    let copy = DuplicateProfile { profile_id, name: "HR".to_owned() };
    assert_eq!(problems(administrator.refusal(&copy)), ["profile_name: taken"]);
    let mut large = content();
    large.headers = vec!["x".repeat(MAX_CONTENT)];
    let large = SaveProfile { profile_id, version: 1, content: large };
    assert_eq!(problems(administrator.refusal(&large)), [": profile_too_large"]);
}
