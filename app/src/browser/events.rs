//! The stream of events: one for all tabs of a browser, which holds few connections to a server at a time. One tab has
//! it, and tells the others; when that tab is closed, another opens it. It is opened again when it breaks, without losing
//! what came between.

use super::turn;
use crate::components::live::Live;
use job::Event;
use leptos::prelude::set_timeout;
use serde::{Deserialize, Serialize};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{BroadcastChannel, EventSource, MessageEvent};

/// Where the server tells.
const ADDRESS: &str = "/events";
/// What the tabs call the stream among themselves.
const NAME: &str = "muster-events";
/// How long until a stream that the server refused is tried again.
const PATIENCE: Duration = Duration::from_secs(5);
/// Each time it takes twice as long, but not longer than this.
const LIMIT: Duration = Duration::from_secs(60);

thread_local! {
    static STREAM: RefCell<Option<Stream>> = const { RefCell::new(None) };
    static TABS: RefCell<Option<Tabs>> = const { RefCell::new(None) };
}

/// The open stream, and what it calls.
struct Stream {
    source: EventSource,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_open: Closure<dyn Fn()>,
    _on_error: Closure<dyn Fn()>,
}

/// The other tabs, if they can be talked to.
struct Tabs {
    channel: Option<BroadcastChannel>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
}

/// What tabs say to each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    /// A tab came, or somebody signed in there: how does the stream stand?
    Hello,
    /// Whether the stream is open, for whom that is new.
    Stands(bool),
    /// The stream was opened, or broke, just now.
    Turned(bool),
    /// The stream said something.
    News(Event),
}

/// Follows the stream for as long as the tab lives. A second call only asks how it stands.
pub fn follow_events(live: Live) {
    if TABS.with_borrow(Option::is_none) {
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(word) = read(&message) {
                hear(live, word);
            }
        });
        // Tabs that cannot take turns have a stream each.
        let channel = turn::can_take_turns().then(|| BroadcastChannel::new(NAME).ok()).flatten();
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        let is_alone = channel.is_none();
        TABS.with_borrow_mut(|tabs| *tabs = Some(Tabs { channel, _on_message: on_message }));
        if is_alone {
            open(live, PATIENCE);
        } else {
            turn::in_turn(NAME, move || open(live, PATIENCE));
        }
    }
    open_again(live);
    say(&Word::Hello);
}

/// The browser's clock, in milliseconds since 1970 UTC.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Another tab says something.
fn hear(live: Live, word: Word) {
    match word {
        Word::Hello => {
            open_again(live);
            let state = STREAM.with_borrow(|stream| stream.as_ref().map(|stream| stream.source.ready_state()));
            if let Some(state) = state {
                say(&Word::Stands(state == EventSource::OPEN));
            }
        }
        Word::Stands(open) if live.knows_connected(open) => {}
        Word::Stands(open) | Word::Turned(open) => live.tell_connected(open),
        Word::News(event) => live.tell(event, now()),
    }
}

/// Tells the other tabs.
fn say(word: &Word) {
    TABS.with_borrow(|tabs| {
        let channel = tabs.as_ref().and_then(|tabs| tabs.channel.as_ref());
        if let (Some(channel), Ok(text)) = (channel, serde_json::to_string(word)) {
            let _ = channel.post_message(&JsValue::from_str(&text));
        }
    });
}

fn read<T: serde::de::DeserializeOwned>(message: &MessageEvent) -> Option<T> {
    message.data().as_string().and_then(|text| serde_json::from_str(&text).ok())
}

/// Whether this tab has a stream that the server refused.
fn is_refused() -> bool {
    STREAM.with_borrow(|stream| stream.as_ref().is_some_and(|s| s.source.ready_state() == EventSource::CLOSED))
}

/// Opens a stream that the server refused: by now somebody may have signed in.
fn open_again(live: Live) {
    if is_refused() {
        open(live, PATIENCE);
    }
}

fn open(live: Live, patience: Duration) {
    // A browser that lost its connection comes again by itself and says `Last-Event-ID`. After an answer such as 503 it
    // does not: then the stream begins anew, and whoever listens asks for what came between.
    let Ok(source) = EventSource::new(ADDRESS) else { return };
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(event) = read::<Event>(&message) {
            say(&Word::News(event.clone()));
            live.tell(event, now());
        }
    });
    let turned = move |open| {
        say(&Word::Turned(open));
        live.tell_connected(open);
    };
    let on_open = Closure::<dyn Fn()>::new(move || turned(true));
    let on_error = Closure::<dyn Fn()>::new(move || {
        turned(false);
        if is_refused() {
            let again = move || {
                if is_refused() {
                    open(live, (patience * 2).min(LIMIT));
                }
            };
            set_timeout(again, patience);
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let stream = Stream { source, _on_message: on_message, _on_open: on_open, _on_error: on_error };
    STREAM.with_borrow_mut(|slot| *slot = Some(stream));
}
