//! What the fields of a user are called.

use crate::text;
use identity::field::Field;

/// The name of a field, for people.
pub fn field_name(field: &Field) -> String {
    match field {
        Field::Username => text!(common.field_username).to_owned(),
        Field::Email => text!(common.field_email).to_owned(),
        Field::FirstName => text!(common.field_first_name).to_owned(),
        Field::LastName => text!(common.field_last_name).to_owned(),
        Field::DisplayName => text!(common.field_display_name).to_owned(),
        Field::Phone => text!(common.field_phone).to_owned(),
        Field::Department => text!(common.field_department).to_owned(),
        Field::JobTitle => text!(common.field_job_title).to_owned(),
        Field::Locale => text!(common.field_locale).to_owned(),
        Field::TimeZone => text!(common.field_time_zone).to_owned(),
        Field::Enabled => text!(common.field_enabled).to_owned(),
        Field::Custom(name) => name.clone(),
    }
}
