//! The groups of a user.

use crate::{api::group::suggest_groups, components::icon::Icon, text};
use identity::group::GroupName;
use leptos::{prelude::*, task::spawn_local};
use std::collections::BTreeSet;

/// The groups, each with a button that leaves it, and a field that finds others: there may be thousands.
#[component]
pub(super) fn GroupChoices(chosen: RwSignal<BTreeSet<GroupName>>, may_write: bool) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    // Only somebody who writes wants suggestions.
    let suggestions = LocalResource::new(move || {
        let text = typed.get();
        async move { if may_write { suggest_groups(text).await.unwrap_or_default() } else { vec![] } }
    });
    let add = move || {
        let Ok(name) = GroupName::parse(&typed.get_untracked()) else { return };
        spawn_local(async move {
            let known = suggest_groups(name.to_string()).await.unwrap_or_default();
            // Written as the group itself is, which the field may write otherwise.
            let found = known.into_iter().find(|group| group.key() == name.key());
            wrong.set(found.is_none());
            if let Some(name) = found {
                chosen.update(|chosen| {
                    chosen.insert(name);
                });
                typed.set(String::new());
            }
        });
    };
    view! {
        <fieldset class="field">
            <legend>{text!(users.groups)}</legend>
            <ul class="chips" aria-label=text!(users.groups)>
                <For each=move || chosen.get() key=GroupName::clone let:name>
                    <Chip name chosen may_write />
                </For>
            </ul>
            {move || {
                chosen.with(BTreeSet::is_empty).then(|| view! { <p class="hint">{text!(users.no_groups)}</p> })
            }}
            {may_write
                .then(|| {
                    view! {
                        <div class="chip-add">
                            <input
                                type="text"
                                id="group"
                                class="input"
                                list="groups-known"
                                autocomplete="off"
                                spellcheck="false"
                                dir="auto"
                                aria-label=text!(users.group_add)
                                placeholder=text!(users.group_add)
                                aria-invalid=move || wrong.get().then_some("true")
                                aria-describedby="group-error"
                                prop:value=typed
                                on:input:target=move |event| {
                                    wrong.set(false);
                                    typed.set(event.target().value());
                                }
                                on:keydown=move |event| {
                                    if event.key() == "Enter" {
                                        event.prevent_default();
                                        add();
                                    }
                                }
                            />
                            <datalist id="groups-known">
                                {move || {
                                    let known = suggestions.get().unwrap_or_default();
                                    known
                                        .into_iter()
                                        .filter(|name| !chosen.with(|chosen| chosen.contains(name)))
                                        .map(|name| view! { <option value=name.to_string()></option> })
                                        .collect_view()
                                }}
                            </datalist>
                            <button type="button" class="button" on:click=move |_| add()>
                                {Icon::Plus.view()}
                                {text!(users.group_join)}
                            </button>
                        </div>
                        <p id="group-error" class="field-error" role="status">
                            {move || wrong.get().then(|| text!(users.group_unknown))}
                        </p>
                    }
                })}
        </fieldset>
    }
    .into_any()
}

#[component]
fn Chip(name: GroupName, chosen: RwSignal<BTreeSet<GroupName>>, may_write: bool) -> AnyView {
    let label = text!(users.group_leave, group = name.to_string());
    let shown = name.to_string();
    let leave = move |_| {
        chosen.update(|chosen| {
            chosen.remove(&name);
        });
    };
    view! {
        <li class="chip">
            <span dir="auto">{shown}</span>
            {may_write
                .then(|| {
                    view! {
                        <button type="button" class="chip-remove" aria-label=label on:click=leave>
                            {Icon::Close.view()}
                        </button>
                    }
                })}
        </li>
    }
    .into_any()
}
