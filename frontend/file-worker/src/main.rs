//! The worker's entry point: questions come in, answers go out, one after the other.

use app::file::desk::Desk;
use app::file::messages::{Asked, News, Said};
use app::file::reading::Source;
use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent};

/// Called once the module is loaded.
fn main() {
    console_error_panic_hook::set_once();
    let (ask, asked) = unbounded();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        // The other end lives as long as the worker.
        let _ = ask.unbounded_send(message.data());
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    spawn_local(answer_all(asked));
    say(&Said::Ready);
}

async fn answer_all(mut asked: UnboundedReceiver<JsValue>) {
    let mut desk = Desk::default();
    let mut file: Option<File> = None;
    while let Some(message) = asked.next().await {
        let parts = Array::from(&message);
        if let Ok(new) = parts.get(1).dyn_into::<File>() {
            file = Some(new);
        }
        // The page is of the same build: what it asks can be read.
        let Some(Ok(Asked { number, language, ask })) =
            parts.get(0).as_string().map(|text| serde_json::from_str(&text))
        else {
            continue;
        };
        app::text::set_language(&language);
        let name = file.as_ref().map(File::name).unwrap_or_default();
        let read = |at: u64, length: u64| file.as_ref().and_then(|file| read(file, at, length));
        let source = file.as_ref().map(|file| Source { name: &name, size: file.size() as u64, read: &read });
        let tell = |news: News| say(&Said::News(news));
        let answer = desk.answer(ask, source, &tell).await;
        say(&Said::Answer { number, answer });
    }
}

/// Reads a part of a file, at once: a worker may wait.
fn read(file: &File, at: u64, length: u64) -> Option<Vec<u8>> {
    let end = at.saturating_add(length).min(file.size() as u64);
    let part = file.slice_with_f64_and_f64(at as f64, end as f64).ok()?;
    let buffer = FileReaderSync::new().ok()?.read_as_array_buffer(&part).ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

fn say(said: &Said) {
    if let Ok(text) = serde_json::to_string(said) {
        // It fails for things that cannot be copied, which texts can.
        let _ = scope().post_message(&JsValue::from_str(&text));
    }
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
