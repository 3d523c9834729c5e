//! Which custom attributes may be written by hand.

use super::MAX_LENGTH;
use crate::error::Problem;
use identity::field::Field;
use identity::matching::same;
use std::collections::BTreeMap;

/// The most attributes of a user.
const MAX_ATTRIBUTES: usize = 100;
/// The most values of an attribute.
const MAX_VALUES: usize = 100;
/// The longest name, in characters.
const MAX_NAME: usize = 100;

/// Names and their values.
type Custom = BTreeMap<String, Vec<String>>;

/// What was written without blanks around it, or all that is wrong with it. What is as it was `before` stays.
pub(super) fn accept(written: Custom, before: &Custom) -> Result<Custom, Vec<Problem>> {
    if written.len() > MAX_ATTRIBUTES.max(before.len()) {
        return Err(vec![Problem::new("custom", "too_many", format!("at most {MAX_ATTRIBUTES} custom attributes"))]);
    }
    let (mut accepted, changed): (Custom, Custom) =
        written.into_iter().partition(|(name, values)| before.get(name) == Some(values));
    let mut problems = vec![];
    for (name, values) in changed {
        let (name, values) = (name.trim().to_owned(), tidy(values));
        match wrong(&name, &values, &accepted) {
            Some((code, message)) => problems.push(Problem::new(Field::Custom(name).name(), code, message)),
            None => drop(accepted.insert(name, values)),
        }
    }
    if problems.is_empty() { Ok(accepted) } else { Err(problems) }
}

/// Blanks around a value say nothing, and neither does a value that is only blanks.
fn tidy(values: Vec<String>) -> Vec<String> {
    values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with an attribute beside the others.
fn wrong(name: &str, values: &[String], others: &Custom) -> Option<(&'static str, &'static str)> {
    let is_longer = |text: &str, most: usize| text.chars().count() > most;
    let has_control = |text: &str| text.chars().any(char::is_control);
    if name.is_empty() || is_longer(name, MAX_NAME) || has_control(name) {
        Some(("custom_name", "not the name of a custom attribute"))
    } else if others.keys().any(|other| same(other, name)) {
        // Names that differ in capitals alone are a slip: nobody could say which is which.
        Some(("twice", "another attribute has this name"))
    } else if values.is_empty() {
        Some(("missing", "an attribute has at least one value"))
    } else if values.len() > MAX_VALUES {
        Some(("too_many", "too many values"))
    } else if values.iter().any(|value| is_longer(value, MAX_LENGTH)) {
        Some(("too_long", "a value is too long"))
    } else if values.iter().any(|value| has_control(value)) {
        Some(("control_characters", "no control characters"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(attributes: &[(&str, &[&str])]) -> Custom {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        attributes.iter().map(|(name, values)| ((*name).to_owned(), owned(values))).collect()
    }

    fn problems(written: Custom, before: &Custom) -> Vec<String> {
        let found = accept(written, before).err().unwrap_or_default();
        found.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
    }

    #[test]
    fn blanks_around_names_and_values_go_and_the_order_of_values_stays() {
        let written = custom(&[(" badge ", &[" 7 ", " ", "3"]), ("team", &["Blue"])]);
        assert_eq!(accept(written, &Custom::new()), Ok(custom(&[("badge", &["7", "3"]), ("team", &["Blue"])])));
    }

    #[test]
    fn a_name_is_short_and_nobody_elses() {
        let long = "x".repeat(MAX_NAME + 1);
        for name in [" ", &long, "a\u{0}"] {
            let expected = format!("custom:{}: custom_name", name.trim());
            assert_eq!(problems(custom(&[(name, &["1"])]), &Custom::new()), [expected]);
        }
        let before = custom(&[("Badge", &["1"])]);
        let both = custom(&[("Badge", &["1"]), ("badge", &["2"])]);
        assert_eq!(problems(both.clone(), &before), ["custom:badge: twice"]);
        assert_eq!(problems(both.clone(), &both), [""; 0], "a directory may have brought them");
        assert_eq!(accept(custom(&[("badge", &["2"])]), &before), Ok(custom(&[("badge", &["2"])])));
    }

    #[test]
    fn values_are_there_and_can_be_stored() {
        let long = "x".repeat(MAX_LENGTH + 1);
        let many = vec!["x"; MAX_VALUES + 1];
        let wrong: [(&[&str], &str); 4] =
            [(&[" "], "missing"), (&[&long], "too_long"), (&["a\nb"], "control_characters"), (&many, "too_many")];
        for (values, code) in wrong {
            assert_eq!(problems(custom(&[("a", values)]), &Custom::new()), [format!("custom:a: {code}")]);
        }
    }

    #[test]
    fn there_are_not_more_than_a_hundred_unless_there_were() {
        let of = |count: usize| (0..count).map(|number| (number.to_string(), vec!["x".to_owned()])).collect::<Custom>();
        assert_eq!(problems(of(MAX_ATTRIBUTES), &Custom::new()), [""; 0]);
        assert_eq!(problems(of(MAX_ATTRIBUTES + 1), &Custom::new()), ["custom: too_many"]);
        assert_eq!(problems(of(MAX_ATTRIBUTES + 1), &of(MAX_ATTRIBUTES + 1)), [""; 0]);
    }
}
