//! The worker that reads files: one at a time, begun when it is first asked or a little before.

use super::files::{chosen_file, offered_file};
use crate::file::messages::{Answer, Ask, Asked, Beginning, FileError, News, Progress, Said};
use crate::text;
use futures::channel::oneshot;
use js_sys::Array;
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Where its few lines of JavaScript are.
const ADDRESS: &str = "/file-worker.js";

thread_local! {
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// A worker, and who waits for it.
struct Running {
    worker: Worker,
    next: u32,
    /// Whether it was given the file.
    has_file: bool,
    waiting: HashMap<u32, oneshot::Sender<Result<Answer, FileError>>>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn()>,
}

/// What is told of a question until it is answered. Cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    /// How far it is.
    pub progress: RwSignal<Option<Progress>>,
    /// How the file begins that is being read.
    pub beginning: RwSignal<Option<Beginning>>,
}

/// Asks the worker, which is begun if need be. The question is on its way when this returns; the file goes along
/// with a question to read it.
pub fn ask_worker(ask: Ask, told: Told) -> impl Future<Output = Result<Answer, FileError>> + Send {
    let answer = send(ask, told);
    async move {
        match answer {
            Ok(answer) => answer.await.unwrap_or(Err(FileError::Died)),
            Err(error) => Err(error),
        }
    }
}

/// Begins the worker before it is asked: by the time that a file was chosen it is ready.
pub fn prepare_worker(told: Told) {
    RUNNING.with_borrow_mut(|running| {
        if running.is_none() {
            *running = begin(told);
        }
    });
}

/// Ends the worker and what it does. Whoever waits for it is told that no file is open. One that was not asked anything
/// yet is as good as a new one, and stays.
pub fn stop_worker() {
    if RUNNING.with_borrow(|running| running.as_ref().is_some_and(|running| running.next > 0)) {
        end(&FileError::NotOpen);
    }
}

/// Whether the worker was given the chosen file. One that is begun after another ended was not.
pub fn worker_has_file() -> bool {
    RUNNING.with_borrow(|running| running.as_ref().is_some_and(|running| running.has_file))
}

fn send(ask: Ask, told: Told) -> Result<oneshot::Receiver<Result<Answer, FileError>>, FileError> {
    let reads = matches!(ask, Ask::Read(_));
    let file = match &ask {
        Ask::Read(_) => chosen_file(),
        Ask::Peek { place } => offered_file(*place),
        _ => None,
    };
    RUNNING.with_borrow_mut(|running| {
        let running = match running {
            Some(running) => running,
            None => running.insert(begin(told).ok_or(FileError::Died)?),
        };
        let number = running.next;
        running.next += 1;
        let text = serde_json::to_string(&Asked { number, language: text::language().to_string(), ask })
            .map_err(|_| FileError::Died)?;
        let message = Array::of2(&JsValue::from_str(&text), &file.map_or(JsValue::NULL, JsValue::from));
        running.worker.post_message(&message).map_err(|_| FileError::Died)?;
        running.has_file |= reads;
        let (answered, answer) = oneshot::channel();
        running.waiting.insert(number, answered);
        Ok(answer)
    })
}

fn begin(told: Told) -> Option<Running> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(ADDRESS, &options).ok()?;
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| hear(&message, told));
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    let on_error = Closure::<dyn Fn()>::new(|| end(&FileError::Died));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Some(Running {
        worker,
        next: 0,
        has_file: false,
        waiting: HashMap::new(),
        _on_message: on_message,
        _on_error: on_error,
    })
}

fn hear(message: &MessageEvent, told: Told) {
    let text = message.data().as_string().unwrap_or_default();
    match serde_json::from_str::<Said>(&text) {
        Ok(Said::Ready) => {}
        Ok(Said::News(News::Progress(now))) => drop(told.progress.try_set(Some(now))),
        Ok(Said::News(News::Beginning(beginning))) => drop(told.beginning.try_set(Some(beginning))),
        Ok(Said::Answer { number, answer }) => {
            told.progress.try_set(None);
            let waits = RUNNING.with_borrow_mut(|running| running.as_mut()?.waiting.remove(&number));
            // Who does not wait any more is not told.
            drop(waits.map(|waits| waits.send(answer)));
        }
        Ok(Said::Died) | Err(_) => {
            told.progress.try_set(None);
            end(&FileError::Died);
        }
    }
}

fn end(error: &FileError) {
    let Some(running) = RUNNING.take() else { return };
    running.worker.terminate();
    let Running { waiting, _on_message, _on_error, .. } = running;
    // The call that led here may be one of theirs: they are dropped after it.
    set_timeout(move || drop((_on_message, _on_error)), std::time::Duration::ZERO);
    for waits in waiting.into_values() {
        let _ = waits.send(Err(error.clone()));
    }
}
