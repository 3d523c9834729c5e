//! Which column of the file is which field.

use super::busy::Busy;
use super::decisions::Decisions;
use super::example::Example;
use super::failure::{Failure, Instead};
use super::first_rows::column_name;
use super::objects::columns::ObjectColumns;
use super::objects::kind::KindChoice;
use super::profile_bar::ProfileBar;
use super::resume::resume;
use super::rules::{MadeRules, TargetSelect, choose_target, column_rule, target_word};
use super::state::{FileImport, Stage};
use super::steps::{Step, Steps};
use crate::components::{gradual::gradual, page_header::PageHeader};
use crate::file::messages::{ColumnView, OpenedFile};
use crate::{browser, text};
use identity::field::Field;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::sheet::{Layout, MappingProblem, SheetKind, Target, problems};
use std::sync::Arc;

/// Columns that are shown at first. A sheet with more mostly has strayed cells: its first columns are the table.
pub const COLUMNS: usize = 200;
/// Further ones at a time.
const MORE: usize = 1_000;

/// Which column of the file is which field.
#[component]
pub fn FileColumnsPage() -> AnyView {
    let file = FileImport::here();
    resume(file, Step::Columns);
    Effect::new(|_| browser::focus("page-title"));
    // Not of every choice: what is being filled in would be made anew.
    let kind = Memo::new(move |_| file.objects.kind());
    let body = move || match file.opened.get() {
        Some(opened) => view! {
            <KindChoice opened=opened.clone() file />
            {match kind.get() {
                SheetKind::Users => view! { <Columns opened file /> }.into_any(),
                SheetKind::Groups | SheetKind::Roles => view! { <ObjectColumns opened file /> }.into_any(),
            }}
        }
        .into_any(),
        None => view! { <Instead file step=Step::Columns /> }.into_any(),
    };
    view! {
        <PageHeader title=text!(files.columns_title) />
        <Steps step=Step::Columns />
        {body}
    }
    .into_any()
}

#[component]
fn Columns(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
    let headers = StoredValue::new(headers);
    let wrong =
        Memo::new(move |_| headers.with_value(|headers| file.mapping.with(|mapping| problems(mapping, headers))));
    let blocks = move || wrong.with(|wrong| wrong.iter().any(MappingProblem::blocks));
    let navigate = use_navigate();
    let is_planning = RwSignal::new(false);
    let plan = move |_| {
        is_planning.set(true);
        file.plan();
    };
    Effect::new(move |_| {
        if is_planning.get() && file.stage.get() == Stage::Idle && file.planned.read().is_some() {
            navigate(Step::Review.path(), NavigateOptions::default());
        }
    });
    let failed = move || match file.stage.get() {
        Stage::Failed(error) => Some(view! { <Failure error /> }),
        Stage::Idle | Stage::Busy => None,
    };
    let rows = opened.rows;
    let (limit, all) = (RwSignal::new(COLUMNS), opened.columns.len());
    let drawn = gradual(move || limit.get().min(all));
    let columns = StoredValue::new(opened.clone());
    let line = move |place: usize| {
        let view = columns.with_value(|opened| opened.columns.get(place).cloned());
        let column = u32::try_from(place).unwrap_or(u32::MAX);
        view.map(|view| view! { <ColumnLine column view rows file /> })
    };
    view! {
        <ProfileBar file headers says=move || layout_text(file.layout.get()) />
        <Problems wrong />
        <div class="table-scroll columns-table" tabindex="0" role="region" aria-label=text!(files.columns_title)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text!(files.column)}</th>
                        <th scope="col">{text!(files.samples)}</th>
                        <th scope="col">{text!(files.filled)}</th>
                        <th scope="col">{text!(files.becomes)}</th>
                        <th scope="col">{text!(files.lower_case)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..drawn.get() key=|place| *place children=line />
                </tbody>
            </table>
        </div>
        <MoreColumns limit all />
        <MadeRules file headers />
        <Example opened=opened.clone() file />
        <Decisions file />
        {failed}
        <Busy file />
        <p class="actions">
            <button
                type="button"
                class="button is-primary"
                disabled=move || blocks() || file.stage.get() == Stage::Busy
                on:click=plan
            >
                {text!(files.to_review)}
            </button>
        </p>
    }
    .into_any()
}

/// How many of the rows have something in a column.
pub fn percent(filled: u32, rows: u32) -> String {
    let percent = (u64::from(filled) * 100).checked_div(rows.into()).unwrap_or(0);
    format!("{percent} %")
}

/// Says of a column that there must be one that is what it is.
#[component]
pub fn RequiredMark(
    /// Whether it is.
    #[prop(into)]
    shown: Signal<bool>,
) -> AnyView {
    let mark = move || shown.get().then(|| view! { <small class="quiet">" " {text!(common.required)}</small> });
    mark.into_any()
}

