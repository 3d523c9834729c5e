//! The Leptos application: pages, components, server functions. Compiled twice: for the browser (`hydrate`) and for
//! the server (`ssr`).
//!
//! **To add a text**: a key in `locales/en/NAMESPACE.json` and the same key in `locales/de/NAMESPACE.json` (the build
//! warns when one is missing), then `text!(namespace.key)`; with arguments `{{ name }}` in the JSON and
//! `text!(namespace.key, name = value)`; plurals are two keys, `key_one` and `key_other`, with `count`:
//! `text!(namespace.key, count = n)`. A new namespace is named in `build.rs`.
//!
//! **To add a page**: a file in `pages/` whose component returns [`AnyView`] (the boundary keeps the wasm small), a line
//! in `pages.rs`, a `<Route>` in [`App`], and, when it belongs in the navigation, a line in `components/navigation.rs`.
//! Its heading is a `<PageHeader>`, which also sets the window's title.

pub mod api;
pub mod appearance;
pub mod browser;
pub mod components;
pub mod error;
pub mod export;
pub mod file;
pub mod pages;
pub mod text;

#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod shell;

use components::{form::Awake, frame::Frame, live::Live, session::Session, toast::Toasts};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Redirect, Route, Router},
    path,
};
use pages::{
    file::{
        drop::{DropZone, Dropped},
        state::FileImport,
    },
    not_found::NotFoundPage,
    part::{Files, Import, People, Setup},
    password::{AskPasswordPage, ChoosePasswordPage},
    sign_in::SignInPage,
};

/// The whole application, below `<body>`.
#[component]
pub fn App() -> impl IntoView {
    leptos_meta::provide_meta_context();
    Awake::provide();
    Toasts::provide();
    Live::provide();
    Session::provide();
    FileImport::provide_place();
    Dropped::provide();
    if cfg!(target_arch = "wasm32") {
        browser::watch_ways_out();
    }

    // Everything is awaited before the first byte, so that a page is whole without scripts, and its status and redirects
    // are true.
    view! {
        <Router>
            <DropZone />
            <Frame>
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view=|| view! { <Redirect path="/users" /> } ssr=SsrMode::Async />
                    <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                    <Route path=path!("/password") view=AskPasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/password/:token") view=ChoosePasswordPage ssr=SsrMode::Async />
                    <Route path=path!("/users") view=People::Users ssr=SsrMode::Async />
                    <Route path=path!("/users/new") view=People::NewUser ssr=SsrMode::Async />
                    <Route path=path!("/users/:id") view=People::User ssr=SsrMode::Async />
                    <Route path=path!("/groups") view=People::Groups ssr=SsrMode::Async />
                    <Route path=path!("/groups/new") view=People::NewGroup ssr=SsrMode::Async />
                    <Route path=path!("/groups/:id") view=People::Group ssr=SsrMode::Async />
                    <Route path=path!("/roles") view=People::Roles ssr=SsrMode::Async />
                    <Route path=path!("/roles/new") view=People::NewRole ssr=SsrMode::Async />
                    <Route path=path!("/roles/:id") view=People::Role ssr=SsrMode::Async />
                    <Route path=path!("/import") view=Import::Search ssr=SsrMode::Async />
                    <Route path=path!("/import/file") view=Files::File ssr=SsrMode::Async />
                    <Route path=path!("/import/file/columns") view=Files::Columns ssr=SsrMode::Async />
                    <Route path=path!("/import/file/review") view=Files::Review ssr=SsrMode::Async />
                    <Route path=path!("/profiles") view=Files::Profiles ssr=SsrMode::Async />
                    <Route path=path!("/plans/:id") view=Import::Review ssr=SsrMode::Async />
                    <Route path=path!("/jobs") view=Import::Jobs ssr=SsrMode::Async />
                    <Route path=path!("/jobs/:id") view=Import::Job ssr=SsrMode::Async />
                    <Route path=path!("/directories") view=Setup::Directories ssr=SsrMode::Async />
                    <Route path=path!("/directories/new") view=Setup::Directory ssr=SsrMode::Async />
                    <Route path=path!("/directories/:id") view=Setup::Directory ssr=SsrMode::Async />
                    <Route path=path!("/demo") view=Setup::Demo ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=Setup::Settings ssr=SsrMode::Async />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}
