use super::*;
use crate::file::messages::HeaderRow;
use identity::field::Field;
use plan::sheet::{ObjectColumn, Rule, Source, Target};

fn headers(text: &str) -> Vec<String> {
    text.split('|').map(str::to_owned).collect()
}

/// One's own, whose first column is the username.
fn profile(name: &str, columns: &str) -> ProfileView {
    let rules = vec![Rule::new(Target::Field(Field::Username), Source::Column(0))];
    let mapping = SheetMapping { rules, ..SheetMapping::default() };
    ProfileView {
        profile_id: ProfileId(1),
        version: 1,
        name: name.to_owned(),
        sharing: Sharing::Private,
        content: ProfileContent {
            kind: SheetKind::Users,
            format: FileFormat::Csv,
            headers: headers(columns),
            settings: ProfileSettings { mapping, ..ProfileSettings::default() },
        },
        owner: None,
        is_own: true,
        may_edit: true,
        may_remove: true,
        updated_at: 0,
    }
}

fn reading(profile: ProfileView, row: u32) -> ProfileView {
    let mut profile = profile;
    profile.content.settings.read_as = header_in(row);
    profile
}

fn header_in(row: u32) -> ReadAs {
    ReadAs { header: Some(HeaderRow::Row(row)), ..ReadAs::default() }
}

/// The ways in which a file is read, and the profile that is taken in the end. `seen` are its headers, by how it is read.
fn chosen(profiles: &[ProfileView], seen: impl Fn(&ReadAs) -> &'static str) -> (usize, Option<&str>) {
    let mut tried = vec![ReadAs::default()];
    let mut read_as = ReadAs::default();
    for reads in 1..10 {
        match next(profiles, FileFormat::Csv, &headers(seen(&read_as)), &read_as, Some(&mut tried)) {
            Next::Take(profile) => return (reads, Some(&profile.name)),
            Next::Read(other) => read_as = other,
            Next::Suggest => return (reads, None),
        }
    }
    panic!("it is read again and again");
}

#[test]
fn a_profile_is_chosen_by_the_names_of_the_columns() {
    let profiles = [profile("staff", "Login|Mail"), profile("guests", "Guest|Until")];
    assert_eq!(chosen(&profiles, |_| "until|guest"), (1, Some("guests")));
    assert_eq!(chosen(&profiles, |_| "a|b"), (1, None));
}

#[test]
fn of_equals_the_one_for_the_format_and_ones_own_goes_first() {
    let mut shared = profile("shared", "Login|Mail");
    (shared.is_own, shared.sharing) = (false, Sharing::Run);
    let mut sheet = profile("workbook", "Login|Mail");
    sheet.content.format = FileFormat::Xlsx;
    let mut hidden = profile("hidden", "Login|Mail");
    hidden.is_own = false;
    let all = [hidden, sheet, shared, profile("own", "Login|Mail")];
    assert_eq!(chosen(&all, |_| "Login|Mail"), (1, Some("own")));
    assert_eq!(chosen(&all[..3], |_| "Login|Mail"), (1, Some("shared")));
    assert_eq!(chosen(&all[..2], |_| "Login|Mail"), (1, Some("workbook")));
    assert_eq!(chosen(&all[..1], |_| "Login|Mail"), (1, None));
}

#[test]
fn a_profile_of_groups_or_roles_is_chosen_like_one_of_users() {
    let of = |name: &str, kind, columns: &str| {
        let mut made = profile(name, columns);
        made.content.kind = kind;
        made.content.settings.objects = ObjectChoices::of(kind, &headers(columns));
        made
    };
    let profiles = [
        profile("people", "name|label"),
        of("teams", SheetKind::Groups, "name|label"),
        of("rights", SheetKind::Roles, "role|label|permissions"),
    ];
    assert_eq!(chosen(&profiles, |_| "permissions|label|role"), (1, Some("rights")));
    // Of equals the one for what the headers say.
    assert_eq!(chosen(&profiles, |_| "name|label"), (1, Some("teams")));
    let said = choices(&profiles[1], &headers("label|new|name"));
    let expected = [ObjectColumn::Label, ObjectColumn::Ignored, ObjectColumn::Name];
    assert_eq!((said.kind, said.columns.as_slice()), (SheetKind::Groups, expected.as_slice()));
}

#[test]
fn a_file_is_read_as_last_time() {
    let profiles = [reading(profile("third", "Login|Mail"), 3), reading(profile("fifth", "Login|Phone|Room"), 5)];
    let seen = |read_as: &ReadAs| if *read_as == header_in(5) { "Login|Phone|Room" } else { "Staff of 2026" };
    assert_eq!(chosen(&profiles, seen), (3, Some("fifth")));
    // The names are seen at once, and the rest of the reading counts too.
    assert_eq!(chosen(&profiles, |_| "Login|Mail"), (2, Some("third")));
    // No profile knows it: it is read as it would be without any.
    assert_eq!(chosen(&profiles, |_| "Staff of 2026"), (4, None));
}

#[test]
fn the_number_of_tries_has_an_end() {
    let many: Vec<ProfileView> = (2..20).map(|row| reading(profile("", "Login|Mail"), row)).collect();
    assert_eq!(chosen(&many, |_| "other"), (5, None));
}

#[test]
fn a_person_who_says_how_to_read_is_followed() {
    let profiles = [reading(profile("third", "Login|Mail"), 3)];
    let follows = |seen| next(&profiles, FileFormat::Csv, &headers(seen), &header_in(1), None);
    assert_eq!(follows("Login|Mail"), Next::Take(&profiles[0]));
    assert_eq!(follows("other"), Next::Suggest);
}
