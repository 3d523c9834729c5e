//! Which entries are people, what fills their fields, and what happens when a name is taken.

use super::connection::Lines;
use super::form::Form;
use super::mapping::MappingTable;
use crate::components::field::{SelectField, TextField};
use crate::text;
use leptos::prelude::*;

/// Which entries are people, and what fills their fields.
#[component]
pub fn UsersSection(
    /// The form.
    form: Form,
) -> AnyView {
    let errors = form.errors;
    view! {
        <section class="form-section" aria-labelledby="section-users">
            <h2 id="section-users">{text!(directories.users_section)}</h2>
            <p class="quiet">{text!(directories.users_why)}</p>
            <TextField
                id="user-filter"
                label=text!(directories.filter)
                value=form.user_filter
                hint=text!(directories.filter_hint)
                error=errors.of("user-filter")
                required=true
            />
            <TextField
                id="username-attribute"
                label=text!(directories.username_attribute)
                value=form.username_attribute
                error=errors.of("username-attribute")
                required=true
            />
            <Lines
                id="search-attributes"
                label=text!(directories.search_attributes)
                value=form.search_attributes
                hint=text!(directories.search_attributes_hint)
                error=errors.of("search-attributes")
                rows=5
            />
            <MappingTable form />
        </section>
    }
    .into_any()
}

/// What happens when a name is taken (R9).
#[component]
pub fn ConflictSection(
    /// The form.
    form: Form,
) -> AnyView {
    let options = vec![
        ("refuse".to_owned(), text!(directories.conflict_refuse).to_owned()),
        ("link".to_owned(), text!(directories.conflict_link).to_owned()),
        ("skip".to_owned(), text!(directories.conflict_skip).to_owned()),
    ];
    view! {
        <section class="form-section" aria-labelledby="section-conflicts">
            <h2 id="section-conflicts">{text!(directories.conflicts)}</h2>
            <p class="quiet">{text!(directories.conflicts_why)}</p>
            <SelectField id="name-conflict" label=text!(directories.conflict) value=form.name_conflict options />
        </section>
    }
    .into_any()
}
