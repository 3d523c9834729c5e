//! What a source wants otherwise, field by field.

use crate::change::{FieldChange, Mark};
use crate::text::trimmed;
use identity::field::{Field, Patch, Value};
use identity::user::{FieldPatch, UserFields};
use std::collections::BTreeMap;
use unicase::UniCase;

/// What is different.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The fields that change, in the order of [`Field`].
    pub fields: Vec<FieldChange>,
    /// How many of the source's fields stay as they are.
    pub unchanged: u32,
}

/// What would change in a stored user. A blank text is no value, and white space around a text does not count.
pub fn difference(patch: &FieldPatch, stored: &UserFields) -> Difference {
    // Both destructured so that a new field does not compile until the difference decides about it.
    let FieldPatch {
        username,
        email,
        first_name,
        last_name,
        display_name,
        phone,
        department,
        job_title,
        locale,
        time_zone,
        enabled,
        custom,
    } = patch;
    let UserFields {
        username: stored_username,
        email: stored_email,
        first_name: stored_first_name,
        last_name: stored_last_name,
        display_name: stored_display_name,
        phone: stored_phone,
        department: stored_department,
        job_title: stored_job_title,
        locale: stored_locale,
        time_zone: stored_time_zone,
        enabled: stored_enabled,
        custom: stored_custom,
    } = stored;
    let mut difference = Difference::default();
    difference.username(username.as_deref(), stored_username);
    difference.text(Field::Email, email, stored_email);
    difference.text(Field::FirstName, first_name, stored_first_name);
    difference.text(Field::LastName, last_name, stored_last_name);
    difference.text(Field::DisplayName, display_name, stored_display_name);
    difference.text(Field::Phone, phone, stored_phone);
    difference.text(Field::Department, department, stored_department);
    difference.text(Field::JobTitle, job_title, stored_job_title);
    difference.text(Field::Locale, locale, stored_locale);
    difference.text(Field::TimeZone, time_zone, stored_time_zone);
    difference.enabled(*enabled, *stored_enabled);
    difference.custom(custom, stored_custom);
    difference
}

/// The fields of a new user: every value that the source has, its name, and whether it may sign in, which it may
/// unless the source says otherwise.
pub fn creation(patch: &FieldPatch) -> Vec<FieldChange> {
    let Difference { mut fields, unchanged: _ } = difference(patch, &UserFields::default());
    // A user that has nothing is not enabled, and its name is blank; a user that does not exist has neither.
    for change in &mut fields {
        (change.before, change.mark) = (None, None);
    }
    if patch.enabled != Some(true) {
        let place = fields.partition_point(|change| change.field < Field::Enabled);
        let after = Some(Value::Flag(patch.enabled.unwrap_or(true)));
        fields.insert(place, FieldChange { field: Field::Enabled, before: None, after, mark: None });
    }
    fields
}

/// The value of a text field, if what the source says is one.
pub(crate) fn set_text(patch: &Patch<String>) -> Option<&str> {
    match patch {
        Patch::Set(text) => Some(trimmed(text)).filter(|text| !text.is_empty()),
        Patch::Keep | Patch::Clear => None,
    }
}

