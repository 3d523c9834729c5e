//! Which attribute fills which field: rows that can be added and taken away.

use super::form::Form;
use crate::components::field_name::field_name;
use crate::text;
use identity::directory::{AttributeMapping, ManyValues};
use identity::field::Field;
use leptos::prelude::*;

/// A row as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct MappingRow {
    attribute: RwSignal<String>,
    field: RwSignal<String>,
    custom: RwSignal<String>,
    rule: RwSignal<String>,
    pattern: RwSignal<String>,
}

/// The code of a field whose name is typed.
const CUSTOM: &str = "custom";
/// The code of the rule whose pattern is typed.
const MATCHING: &str = "matching";
/// What explains patterns, for all rows.
const PATTERN_HINT: &str = "mapping-pattern-hint";

impl MappingRow {
    /// A row filled with a mapping.
    pub fn new(mapping: &AttributeMapping) -> Self {
        let (field, custom) = match &mapping.field {
            Field::Custom(name) => (CUSTOM.to_owned(), name.clone()),
            field => (field.name().into_owned(), String::new()),
        };
        Self {
            attribute: RwSignal::new(mapping.attribute.clone()),
            field: RwSignal::new(field),
            custom: RwSignal::new(custom),
            rule: RwSignal::new(rule_code(&mapping.rule).to_owned()),
            pattern: RwSignal::new(match &mapping.rule {
                ManyValues::Matching(pattern) => pattern.clone(),
                ManyValues::First | ManyValues::Shortest | ManyValues::Joined => String::new(),
            }),
        }
    }

    /// A new row.
    fn empty() -> Self {
        let custom = Field::Custom(String::new());
        Self::new(&AttributeMapping { attribute: String::new(), field: custom, rule: ManyValues::First })
    }

    /// What is typed.
    pub fn mapping(self) -> AttributeMapping {
        let field = self.field.with_untracked(|code| Field::parse(code));
        AttributeMapping {
            attribute: self.attribute.with_untracked(|text| text.trim().to_owned()),
            field: field.unwrap_or_else(|| Field::Custom(self.custom.with_untracked(|name| name.trim().to_owned()))),
            rule: match self.rule.get_untracked().as_str() {
                "shortest" => ManyValues::Shortest,
                "joined" => ManyValues::Joined,
                MATCHING => ManyValues::Matching(self.pattern.with_untracked(|pattern| pattern.trim().to_owned())),
                _ => ManyValues::First,
            },
        }
    }

    /// Whether its values are chosen by a pattern.
    fn has_pattern(self) -> bool {
        self.rule.with(|rule| rule == MATCHING)
    }
}

/// The rows.
#[component]
pub fn MappingTable(
    /// The form.
    form: Form,
) -> AnyView {
    let rows = move || form.mapping.with(|rows| (0_usize..).zip(rows.clone()).collect::<Vec<_>>());
    view! {
        <fieldset class="mapping">
            <legend>{text!(directories.mapping)}</legend>
            <p class="quiet">{text!(directories.mapping_why)}</p>
            <p
                class="quiet"
                id=PATTERN_HINT
                hidden=move || !form.mapping.with(|rows| rows.iter().any(|row| row.has_pattern()))
            >
                {text!(directories.mapping_pattern_hint)}
            </p>
            <div class="mapping-head" aria-hidden="true">
                <span>{text!(directories.mapping_attribute)}</span>
                <span>{text!(directories.mapping_field)}</span>
                <span>{text!(directories.mapping_rule)}</span>
            </div>
            // By place: after a row is taken away, the ids of those below must follow.
            {move || rows().into_iter().map(|(index, row)| view! { <Line index row form /> }).collect_view()}
            <button
                type="button"
                class="button"
                on:click=move |_| form.mapping.update(|rows| rows.push(MappingRow::empty()))
            >
                {text!(directories.mapping_add)}
            </button>
        </fieldset>
    }
    .into_any()
}

