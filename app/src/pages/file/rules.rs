//! The rules of a mapping: what a column is for, and values that no column has.

use super::columns::problem_text;
use super::state::FileImport;
use crate::components::field_name::field_name;
use crate::text;
use identity::field::Field;
use leptos::prelude::*;
use plan::sheet::{Rule, SheetMapping, Source, Target, source_problems};

/// The rule that a column has, if it is for anything.
pub fn column_rule(mapping: &SheetMapping, column: u32) -> Option<&Rule> {
    mapping.rules.iter().find(|rule| rule.source == Source::Column(column))
}

/// Says what a column is for.
pub fn choose_target(mapping: &mut SheetMapping, column: u32, target: Option<Target>) {
    let before = mapping.rules.iter().position(|rule| rule.source == Source::Column(column));
    match (before, target) {
        (Some(place), Some(target)) => mapping.rules[place].target = target,
        (Some(place), None) => drop(mapping.rules.remove(place)),
        (None, Some(target)) => mapping.rules.push(Rule::new(target, Source::Column(column))),
        (None, None) => {}
    }
}

/// What a target is called.
pub fn target_word(target: &Target) -> String {
    match target {
        Target::Field(field) => field_name(field),
        Target::Roles => text!(files.target_roles).to_owned(),
        Target::Groups => text!(files.target_groups).to_owned(),
        Target::OldUsername => text!(files.target_old_username).to_owned(),
        Target::Password => text!(files.target_password).to_owned(),
    }
}

/// Chooses what something is for.
#[component]
pub fn TargetSelect(
    /// What it is for.
    #[prop(into)]
    target: Signal<Option<Target>>,
    /// The custom attribute that it could be.
    custom: Target,
    /// For screen readers.
    label: String,
    /// The same for the name of a custom attribute.
    attribute_label: String,
    /// Another one was chosen.
    #[prop(into)]
    on_choose: Callback<Option<Target>>,
) -> AnyView {
    // A custom attribute of another name came from a profile or a known format.
    let options = move || {
        let now = target.get();
        let others = [Some(custom.clone()), now.clone()].into_iter().flatten();
        let mut targets: Vec<Target> = Target::FIXED.to_vec();
        others.for_each(|other| {
            if !targets.contains(&other) {
                targets.push(other)
            }
        });
        let option = |target: Target| {
            let selected = now.as_ref() == Some(&target);
            let word = match &target {
                Target::Field(Field::Custom(name)) => text!(files.target_custom, name = name.clone()),
                Target::Field(Field::Username) => text!(files.required, name = target_word(&target)),
                target => target_word(target),
            };
            view! { <option value=target.name().into_owned() selected=selected>{word}</option> }
        };
        let none = now.is_none();
        let options = targets.into_iter().map(option).collect_view();
        view! { <option value="" selected=none>{text!(files.ignored)}</option> {options} }
    };
    let attribute = move || match target.get() {
        Some(Target::Field(Field::Custom(name))) => Some(name),
        _ => None,
    };
    let is_attribute = Memo::new(move |_| attribute().is_some());
    let attribute_input = move || {
        is_attribute.get().then(|| {
            view! {
                <input
                    class="input"
                    type="text"
                    aria-label=attribute_label.clone()
                    prop:value=move || attribute().unwrap_or_default()
                    on:change:target=move |event| {
                        let name = event.target().value();
                        match Target::parse(&Target::custom(name.trim()).name()) {
                            Some(renamed) => on_choose.run(Some(renamed)),
                            // None can be called so.
                            None => event.target().set_value(&attribute().unwrap_or_default()),
                        }
                    }
                />
            }
        })
    };
    view! {
        <select
            class="input"
            aria-label=label
            on:change:target=move |event| on_choose.run(Target::parse(&event.target().value()))
        >
            {options}
        </select>
        {attribute_input}
    }
    .into_any()
}