impl Difference {
    fn username(&mut self, wanted: Option<&str>, stored: &str) {
        // The username cannot be cleared; a record without one is blocked before anything is compared.
        let Some(wanted) = wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) else { return };
        if wanted == stored {
            self.unchanged += 1;
        } else {
            self.changed(Field::Username, Some(Value::Text(stored.to_owned())), Some(Value::Text(wanted.to_owned())));
        }
    }

    fn text(&mut self, field: Field, patch: &Patch<String>, stored: &Option<String>) {
        let wanted = match patch {
            Patch::Keep => return,
            Patch::Set(_) => set_text(patch),
            Patch::Clear => None,
        };
        if wanted == stored.as_deref() {
            self.unchanged += 1;
        } else {
            self.changed(field, stored.clone().map(Value::Text), wanted.map(|text| Value::Text(text.to_owned())));
        }
    }

    fn enabled(&mut self, wanted: Option<bool>, stored: bool) {
        let Some(wanted) = wanted else { return };
        if wanted == stored {
            self.unchanged += 1;
        } else {
            self.changed(Field::Enabled, Some(Value::Flag(stored)), Some(Value::Flag(wanted)));
        }
    }

    fn custom(&mut self, wanted: &BTreeMap<String, Patch<Vec<String>>>, stored: &BTreeMap<String, Vec<String>>) {
        for (name, patch) in wanted {
            let values: &[String] = match patch {
                Patch::Keep => continue,
                Patch::Set(values) => values,
                Patch::Clear => &[],
            };
            let wanted = || values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
            let stored = stored.get(name);
            if wanted().eq(stored.into_iter().flatten().map(String::as_str)) {
                self.unchanged += 1;
            } else {
                let after: Vec<String> = wanted().map(str::to_owned).collect();
                let after = (!after.is_empty()).then_some(Value::Many(after));
                self.changed(Field::Custom(name.clone()), stored.cloned().map(Value::Many), after);
            }
        }
    }

    fn changed(&mut self, field: Field, before: Option<Value>, after: Option<Value>) {
        let mark = mark(before.as_ref(), after.as_ref());
        self.fields.push(FieldChange { field, before, after, mark });
    }
}

/// What a reader could overlook between two values that differ.
fn mark(before: Option<&Value>, after: Option<&Value>) -> Option<Mark> {
    let (before, after): (&[String], &[String]) = match (before?, after?) {
        (Value::Text(before), Value::Text(after)) => (std::slice::from_ref(before), std::slice::from_ref(after)),
        (Value::Many(before), Value::Many(after)) if before.len() == after.len() => (before, after),
        _ => return None,
    };
    let pairs = || before.iter().zip(after);
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if pairs().all(|(before, after)| UniCase::new(before) == UniCase::new(after)) {
        Some(Mark::CaseOnly)
    } else if pairs().all(|(before, after)| letters(before) == letters(after)) {
        Some(Mark::SpaceOnly)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> Option<Mark> {
        mark(Some(&Value::Text(before.to_owned())), Some(&Value::Text(after.to_owned())))
    }

    #[test]
    fn a_change_that_is_easy_to_overlook_is_marked() {
        assert_eq!(marked("Jürgen", "JÜRGEN"), Some(Mark::CaseOnly));
        assert_eq!(marked("Straße", "STRASSE"), Some(Mark::CaseOnly));
        assert_eq!(marked("Anna  Lena", "Anna Lena"), Some(Mark::SpaceOnly));
        assert_eq!(marked("Anna\u{a0}Lena", "Anna Lena"), Some(Mark::SpaceOnly));
        assert_eq!(marked("Anna Lena", "AnnaLeno"), None);
    }

    #[test]
    fn white_space_around_a_text_does_not_count() {
        let patch = FieldPatch { email: Patch::Set(" a ".to_owned()), ..FieldPatch::default() };
        let stored = UserFields { email: Some("a".to_owned()), ..UserFields::default() };
        assert_eq!(difference(&patch, &stored), Difference { fields: vec![], unchanged: 1 });
        assert_eq!(creation(&patch)[0].after, Some(Value::Text("a".to_owned())));
    }

    #[test]
    fn a_blank_text_is_no_value() {
        let patch = FieldPatch { email: Patch::Set(" ".to_owned()), ..FieldPatch::default() };
        assert_eq!(difference(&patch, &UserFields::default()), Difference { fields: vec![], unchanged: 1 });
    }

    #[test]
    fn a_new_user_may_sign_in_unless_the_source_says_otherwise() {
        for (says, expected) in [(None, true), (Some(true), true), (Some(false), false)] {
            let custom = BTreeMap::from([("badge".to_owned(), Patch::Set(vec!["7".to_owned()]))]);
            let patch = FieldPatch { username: Some("eve".to_owned()), enabled: says, custom, ..FieldPatch::default() };
            let fields = creation(&patch);
            let names: Vec<_> = fields.iter().map(|change| change.field.name()).collect();
            assert_eq!(names, ["username", "enabled", "custom:badge"]);
            assert_eq!(fields[1].after, Some(Value::Flag(expected)));
            assert!(fields.iter().all(|change| change.before.is_none()));
        }
    }
}
