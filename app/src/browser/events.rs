//! The stream of events: one for the tab, opened again when it breaks, without losing what came between.

use crate::components::live::Live;
use job::Event;
use leptos::prelude::set_timeout;
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{EventSource, MessageEvent};

/// Where the server tells.
const ADDRESS: &str = "/events";
/// How long until a stream that the server refused is tried again.
const PATIENCE: Duration = Duration::from_secs(5);
/// Each time it takes twice as long, but not longer than this.
const LIMIT: Duration = Duration::from_secs(60);

thread_local! {
    static STREAM: RefCell<Option<Stream>> = const { RefCell::new(None) };
}

/// The open stream, and what it calls.
struct Stream {
    source: EventSource,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_open: Closure<dyn Fn()>,
    _on_error: Closure<dyn Fn()>,
}

/// Follows the stream for as long as the tab lives. A second call changes nothing.
pub fn follow_events(live: Live) {
    if STREAM.with_borrow(Option::is_none) {
        open(live, PATIENCE);
    }
}

/// The browser's clock, in milliseconds since 1970 UTC.
pub fn now() -> f64 {
    js_sys::Date::now()
}

fn open(live: Live, patience: Duration) {
    // A browser that lost its connection comes again by itself and says `Last-Event-ID`. After an answer such as 503 it
    // does not: then the stream begins anew, and whoever listens asks for what came between.
    let Ok(source) = EventSource::new(ADDRESS) else { return };
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let event = message.data().as_string().and_then(|text| serde_json::from_str::<Event>(&text).ok());
        if let Some(event) = event {
            live.tell(event, now());
        }
    });
    let on_open = Closure::<dyn Fn()>::new(move || live.tell_connected(true));
    let on_error = Closure::<dyn Fn()>::new(move || {
        live.tell_connected(false);
        let is_closed =
            STREAM.with_borrow(|stream| stream.as_ref().is_some_and(|s| s.source.ready_state() == EventSource::CLOSED));
        if is_closed {
            set_timeout(move || open(live, (patience * 2).min(LIMIT)), patience);
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let stream = Stream { source, _on_message: on_message, _on_open: on_open, _on_error: on_error };
    STREAM.with_borrow_mut(|slot| *slot = Some(stream));
}
