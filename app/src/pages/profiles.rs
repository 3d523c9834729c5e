//! The profiles of file imports: whose they are, renaming, duplicating, removing.

use super::file::profile_form::{Asked, ProfileDialog, Submitted, sharing_word};
use crate::api::profile::{
    FileFormat, ProfileForm, ProfileView, duplicate_profile, list_profiles, remove_profile, rename_profile,
};
use crate::components::confirm::Confirm;
use crate::components::empty_state::EmptyState;
use crate::components::error_view::{ErrorView, explain};
use crate::components::form::Awake;
use crate::components::page_header::PageHeader;
use crate::components::time::Time;
use crate::components::toast::Toasts;
use crate::text;
use leptos::{prelude::*, task::spawn_local};
use plan::sheet::SheetKind;

/// What is to be done with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Rename,
    Duplicate,
    Remove,
}

/// The list of profiles.
#[component]
pub fn ProfilesPage() -> AnyView {
    let list = Resource::new(|| (), |()| list_profiles());
    view! {
        <PageHeader
            title=text!(profiles.title)
            about=|| view! { <p class="quiet">{text!(profiles.about)}</p> }
        >
            <a class="button is-primary" href="/import/file">{text!(files.title)}</a>
        </PageHeader>
        <Transition fallback=|| view! { <p aria-busy="true">{text!(common.loading)}</p> }>
            {move || list.get().map(|answer| match answer {
                Ok(profiles) => view! { <Profiles profiles on_change=move |()| list.refetch() /> }.into_any(),
                Err(error) => view! { <ErrorView error on_retry=move |()| list.refetch() /> }.into_any(),
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Profiles(
    /// All of them.
    profiles: Vec<ProfileView>,
    /// Something was written: the list is to be fetched again.
    #[prop(into)]
    on_change: Callback<()>,
) -> AnyView {
    if profiles.is_empty() {
        return view! { <EmptyState title=text!(profiles.empty) why=text!(profiles.empty_why) /> }.into_any();
    }
    let toasts = Toasts::here();
    // What is asked about which profile. The dialogs stand beside the table, one of each.
    let chosen = RwSignal::new(None::<(Deed, ProfileView)>);
    let (asked, asks_removal) = (RwSignal::new(None), RwSignal::new(false));
    let ask = move |deed: Deed, profile: ProfileView| {
        let (name, sharing) = (profile.name.clone(), profile.sharing);
        match deed {
            Deed::Rename => asked.set(Some(Asked {
                title: text!(profiles.edit),
                action: text!(common.save),
                shares: profile.may_remove,
                form: ProfileForm { name, sharing },
            })),
            Deed::Duplicate => asked.set(Some(Asked {
                title: text!(profiles.duplicate),
                action: text!(profiles.duplicate),
                shares: false,
                form: ProfileForm { name: text!(profiles.copy_of, name = name), sharing },
            })),
            Deed::Remove => asks_removal.set(true),
        }
        chosen.set(Some((deed, profile)));
    };
    let submit = move |form: ProfileForm| -> Submitted {
        let chosen = chosen.get_untracked();
        Box::pin(async move {
            let saved = match chosen {
                Some((Deed::Duplicate, profile)) => duplicate_profile(profile.profile_id, form.name).await?,
                Some((Deed::Rename | Deed::Remove, profile)) => {
                    rename_profile(profile.profile_id, profile.version, form).await?
                }
                None => return Ok(()),
            };
            toasts.say(text!(profiles.saved, name = saved.name));
            on_change.run(());
            Ok(())
        })
    };
    let remove = move |()| {
        let Some((_, profile)) = chosen.get_untracked() else { return };
        spawn_local(async move {
            match remove_profile(profile.profile_id, profile.version).await {
                Ok(()) => {
                    toasts.say(text!(profiles.removed, name = profile.name));
                    on_change.run(());
                }
                Err(error) => {
                    let explained = explain(&error);
                    toasts.fail(format!("{}. {}", explained.what, explained.next), None);
                }
            }
        });
    };
    let question = Signal::derive(move || {
        let name = chosen.get().map(|(_, profile)| profile.name).unwrap_or_default();
        text!(profiles.remove_why, name = name)
    });
    let lines =
        profiles.into_iter().map(|profile| view! { <Line profile on_ask=move |(deed, profile)| ask(deed, profile) /> });
    view! {
        <div class="table-scroll" role="region" aria-label=text!(profiles.title) tabindex="0">
            <table class="table profiles-table">
                <thead>
                    <tr>
                        <th scope="col">{text!(profiles.name)}</th>
                        <th scope="col">{text!(profiles.made_for)}</th>
                        <th scope="col">{text!(profiles.owner)}</th>
                        <th scope="col">{text!(profiles.sharing)}</th>
                        <th scope="col">{text!(profiles.updated)}</th>
                        <th scope="col">{text!(profiles.actions)}</th>
                    </tr>
                </thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        </div>
        <ProfileDialog asked on_submit=submit />
        <Confirm
            open=asks_removal
            title=text!(profiles.remove)
            message=question
            action=text!(profiles.remove)
            on_confirm=remove
        />
    }
    .into_any()
}

#[component]
fn Line(
    /// The profile.
    profile: ProfileView,
    /// A button was pressed.
    #[prop(into)]
    on_ask: Callback<(Deed, ProfileView)>,
) -> AnyView {
    let waiting = Awake::must_wait();
    let button = |deed: Deed, word: &'static str, label: String| {
        let profile = profile.clone();
        view! {
            <button
                type="button"
                class="button"
                aria-label=label
                disabled=move || waiting.get()
                on:click=move |_| on_ask.run((deed, profile.clone()))
            >
                {word}
            </button>
        }
    };
    let name = || profile.name.clone();
    let rename =
        profile.may_edit.then(|| button(Deed::Rename, text!(profiles.edit), text!(profiles.edit_label, name = name())));
    let duplicate = button(Deed::Duplicate, text!(profiles.duplicate), text!(profiles.duplicate_label, name = name()));
    let remove = profile
        .may_remove
        .then(|| button(Deed::Remove, text!(profiles.remove), text!(profiles.remove_label, name = name())));
    let owner = match profile.is_own {
        true => text!(profiles.owner_you).to_owned(),
        false => profile.owner.clone().unwrap_or_else(|| text!(profiles.owner_gone).to_owned()),
    };
    view! {
        <tr>
            <th scope="row" dir="auto">{name()}</th>
            <td>{made_for(&profile)}</td>
            <td dir="auto">{owner}</td>
            <td>{sharing_word(profile.sharing)}</td>
            <td>
                <Time at=profile.updated_at />
            </td>
            <td>
                <div class="profile-actions">{rename} {duplicate} {remove}</div>
            </td>
        </tr>
    }
    .into_any()
}

/// Kind and format of the files that a profile is for.
fn made_for(profile: &ProfileView) -> String {
    let kind = match profile.content.kind {
        SheetKind::Users => text!(common.nav_users),
        SheetKind::Groups => text!(common.nav_groups),
        SheetKind::Roles => text!(common.nav_roles),
    };
    let format = match profile.content.format {
        FileFormat::Csv => "CSV",
        FileFormat::Xlsx => "Excel",
    };
    format!("{kind}, {format}")
}
