//! Who is signed in, for everything on the page.

use crate::{
    api::session::{Me, who_am_i},
    error::AppError,
};
use identity::role::Permission;
use leptos::prelude::*;

/// Who is signed in. There is one, provided by the application.
#[derive(Debug, Clone, Copy)]
pub struct Session(Resource<Result<Option<Me>, AppError>>);

impl Session {
    /// Asks the server, once a page.
    pub fn provide() {
        provide_context(Self(Resource::new_blocking(|| (), |()| who_am_i())));
    }

    /// The session of this page. Called while a component is made.
    pub fn here() -> Self {
        expect_context()
    }

    /// Who is signed in; `None` as long as that is not known. Read it below a `Suspense`, or in the frame.
    pub fn me(self) -> Option<Me> {
        self.0.with(|answer| match answer {
            Some(Ok(me)) => me.clone(),
            _ => None,
        })
    }

    /// Whether the person may do this. What is not allowed is hidden; the server checks it again.
    pub fn may(self, permission: Permission) -> bool {
        self.0.with(|answer| matches!(answer, Some(Ok(Some(me))) if me.may(permission)))
    }

    /// The answer, awaited.
    pub async fn known(self) -> Result<Option<Me>, AppError> {
        self.0.await
    }

    /// What the server answered, when it did.
    pub fn answer(self) -> Option<Result<Option<Me>, AppError>> {
        self.0.get()
    }
}