/// One row.
#[component]
fn Line(
    /// Its place, from 0.
    index: usize,
    /// What is typed.
    row: MappingRow,
    /// The form.
    form: Form,
) -> AnyView {
    let number = index + 1;
    let (attribute_id, field_id) = (format!("mapping-attribute-{index}"), format!("mapping-field-{index}"));
    let attribute_error = form.errors.of(attribute_id.clone());
    let field_error = form.errors.of(field_id.clone());
    let pattern_id = format!("mapping-pattern-{index}");
    let pattern_error = form.errors.of(pattern_id.clone());
    let is_custom = move || row.field.with(|field| field == CUSTOM);
    let fields = Field::FIXED.into_iter().filter(|field| *field != Field::Username);
    let options = fields.map(|field| (field.name().into_owned(), field_name(&field)));
    let options = options.chain([(CUSTOM.to_owned(), text!(directories.mapping_custom_option).to_owned())]);
    let error_id = format!("mapping-error-{index}");
    let remove = move || {
        form.mapping.update(|rows| {
            rows.remove(index);
        });
    };
    view! {
        <div class="mapping-row">
            <input
                type="text"
                id=attribute_id
                class="input"
                autocapitalize="off"
                spellcheck="false"
                aria-label=text!(directories.mapping_row_attribute, number = number)
                aria-invalid=move || attribute_error.with(Option::is_some).then_some("true")
                aria-describedby=error_id.clone()
                prop:value=row.attribute
                value=row.attribute.get_untracked()
                on:input:target=move |event| row.attribute.set(event.target().value())
            />
            <span class="mapping-field">
                <Choice
                    id=field_id
                    label=text!(directories.mapping_row_field, number = number)
                    value=row.field
                    options=options.collect()
                />
                <input
                    type="text"
                    class="input"
                    hidden=move || !is_custom()
                    placeholder=text!(directories.mapping_custom)
                    aria-label=text!(directories.mapping_row_custom, number = number)
                    prop:value=row.custom
                    value=row.custom.get_untracked()
                    on:input:target=move |event| row.custom.set(event.target().value())
                />
            </span>
            <span class="mapping-field">
                <Choice
                    id=format!("mapping-rule-{index}")
                    label=text!(directories.mapping_row_rule, number = number)
                    value=row.rule
                    options=rules()
                />
                <input
                    type="text"
                    id=pattern_id
                    class="input"
                    hidden=move || !row.has_pattern()
                    placeholder="*@example.org"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-label=text!(directories.mapping_row_pattern, number = number)
                    aria-invalid=move || pattern_error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{error_id} {PATTERN_HINT}")
                    prop:value=row.pattern
                    value=row.pattern.get_untracked()
                    on:input:target=move |event| row.pattern.set(event.target().value())
                />
            </span>
            <button
                type="button"
                class="button"
                aria-label=text!(directories.mapping_remove_label, number = number)
                on:click=move |_| remove()
            >
                {text!(directories.mapping_remove)}
            </button>
            <p class="field-error" id=error_id>
                {move || attribute_error.get().or_else(|| field_error.get()).or_else(|| pattern_error.get())}
            </p>
        </div>
    }
    .into_any()
}

/// A choice without a visible label: the head of the table says what it is.
#[component]
fn Choice(
    /// The id.
    id: String,
    /// What it is, for screen readers.
    label: String,
    /// The chosen value.
    value: RwSignal<String>,
    /// Values and what they are called.
    options: Vec<(String, String)>,
) -> AnyView {
    let option = move |(code, name): (String, String)| {
        let selected = value.with_untracked(|value| *value == code);
        view! { <option value=code selected=selected>{name}</option> }
    };
    view! {
        <select
            id=id
            class="input"
            aria-label=label
            prop:value=value
            on:change:target=move |event| value.set(event.target().value())
        >
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

/// The label of a field of a row, by its id.
pub fn label_of(id: &str) -> Option<String> {
    let number = |prefix: &str| id.strip_prefix(prefix)?.parse::<u32>().ok().map(|index| index + 1);
    if let Some(number) = number("mapping-attribute-") {
        return Some(text!(directories.mapping_row_attribute, number = number));
    }
    if let Some(number) = number("mapping-pattern-") {
        return Some(text!(directories.mapping_row_pattern, number = number));
    }
    number("mapping-field-").map(|number| text!(directories.mapping_row_field, number = number))
}

fn rules() -> Vec<(String, String)> {
    let words = [
        (ManyValues::First, text!(directories.rule_first)),
        (ManyValues::Shortest, text!(directories.rule_shortest)),
        (ManyValues::Joined, text!(directories.rule_joined)),
        (ManyValues::Matching(String::new()), text!(directories.rule_matching)),
    ];
    words.into_iter().map(|(rule, word)| (rule_code(&rule).to_owned(), word.to_owned())).collect()
}

fn rule_code(rule: &ManyValues) -> &'static str {
    match rule {
        ManyValues::First => "first",
        ManyValues::Shortest => "shortest",
        ManyValues::Joined => "joined",
        ManyValues::Matching(_) => MATCHING,
    }
}
