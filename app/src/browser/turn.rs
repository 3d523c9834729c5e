//! One tab for all: the tabs of a browser take turns, each for as long as it lives.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// The browser's locks (Web Locks). A page that came over plain http from another machine has none.
fn locks() -> Option<(JsValue, Function)> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}

/// Whether tabs can take turns.
pub fn can_take_turns() -> bool {
    locks().is_some()
}

/// Calls when it is this tab's turn, which lasts until the tab is closed. Where tabs cannot take turns, at once.
pub fn in_turn(name: &str, begin: impl FnOnce() + 'static) {
    let Some((locks, request)) = locks() else { return begin() };
    let held = Closure::once_into_js(move || -> JsValue {
        begin();
        // Held until this is fulfilled, which it never is.
        Promise::new(&mut |_, _| {}).into()
    });
    let _ = request.call2(&locks, &name.into(), &held);
}
