//! The chosen file, and those that are opened after it, kept in this browser until they are imported or left, so that a
//! reload goes on with them. A browser that keeps nothing, in a private window or on a full disk, is no error: they are
//! chosen once more.

use super::draft::{find_draft, keep_draft};
use super::files::{Chosen, choose_kept, chosen_file, offered_file, take_kept};
use js_sys::{Array, Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "muster";
/// Files by the key of their tab and their place: `[tab, place]`.
const FILES: &str = "files";
/// Where a tab has its key: the time when it kept its first file, and a bit of chance.
const KEY: &str = "muster.file.kept";
/// The place of the chosen file. Those that come next have theirs among all that were chosen together.
const IN_HAND: f64 = -1.0;
/// A tab that is gone leaves its files behind for so many milliseconds: three days.
const LONGEST: f64 = 3.0 * 24.0 * 60.0 * 60.0 * 1000.0;

/// Keeps the chosen file.
pub async fn keep_file() {
    if let Some(file) = chosen_file() {
        keep(IN_HAND, IN_HAND, vec![(IN_HAND, file)]).await;
    }
}

/// Keeps the files that come next, by their places among those that were chosen together, and no others.
pub async fn keep_waiting_files(places: Vec<u32>) {
    let files = places.into_iter().filter_map(|place| Some((place.into(), offered_file(place)?)));
    keep(0.0, f64::INFINITY, files.collect()).await;
}

/// Chooses the file that this tab kept, if it is this one.
pub async fn choose_kept_file(wanted: &Chosen) -> bool {
    let Some(file) = read(IN_HAND, wanted).await else { return false };
    choose_kept(file);
    true
}

/// Takes one of the files that come next, if this tab kept it.
pub async fn take_waiting_file(place: u32, wanted: &Chosen) -> bool {
    let Some(file) = read(place.into(), wanted).await else { return false };
    take_kept(place, file);
    true
}

/// Forgets the chosen file of this tab.
pub async fn forget_kept_file() {
    let Some(tab) = find_key() else { return };
    let _ = write(|files| files.delete(&key(tab, IN_HAND)).map(drop)).await;
}

/// Forgets a file that came next.
pub async fn forget_waiting_file(place: u32) {
    let Some(tab) = find_key() else { return };
    let _ = write(|files| files.delete(&key(tab, place.into())).map(drop)).await;
}

/// Forgets the files that come next.
pub async fn forget_waiting_files() {
    forget_from(0.0).await;
}

/// Forgets all files of this tab.
pub async fn forget_files_of_tab() {
    forget_from(IN_HAND).await;
}

/// Forgets the files of all tabs.
pub async fn forget_kept_files() {
    let _ = write(|files| files.clear().map(drop)).await;
}

async fn forget_from(first: f64) {
    let Some(tab) = find_key() else { return };
    let _ = write(|files| files.delete(&range(tab, first, f64::INFINITY)?).map(drop)).await;
}

/// Keeps files in these places, and no others there.
async fn keep(first: f64, last: f64, files: Vec<(f64, File)>) {
    let now = js_sys::Date::now();
    let tab = find_key().unwrap_or_else(|| {
        let tab = now + js_sys::Math::random();
        keep_draft(KEY, &tab.to_string());
        tab
    });
    let _ = write(|store| {
        let left_behind = IdbKeyRange::upper_bound(&Array::of1(&(now - LONGEST).into()))?;
        store.delete(&left_behind.into())?;
        store.delete(&range(tab, first, last)?)?;
        for (place, file) in &files {
            store.put_with_key(file, &key(tab, *place))?;
        }
        Ok(())
    })
    .await;
}

fn key(tab: f64, place: f64) -> JsValue {
    Array::of2(&tab.into(), &place.into()).into()
}

fn range(tab: f64, first: f64, last: f64) -> Result<JsValue, JsValue> {
    IdbKeyRange::bound(&key(tab, first), &key(tab, last)).map(JsValue::from)
}

fn find_key() -> Option<f64> {
    find_draft(KEY)?.parse().ok()
}

async fn read(place: f64, wanted: &Chosen) -> Option<File> {
    let tab = find_key()?;
    let database = open().await.ok()?;
    let found = match find(&database, &key(tab, place)) {
        Ok(request) => answer(&request).await,
        Err(error) => Err(error),
    };
    database.close();
    let file: File = found.ok()?.dyn_into().ok()?;
    (Chosen::of(&file) == *wanted).then_some(file)
}

fn find(database: &IdbDatabase, key: &JsValue) -> Result<IdbRequest, JsValue> {
    database.transaction_with_str(FILES)?.object_store(FILES)?.get(key)
}

async fn write(change: impl FnOnce(&IdbObjectStore) -> Result<(), JsValue>) -> Result<(), JsValue> {
    let database = open().await?;
    let transaction = database.transaction_with_str_and_mode(FILES, IdbTransactionMode::Readwrite)?;
    change(&transaction.object_store(FILES)?)?;
    let written = settled(|done, failed| {
        transaction.set_oncomplete(Some(done));
        transaction.set_onabort(Some(failed));
    })
    .await;
    database.close();
    written
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::NULL)?;
    let request = factory.open_with_u32(DATABASE, 1)?;
    let opening = request.clone();
    let upgrade = Closure::<dyn Fn()>::new(move || {
        // Fails where the store is there already.
        let database = opening.result().ok().and_then(|database| database.dyn_into::<IdbDatabase>().ok());
        let _ = database.map(|database| database.create_object_store(FILES));
    });
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    answer(&request).await?.dyn_into()
}

/// What a request comes to.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    settled(|done, failed| {
        request.set_onsuccess(Some(done));
        request.set_onerror(Some(failed));
    })
    .await?;
    request.result()
}

/// Waits for one of two events.
async fn settled(listen: impl FnOnce(&Function, &Function)) -> Result<(), JsValue> {
    let mut listen = Some(listen);
    let promise = Promise::new(&mut |done, failed| {
        if let Some(listen) = listen.take() {
            listen(&done, &failed);
        }
    });
    JsFuture::from(promise).await.map(drop)
}
