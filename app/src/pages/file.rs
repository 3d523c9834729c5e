//! Importing a file: choosing it, saying which column is which field, the review. Each step has an address; the file
//! itself stays in the worker for as long as the tab is open.

mod alike;
pub mod busy;
pub mod cells;
mod columns;
mod corrections;
mod decisions;
mod draft;
pub mod drop;
mod example;
mod facts;
mod failure;
mod first_rows;
pub mod kept;
mod leaving;
pub mod objects;
mod picker;
mod profile;
mod profile_bar;
pub mod profile_form;
pub mod queue;
mod replace;
mod resume;
mod review;
mod rules;
pub mod state;
mod steps;
mod templates;

pub use columns::FileColumnsPage;
pub use review::FileReviewPage;

use crate::components::{allowed::ForThose, page_header::PageHeader};
use crate::{browser, text};
use drop::Dropped;
use facts::Facts;
use failure::{Failure, Unread};
use first_rows::FirstRows;
use identity::role::Permission;
use leaving::Leaving;
use leptos::prelude::*;
use picker::Picker;
use profile_bar::ProfileNote;
use resume::resume;
use state::{FileImport, Stage};
use steps::{Step, Steps};

/// Choosing a file, and a look at its first rows.
#[component]
pub fn FilePage() -> AnyView {
    let (file, dropped) = (FileImport::here(), Dropped::here());
    Effect::new(move |_| {
        file.prepare();
        file.may_leave(Leaving::Open(dropped.take()));
    });
    resume(file, Step::File);
    Effect::new(|_| browser::focus("page-title"));
    let below = move || {
        match (file.stage.get(), file.opened.get()) {
        (Stage::Failed(error), None) => view! { <Unread error file step=Step::File /> }.into_any(),
        // The rest of it is still being read.
        (Stage::Busy, None) => {
            file.told.beginning.get().map(|beginning| view! { <FirstRows beginning /> }).into_any()
        }
        (stage, Some(opened)) => view! {
            {if let Stage::Failed(error) = stage { Some(view! { <Failure error /> }) } else { None }}
            <Facts opened=opened.clone() file />
            <FirstRows beginning=opened.beginning() />
            <ProfileNote file />
            <p class="actions">
                <a class="button is-primary" href="/import/file/columns">{text!(files.to_columns)}</a>
                <button type="button" class="button" on:click=move |_| { file.may_leave(Leaving::Close); }>{text!(files.close)}</button>
            </p>
        }
        .into_any(),
        (_, None) => ().into_any(),
    }
    };
    view! {
        <PageHeader title=text!(files.title)>
            <a class="button" href="/profiles">{text!(profiles.title)}</a>
        </PageHeader>
        <Steps step=Step::File />
        <ForThose permission=Permission::Import>
            <Picker file />
            {below}
        </ForThose>
    }
    .into_any()
}
