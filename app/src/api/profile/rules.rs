//! What may be written of a profile, and by whom.

use super::{FileFormat, MAX_CONTENT, ProfileContent, ProfileForm};
use crate::error::{AppError, What};
use crate::file::objects::ObjectChoices;
use crate::services::{Actor, Permission};
use identity::assignment::Assignment;
use identity::id::ProfileId;
use identity::profile::Person;
use plan::sheet::SheetKind;
use std::collections::BTreeSet;
use store::profiles::{ProfileFields, StoredProfile};

/// The longest name, in characters.
const MAX_NAME: usize = 100;

/// Who asks.
pub(super) fn person(actor: &Actor) -> Person {
    Person { user_id: actor.user_id(), administers: actor.may(Permission::Admin) }
}

/// A profile that the person may see.
pub(super) async fn runnable(actor: &Actor, profile_id: ProfileId) -> Result<StoredProfile, AppError> {
    let found = actor.store.find_profile(profile_id).await?;
    let visible = found.filter(|profile| person(actor).may_run(profile.owner_id, profile.fields.sharing));
    visible.ok_or(AppError::not_found(What::Profile))
}

/// A profile that the person may change.
pub(super) async fn editable(actor: &Actor, profile_id: ProfileId) -> Result<StoredProfile, AppError> {
    let profile = runnable(actor, profile_id).await?;
    let may = person(actor).may_edit(profile.owner_id, profile.fields.sharing);
    if may { Ok(profile) } else { Err(AppError::Forbidden { permission: Permission::Admin }) }
}

/// A profile that the person may remove and share.
pub(super) async fn removable(actor: &Actor, profile_id: ProfileId) -> Result<StoredProfile, AppError> {
    let profile = runnable(actor, profile_id).await?;
    let may = person(actor).owns(profile.owner_id);
    if may { Ok(profile) } else { Err(AppError::Forbidden { permission: Permission::Admin }) }
}

/// Looks at what was written. Its roles are given when somebody else runs it, so whoever writes them down must have what
/// they give (R35).
pub(super) async fn accept(
    actor: &Actor,
    form: ProfileForm,
    content: ProfileContent,
) -> Result<ProfileFields, AppError> {
    let ProfileForm { name: written, sharing } = form;
    let name = name(&written)?;
    let content = stored(&content)?;
    actor.may_grant(&content.1).await?;
    Ok(ProfileFields { name, sharing, content: content.0 })
}

/// A name without the white space around it.
pub(super) fn name(written: &str) -> Result<String, AppError> {
    let name = written.trim();
    let wrong = |code, message| Err(AppError::invalid("profile_name", code, message));
    match name {
        "" => wrong("missing", "a profile needs a name"),
        name if name.chars().count() > MAX_NAME => wrong("too_long", "the name is too long"),
        name if name.chars().any(char::is_control) => wrong("control_characters", "no control characters"),
        name => Ok(name.to_owned()),
    }
}

/// Codes of roles.
type Roles = BTreeSet<Assignment>;

/// What is stored of a content, and the roles that it gives.
fn stored(content: &ProfileContent) -> Result<(store::profiles::ProfileContent, Roles), AppError> {
    let ProfileContent { kind, format, headers, settings } = content;
    let ObjectChoices { kind: of, columns, .. } = &settings.objects;
    if *kind != SheetKind::Users && (of != kind || columns.len() != headers.len()) {
        return Err(AppError::invalid("", "malformed", "the columns are not those of the headers"));
    }
    let text =
        serde_json::to_string(settings).map_err(|error| AppError::invalid("", "malformed", &error.to_string()))?;
    if text.len() + headers.iter().map(String::len).sum::<usize>() > MAX_CONTENT {
        return Err(AppError::invalid("", "profile_too_large", "there are too many columns for a profile"));
    }
    let format = format_code(*format).to_owned();
    let content = store::profiles::ProfileContent { kind: *kind, format, headers: headers.clone(), settings: text };
    Ok((content, settings.options.roles.clone()))
}

/// The text of a format in the store.
pub(super) fn format_code(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Csv => "csv",
        FileFormat::Xlsx => "xlsx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::profile::ProfileSettings;

    #[test]
    fn a_name_is_trimmed_and_short() {
        assert_eq!(name(" HR  monthly\t"), Ok("HR  monthly".to_owned()));
        for (written, code) in [("  ", "missing"), ("a\nb", "control_characters"), (&"ä".repeat(101), "too_long")] {
            let Err(AppError::Invalid { problems }) = name(written) else { panic!("accepted: {written}") };
            assert_eq!(problems[0].code, code);
        }
        assert!(name(&"ä".repeat(100)).is_ok());
    }

    #[test]
    fn columns_of_groups_and_roles_are_those_of_the_headers() {
        let content = |kind, of, headers: &[&str]| ProfileContent {
            kind,
            format: FileFormat::Csv,
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            settings: ProfileSettings {
                objects: ObjectChoices::of(of, &["name".to_owned()]),
                ..ProfileSettings::default()
            },
        };
        assert!(stored(&content(SheetKind::Groups, SheetKind::Groups, &["name"])).is_ok());
        assert!(stored(&content(SheetKind::Groups, SheetKind::Groups, &["name", "label"])).is_err());
        assert!(stored(&content(SheetKind::Roles, SheetKind::Groups, &["name"])).is_err());
    }

    #[test]
    fn a_content_has_an_end() {
        let content = |length: usize| ProfileContent {
            kind: SheetKind::Users,
            format: FileFormat::Csv,
            headers: vec!["x".repeat(length)],
            settings: ProfileSettings::default(),
        };
        assert!(stored(&content(1000)).is_ok());
        let Err(AppError::Invalid { problems }) = stored(&content(MAX_CONTENT)) else { panic!("accepted") };
        assert_eq!(problems[0].code, "profile_too_large");
    }
}
