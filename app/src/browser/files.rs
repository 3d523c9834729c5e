//! Files that a person chooses, drops or pastes. The file itself stays here and goes to the worker; pages see its name.

use leptos::{
    ev,
    prelude::{WindowListenerHandle, document, window_event_listener},
};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, File, FileList, FilePropertyBag, HtmlAnchorElement,
    HtmlInputElement, Url,
};

thread_local! {
    static CHOSEN: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// A file that was chosen, by what it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed last, in milliseconds since 1970 UTC.
    pub modified: u64,
    /// How many more there were beside it.
    pub others: u32,
}

/// The file that was chosen with a field. The field is emptied, so that the same file can be chosen again.
pub fn file_of_input(event: &ev::Event) -> Option<Chosen> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let chosen = choose(&input.files()?);
    input.set_value("");
    chosen
}

/// The file that was dropped.
pub fn file_of_drop(event: &ev::DragEvent) -> Option<Chosen> {
    choose(&event.data_transfer()?.files()?)
}

/// Whether what is dragged holds files, and no text or picture of a page.
pub fn drags_files(event: &ev::DragEvent) -> bool {
    let holds = |transfer: DataTransfer| transfer.types().includes(&JsValue::from_str("Files"), 0);
    event.data_transfer().is_some_and(holds)
}

/// What was pasted: a file, or cells of a spreadsheet as text, which then get this name.
pub fn file_of_paste(event: &ev::Event, name: &str) -> Option<Chosen> {
    let transfer = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    if let Some(chosen) = transfer.files().and_then(|files| choose(&files)) {
        return Some(chosen);
    }
    let text = transfer.get_data("text/plain").ok().filter(|text| text.contains(['\t', '\n']))?;
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    let kind = FilePropertyBag::new();
    kind.set_type("text/tab-separated-values");
    keep(File::new_with_str_sequence_and_options(&parts, name, &kind).ok()?, 0)
}

/// Gives a text to the person as a file.
pub fn save_file(name: &str, text: &str) {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &kind) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    let _ = Url::revoke_object_url(&address);
}

/// Has the browser ask before the tab is closed or loaded again, as long as this says so.
pub fn warn_before_leaving(must_warn: impl Fn() -> bool + 'static) -> WindowListenerHandle {
    window_event_listener(ev::beforeunload, move |event| {
        if must_warn() {
            event.prevent_default();
        }
    })
}

/// The chosen file, for the worker.
pub(super) fn chosen_file() -> Option<File> {
    CHOSEN.with_borrow(Clone::clone)
}

fn choose(files: &FileList) -> Option<Chosen> {
    keep(files.get(0)?, files.length().saturating_sub(1))
}

fn keep(file: File, others: u32) -> Option<Chosen> {
    let chosen = Chosen { name: file.name(), size: file.size() as u64, modified: file.last_modified() as u64, others };
    CHOSEN.set(Some(file));
    Some(chosen)
}
