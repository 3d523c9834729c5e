//! The custom attributes of a user: the values of each are typed one a line.

use super::Subject;
use crate::{
    components::{
        field::{Labelled, TextField},
        form::{Awake, FormErrors},
        icon::Icon,
    },
    error::{AppError, Problem},
    text,
};
use identity::{field::Field, matching::same};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The attributes as they are typed.
#[derive(Clone, Copy)]
pub(super) struct Custom {
    rows: RwSignal<Vec<Row>>,
    /// How many rows were added.
    added: RwSignal<u32>,
}

/// An attribute as it is typed.
#[derive(Clone)]
struct Row {
    /// What the ids of its fields end with.
    id: String,
    /// What is stored; `None` for a new one.
    stored: Option<(String, Vec<String>)>,
    /// A directory owns it.
    locked: bool,
    name: RwSignal<String>,
    values: RwSignal<String>,
}

impl Custom {
    /// What is stored.
    pub(super) fn new(subject: &Subject) -> Self {
        let stored = subject.fields.custom.iter().enumerate();
        let row = |(index, (name, values)): (usize, (&String, &Vec<String>))| Row {
            id: format!("{index}"),
            stored: Some((name.clone(), values.clone())),
            locked: subject.locked.contains(&Field::Custom(name.clone())),
            name: RwSignal::new(name.clone()),
            values: RwSignal::new(values.join("\n")),
        };
        Self { rows: RwSignal::new(stored.map(row).collect()), added: RwSignal::new(0) }
    }

    fn add(self) {
        self.added.update(|added| *added += 1);
        let row = Row {
            id: format!("new-{}", self.added.get_untracked()),
            stored: None,
            locked: false,
            name: RwSignal::default(),
            values: RwSignal::default(),
        };
        self.rows.update(|rows| rows.push(row));
    }

    fn remove(self, id: &str) {
        self.rows.update(|rows| rows.retain(|row| row.id != id));
    }

    /// What is typed, unless two rows have one name or a row has none: no list of names could hold that.
    pub(super) fn written(self) -> Result<BTreeMap<String, Vec<String>>, AppError> {
        let (mut written, mut problems) = (BTreeMap::<String, Vec<String>>::new(), vec![]);
        for row in self.rows.get_untracked() {
            let Some((name, values)) = row.written() else { continue };
            let mut wrong = |code, message: &str| problems.push(Problem::new(row.name_id(), code, message.to_owned()));
            if name.is_empty() {
                wrong("missing", "an attribute needs a name");
            } else if written.keys().any(|other| same(other, &name)) {
                wrong("twice", "another attribute has this name");
            } else {
                written.insert(name, values);
            }
        }
        if problems.is_empty() { Ok(written) } else { Err(AppError::Invalid { problems }) }
    }

    /// What the server says of `custom:NAME`, at the field where it was typed.
    pub(super) fn placed(self, error: AppError) -> AppError {
        let AppError::Invalid { mut problems } = error else { return error };
        let rows = self.rows.get_untracked();
        for problem in &mut problems {
            let Some(Field::Custom(name)) = Field::parse(&problem.field) else { continue };
            if let Some(row) = rows.iter().find(|row| row.name.with_untracked(|typed| typed.trim() == name)) {
                let is_name = matches!(problem.code.as_str(), "custom_name" | "twice" | "locked");
                problem.field = if is_name { row.name_id() } else { row.values_id() };
            }
        }
        AppError::Invalid { problems }
    }

    /// What a field is called, by its id.
    pub(super) fn label_of(self, id: &str) -> Option<String> {
        if id == "custom" {
            return Some(text!(users.custom).to_owned());
        }
        let rows = self.rows.get_untracked();
        let row = rows.iter().find(|row| row.name_id() == id || row.values_id() == id)?;
        Some(match &row.stored {
            Some((name, _)) => name.clone(),
            None if row.name_id() == id => text!(users.custom_name).to_owned(),
            None => text!(users.custom_values).to_owned(),
        })
    }
}

impl Row {
    /// The name of a stored one is not typed: its problems stand at its values.
    fn name_id(&self) -> String {
        if self.stored.is_some() { self.values_id() } else { format!("custom-name-{}", self.id) }
    }

    fn values_id(&self) -> String {
        format!("custom-values-{}", self.id)
    }

    /// Name and values; `None` for a stored one without values, which is taken away, and for a new one that is empty.
    fn written(&self) -> Option<(String, Vec<String>)> {
        let (name, text) = (self.name.get_untracked(), self.values.get_untracked());
        if let Some((name, values)) = self.stored.as_ref().filter(|(_, values)| values.join("\n") == text) {
            // Left alone, even what nobody could write here goes back as it came.
            return Some((name.clone(), values.clone()));
        }
        let name = if self.stored.is_some() { name } else { name.trim().to_owned() };
        let values: Vec<String> =
            text.lines().map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned).collect();
        let says_nothing = values.is_empty() && (self.stored.is_some() || name.is_empty());
        (!says_nothing).then_some((name, values))
    }
}

