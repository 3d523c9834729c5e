//! What is shown under a condition that reads an answer of the server.

use leptos::prelude::*;

/// Shows what is below it as long as a condition holds. For conditions that read a resource: the server would sometimes
/// leave it out with leptos' `Show`, which keeps its condition in a memo. A resource that has just arrived counts as
/// ready before its memos hear of it, so a page rendered on another thread in between still has the answer of before,
/// and the browser, which expects otherwise, cannot wake the page.
#[component]
pub fn When(
    /// The condition.
    is: impl Fn() -> bool + Send + Sync + 'static,
    /// What is shown.
    children: ChildrenFn,
) -> AnyView {
    let children = StoredValue::new(children);
    (move || is().then(|| children.with_value(|children| children()))).into_any()
}
