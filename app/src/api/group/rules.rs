//! What may be written of a group.

use super::GroupForm;
use crate::error::{AppError, Problem, What};
use identity::{
    group::{GroupFields, GroupName, MAX_LENGTH},
    id::GroupId,
};
use plan::objects::MAX_DESCRIPTION;
use store::grouping::GroupWritten;

/// Trims what was written, and says all that is wrong with it.
pub(super) fn accept(form: GroupForm) -> Result<GroupFields, AppError> {
    let GroupForm { name, label, description } = form;
    let mut problems = Vec::new();
    let group_name = GroupName::parse(&name);
    if let Err(error) = &group_name {
        let code = match name.trim() {
            "" => "missing",
            name if name.chars().any(char::is_control) => "control_characters",
            _ => "too_long",
        };
        problems.push(Problem::new("name", code, error.to_string()));
    }
    let label = text("label", &label, MAX_LENGTH, &mut problems);
    let description = text("description", &description, MAX_DESCRIPTION, &mut problems);
    match group_name {
        Ok(name) if problems.is_empty() => Ok(GroupFields { name, label, description }),
        _ => Err(AppError::Invalid { problems }),
    }
}

/// A text that may be blank.
pub(crate) fn text(field: &str, text: &str, longest: usize, problems: &mut Vec<Problem>) -> Option<String> {
    let text = text.trim();
    if text.chars().count() > longest {
        problems.push(Problem::new(field, "too_long", format!("at most {longest} characters")));
    } else if text.chars().any(char::is_control) {
        problems.push(Problem::new(field, "control_characters", "no control characters"));
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the store answered, for a browser.
pub(super) fn answer(written: GroupWritten) -> Result<GroupId, AppError> {
    match written {
        GroupWritten::Applied(group_id) => Ok(group_id),
        GroupWritten::Stale => Err(AppError::Stale),
        GroupWritten::NameTaken => Err(AppError::invalid("name", "taken", "this name is taken")),
        GroupWritten::Gone => Err(AppError::not_found(What::Group)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(name: &str, label: &str, description: &str) -> Result<GroupFields, Vec<String>> {
        let [name, label, description] = [name, label, description].map(str::to_owned);
        accept(GroupForm { name, label, description }).map_err(|error| match error {
            AppError::Invalid { problems } => {
                problems.iter().map(|problem| format!("{}: {}", problem.field, problem.code)).collect()
            }
            error => vec![error.to_string()],
        })
    }

    #[test]
    fn a_blank_text_is_none() {
        let name = GroupName::parse("staff").expect("a name");
        let fields = GroupFields { name, label: Some("Staff".to_owned()), description: None };
        assert_eq!(accepted(" staff ", " Staff ", "  "), Ok(fields));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let problems = ["name: missing", "label: control_characters", "description: too_long"];
        assert_eq!(accepted(" ", "a\nb", &"x".repeat(2001)), Err(problems.map(str::to_owned).to_vec()));
        assert_eq!(accepted(&"x".repeat(201), "", ""), Err(vec!["name: too_long".to_owned()]));
    }
}
