//! The rows of a plan of groups or roles, each with a box to tick.

use super::details::button_id;
use super::line::{ObjectKind, ObjectLine};
use super::words::{attribute_word, issue_text, plan_kind, spans};
use crate::components::row_kind::{kind_symbol, kind_word};
use crate::pages::file::state::FileImport;
use crate::text;
use leptos::prelude::*;
use plan::objects::TextChange;
use std::sync::Arc;

/// Rows that are shown at first, and further ones at a time.
const SHOWN: usize = 200;
/// Permissions of a row that are shown at once.
const PERMISSIONS: usize = 12;

/// The rows.
#[component]
pub fn ObjectTable(
    /// The file in hand.
    file: FileImport,
    /// All rows of the plan.
    lines: Memo<Arc<Vec<ObjectLine>>>,
    /// Only these are shown.
    #[prop(into)]
    show: Signal<Option<ObjectKind>>,
    /// The row of the file whose cells are looked at.
    opened: RwSignal<Option<u32>>,
) -> AnyView {
    let limit = RwSignal::new(SHOWN);
    Effect::new(move |_| {
        show.track();
        limit.set(SHOWN);
    });
    let left_out = file.objects.left_out;
    let is_shown = move |line: &ObjectLine| show.get().is_none_or(|kind| kind == line.kind);
    // What the box in the head is about.
    let changing = move || {
        let lines = lines.get();
        lines.iter().filter(|line| is_shown(line) && line.kind.changes()).map(|line| line.row).collect::<Vec<u32>>()
    };
    let all_picked = move || left_out.with(|left_out| changing().iter().all(|row| !left_out.contains(row)));
    let pick_all = move |wanted: bool| {
        let rows = untrack(changing);
        left_out.update(|left_out| {
            for row in rows {
                if wanted {
                    left_out.remove(&row)
                } else {
                    left_out.insert(row)
                };
            }
        });
    };
    let rows = move || {
        let all = lines.get();
        let shown = all.iter().filter(|line| is_shown(line)).take(limit.get());
        shown.map(|line| view! { <Row line=line.clone() all=all.clone() file opened /> }).collect_view()
    };
    let more = move || {
        let rest = lines.get().iter().filter(|line| is_shown(line)).count().saturating_sub(limit.get());
        let next = u32::try_from(rest.min(SHOWN)).unwrap_or(u32::MAX);
        (rest > 0).then(|| {
            view! {
                <p class="actions">
                    <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += SHOWN)>
                        {text!(objects.show_more, n = text::number(next))}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="table-scroll object-rows" tabindex="0" role="region" aria-label=text!(review.grid)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">
                            <input
                                type="checkbox"
                                aria-label=text!(review.pick_shown)
                                disabled=move || changing().is_empty()
                                prop:checked=move || !changing().is_empty() && all_picked()
                                on:change=move |event| pick_all(event_target_checked(&event))
                            />
                        </th>
                        <th scope="col">{text!(review.column_kind)}</th>
                        <th scope="col">{text!(files.row)}</th>
                        <th scope="col">{text!(groups.name)}</th>
                        <th scope="col">{text!(review.column_changes)}</th>
                        <th scope="col">
                            <span class="visually-hidden">{text!(review.details)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

/// A row.
#[component]
fn Row(
    /// The row.
    line: ObjectLine,
    /// All of them: some issues are about two.
    all: Arc<Vec<ObjectLine>>,
    /// The file in hand.
    file: FileImport,
    /// The row of the file whose cells are looked at.
    opened: RwSignal<Option<u32>>,
) -> AnyView {
    let ObjectLine { row, lines, places, name, kind, texts, added, removed, issues } = line;
    let left_out = file.objects.left_out;
    let label = text!(review.pick_row, name = name.clone());
    let pick = kind.changes().then(|| {
        view! {
            <input
                type="checkbox"
                aria-label=label
                prop:checked=move || left_out.with(|left_out| !left_out.contains(&row))
                on:change=move |event| {
                    let wanted = event_target_checked(&event);
                    left_out.update(|left_out| {
                        if wanted { left_out.remove(&row) } else { left_out.insert(row) };
                    });
                }
            />
        }
    });
    let details = places.first().copied().map(|place| {
        view! {
            <button
                type="button"
                class="button"
                id=button_id(place)
                aria-label=text!(objects.details_of, line = spans(&lines))
                on:click=move |_| opened.set(Some(place))
            >
                {text!(review.details)}
            </button>
        }
    });
    let shown = match name.is_empty() {
        true => view! { <span class="quiet">{text!(files.nothing)}</span> }.into_any(),
        false => name.into_any(),
    };
    let plan_kind = plan_kind(kind);
    let line_of = |row: u32| all.get(row as usize).map(|line| spans(&line.lines)).unwrap_or_default();
    let issues = issues.iter().map(|issue| view! { <li class="object-issue">{issue_text(issue, line_of)}</li> });
    let texts = texts.into_iter().filter(|change| change.attribute != plan::objects::Attribute::Name);
    let nothing =
        (kind == ObjectKind::Unchanged).then(|| view! { <span class="quiet">{text!(review.no_change)}</span> });
    view! {
        <tr>
            <td>{pick}</td>
            <td>
                <span class=format!("row-kind is-{}", plan_kind.code())>
                    <span class="row-kind-symbol" aria-hidden="true">{kind_symbol(plan_kind)}</span>
                    {kind_word(plan_kind)}
                </span>
            </td>
            <td class="number">{spans(&lines)}</td>
            <th scope="row" dir="auto">{shown}</th>
            <td>
                {nothing}
                <ul class="object-changes">
                    {issues.collect_view()}
                    {texts.map(|change| view! { <TextLine change /> }).collect_view()}
                    <Permissions codes=added sign="+" />
                    <Permissions codes=removed sign="−" />
                </ul>
            </td>
            <td>{details}</td>
        </tr>
    }
    .into_any()
}

/// A text, before and after.
#[component]
fn TextLine(
    /// The change.
    change: TextChange,
) -> AnyView {
    let TextChange { attribute, before, after } = change;
    let before = before.map(|before| {
        view! {
            <del class="before">{before}</del>
            <span class="arrow" aria-hidden="true">"→"</span>
            <span class="visually-hidden">{text!(review.becomes)}</span>
        }
    });
    let after = match after {
        Some(after) => view! { <ins class="after">{after}</ins> }.into_any(),
        None => view! { <em class="cleared">{text!(review.cleared)}</em> }.into_any(),
    };
    view! {
        <li>
            <span class="field-name">{attribute_word(attribute)}": "</span>
            <span class="before-after" dir="auto">{before} {after}</span>
        </li>
    }
    .into_any()
}

/// Permissions that come or go. What goes is never shown by its colour alone.
#[component]
fn Permissions(
    /// Their codes.
    codes: Vec<String>,
    /// `+` or `−`.
    sign: &'static str,
) -> AnyView {
    if codes.is_empty() {
        return ().into_any();
    }
    let comes = sign == "+";
    let number = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    let words = match comes {
        true => text!(objects.gives, count = number, n = text::number(number)),
        false => text!(objects.loses, count = number, n = text::number(number)),
    };
    let one = |code: &String| {
        let code = format!("{sign} {code}");
        match comes {
            true => view! { <li><ins class="after"><code>{code}</code></ins></li> }.into_any(),
            false => view! { <li><del class="lost"><code>{code}</code></del></li> }.into_any(),
        }
    };
    let (first, rest) = codes.split_at(codes.len().min(PERMISSIONS));
    let left = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{text!(objects.more_permissions, count = left, n = text::number(left))}</summary>
                <ul>{rest.iter().map(one).collect_view()}</ul>
            </details>
        }
    });
    view! {
        <li>
            <span class="field-name">{words}</span>
            <ul>{first.iter().map(one).collect_view()}</ul>
            {rest}
        </li>
    }
    .into_any()
}
