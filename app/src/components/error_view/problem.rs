//! What is wrong with one field of a form, and with a filter.

use crate::{error::Problem, text};
use identity::filter::FilterReason;

/// The fewest characters of a password that a person chooses.
const PASSWORD_LENGTH: u32 = 12;

/// What is wrong with a field, as a sentence; in English where no text is known for the code.
pub fn problem_text(problem: &Problem) -> String {
    let text = match problem.code.as_str() {
        "missing" => text!(errors.problem_missing),
        "too_long" => text!(errors.problem_too_long),
        "out_of_range" => text!(errors.problem_out_of_range),
        "control_characters" => text!(errors.problem_control_characters),
        "taken" => text!(errors.problem_taken),
        "short_code" => text!(errors.problem_short_code),
        "code_taken" => text!(errors.problem_code_taken),
        "too_short" => return text!(errors.problem_too_short, least = PASSWORD_LENGTH),
        "is_username" => text!(errors.problem_is_username),
        "wrong" => text!(errors.problem_wrong),
        "unchanged" => text!(errors.problem_unchanged),
        "differs" => text!(errors.problem_differs),
        "email" => text!(errors.problem_email),
        "locale" => text!(errors.problem_locale),
        "timezone" => text!(errors.problem_time_zone),
        "url" => text!(errors.problem_url),
        "needs_ldaps" => text!(errors.problem_needs_ldaps),
        "needs_plain" => text!(errors.problem_needs_plain),
        "dn" => text!(errors.problem_dn),
        "filter" => text!(errors.problem_filter),
        "attribute" => text!(errors.problem_attribute),
        "sha256" => text!(errors.problem_sha256),
        "certificate" => text!(errors.problem_certificate),
        "too_many" => text!(errors.problem_too_many),
        "custom_name" => text!(errors.problem_custom_name),
        "twice" => text!(errors.problem_twice),
        "username" => text!(errors.problem_username),
        "needed_again" => text!(errors.problem_needed_again),
        "sheet_too_large" => text!(errors.problem_sheet_too_large),
        "matrix" => text!(errors.problem_matrix),
        "choice" => text!(errors.problem_choice),
        "role_code" => text!(errors.problem_role_code),
        "permission" => text!(errors.problem_permission),
        "built_in_role" => text!(errors.problem_built_in_role),
        "profile_too_large" => text!(errors.problem_profile_too_large),
        "too_many_profiles" => text!(errors.problem_too_many_profiles),
        "locked" => text!(errors.problem_locked),
        _ => &problem.message,
    };
    text.to_owned()
}

/// What is wrong with a filter, as a part of a sentence.
pub fn filter_reason(reason: FilterReason) -> &'static str {
    match reason {
        FilterReason::TooLong => text!(errors.filter_too_long),
        FilterReason::TextTooLong => text!(errors.filter_text_too_long),
        FilterReason::TooDeep => text!(errors.filter_too_deep),
        FilterReason::TooManyTerms => text!(errors.filter_too_many_terms),
        FilterReason::Open => text!(errors.filter_open),
        FilterReason::Close => text!(errors.filter_close),
        FilterReason::Trailing => text!(errors.filter_trailing),
        FilterReason::Attribute => text!(errors.filter_attribute),
        FilterReason::Comparison => text!(errors.filter_comparison),
        FilterReason::Asterisk => text!(errors.filter_asterisk),
        FilterReason::Unescaped => text!(errors.filter_unescaped),
        FilterReason::Escape => text!(errors.filter_escape),
        FilterReason::Rule => text!(errors.filter_rule),
    }
}
