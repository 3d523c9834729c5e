//! The chosen file, kept in this browser until it is imported or left, so that a reload goes on with it. A browser that
//! keeps nothing, in a private window or on a full disk, is no error: the file is chosen once more.

use super::draft::{find_draft, keep_draft};
use super::files::{Chosen, choose_kept, chosen_file};
use js_sys::{Function, Promise};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransactionMode};

const DATABASE: &str = "muster";
const FILES: &str = "files";
/// Where a tab has the key of its file: the time when it kept its first one, and a bit of chance.
const KEY: &str = "muster.file.kept";
/// A tab that is gone leaves its file behind for so many milliseconds: three days.
const LONGEST: f64 = 3.0 * 24.0 * 60.0 * 60.0 * 1000.0;

/// Keeps the chosen file.
pub async fn keep_file() {
    let Some(file) = chosen_file() else { return };
    let now = js_sys::Date::now();
    let key = find_key().unwrap_or_else(|| {
        let key = now + js_sys::Math::random();
        keep_draft(KEY, &key.to_string());
        key
    });
    let _ = write(|files| {
        let left_behind = IdbKeyRange::upper_bound(&(now - LONGEST).into())?;
        files.delete(&left_behind.into())?;
        files.put_with_key(&file, &key.into())?;
        Ok(())
    })
    .await;
}

/// Chooses the file that this tab kept, if it is this one.
pub async fn choose_kept_file(wanted: &Chosen) -> bool {
    match read_kept().await {
        Ok(Some(file)) if Chosen::of(&file) == *wanted => {
            choose_kept(file);
            true
        }
        _ => false,
    }
}

/// Forgets the file of this tab.
pub async fn forget_kept_file() {
    let Some(key) = find_key() else { return };
    let _ = write(|files| files.delete(&key.into()).map(drop)).await;
}

/// Forgets the files of all tabs.
pub async fn forget_kept_files() {
    let _ = write(|files| files.clear().map(drop)).await;
}

fn find_key() -> Option<f64> {
    find_draft(KEY)?.parse().ok()
}

async fn read_kept() -> Result<Option<File>, JsValue> {
    let Some(key) = find_key() else { return Ok(None) };
    let database = open().await?;
    let found = answer(&database.transaction_with_str(FILES)?.object_store(FILES)?.get(&key.into())?).await;
    database.close();
    Ok(found?.dyn_into().ok())
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
