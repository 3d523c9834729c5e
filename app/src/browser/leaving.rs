//! Leaving what is not saved: by closing the tab, or by a link to another page.

use leptos::{
    ev,
    prelude::{WindowListenerHandle, window, window_event_listener},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Told where a link leads; whether the link is held.
type Holder = Box<dyn Fn(String) -> bool>;
type Listener = Closure<dyn Fn(MouseEvent)>;

thread_local! {
    static HOLDER: RefCell<Option<(u32, Holder)>> = const { RefCell::new(None) };
    static HOLDERS: Cell<u32> = const { Cell::new(0) };
    /// What listens to every press, as long as the tab lives.
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
}

/// Has the browser ask before the tab is closed or loaded again, as long as this says so.
pub fn warn_before_leaving(must_warn: impl Fn() -> bool + 'static) -> WindowListenerHandle {
    window_event_listener(ev::beforeunload, move |event| {
        if must_warn() {
            event.prevent_default();
        }
    })
}

/// Tells where a link leads before it is followed, if that is another page of this site, until it is released by the
/// number that comes back. A link is not followed where the answer is yes. Those marked `data-discards` always are.
pub fn hold_links(holder: impl Fn(String) -> bool + 'static) -> u32 {
    let number = HOLDERS.get() + 1;
    HOLDERS.set(number);
    HOLDER.set(Some((number, Box::new(holder))));
    listen();
    number
}

/// Lets links go. Whoever holds them by now keeps them.
pub fn release_links(number: u32) {
    HOLDER.with_borrow_mut(|holder| {
        if holder.as_ref().is_some_and(|(holds, _)| *holds == number) {
            *holder = None;
        }
    });
}

/// Before the router, which listens at the window when everybody else has: hence at the event's way down.
fn listen() {
    if LISTENER.with_borrow(Option::is_some) {
        return;
    }
    let listener = Listener::new(|event: MouseEvent| {
        let Some(path) = left_by(&event) else { return };
        if HOLDER.with_borrow(|holder| holder.as_ref().is_some_and(|(_, held)| held(path))) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let _ = window().add_event_listener_with_callback_and_bool("click", listener.as_ref().unchecked_ref(), true);
    LISTENER.set(Some(listener));
}

/// The other page of this site that a press would lead to, in this tab.
fn left_by(event: &MouseEvent) -> Option<String> {
    let is_plain =
        event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    let link: HtmlAnchorElement = pressed.closest("a[href]").ok()??.dyn_into().ok()?;
    let here = window().location();
    let stays = link.origin() != here.origin().ok()?
        || link.pathname() == here.pathname().ok()?
        || ["download", "target", "data-discards"].into_iter().any(|attribute| link.has_attribute(attribute));
    (is_plain && !stays).then(|| format!("{}{}{}", link.pathname(), link.search(), link.hash()))
}
