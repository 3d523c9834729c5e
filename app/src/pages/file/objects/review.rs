//! What a file of groups or roles would do, row by row.

use super::commit::ObjectCommit;
use super::details::ObjectDetails;
use super::line::{ObjectKind, ObjectLine};
use super::table::ObjectTable;
use super::words::plan_kind;
use crate::components::held::Held;
use crate::components::row_kind::{kind_symbol, kind_word};
use crate::components::tiles::{Tile, Tiles};
use crate::pages::file::busy::Busy;
use crate::pages::file::corrections::CorrectionTools;
use crate::pages::file::failure::Unchanged;
use crate::pages::file::state::FileImport;
use crate::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The review of a file of groups or roles that was planned.
#[component]
pub fn ObjectReview(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let lines = Memo::new(move |_| Arc::new(file.objects.lines()));
    let show = RwSignal::new(None::<ObjectKind>);
    let opened = RwSignal::new(None::<u32>);
    let count = move |kind: ObjectKind| {
        let number = lines.get().iter().filter(|line: &&ObjectLine| line.kind == kind).count();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let all = move || u32::try_from(lines.get().len()).unwrap_or(u32::MAX);
    let tile = move |kind: ObjectKind| {
        let same = plan_kind(kind);
        view! {
            <Tile
                label=kind_word(same)
                count=Signal::derive(move || count(kind))
                pressed=Signal::derive(move || show.get() == Some(kind))
                on_press=move |()| show.set(Some(kind))
                tone=format!("is-{}", same.code())
                symbol=kind_symbol(same)
            />
        }
    };
    let nothing_to_do = move || {
        (count(ObjectKind::Create) + count(ObjectKind::Update) + count(ObjectKind::Blocked) == 0)
            .then(|| view! { <p class="notice is-good" role="status">{text!(review.nothing_to_do_file)}</p> })
    };
    let again = move || {
        file.objects
            .is_again
            .get()
            .then(|| view! { <p class="notice is-warning" role="status">{text!(objects.again)}</p> })
    };
    view! {
        {again}
        <CorrectionTools file />
        {nothing_to_do}
        <Tiles label=text!(review.tiles)>
            <Tile
                label=text!(review.all)
                count=Signal::derive(all)
                pressed=Signal::derive(move || show.get().is_none())
                on_press=move |()| show.set(None)
            />
            {ObjectKind::ALL.map(tile).into_iter().collect_view()}
        </Tiles>
        <Unchanged file />
        <Busy file />
        <div class="review-body">
            <div class="review-rows">
                <Held held=file.committing><ObjectTable file lines show opened /></Held>
            </div>
            <ObjectDetails file lines opened />
        </div>
        <ObjectCommit file lines />
    }
    .into_any()
}
