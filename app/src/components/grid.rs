//! A list of rows that scrolls smoothly at any length: only the rows in sight are in the document.
//!
//! ```ignore
//! let rows = Rows::fetched(first_block, |offset| list_users(UserListQuery { offset, limit: BLOCK, ..query() }));
//! view! {
//!     <Grid label=text!(users.title) class="grid-users" columns rows
//!         cells=|_index, user: UserLine| view! { <Cell>{user.username}</Cell> <Cell>{user.email}</Cell> }.into_any()
//!         on_open=|_index, user: UserLine| navigate(…) />
//! }
//! ```
//!
//! `class` gives the widths: `.grid-users .grid-row { grid-template-columns: … }`. Rows have one height, which the
//! style sheet sets (`--row-height`) and the grid measures. Focusable parts of a cell have `tabindex="-1"`: the arrows
//! reach them, and Tab leaves the grid.

mod column;
mod keys;
mod rows;
mod window;

pub use column::{Column, Sort};
pub use rows::{BLOCK, Block, Rows};

use crate::components::error_view::ErrorView;
use column::ColumnHeader;
use leptos::prelude::*;
use std::sync::Arc;
use window::Window;

/// What a grid does with a row.
pub type RowAction<T> = Arc<dyn Fn(u32, T) + Send + Sync>;

/// Says something of a row: its index and the row.
pub type RowTest<T> = Arc<dyn Fn(u32, &T) -> bool + Send + Sync>;

/// A windowed list with the keyboard of the ARIA grid pattern. See the module.
#[component]
pub fn Grid<T>(
    /// The name of the grid for screen readers.
    #[prop(into)]
    label: String,
    /// The class that sets the widths of its columns.
    class: &'static str,
    /// The columns, from the left.
    columns: Vec<Column>,
    /// The rows.
    rows: Rows<T>,
    /// The cells of a row, one [`Cell`] per column.
    cells: impl Fn(u32, T) -> AnyView + Send + Sync + 'static,
    /// What is shown instead of no rows.
    #[prop(optional, into)]
    empty: ViewFn,
    /// The order that the rows are in.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// A header button was pressed: the order that is wished for.
    #[prop(optional, into)]
    on_sort: Option<Callback<Sort>>,
    /// Whether a row is ticked; without it rows cannot be ticked.
    #[prop(optional)]
    picked: Option<RowTest<T>>,
    /// Space: tick or untick a row.
    #[prop(optional)]
    on_toggle: Option<RowAction<T>>,
    /// Shift + Space: tick from the first to the second index, both included.
    #[prop(optional, into)]
    on_toggle_range: Option<Callback<(u32, u32)>>,
    /// Enter or a double click.
    #[prop(optional)]
    on_open: Option<RowAction<T>>,
    /// F2.
    #[prop(optional)]
    on_edit: Option<RowAction<T>>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    // A derived signal and not a memo: it must be read where the `Transition` sees that a resource is awaited.
    let window = Window::new(Signal::derive(move || rows.total()));
    let cells: Arc<dyn Fn(u32, T) -> AnyView + Send + Sync> = Arc::new(cells);
    Effect::new(move |before: Option<Option<String>>| {
        rows.restarted();
        let list = rows.list();
        if list.is_some() && before.flatten() == list {
            rows.want(untrack(|| window.range()), move || untrack(|| window.range()));
        } else {
            window.to_top();
        }
        list
    });
    Effect::new(move |before: Option<()>| rows.hear(before.is_none(), move || untrack(|| window.range())));
    Effect::new(move |_| rows.want(window.range(), move || untrack(|| window.range())));

    let act = move |action: &Option<RowAction<T>>, index: u32| {
        if let (Some(action), Some(row)) = (action, rows.get_untracked(index)) {
            action(index, row);
        }
    };
    let perform = {
        let on_open = on_open.clone();
        move |command: keys::Command, index: u32| match command {
            keys::Command::Toggle => act(&on_toggle, index),
            keys::Command::ToggleRange => {
                if let Some(on_toggle_range) = on_toggle_range {
                    on_toggle_range.run(window.range_to_anchor(index));
                }
            }
            keys::Command::Open => act(&on_open, index),
            keys::Command::Edit => act(&on_edit, index),
            _ => {}
        }
    };
    let multiselectable = picked.is_some().then_some("true");
    let columns_count = columns.len();
    let row = move |index: u32| {
        let (cells, picked, on_open) = (cells.clone(), picked.clone(), on_open.clone());
        let content = Memo::new(move |_| rows.get(index));
        let selected: Arc<dyn Fn() -> Option<bool> + Send + Sync> = Arc::new(move || {
            // A list that becomes shorter takes the row away before what follows it has run a last time.
            let is_picked = |picked: &RowTest<T>| {
                content.try_with(|row| row.as_ref().is_some_and(|row| picked(index, row))).unwrap_or(false)
            };
            picked.as_ref().map(is_picked)
        });
        let is_picked = selected.clone();
        view! {
            <div
                role="row"
                class="grid-row"
                class:is-picked=move || is_picked().unwrap_or(false)
                aria-rowindex=index + 2
                aria-selected=move || selected().map(|selected| if selected { "true" } else { "false" })
                tabindex=move || if window.active.get() == index { "0" } else { "-1" }
                on:focusin=move |_| window.active.set(index)
                on:dblclick=move |_| act(&on_open, index)
            >
                {move || match content.try_get().flatten() {
                    Some(row) => cells(index, row),
                    None => view! { <div role="gridcell" class="grid-waiting" aria-busy="true"></div> }.into_any(),
                }}
            </div>
        }
    };

    view! {
        <Transition fallback=|| view! { <div class="grid-skeleton" aria-busy="true"></div> }>
            {move || rows.failure().map(|error| view! { <ErrorView error on_retry=move || rows.retry() /> })}
            {
                let empty = empty.clone();
                move || (rows.is_known() && rows.total() == 0).then(|| empty.run())
            }
            <div
                role="grid"
                class=format!("grid {class}")
                aria-label=label
                aria-rowcount=move || rows.total() + 1
                aria-colcount=columns_count
                aria-multiselectable=multiselectable
                tabindex=move || if window.active_in_sight() { "-1" } else { "0" }
                hidden=move || rows.total() == 0
                node_ref=window.scroller
                on:scroll=move |_| window.scrolled()
                on:keydown=move |event| {
                    if let Some((command, index)) = window.read(&event) {
                        perform(command, index);
                    }
                }
            >
                <div role="rowgroup" class="grid-head">
                    <div role="row" class="grid-row" aria-rowindex="1">
                        {columns
                            .into_iter()
                            .map(|column| view! { <ColumnHeader column sort on_sort /> })
                            .collect_view()}
                    </div>
                </div>
                <div role="presentation" class="grid-canvas" node_ref=window.canvas>
                    <div role="rowgroup" class="grid-window" node_ref=window.body>
                        <For each=move || window.range() key=|index| *index children=row />
                    </div>
                </div>
            </div>
        </Transition>
    }
    .into_any()
}

/// A cell of a row.
#[component]
pub fn Cell(
    /// A class for its look.
    #[prop(optional)]
    class: &'static str,
    /// The whole text, for where the cell has no room for it.
    #[prop(optional, into)]
    title: Option<String>,
    /// What it shows.
    children: Children,
) -> AnyView {
    view! { <div role="gridcell" class=class title=title>{children()}</div> }.into_any()
}