/// The attributes, and a button that adds one.
#[component]
pub(super) fn CustomFields(custom: Custom, errors: FormErrors, may_write: bool) -> AnyView {
    let waiting = Awake::must_wait();
    let error = errors.of("custom");
    let is_empty = move || custom.rows.with(Vec::is_empty);
    let add = may_write.then(|| {
        view! {
            <button type="button" class="button" disabled=move || waiting.get() on:click=move |_| custom.add()>
                {Icon::Plus.view()}
                {text!(users.custom_add)}
            </button>
        }
    });
    view! {
        <fieldset class="field custom-fields" id="custom" tabindex="-1">
            <legend>{text!(users.custom)}</legend>
            <p class="hint" hidden=move || !is_empty()>{text!(users.no_custom)}</p>
            <p class="hint" hidden=is_empty>{text!(users.custom_hint)}</p>
            {move || error.get().map(|error| view! { <p class="field-error">{error}</p> })}
            <For each=move || custom.rows.get() key=|row| row.id.clone() let:row>
                <Line row custom errors may_write />
            </For>
            {add}
        </fieldset>
    }
    .into_any()
}

/// One attribute.
#[component]
fn Line(row: Row, custom: Custom, errors: FormErrors, may_write: bool) -> AnyView {
    let (name_id, values_id) = (row.name_id(), row.values_id());
    let Row { id, stored, locked, name, values } = row;
    let error = errors.of(values_id.clone());
    let error_id = format!("{values_id}-error");
    let (label, remove_label) = match &stored {
        Some((name, _)) => (name.clone(), text!(common.take_away, what = name.clone())),
        None => (text!(users.custom_values).to_owned(), text!(users.custom_remove).to_owned()),
    };
    let name_field = stored.is_none().then(|| {
        let error = errors.of(name_id.clone());
        view! { <TextField id=name_id label=text!(users.custom_name) value=name error required=true /> }
    });
    let remove = (may_write && !locked).then(|| {
        view! {
            <button type="button" class="button" aria-label=remove_label on:click=move |_| custom.remove(&id)>
                {Icon::Close.view()}
            </button>
        }
    });
    view! {
        <div class="custom-field">
            {name_field}
            <Labelled id=values_id.clone() label error locked>
                <textarea
                    id=values_id.clone()
                    name=values_id
                    class="input"
                    rows="1"
                    dir="auto"
                    autocapitalize="off"
                    spellcheck="false"
                    readonly=locked || !may_write
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=error_id
                    prop:value=values
                    on:input:target=move |event| values.set(event.target().value())
                >
                    {values.get_untracked()}
                </textarea>
            </Labelled>
            {remove}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::user::UserFields;
    use std::collections::BTreeSet;

    fn stored(attributes: &[(&str, &str)]) -> Custom {
        let custom = attributes.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect();
        Custom::new(&Subject {
            existing: None,
            fields: UserFields { custom, ..UserFields::default() },
            roles: BTreeSet::new(),
            groups: BTreeSet::new(),
            locked: vec![],
        })
    }

    fn typed(custom: Custom, name: &str, values: &str) {
        custom.add();
        let row = custom.rows.get_untracked().pop().expect("it was added");
        row.name.set(name.to_owned());
        row.values.set(values.to_owned());
    }

    fn problems(error: AppError) -> Vec<(String, String)> {
        let AppError::Invalid { problems } = error else { panic!("{error:?}") };
        problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
    }

    #[test]
    fn what_is_typed_is_one_value_a_line() {
        Owner::new().with(|| {
            let custom = stored(&[("badge", "7"), ("team", "a\u{1}")]);
            typed(custom, " floor ", " 3 \n\n4\r\n");
            typed(custom, " ", " ");
            custom.rows.with_untracked(|rows| rows[0].values.set(" \n".to_owned()));
            let written = custom.written().expect("nothing is wrong");
            let expected = [("floor", vec!["3", "4"]), ("team", vec!["a\u{1}"])];
            let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(written, expected.map(|(name, values)| (name.to_owned(), owned(values))).into());
        });
    }

    #[test]
    fn each_problem_stands_where_it_was_typed() {
        Owner::new().with(|| {
            let custom = stored(&[("badge", "7")]);
            typed(custom, "BADGE", "1");
            typed(custom, "", "2");
            typed(custom, "floor", "");
            let at = |row: &str, code: &str| (format!("custom-{row}"), code.to_owned());
            let found = problems(custom.written().expect_err("two rows are wrong"));
            assert_eq!(found, [at("name-new-1", "twice"), at("name-new-2", "missing")]);
            let said = |name: &str, code| AppError::invalid(&format!("custom:{name}"), code, "");
            for (error, expected) in [
                (said("badge", "locked"), at("values-0", "locked")),
                (said("badge", "too_long"), at("values-0", "too_long")),
                (said("floor", "missing"), at("values-new-3", "missing")),
                (said("floor", "custom_name"), at("name-new-3", "custom_name")),
            ] {
                assert_eq!(problems(custom.placed(error)), [expected]);
            }
        });
    }
}
