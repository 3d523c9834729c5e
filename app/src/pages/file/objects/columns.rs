//! Which column of a file of groups or roles is what.

use super::decisions::ObjectDecisions;
use super::example::ObjectExample;
use crate::components::gradual::gradual;
use crate::file::messages::{ColumnView, OpenedFile};
use crate::pages::file::busy::Busy;
use crate::pages::file::columns::{COLUMNS, MoreColumns, RequiredMark, percent};
use crate::pages::file::failure::Failure;
use crate::pages::file::first_rows::column_name;
use crate::pages::file::profile_bar::ProfileBar;
use crate::pages::file::state::{FileImport, Stage};
use crate::pages::file::steps::Step;
use crate::text;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::sheet::{ObjectColumn, SheetKind};
use std::sync::Arc;

/// Which column is what.
#[component]
pub fn ObjectColumns(
    /// The file.
    opened: Arc<OpenedFile>,
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let headers: Vec<String> = opened.columns.iter().map(|column| column.name.clone()).collect();
    let headers = StoredValue::new(headers);
    let choices = file.objects.choices;
    let misses_name = Memo::new(move |_| !choices.with(|choices| choices.names_them()));
    let missing = move || {
        misses_name.get().then(|| {
            let words = match untrack(|| file.objects.kind()) {
                SheetKind::Roles => text!(objects.missing_role),
                SheetKind::Groups | SheetKind::Users => text!(objects.missing_name),
            };
            view! { <p class="notice is-bad" role="status">{words}</p> }
        })
    };
    let navigate = use_navigate();
    let is_planning = RwSignal::new(false);
    let plan = move |_| {
        is_planning.set(true);
        file.plan_objects();
    };
    Effect::new(move |_| {
        if is_planning.get() && file.stage.get() == Stage::Idle && file.objects.planned.read().is_some() {
            navigate(Step::Review.path(), NavigateOptions::default());
        }
    });
    let failed = move || match file.stage.get() {
        Stage::Failed(error) => Some(view! { <Failure error /> }),
        Stage::Idle | Stage::Busy => None,
    };
    let rows = opened.rows;
    // A matrix has a column for each permission.
    let (limit, all) = (RwSignal::new(COLUMNS), opened.columns.len());
    let drawn = gradual(move || limit.get().min(all));
    let columns = StoredValue::new(opened.clone());
    let line = move |place: usize| {
        let view = columns.with_value(|opened| opened.columns.get(place).cloned());
        let column = u32::try_from(place).unwrap_or(u32::MAX);
        view.map(|view| view! { <ColumnLine column view rows file /> })
    };
    view! {
        <ProfileBar file headers says=|| text!(files.layout_unknown).to_owned() />
        {missing}
        <div class="table-scroll columns-table" tabindex="0" role="region" aria-label=text!(files.columns_title)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{text!(files.column)}</th>
                        <th scope="col">{text!(files.samples)}</th>
                        <th scope="col">{text!(files.filled)}</th>
                        <th scope="col">{text!(files.becomes)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..drawn.get() key=|place| *place children=line />
                </tbody>
            </table>
        </div>
        <MoreColumns limit all />
        <ObjectExample opened=opened.clone() file />
        <ObjectDecisions file />
        {failed}
        <Busy file />
        <p class="actions">
            <button
                type="button"
                class="button is-primary"
                disabled=move || misses_name.get() || file.stage.get() == Stage::Busy
                on:click=plan
            >
                {text!(files.to_review)}
            </button>
        </p>
    }
    .into_any()
}

/// A column and what it is.
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
    let label = text!(files.becomes_of, name = shown.clone());
    let choices = file.objects.choices;
    let what = Memo::new(move |_| {
        choices.with(|choices| choices.columns.get(column as usize).cloned().unwrap_or(ObjectColumn::Ignored))
    });
    let offered = Memo::new(move |_| {
        let mut all = offered(choices.with(|choices| choices.kind), &name);
        // A profile may call a permission otherwise than the header does.
        what.with(|now| (!all.contains(now)).then(|| all.push(now.clone())));
        all
    });
    // A role without a code is known by its label.
    let is_required = move || match what.get() {
        ObjectColumn::Name | ObjectColumn::Role => true,
        ObjectColumn::Label => {
            choices.with(|choices| choices.kind == SheetKind::Roles && !choices.columns.contains(&ObjectColumn::Role))
        }
        _ => false,
    };
    let choose = move |place: String| {
        let what = place.parse::<usize>().ok().and_then(|place| offered.with_untracked(|all| all.get(place).cloned()));
        choices.update(|choices| choices.choose(column, what.unwrap_or(ObjectColumn::Ignored)));
    };
    let options = move || {
        let now = what.get();
        let option = |(place, other): (usize, &ObjectColumn)| {
            view! { <option value=place.to_string() selected=*other == now>{column_word(other)}</option> }
        };
        offered.with(|all| all.iter().enumerate().map(option).collect_view())
    };
    let samples = samples.into_iter().map(|sample| view! { <li dir="auto">{sample}</li> }).collect_view();
    view! {
        <tr class:is-ignored=move || what.get() == ObjectColumn::Ignored>
            <th scope="row" dir="auto">{shown}</th>
            <td><ul class="samples">{samples}</ul></td>
            <td>{percent(filled, rows)}</td>
            <td>
                <select class="input" aria-label=label on:change:target=move |event| choose(event.target().value())>
                    {options}
                </select>
                <RequiredMark shown=is_required />
            </td>
        </tr>
    }
    .into_any()
}

/// What a column of this name can be.
fn offered(kind: SheetKind, name: &str) -> Vec<ObjectColumn> {
    let mut all = vec![ObjectColumn::Ignored];
    match kind {
        SheetKind::Groups => all.extend([ObjectColumn::Name, ObjectColumn::Label, ObjectColumn::Description]),
        SheetKind::Roles | SheetKind::Users => {
            all.extend([ObjectColumn::Role, ObjectColumn::Label, ObjectColumn::Description, ObjectColumn::Permissions]);
            all.extend((!name.is_empty()).then(|| ObjectColumn::Permission(name.to_owned())));
        }
    }
    all
}

/// What a column is called by what it is.
pub fn column_word(column: &ObjectColumn) -> String {
    match column {
        ObjectColumn::Name => text!(groups.name).to_owned(),
        ObjectColumn::Role => text!(roles.code).to_owned(),
        ObjectColumn::Label => text!(groups.label).to_owned(),
        ObjectColumn::Description => text!(groups.description).to_owned(),
        ObjectColumn::Permissions => text!(objects.permissions).to_owned(),
        ObjectColumn::Permission(code) => text!(objects.one_permission, code = code.clone()),
        ObjectColumn::Ignored => text!(files.ignored).to_owned(),
    }
}
