//! Files that a person chooses, drops or pastes. The file itself stays here and goes to the worker; pages see its name.

use leptos::{ev, prelude::document};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, File, FileList, FilePropertyBag, HtmlAnchorElement,
    HtmlInputElement, Url,
};

thread_local! {
    static CHOSEN: RefCell<Option<File>> = const { RefCell::new(None) };
    /// Those that were chosen together last, and are not taken yet.
    static OFFERED: RefCell<Vec<File>> = const { RefCell::new(Vec::new()) };
    /// Those that are opened one after the other, by their places among all that were chosen together.
    static TAKEN: RefCell<BTreeMap<u32, File>> = const { RefCell::new(BTreeMap::new()) };
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
}

impl Chosen {
    pub(super) fn of(file: &File) -> Self {
        Self { name: file.name(), size: file.size() as u64, modified: file.last_modified() as u64 }
    }
}

/// The files that were chosen with a field. The field is emptied, so that the same file can be chosen again.
pub fn files_of_input(event: &ev::Event) -> Vec<Chosen> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return vec![] };
    let chosen = input.files().map(|files| offer(&files)).unwrap_or_default();
    input.set_value("");
    chosen
}

/// The files that were dropped.
pub fn files_of_drop(event: &ev::DragEvent) -> Vec<Chosen> {
    event.data_transfer().and_then(|transfer| transfer.files()).map(|files| offer(&files)).unwrap_or_default()
}

/// Whether what is dragged holds files, and no text or picture of a page.
pub fn drags_files(event: &ev::DragEvent) -> bool {
    let holds = |transfer: DataTransfer| transfer.types().includes(&JsValue::from_str("Files"), 0);
    event.data_transfer().is_some_and(holds)
}

/// What was pasted: files, or cells of a spreadsheet as text, which then get this name.
pub fn files_of_paste(event: &ev::Event, name: &str) -> Vec<Chosen> {
    let transfer = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let Some(transfer) = transfer else { return vec![] };
    let files = transfer.files().map(|files| offer(&files)).unwrap_or_default();
    if files.is_empty() { cells(&transfer, name).map(|file| keep(vec![file])).unwrap_or_default() } else { files }
}

/// The files that were chosen last are to be opened. Until then those chosen before come next.
pub fn take_offered() {
    TAKEN.set((0..).zip(OFFERED.take()).collect());
}

/// Goes on with one of the files that are opened one after the other, by its place among them.
pub fn take_up(place: u32) {
    CHOSEN.set(offered_file(place));
}

/// Cells of a spreadsheet as a file.
fn cells(transfer: &DataTransfer, name: &str) -> Option<File> {
    let text = transfer.get_data("text/plain").ok().filter(|text| text.contains(['\t', '\n']))?;
    let parts = js_sys::Array::of1(&JsValue::from_str(&text));
    let kind = FilePropertyBag::new();
    kind.set_type("text/tab-separated-values");
    File::new_with_str_sequence_and_options(&parts, name, &kind).ok()
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

/// The chosen file, for the worker.
pub(super) fn chosen_file() -> Option<File> {
    CHOSEN.with_borrow(Clone::clone)
}

/// Goes on with a file that was kept.
pub(super) fn choose_kept(file: File) {
    CHOSEN.set(Some(file));
}

/// Goes on with one of the files that were kept to be opened one after the other.
pub(super) fn take_kept(place: u32, file: File) {
    TAKEN.with_borrow_mut(|files| files.insert(place, file));
}

/// One of the files that are opened one after the other, for the worker.
pub(super) fn offered_file(place: u32) -> Option<File> {
    TAKEN.with_borrow(|files| files.get(&place).cloned())
}

fn offer(files: &FileList) -> Vec<Chosen> {
    let files: Vec<File> = (0..files.length()).filter_map(|place| files.get(place)).collect();
    if files.is_empty() { vec![] } else { keep(files) }
}

fn keep(files: Vec<File>) -> Vec<Chosen> {
    let chosen = files.iter().map(Chosen::of).collect();
    OFFERED.set(files);
    chosen
}
