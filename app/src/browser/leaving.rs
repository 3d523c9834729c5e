//! Leaving what is not saved: by closing the tab, by a link to another page, or by the browser's way back.

use leptos::{
    ev,
    prelude::{WindowListenerHandle, window, window_event_listener},
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Element, Event, HtmlAnchorElement, Location, MouseEvent};

thread_local! {
    static HOLDER: RefCell<Option<Holder>> = const { RefCell::new(None) };
    static HOLDERS: Cell<u32> = const { Cell::new(0) };
}

/// Whoever does not want to be left.
struct Holder {
    number: u32,
    /// Says which page would be left: the browser itself knows only where it has gone by then.
    here: Box<dyn Fn() -> String>,
    /// Told where a way leads; whether it is held.
    holds: Box<dyn Fn(String) -> bool>,
}

/// Has the browser ask before the tab is closed or loaded again, as long as this says so.
pub fn warn_before_leaving(must_warn: impl Fn() -> bool + 'static) -> WindowListenerHandle {
    window_event_listener(ev::beforeunload, move |event| {
        if must_warn() {
            event.prevent_default();
        }
    })
}

/// Tells where a way leads that would leave this page for another of this site, until it is released by the number that
/// comes back. The way is not gone where the answer is yes. Links that are marked `data-discards` are always followed.
pub fn hold_page(here: impl Fn() -> String + 'static, holds: impl Fn(String) -> bool + 'static) -> u32 {
    let number = HOLDERS.get() + 1;
    HOLDERS.set(number);
    HOLDER.set(Some(Holder { number, here: Box::new(here), holds: Box::new(holds) }));
    number
}

/// Lets the page be left. Whoever holds it by now keeps it.
pub fn release_page(number: u32) {
    HOLDER.with_borrow_mut(|holder| {
        if holder.as_ref().is_some_and(|holder| holder.number == number) {
            *holder = None;
        }
    });
}

/// Listens for every way that leads from a page, as long as the tab lives. Called once, before the router is made: of a
/// way back the window's listeners hear in the order in which they came, and whoever is first can keep it from the others.
pub fn watch_ways_out() {
    for (kind, heard) in [("click", on_press as fn(Event)), ("popstate", on_way_back)] {
        let listener = Closure::<dyn Fn(Event)>::new(heard).into_js_value();
        // A press is caught on its way down, before the link itself hears of it.
        let _ = window().add_event_listener_with_callback_and_bool(kind, listener.unchecked_ref(), true);
    }
}

fn on_press(event: Event) {
    let Some(path) = event.dyn_ref().and_then(left_by) else { return };
    if HOLDER.with_borrow(|holder| holder.as_ref().is_some_and(|holder| (holder.holds)(path))) {
        event.prevent_default();
        event.stop_propagation();
    }
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

/// The browser has gone already, and nobody was asked: it is brought back before the router hears of it.
fn on_way_back(event: Event) {
    let Some(path) = address(&window().location()) else { return };
    let here = HOLDER.with_borrow(|holder| {
        let holder = holder.as_ref()?;
        let here = (holder.here)();
        (page(&here) != page(&path) && (holder.holds)(path)).then_some(here)
    });
    if let (Some(here), Ok(history)) = (here, window().history()) {
        event.stop_immediate_propagation();
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here));
    }
}

fn address(location: &Location) -> Option<String> {
    Some(format!("{}{}{}", location.pathname().ok()?, location.search().ok()?, location.hash().ok()?))
}

/// An address without what only says how its page is shown.
fn page(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}
