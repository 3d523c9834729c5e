//! The groups of a user.

use crate::{
    api::group::suggest_groups,
    components::{
        chips::{Chip, ChipField},
        error_view::explain,
    },
    text,
};
use identity::group::GroupName;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

/// The groups, and a field that finds others: there may be thousands.
#[component]
pub(super) fn GroupChoices(chosen: RwSignal<BTreeSet<GroupName>>, may_write: bool) -> AnyView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    // Only somebody who writes wants suggestions.
    let known = LocalResource::new(move || {
        let text = typed.get();
        async move { if may_write { suggest_groups(text).await.unwrap_or_default() } else { vec![] } }
    });
    let suggestions = move || {
        let others = known.get().unwrap_or_default().into_iter();
        others.filter(|name| !chosen.with(|chosen| chosen.contains(name))).map(String::from).collect::<Vec<_>>()
    };
    Effect::new(move |_| {
        typed.track();
        error.set(None);
    });
    let add = move |()| {
        let Ok(name) = GroupName::parse(&typed.get_untracked()) else { return };
        spawn_local(async move {
            match suggest_groups(name.to_string()).await {
                // Written as the group itself is, which the field may write otherwise.
                Ok(known) => match known.into_iter().find(|group| group.key() == name.key()) {
                    Some(name) => {
                        chosen.update(|chosen| {
                            chosen.insert(name);
                        });
                        typed.set(String::new());
                    }
                    None => error.set(Some(text!(users.group_unknown).to_owned())),
                },
                Err(failure) => error.set(Some(explain(&failure).what)),
            }
        });
    };
    let remove = move |name: String| chosen.update(|chosen| chosen.retain(|group| group.as_str() != name));
    let chip = |name: GroupName| Chip { value: name.into(), says: None };
    view! {
        <ChipField
            id="group"
            label=text!(users.groups)
            hint=text!(users.group_add)
            empty=text!(users.no_groups)
            chips=Signal::derive(move || chosen.get().into_iter().map(chip).collect())
            typed
            suggestions=Signal::derive(suggestions)
            error
            readonly=!may_write
            on_add=add
            on_remove=remove
        />
    }
    .into_any()
}
