//! The pages that a browser loads when they are wanted, in parts.
//!
//! What the browser gets first holds what every page needs. Each part is a file of its own, loaded with the first page of
//! it; `wasm-split` cuts them out of one build, by what can be reached from where. Without the feature `split`, as on the
//! server, everything is there from the start.

use super::{
    demo::DemoPage,
    directories::DirectoriesPage,
    directory::DirectoryPage,
    file::{FileColumnsPage, FilePage, FileReviewPage},
    group::{GroupPage, NewGroupPage},
    groups::GroupsPage,
    import::ImportPage,
    job::JobPage,
    jobs::JobsPage,
    profiles::ProfilesPage,
    review::ReviewPage,
    role::{NewRolePage, RolePage},
    roles::RolesPage,
    settings::SettingsPage,
    user::{NewUserPage, UserPage},
    users::UsersPage,
};
use crate::{browser, components::empty_state::EmptyState, components::page_header::PageHeader, text};
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;
use leptos::{prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use leptos_router::ChooseView;

/// A part: its pages, and the function that loads it.
macro_rules! part {
    ($(#[$doc:meta])* $part:ident, $show:ident, $load:ident, { $($page:ident => $component:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $part {
            $(#[doc = concat!("[`", stringify!($component), "`]")] $page,)+
        }

        #[cfg(feature = "split")]
        #[wasm_split($show, wasm_split_path = ::leptos::wasm_split, fallible, preload($load))]
        fn $show(page: $part) -> Result<AnyView, SplitLoaderError> {
            Ok(page.view())
        }

        #[cfg(not(feature = "split"))]
        async fn $show(page: $part) -> Result<AnyView, SplitLoaderError> {
            $load().await.map(|()| page.view())
        }

        #[cfg(not(feature = "split"))]
        async fn $load() -> Result<(), SplitLoaderError> {
            Ok(())
        }

        impl $part {
            fn view(self) -> AnyView {
                match self {
                    $($part::$page => $component().into_any(),)+
                }
            }
        }

        impl ChooseView for $part {
            async fn choose(self) -> AnyView {
                $show(self).await.unwrap_or_else(|_| NotLoaded().into_any())
            }

            async fn preload(&self) {}
        }
    };
}

part!(
    /// Who is there, and what they may do.
    People, people, load_people, {
        Users => UsersPage,
        NewUser => NewUserPage,
        User => UserPage,
        Groups => GroupsPage,
        NewGroup => NewGroupPage,
        Group => GroupPage,
        Roles => RolesPage,
        NewRole => NewRolePage,
        Role => RolePage,
    }
);

part!(
    /// From the search of a directory to the report of a job.
    Import, import, load_import, {
        Search => ImportPage,
        Review => ReviewPage,
        Jobs => JobsPage,
        Job => JobPage,
    }
);

part!(
    /// From a file to what it would change.
    Files, files, load_files, {
        File => FilePage,
        Columns => FileColumnsPage,
        Review => FileReviewPage,
        Profiles => ProfilesPage,
    }
);

part!(
    /// What is set up once.
    Setup, setup, load_setup, {
        Directories => DirectoriesPage,
        Directory => DirectoryPage,
        Demo => DemoPage,
        Settings => SettingsPage,
    }
);

/// Loads the part that the page at a path needs, so that it can be woken at once.
///
/// # Errors
///
/// The part could not be loaded; the browser's console says why.
pub async fn load(path: &str) -> Result<(), SplitLoaderError> {
    let mut names = path.split('/').skip(1);
    match (names.next().unwrap_or_default(), names.next().unwrap_or_default()) {
        ("users" | "groups" | "roles", _) => load_people().await,
        ("import", "file") | ("profiles", _) => load_files().await,
        ("import" | "plans" | "jobs", _) => load_import().await,
        ("directories" | "demo" | "settings", _) => load_setup().await,
        _ => Ok(()),
    }
}

/// Loads the part of a page that most likely comes next, while nothing waits for it. Called in the browser.
pub fn prepare(path: &'static str) {
    spawn_local(async move {
        // The page itself tells when it cannot be loaded.
        let _ = load(path).await;
    });
}

/// A part did not come: the connection is gone, or Muster has another version by now.
#[component]
fn NotLoaded() -> AnyView {
    view! {
        <PageHeader title=text!(common.not_loaded) />
        <EmptyState title=text!(common.not_loaded) why=text!(common.not_loaded_why)>
            <button type="button" class="button is-primary" on:click=|_| browser::reload()>{text!(common.not_loaded_next)}</button>
        </EmptyState>
    }
    .into_any()
}
