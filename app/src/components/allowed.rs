//! What only some people can use.

use crate::components::session::Session;
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