/// How many columns are not shown, and the way to them: they count all the same.
#[component]
pub fn MoreColumns(
    /// How many are shown.
    limit: RwSignal<usize>,
    /// How many there are.
    all: usize,
) -> AnyView {
    let number = |columns: usize| u32::try_from(columns).unwrap_or(u32::MAX);
    let shown = move || {
        let rest = all.saturating_sub(limit.get());
        (rest > 0).then(|| {
            view! {
                <p class="quiet">
                    {text!(files.more_columns, count = number(rest), n = text::number(number(rest)))} " "
                    <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += MORE)>
                        {text!(objects.show_more, n = text::number(number(rest.min(MORE))))}
                    </button>
                </p>
            }
        })
    };
    shown.into_any()
}

/// Whose format the columns are.
fn layout_text(layout: Layout) -> String {
    let name = match layout {
        Layout::Native => "Muster",
        Layout::Catalogue => "Akeneo",
        Layout::Moodle => "Moodle",
        Layout::SnipeIt => "Snipe-IT",
        Layout::Zammad => "Zammad",
        Layout::Unknown => return text!(files.layout_unknown).to_owned(),
    };
    text!(files.layout_known, name = name)
}

/// What is wrong with the mapping.
#[component]
fn Problems(
    /// All of it.
    wrong: Memo<Vec<MappingProblem>>,
) -> AnyView {
    let shown = move || {
        let wrong = wrong.get();
        (!wrong.is_empty()).then(|| {
            let class = if wrong.iter().any(MappingProblem::blocks) { "notice is-bad" } else { "notice is-warning" };
            let lines = wrong.iter().map(|problem| view! { <li>{problem_text(problem)}</li> }).collect_view();
            view! { <div class=class role="status"><ul>{lines}</ul></div> }
        })
    };
    shown.into_any()
}

/// What is wrong with a mapping, in words.
pub fn problem_text(problem: &MappingProblem) -> String {
    match problem {
        MappingProblem::MissingUsername => text!(files.missing_username).to_owned(),
        MappingProblem::TwiceMapped { target } => text!(files.twice_mapped, target = target_word(target)),
        MappingProblem::UnknownColumn { name } => text!(files.unknown_column, name = name.clone()),
        MappingProblem::BadTemplate { at } => text!(files.bad_template, at = at + 1),
        MappingProblem::NoSuchColumn { column } => text!(files.no_such_column, column = column + 1),
    }
}

/// A column and what it is for.
#[component]
fn ColumnLine(
    /// The column, from 0.
    column: u32,
    /// The same, as it stands in the file.
    view: ColumnView,
    /// The rows of the file.
    rows: u32,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let ColumnView { name, samples, filled } = view;
    let shown = column_name(column + 1, &name);
    let percent = percent(filled, rows);
    let rule = Memo::new(move |_| file.mapping.with(|mapping| column_rule(mapping, column).cloned()));
    let target = Signal::derive(move || rule.with(|rule| rule.as_ref().map(|rule| rule.target.clone())));
    let custom = Target::custom(if name.is_empty() { format!("column_{}", column + 1) } else { name });
    let label = text!(files.becomes_of, name = shown.clone());
    let attribute_label = text!(files.attribute_of, name = shown.clone());
    let lower_label = text!(files.lower_case_of, name = shown.clone());
    let choose = move |target: Option<Target>| file.mapping.update(|mapping| choose_target(mapping, column, target));
    let set_lower = move |lower: bool| {
        file.mapping.update(|mapping| {
            let rules = mapping.rules.iter_mut();
            for rule in rules.filter(|rule| rule.source == plan::sheet::Source::Column(column)) {
                rule.lower_case = lower;
            }
        });
    };
    let samples = samples.into_iter().map(|sample| view! { <li dir="auto">{sample}</li> }).collect_view();
    view! {
        <tr class:is-ignored=move || target.with(Option::is_none)>
            <th scope="row" dir="auto">{shown}</th>
            <td><ul class="samples">{samples}</ul></td>
            <td>{percent}</td>
            <td>
                <TargetSelect target custom label attribute_label on_choose=choose />
                <RequiredMark shown=move || target.with(|target| *target == Some(Target::Field(Field::Username))) />
            </td>
            <td>
                <label class="check">
                    <input
                        type="checkbox"
                        aria-label=lower_label
                        disabled=move || target.with(Option::is_none)
                        prop:checked=move || rule.with(|rule| rule.as_ref().is_some_and(|rule| rule.lower_case))
                        on:change=move |event| set_lower(event_target_checked(&event))
                    />
                    // Where there is no room for the head of the table.
                    <span class="only-narrow" aria-hidden="true">{text!(files.lower_case)}</span>
                </label>
            </td>
        </tr>
    }
    .into_any()
}
