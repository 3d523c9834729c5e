//! The bar that says what will happen with groups or roles, and makes it happen.

use super::guard::RoleGuardDialog;
use super::line::{ObjectKind, ObjectLine};
use super::state::{Did, Done};
use crate::components::session::Session;
use crate::file::objects::ObjectsAnswer;
use crate::pages::file::busy::Sending;
use crate::pages::file::failure::Failure;
use crate::pages::file::state::{FileImport, Stage};
use crate::pages::file::steps::Step;
use crate::text;
use identity::role::Permission;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use plan::objects::role::Tripped;
use plan::sheet::SheetKind;
use std::sync::Arc;

/// What is picked, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Picked {
    create: u32,
    update: u32,
    /// Of both, those that lose permissions.
    lose: u32,
}

/// The bar at the foot of the review.
#[component]
pub fn ObjectCommit(
    /// The file in hand.
    file: FileImport,
    /// All rows of the plan.
    lines: Memo<Arc<Vec<ObjectLine>>>,
) -> AnyView {
    let kind = untrack(|| file.objects.kind());
    let needed = match kind {
        SheetKind::Roles => Permission::Roles,
        SheetKind::Groups | SheetKind::Users => Permission::UsersWrite,
    };
    let (session, may) = (Session::here(), RwSignal::new(true));
    Effect::new(move |_| may.set(session.answer().is_none() || session.may(needed)));
    let picked = Memo::new(move |_| {
        file.objects.left_out.with(|left_out| {
            let mut picked = Picked::default();
            for line in lines.get().iter().filter(|line| !left_out.contains(&line.row)) {
                match line.kind {
                    ObjectKind::Create => picked.create += 1,
                    ObjectKind::Update => picked.update += 1,
                    ObjectKind::Unchanged | ObjectKind::Blocked => {}
                }
                picked.lose += u32::from(!line.removed.is_empty());
            }
            picked
        })
    });
    let is_empty = move || picked.with(|picked| picked.create + picked.update == 0);
    let guarded = RwSignal::new(None::<Tripped>);
    let commit = Action::new(move |confirmed: &Option<u32>| file.commit_objects(*confirmed));
    let navigate = use_navigate();
    Effect::new(move |_| {
        let Some(Ok(Some((answer, rest)))) = commit.value().get() else { return };
        match answer {
            ObjectsAnswer::Applied { job_id, created, updated } => {
                let did = Did::Wrote { job_id, kind, created, updated };
                file.add_done(Done { name: file.name(), did, rest });
                navigate(Step::File.path(), NavigateOptions::default());
                // Not before: the page goes with its file, and with the page this effect.
                file.leave();
            }
            ObjectsAnswer::Changed => file.plan_objects_again(),
            ObjectsAnswer::Guarded(tripped) => guarded.set(Some(tripped)),
            // The button is off when nothing is picked.
            ObjectsAnswer::Empty => {}
        }
    });
    let busy = commit.pending();
    let says = move || match busy.get() {
        true => view! { <Sending file /> }.into_any(),
        false if is_empty() => text!(review.commit_nothing).into_any(),
        false => sentence(kind, picked.get()).into_any(),
    };
    let failed = move || {
        let error = commit.value().get().and_then(Result::err);
        error.map(|error| view! { <Failure error /> })
    };
    let may_not = move || {
        (!may.get()).then(|| view! { <p class="quiet">{text!(objects.may_not, permission = needed.code())}</p> })
    };
    let question = move || {
        guarded.get().map(|tripped| {
            view! { <RoleGuardDialog tripped on_confirm=move |number| { commit.dispatch(Some(number)); } /> }
        })
    };
    view! {
        <section class="commit-bar" aria-label=text!(review.commit_bar)>
            <p class="commit-says" aria-live="polite">{says}</p>
            {may_not}
            {failed}
            <button
                type="button"
                class="button is-primary"
                disabled=move || busy.get() || is_empty() || !may.get() || file.stage.get() == Stage::Busy
                on:click=move |_| { commit.dispatch(None); }
            >
                {move || if busy.get() { text!(review.committing) } else { text!(review.commit) }}
            </button>
        </section>
        {question}
    }
    .into_any()
}

/// What will happen, in words.
fn sentence(kind: SheetKind, picked: Picked) -> String {
    let Picked { create, update, lose } = picked;
    let (create, update) = (text::number(create), text::number(update));
    let sentence = match kind {
        SheetKind::Roles => text!(objects.sentence_roles, create = create, update = update),
        SheetKind::Groups | SheetKind::Users => text!(objects.sentence_groups, create = create, update = update),
    };
    if lose == 0 {
        return sentence;
    }
    format!("{sentence} {}", text!(objects.sentence_lose, count = lose, n = text::number(lose)))
}
