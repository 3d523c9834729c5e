//! Which certificate is believed, and how long is waited.

use super::connection::Lines;
use super::form::Form;
use crate::components::field::{CheckField, TextField};
use crate::text;
use leptos::prelude::*;

/// Which certificate is believed, and how long is waited. Closed at first: most directories need none of it.
#[component]
pub fn TrustSection(
    /// The form.
    form: Form,
) -> AnyView {
    let errors = form.errors;
    // An error inside of a closed section could not be reached.
    let has_error = {
        let ids = ["ca-pem", "pinned-sha256", "connect-timeout", "operation-timeout", "run-deadline"];
        let all: Vec<_> = ids.into_iter().map(|id| errors.of(id)).collect();
        Memo::new(move |_| all.iter().any(|error| error.with(Option::is_some)))
    };
    let is_open =
        move || has_error.get() || !form.verify_certificate.get() || form.pinned_sha256.with(|pin| !pin.is_empty());
    let number = move |id: &'static str, label: &'static str, value: RwSignal<String>| {
        view! { <TextField id label value error=errors.of(id) kind="number" /> }
    };
    view! {
        <details class="form-section" prop:open=is_open open=untrack(is_open)>
            <summary><h2>{text!(directories.trust)}</h2></summary>
            <CheckField id="verify-certificate" label=text!(directories.verify) value=form.verify_certificate />
            <div role="status">
                <Show when=move || !form.verify_certificate.get()>
                    <p class="notice is-warning">{text!(directories.verify_warning)}</p>
                </Show>
            </div>
            <TextField
                id="pinned-sha256"
                label=text!(directories.pinned)
                value=form.pinned_sha256
                hint=text!(directories.pinned_hint)
                error=errors.of("pinned-sha256")
            />
            <Lines
                id="ca-pem"
                label=text!(directories.ca_pem)
                value=form.ca_pem
                hint=text!(directories.ca_pem_hint)
                error=errors.of("ca-pem")
                rows=4
            />
            <div class="field-row">
                {number("connect-timeout", text!(directories.connect_timeout), form.connect_timeout)}
                {number("operation-timeout", text!(directories.operation_timeout), form.operation_timeout)}
                {number("run-deadline", text!(directories.run_deadline), form.run_deadline)}
            </div>
        </details>
    }
    .into_any()
}
