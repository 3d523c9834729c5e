//! Where the people stand.

use super::connection::Lines;
use super::form::Form;
use crate::components::field::{SelectField, TextField};
use crate::text;
use leptos::prelude::*;

/// Where the people stand.
#[component]
pub fn SchemaSection(
    /// The form.
    form: Form,
) -> AnyView {
    let errors = form.errors;
    let presets = vec![
        ("open_ldap".to_owned(), text!(directories.preset_open_ldap).to_owned()),
        ("other".to_owned(), text!(directories.preset_other).to_owned()),
    ];
    let scopes = vec![
        ("subtree".to_owned(), text!(directories.scope_subtree).to_owned()),
        ("one_level".to_owned(), text!(directories.scope_one_level).to_owned()),
    ];
    let filled = RwSignal::new(false);
    view! {
        <section class="form-section" aria-labelledby="section-schema">
            <h2 id="section-schema">{text!(directories.schema)}</h2>
            <p class="quiet">{text!(directories.schema_why)}</p>
            <SelectField
                id="preset"
                label=text!(directories.preset)
                value=form.preset
                options=presets
                hint=text!(directories.preset_hint)
            />
            <p>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        form.fill_preset();
                        filled.set(true);
                    }
                >
                    {text!(directories.preset_fill)}
                </button>
                " "
                <span role="status">{move || filled.get().then_some(text!(directories.preset_filled))}</span>
            </p>
            <Lines
                id="base-dns"
                label=text!(directories.base_dns)
                value=form.base_dns
                hint=text!(directories.base_dns_hint)
                error=errors.of("base-dns")
                required=true
            />
            <div class="field-row">
                <SelectField id="scope" label=text!(directories.scope) value=form.scope options=scopes />
                <TextField
                    id="page-size"
                    label=text!(directories.page_size)
                    value=form.page_size
                    hint=text!(directories.page_size_hint)
                    error=errors.of("page-size")
                    kind="number"
                />
            </div>
            <TextField
                id="external-id-attribute"
                label=text!(directories.external_id)
                value=form.external_id_attribute
                hint=text!(directories.external_id_hint)
                error=errors.of("external-id-attribute")
                required=true
            />
        </section>
    }
    .into_any()
}
