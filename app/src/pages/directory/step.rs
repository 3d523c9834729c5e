//! A step of a test: whether it passed, what it found, and what to do when it failed.

use super::fact::fact_list;
use super::form::Form;
use crate::components::error_view::{Explained, explain};
use crate::error::AppError;
use crate::text;
use identity::cause::Cause;
use identity::directory::{Step, StepKind};
use leptos::prelude::*;

/// A step that is done.
#[component]
pub fn StepLine(
    /// The step.
    step: Step,
    /// The form, for pinning a certificate.
    form: Form,
) -> AnyView {
    let Step { kind, result, unusable, took_ms } = step;
    let (symbol, word) = match &result {
        Ok(_) => ("✓", text!(directories.step_passed)),
        Err(_) => ("✗", text!(directories.step_failed)),
    };
    let class = if result.is_ok() { "step is-good" } else { "step is-bad" };
    let others: Vec<_> = unusable.into_iter().map(unusable_fact).collect();
    let content = match result {
        Ok(mut facts) => {
            facts.extend(others);
            let certificate = facts.iter().find(|(key, _)| key == "sha256").map(|(_, value)| value.clone());
            view! {
                {fact_list(facts)}
                {certificate.map(|sha256| view! { <Pin sha256 form /> })}
            }
            .into_any()
        }
        Err(cause) => {
            let Explained { what, next } = explain(&AppError::Directory { cause });
            view! {
                <p><strong>{what}</strong></p>
                <p>{next}</p>
                {(!others.is_empty()).then(|| fact_list(others))}
            }
            .into_any()
        }
    };
    view! {
        <li class=class>
            <p class="step-title">
                <span class="step-symbol" aria-hidden="true">{symbol}</span>
                <strong>{step_word(kind)}</strong>
                " "
                <span class="visually-hidden">{word}</span>
                <small class="quiet">{text!(directories.took, ms = took_ms)}</small>
            </p>
            {content}
        </li>
    }
    .into_any()
}

/// An address that cannot be used, and why, for the list of facts.
fn unusable_fact((url, cause): (String, Cause)) -> (String, String) {
    ("unusable".to_owned(), format!("{url}: {}", explain(&AppError::Directory { cause }).what))
}

/// Accepts this certificate and no other from now on.
#[component]
fn Pin(
    /// Its SHA-256.
    sha256: String,
    /// The form.
    form: Form,
) -> AnyView {
    let is_pinned = {
        let sha256 = sha256.clone();
        Memo::new(move |_| {
            form.pinned_sha256.with(|pin| pin.replace(':', "").eq_ignore_ascii_case(&sha256.replace(':', "")))
        })
    };
    view! {
        <p>
            <button
                type="button"
                class="button"
                hidden=move || is_pinned.get()
                on:click=move |_| form.pinned_sha256.set(sha256.clone())
            >
                {text!(directories.pin)}
            </button>
            <span role="status">{move || is_pinned.get().then_some(text!(directories.pinned_done))}</span>
        </p>
    }
    .into_any()
}

fn step_word(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Name => text!(directories.step_name),
        StepKind::Tcp => text!(directories.step_tcp),
        StepKind::Certificate => text!(directories.step_certificate),
        StepKind::Tls => text!(directories.step_tls),
        StepKind::Bind => text!(directories.step_bind),
        StepKind::RootDse => text!(directories.step_root_dse),
        StepKind::Base => text!(directories.step_base),
        StepKind::Users => text!(directories.step_users),
    }
}