/// Values that no column has: a constant, or a template of columns.
#[component]
pub fn MadeRules(
    /// The file in hand.
    file: FileImport,
    /// The names of the columns.
    headers: StoredValue<Vec<String>>,
) -> AnyView {
    let places = Memo::new(move |_| {
        let is_made = |rule: &Rule| !matches!(rule.source, Source::Column(_));
        let places = |mapping: &SheetMapping| {
            (0..).zip(&mapping.rules).filter(|(_, rule)| is_made(rule)).map(|(place, _)| place).collect::<Vec<usize>>()
        };
        file.mapping.with(places)
    });
    let add = move |_| {
        let example = headers.with_value(|headers| headers.first().cloned().unwrap_or_default());
        let template = Source::Template(format!("{{{example}}}"));
        file.mapping.update(|mapping| {
            let is_free = |target: &&Target| mapping.rules.iter().all(|rule| rule.target != **target);
            let target = Target::FIXED.iter().find(is_free).unwrap_or(&Target::FIXED[0]).clone();
            mapping.rules.push(Rule::new(target, template));
        });
    };
    view! {
        <section class="made-rules">
            <For each=move || places.get() key=|place| *place let:place>
                <MadeRule place file headers />
            </For>
            <p>
                <button type="button" class="button" on:click=add>{text!(files.add_template)}</button>
                " "
                <small class="quiet">{text!(files.template_hint)}</small>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn MadeRule(
    /// Its place among the rules.
    place: usize,
    /// The file in hand.
    file: FileImport,
    /// The names of the columns.
    headers: StoredValue<Vec<String>>,
) -> AnyView {
    let rule = move || file.mapping.with(|mapping| mapping.rules.get(place).cloned());
    let target = Signal::derive(move || rule().map(|rule| rule.target));
    let text = move || match rule().map(|rule| rule.source) {
        Some(Source::Template(text) | Source::Constant(text)) => text,
        _ => String::new(),
    };
    let change = move |change: &dyn Fn(&mut Rule)| {
        file.mapping.update(|mapping| mapping.rules.get_mut(place).into_iter().for_each(change));
    };
    let choose = move |target: Option<Target>| {
        if let Some(target) = target {
            change(&|rule| rule.target = target.clone());
        }
    };
    // Without braces it is the same text in every row.
    let write = move |text: String| {
        change(&|rule| {
            let is_template = text.contains(['{', '}']);
            rule.source = if is_template { Source::Template(text.clone()) } else { Source::Constant(text.clone()) };
        });
    };
    let wrong = Memo::new(move |_| {
        let source = rule().map(|rule| rule.source);
        source.map(|source| headers.with_value(|headers| source_problems(&source, headers))).unwrap_or_default()
    });
    let error_id = format!("made-rule-{place}-error");
    let error_of = error_id.clone();
    let described_by = move || wrong.with(|wrong| !wrong.is_empty()).then(|| error_of.clone());
    let error = move || {
        let texts = wrong.with(|wrong| wrong.iter().map(problem_text).collect::<Vec<_>>().join(" "));
        (!texts.is_empty()).then(|| view! { <small class="field-error" id=error_id.clone()>{texts}</small> })
    };
    let remove = move |_| file.mapping.update(|mapping| drop(mapping.rules.remove(place)));
    view! {
        <p class="made-rule">
            <TargetSelect target custom=Target::custom("note") label=text!(files.template_target).to_owned() attribute_label=text!(files.attribute_name).to_owned() on_choose=choose />
            <input
                class="input"
                type="text"
                aria-label=text!(files.template)
                aria-invalid=move || wrong.with(|wrong| !wrong.is_empty()).then_some("true")
                aria-describedby=described_by
                prop:value=text
                on:change:target=move |event| write(event.target().value())
            />
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || rule().is_some_and(|rule| rule.lower_case)
                    on:change=move |event| {
                        let lower = event_target_checked(&event);
                        change(&|rule| rule.lower_case = lower);
                    }
                />
                {text!(files.lower_case)}
            </label>
            <button type="button" class="button" on:click=remove>{text!(files.remove)}</button>
            {error}
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_for_one_thing() {
        let mut mapping = SheetMapping::default();
        let email = || Target::Field(Field::Email);
        choose_target(&mut mapping, 2, Some(email()));
        choose_target(&mut mapping, 2, Some(Target::Roles));
        choose_target(&mut mapping, 0, Some(email()));
        let targets: Vec<_> = mapping.rules.iter().map(|rule| rule.target.clone()).collect();
        assert_eq!(targets, [Target::Roles, email()]);
        choose_target(&mut mapping, 2, None);
        choose_target(&mut mapping, 7, None);
        assert_eq!((mapping.rules.len(), column_rule(&mapping, 2)), (1, None));
    }
}
