//! The rows of the plan a hundred at a time, whole in the document: for screen readers, for printing, without scripts.

use super::{
    details::RowParts,
    line::{Marks, RowBox, Who},
    rows::NoRows,
    shown::{PAGE, Shown},
    state::Review,
};
use crate::{
    api::plan::PlanLine,
    components::{error_view::ErrorView, grid::Block, pagination::Pagination, row_kind::RowKind},
    text,
};
use leptos::prelude::*;
use std::sync::Arc;

/// A page of rows.
#[component]
pub fn PagedRows(
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let page = Resource::new(
        move || (shown.rows((shown.page() - 1) * PAGE, PAGE), review.refusals.get(), review.version.get()),
        move |(query, ..)| review.source.rows(query),
    );
    view! {
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || page.get().map(|page| match page {
                Ok(block) if block.total == 0 => view! { <NoRows shown /> }.into_any(),
                Ok(block) => view! { <PageTable block review shown /> }.into_any(),
                Err(error) => view! { <ErrorView error /> }.into_any(),
            })}
        </Transition>
    }
    .into_any()
}

/// The rows as a table, and the way to other pages.
#[component]
fn PageTable(
    /// The rows.
    block: Block<PlanLine>,
    /// The review.
    review: Review,
    /// What is shown.
    shown: Shown,
) -> AnyView {
    let Block { total, items } = block;
    let pages = total.div_ceil(PAGE);
    let page = untrack(|| shown.page());
    let rows = items.into_iter().map(|line| view! { <TableRow line review /> }).collect_view();
    view! {
        <div class="table-scroll">
            <table>
                <caption>{text!(common.page_of, page = page, pages = pages)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(review.column_pick)}</th>
                        <th scope="col">{text!(review.column_kind)}</th>
                        <th scope="col">{text!(review.column_who)}</th>
                        <th scope="col">{text!(review.column_changes)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Pagination page=page pages=pages href=move |page| shown.address_of_page(page) />
    }
    .into_any()
}

/// A row of the table.
#[component]
fn TableRow(
    /// The row.
    line: PlanLine,
    /// The review.
    review: Review,
) -> AnyView {
    let row = Arc::new(line.row.clone());
    view! {
        <tr>
            <td><RowBox row=row.clone() review in_grid=false /></td>
            <td><RowKind row=&row /></td>
            <th scope="row"><Who row=&row /></th>
            <td>
                <Marks line=&line />
                <RowParts row=row.clone() review />
            </td>
        </tr>
    }
    .into_any()
}
