//! What only some people can use.

use crate::{
    components::{error_view::ErrorView, session::Session},
    error::AppError,
};
use identity::role::Permission;
use leptos::prelude::*;

/// Shows what leads further only to those who may go there. The server checks it again.
#[component]
pub fn Allowed(
    /// What is needed.
    permission: Permission,
    /// What leads further.
    children: ChildrenFn,
) -> AnyView {
    let session = Session::here();
    let children = StoredValue::new(children);
    view! {
        <Transition>
            {move || session.may(permission).then(|| children.with_value(|children| children()))}
        </Transition>
    }
    .into_any()
}

/// A page that is of use only to those who may do something. Others are told what they lack, before they begin.
#[component]
pub fn ForThose(
    /// What is needed.
    permission: Permission,
    /// What they may use.
    children: ChildrenFn,
) -> AnyView {
    let session = Session::here();
    let children = StoredValue::new(children);
    let shown = move || match session.answer() {
        Some(Ok(Some(me))) if me.may(permission) => children.with_value(|children| children()),
        Some(Ok(Some(_))) => view! { <ErrorView error=AppError::Forbidden { permission } /> }.into_any(),
        // The frame says what else there is to say.
        _ => ().into_any(),
    };
    view! { <Transition>{shown}</Transition> }.into_any()
}
