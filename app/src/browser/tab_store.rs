//! What this tab keeps of its own log until it is closed: files in the origin-private file system.
//!
//! A folder for each tab. That a tab is still there shows by a lock that it holds; the folders of
//! tabs that are gone are removed when something is kept next.

use std::cell::Cell;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException};

use super::storage::StorageError;

/// What a tab keeps.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What the log is known by, and all else that is small.
    pub about: Vec<u8>,
    /// The report.
    pub report: Vec<u8>,
    /// The text of the log.
    pub text: Blob,
}

/// How folders and locks of tabs begin, and the name under which a tab knows its own.
const TAB: &str = "tab-";
const KEY: &str = "rebuildscope-tab";

thread_local! {
    /// Whether the lock of the folder is this tab's.
    static IS_HELD: Cell<bool> = const { Cell::new(false) };
}

/// Keeps a log and its report in place of those before.
///
/// # Errors
///
/// The browser keeps nothing, or there is no room; nothing is kept then.
pub async fn keep(about: &[u8], report: &Uint8Array, text: &Blob) -> Result<(), StorageError> {
    let kept = async {
        let root = root().await?;
        let folder = own_folder(&root, CREATE).await?;
        remove_others(&root).await?;
        remove(&folder, "about").await;
        write(&folder, "text", text).await?;
        write(&folder, "report", report).await?;
        // It comes last: without it, the others are not whole.
        write(&folder, "about", &Uint8Array::from(about)).await
    };
    let outcome = kept.await.map_err(|error| why(&error));
    if outcome.is_err() {
        forget().await;
    }
    outcome
}

/// Keeps files that were handed in together beside the log that is shown of them, and a list that
/// says what they are; `n_kept` of them are here already.
///
/// # Errors
///
/// The browser keeps nothing, or there is no room; none of them is kept then.
pub async fn keep_files(list: &[u8], files: &[Blob], n_kept: usize) -> Result<(), StorageError> {
    let kept = async {
        let folder = own_folder(&root().await?, KEEP).await?;
        let files_of = sub_folder(&folder, FILES, CREATE).await?;
        for (index, file) in files.iter().enumerate().skip(n_kept) {
            write(&files_of, &index.to_string(), file).await?;
        }
        write(&files_of, "list", &Uint8Array::from(list)).await
    };
    let outcome = kept.await.map_err(|error| why(&error));
    if outcome.is_err() {
        forget_files().await;
    }
    outcome
}

/// The files that this tab kept together, with their list.
pub async fn restore_files() -> Option<(Vec<u8>, Vec<Blob>)> {
    name()?;
    let restored = async {
        let folder = own_folder(&root().await?, KEEP).await?;
        let files_of = sub_folder(&folder, FILES, KEEP).await?;
        let list = bytes(&read(&files_of, "list").await?).await?;
        let mut files = Vec::new();
        while let Ok(file) = read(&files_of, &files.len().to_string()).await {
            files.push(file);
        }
        Ok::<_, JsValue>((list, files))
    };
    restored.await.ok()
}

/// Forgets the files, and keeps the log that is shown.
pub async fn forget_files() {
    let Some(name) = name() else { return };
    let Ok(root) = root().await else { return };
    if let Ok(folder) = sub_folder(&root, &name, KEEP).await {
        remove(&folder, FILES).await;
    }
}

/// What this tab kept before it was loaded again.
pub async fn restore() -> Option<Stored> {
    name()?;
    let restored = async {
        let folder = own_folder(&root().await?, KEEP).await?;
        let about = bytes(&read(&folder, "about").await?).await?;
        let report = bytes(&read(&folder, "report").await?).await?;
        let text = read(&folder, "text").await?;
        Ok::<_, JsValue>(Stored { about, report, text })
    };
    restored.await.ok()
}

/// Forgets what this tab keeps.
pub async fn forget() {
    let Some(name) = name() else { return };
    if let Ok(root) = root().await {
        remove(&root, &name).await;
    }
}

/// The folder of files that were handed in together.
const FILES: &str = "files";

const CREATE: bool = true;
const KEEP: bool = false;

async fn root() -> Result<JsValue, JsValue> {
    let navigator = web_sys::window().ok_or(JsValue::NULL)?.navigator();
    let storage = Reflect::get(&navigator, &"storage".into())?;
    call(&storage, "getDirectory", &[]).await
}

