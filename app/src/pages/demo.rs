//! The failure switches of the demo directory.

use crate::api::demo::{DemoView, fetch_demo, set_demo_failure};
use crate::components::empty_state::EmptyState;
use crate::components::error_view::{ErrorView, explain};
use crate::components::page_header::PageHeader;
use crate::components::toast::Toasts;
use crate::error::{AppError, What};
use crate::text;
use leptos::prelude::*;

/// The failure switches of the demo directory.
#[component]
pub fn DemoPage() -> AnyView {
    let demo = Resource::new(|| (), |()| fetch_demo());
    view! {
        <PageHeader title=text!(import.demo)>
            <a class="button" href="/import">{text!(import.demo_try)}</a>
        </PageHeader>
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || demo.get().map(|answer| match answer {
                Ok(demo) => view! { <Switches demo /> }.into_any(),
                Err(AppError::NotFound { what: What::Page }) => {
                    view! { <EmptyState title=text!(import.demo_off) why=text!(import.demo_off_why) /> }.into_any()
                }
                Err(error) => view! { <ErrorView error on_retry=move |()| demo.refetch() /> }.into_any(),
            })}
        </Transition>
    }
    .into_any()
}

/// The switches: one is on.
#[component]
fn Switches(
    /// As they stand.
    demo: DemoView,
) -> AnyView {
    let DemoView { failure, failures } = demo;
    let on = RwSignal::new(failure);
    let toasts = Toasts::here();
    let switch = Action::new(move |failure: &String| {
        let failure = failure.clone();
        async move {
            let before = on.get_untracked();
            on.set(failure.clone());
            match set_demo_failure(failure).await {
                Ok(()) => toasts.say(text!(import.demo_set)),
                Err(error) => {
                    on.set(before);
                    toasts.fail(explain(&error).what, None);
                }
            }
        }
    });
    let option = move |failure: String| {
        let (chosen, value) = (failure.clone(), failure.clone());
        let word = failure_word(&failure).to_owned();
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="failure"
                    value=value
                    prop:checked=move || on.with(|on| *on == chosen)
                    checked=on.with_untracked(|on| *on == failure)
                    on:change=move |_| { switch.dispatch(failure.clone()); }
                />
                {word}
            </label>
        }
    };
    view! {
        <p>{text!(import.demo_why)}</p>
        <fieldset class="switches">
            <legend>{text!(import.demo_failure)}</legend>
            {failures.into_iter().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

fn failure_word(code: &str) -> &str {
    match code {
        "none" => text!(import.failure_none),
        "slow" => text!(import.failure_slow),
        "time_out" => text!(import.failure_time_out),
        "size_limit" => text!(import.failure_size_limit),
        "drop_mid_page" => text!(import.failure_drop_mid_page),
        "wrong_password" => text!(import.failure_wrong_password),
        "empty" => text!(import.failure_empty),
        "garbage" => text!(import.failure_garbage),
        other => other,
    }
}
