//! Which profile the file in hand is imported with: shown, chosen, saved.

use super::objects::kind::kind_word;
use super::profile_form::{Asked, ProfileDialog, Submitted};
use super::state::FileImport;
use crate::api::profile::{ProfileForm, ProfileView, create_profile, save_profile};
use crate::components::error_view::{ErrorView, explain};
use crate::components::toast::Toasts;
use crate::text;
use identity::profile::Sharing;
use leptos::{prelude::*, task::spawn_local};

/// The profile in use, and all that can be done with it.
#[component]
pub fn ProfileBar(
    /// The file in hand.
    file: FileImport,
    /// The names of its columns.
    headers: StoredValue<Vec<String>>,
    /// How the columns were assigned without a profile.
    #[prop(into)]
    says: Signal<String>,
) -> AnyView {
    let profiles = file.profiles;
    let toasts = Toasts::here();
    let asked = RwSignal::new(None);
    let back = move |_| headers.with_value(|headers| profiles.take(file, None, headers));
    let status = move || match profiles.taken() {
        None => says.get().into_any(),
        Some(profile) => {
            let differs = headers.with_value(|headers| profiles.differs(file, headers));
            let changed = differs.then(|| view! { <span>{text!(profiles.changed)}</span> });
            view! {
                <AsIn name=profile.name />
                {changed}
                <button type="button" class="button" on:click=back>{text!(profiles.back)}</button>
            }
            .into_any()
        }
    };
    let is_saving = RwSignal::new(false);
    let save = move |profile: ProfileView| {
        is_saving.set(true);
        let content = headers.with_value(|headers| profiles.content(file, headers));
        spawn_local(async move {
            match save_profile(profile.profile_id, profile.version, content).await {
                Ok(saved) => {
                    toasts.say(text!(profiles.saved, name = saved.name.clone()));
                    profiles.keep(saved);
                }
                Err(error) => {
                    let explained = explain(&error);
                    toasts.fail(format!("{}. {}", explained.what, explained.next), None);
                }
            }
            is_saving.set(false);
        });
    };
    let save_button = move || {
        let profile = profiles.taken().filter(|profile| profile.may_edit)?;
        headers.with_value(|headers| profiles.differs(file, headers)).then(|| {
            let label = text!(profiles.save, name = profile.name.clone());
            view! {
                <button
                    type="button"
                    class="button"
                    disabled=move || is_saving.get()
                    on:click=move |_| save(profile.clone())
                >
                    {label}
                </button>
            }
        })
    };
    let save_as = move |_| {
        let name = file.chosen.with_untracked(|chosen| chosen.as_ref().map(|chosen| stem(&chosen.name)));
        let form = ProfileForm { name: name.unwrap_or_default(), sharing: Sharing::Private };
        asked.set(Some(Asked {
            title: text!(profiles.save_as),
            action: text!(profiles.save_profile),
            shares: true,
            form,
        }));
    };
    let create = move |form: ProfileForm| -> Submitted {
        let content = headers.with_value(|headers| profiles.content(file, headers));
        Box::pin(async move {
            let saved = create_profile(form, content).await?;
            toasts.say(text!(profiles.saved, name = saved.name.clone()));
            profiles.keep(saved);
            Ok(())
        })
    };
    view! {
        <section class="profile-bar" aria-label=text!(profiles.profile)>
            <p class="profile-status" role="status">{status}</p>
            <div class="profile-choice">
                <ProfileSelect file headers />
                {save_button}
                <button type="button" class="button" on:click=save_as>{text!(profiles.save_as_button)}</button>
                <a href="/profiles">{text!(profiles.all)}</a>
            </div>
        </section>
        <ProfileDialog asked on_submit=create />
    }
    .into_any()
}

/// Which profile the file is imported with, in a line.
#[component]
pub fn ProfileNote(
    /// The file in hand.
    file: FileImport,
) -> AnyView {
    let shown = move || {
        file.profiles.taken().map(|profile| {
            view! {
                <p class="notice" role="status">
                    <AsIn name=profile.name />
                </p>
            }
        })
    };
    shown.into_any()
}

/// “As in …”.
#[component]
fn AsIn(
    /// The profile's name.
    name: String,
) -> AnyView {
    view! { <span>{text!(profiles.as_in)} " " <strong dir="auto">{name}</strong></span> }.into_any()
}

/// Chooses among all profiles.
#[component]
fn ProfileSelect(
    /// The file in hand.
    file: FileImport,
    /// The names of its columns.
    headers: StoredValue<Vec<String>>,
) -> AnyView {
    let profiles = file.profiles;
    let choose = move |value: String| headers.with_value(|headers| profiles.take(file, value.parse().ok(), headers));
    // Only the options are made anew: the field keeps the focus.
    let options = move || {
        let (taken, kind) = (profiles.taken().map(|profile| profile.profile_id), file.objects.kind());
        let option = |profile: ProfileView| {
            let selected = taken == Some(profile.profile_id);
            let name = match profile.content.kind == kind {
                true => profile.name,
                false => text!(objects.file_of, name = profile.name, kind = kind_word(profile.content.kind)),
            };
            view! { <option value=profile.profile_id.to_string() selected=selected>{name}</option> }
        };
        let known = profiles.known().and_then(Result::ok).unwrap_or_default();
        view! {
            <option value="" selected=taken.is_none()>{text!(profiles.none)}</option>
            {known.into_iter().map(option).collect_view()}
        }
    };
    // Whether there are any; not which.
    let state = Memo::new(move |_| profiles.known().map(|known| known.map(|known| !known.is_empty())));
    let shown = move || match state.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorView error /> }.into_any(),
        Some(Ok(false)) => view! { <p class="quiet">{text!(profiles.none_yet)}</p> }.into_any(),
        Some(Ok(true)) => view! {
            <div class="field">
                <label for="profile">{text!(profiles.profile)}</label>
                <select class="input" id="profile" on:change:target=move |event| choose(event.target().value())>
                    {options}
                </select>
            </div>
        }
        .into_any(),
    };
    shown.into_any()
}

/// A file's name without what says its format.
fn stem(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