/// The folder of this tab. A tab that was duplicated gets one of its own when it keeps something.
async fn own_folder(root: &JsValue, create: bool) -> Result<JsValue, JsValue> {
    let known = name();
    let is_taken = match &known {
        Some(name) if !IS_HELD.get() => held().await?.iter().any(|held| held == name),
        _ => false,
    };
    let name = match known {
        Some(name) if !(create && is_taken) => name,
        _ => new_name()?,
    };
    if !is_taken || create {
        hold(&name)?;
    }
    sub_folder(root, &name, create).await
}

async fn sub_folder(folder: &JsValue, name: &str, create: bool) -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"create".into(), &create.into())?;
    call(folder, "getDirectoryHandle", &[name.into(), options.into()]).await
}

/// Removes the folders of tabs that are gone.
async fn remove_others(root: &JsValue) -> Result<(), JsValue> {
    let held = held().await?;
    let own = name();
    let names = call(root, "keys", &[]).await?;
    loop {
        let next = call(&names, "next", &[]).await?;
        if Reflect::get(&next, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let found = Reflect::get(&next, &"value".into())?.as_string().unwrap_or_default();
        if found.starts_with(TAB) && !held.contains(&found) && own.as_ref() != Some(&found) {
            remove(root, &found).await;
        }
    }
}

/// The names of the folders of all tabs that are there.
async fn held() -> Result<Vec<String>, JsValue> {
    let answer = call(&locks()?, "query", &[]).await?;
    let held: Array = Reflect::get(&answer, &"held".into())?.dyn_into()?;
    let name = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
    Ok(held.iter().filter_map(name).collect())
}

/// Holds the lock of this name for as long as the tab is there.
fn hold(name: &str) -> Result<(), JsValue> {
    if IS_HELD.replace(true) {
        return Ok(());
    }
    let for_ever = Closure::once_into_js(|| Promise::new(&mut |_, _| ()));
    let locks = locks()?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    request.call2(&locks, &name.into(), &for_ever).map(|_| ())
}

fn locks() -> Result<JsValue, JsValue> {
    Reflect::get(&web_sys::window().ok_or(JsValue::NULL)?.navigator(), &"locks".into())
}

fn name() -> Option<String> {
    web_sys::window()?.session_storage().ok()??.get_item(KEY).ok()?
}

fn new_name() -> Result<String, JsValue> {
    let name = [TAB, &js_sys::Math::random().to_string()[2..]].concat();
    let storage = web_sys::window().and_then(|window| window.session_storage().ok()?);
    storage.ok_or(JsValue::NULL)?.set_item(KEY, &name)?;
    IS_HELD.set(false);
    Ok(name)
}

async fn write(folder: &JsValue, name: &str, content: &JsValue) -> Result<(), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"create".into(), &true.into())?;
    let file = call(folder, "getFileHandle", &[name.into(), options.into()]).await?;
    let writer = call(&file, "createWritable", &[]).await?;
    call(&writer, "write", std::slice::from_ref(content)).await?;
    call(&writer, "close", &[]).await.map(|_| ())
}

async fn read(folder: &JsValue, name: &str) -> Result<Blob, JsValue> {
    let file = call(folder, "getFileHandle", &[name.into()]).await?;
    call(&file, "getFile", &[]).await?.dyn_into()
}

async fn bytes(file: &Blob) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&JsFuture::from(file.array_buffer()).await?).to_vec())
}

/// What is not there needs not be removed.
async fn remove(folder: &JsValue, name: &str) {
    let options = Object::new();
    // Setting a key of an object that was just made does not fail.
    let _ = Reflect::set(&options, &"recursive".into(), &true.into());
    let _ = call(folder, "removeEntry", &[name.into(), options.into()]).await;
}

/// Calls a method, of those that not every browser has, and waits for what it brings.
async fn call(object: &JsValue, method: &str, args: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    let answer = Reflect::apply(&function, object, &args.iter().collect::<Array>())?;
    JsFuture::from(Promise::resolve(&answer)).await
}

fn why(error: &JsValue) -> StorageError {
    let name = error.dyn_ref::<DomException>().map(DomException::name);
    match name.as_deref() {
        Some("QuotaExceededError") => StorageError::Full,
        _ => StorageError::Denied,
    }
}
