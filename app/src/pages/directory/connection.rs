//! How the directory is reached, and as whom.

use super::form::Form;
use crate::components::field::{Labelled, SelectField, TextField};
use crate::text;
use leptos::prelude::*;

/// How the directory is reached, and as whom.
#[component]
pub fn ConnectionSection(
    /// The form.
    form: Form,
) -> AnyView {
    let errors = form.errors;
    let options = vec![
        ("ldaps".to_owned(), text!(directories.security_ldaps).to_owned()),
        ("start_tls".to_owned(), text!(directories.security_start_tls).to_owned()),
        ("none".to_owned(), text!(directories.security_none).to_owned()),
    ];
    let has_password = Memo::new(move |_| form.has_password.get());
    let password = move || {
        let hint = if has_password.get() { text!(directories.password_keep) } else { text!(directories.password_hint) };
        view! {
            <TextField
                id="password"
                label=text!(directories.password)
                value=form.password
                hint
                error=errors.of("password")
                kind="password"
                autocomplete="new-password"
            />
        }
    };
    view! {
        <section class="form-section" aria-labelledby="section-connection">
            <h2 id="section-connection">{text!(directories.connection)}</h2>
            <p class="quiet">{text!(directories.connection_why)}</p>
            <TextField
                id="name"
                label=text!(directories.name)
                value=form.name
                hint=text!(directories.name_hint)
                error=errors.of("name")
                required=true
            />
            <TextField
                id="code"
                label=text!(directories.code)
                value=form.code
                hint=text!(directories.code_hint)
                error=errors.of("code")
            />
            <Lines
                id="urls"
                label=text!(directories.urls)
                value=form.urls
                hint=text!(directories.urls_hint)
                error=errors.of("urls")
                required=true
            />
            <SelectField
                id="security"
                label=text!(directories.security)
                value=form.security
                options
                hint=text!(directories.security_hint)
                error=errors.of("security")
            />
            <PlainWarning form />
            <TextField
                id="bind-dn"
                label=text!(directories.bind_dn)
                value=form.bind_dn
                hint=text!(directories.bind_dn_hint)
                error=errors.of("bind-dn")
            />
            {password}
        </section>
    }
    .into_any()
}

/// Without protection, and not on this machine: everybody on the way can read.
#[component]
fn PlainWarning(
    /// The form.
    form: Form,
) -> AnyView {
    let is_exposed = Memo::new(move |_| {
        form.security.with(|security| security == "none")
            && form.urls.with(|urls| urls.lines().any(|url| !url.trim().is_empty() && !is_loopback(url)))
    });
    view! {
        <div role="status">
            <Show when=move || is_exposed.get()>
                <p class="notice is-warning">{text!(directories.security_warning)}</p>
            </Show>
        </div>
    }
    .into_any()
}

fn is_loopback(url: &str) -> bool {
    identity::directory::DirectoryUrl::parse(url).is_ok_and(|url| {
        url.host.eq_ignore_ascii_case("localhost")
            || url.host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

/// A list that is typed one a line.
#[component]
pub fn Lines(
    /// The id, which is also the name that errors know the field by.
    id: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(into)]
    hint: String,
    /// What is wrong with it.
    error: Signal<Option<String>>,
    /// How many lines are shown.
    #[prop(default = 2)]
    rows: u32,
    /// It must be filled in.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    view! {
        <Labelled id label hint=Some(hint) error required>
            <textarea
                id=id
                name=id
                class="input"
                rows=rows
                wrap="off"
                autocapitalize="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{id}-error {id}-hint")
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            >
                {value.get_untracked()}
            </textarea>
        </Labelled>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_needs_no_protection() {
        for url in ["ldap://localhost", "ldap://127.0.0.1:3890", "ldap://[::1]"] {
            assert!(is_loopback(url), "{url}");
        }
        for url in ["ldap://ldap.example.org", "ldap://10.0.0.1", "ldap://127.0.0.1.example.org"] {
            assert!(!is_loopback(url), "{url}");
        }
    }
}
