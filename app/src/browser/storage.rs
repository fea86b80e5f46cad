//! The reports that the person keeps on this device: texts with a number each, in `IndexedDB`.
//!
//! Nothing is written but by [`add`], [`remove`] and [`clear`].

use std::fmt;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest,
    IdbRequest, IdbTransaction, IdbTransactionMode,
};

/// The database of this site, and the one store in it. Other names would lose what is kept.
const DATABASE: &str = "rebuildscope";
const STORE: &str = "reports";

/// A text that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number, which no other text gets. Starts at `1`.
    pub id: u32,
    /// The text.
    pub text: String,
}

/// Why nothing could be read or written. What was kept before is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// The browser keeps nothing for this site.
    Denied,
    /// There is no room.
    Full,
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied => {
                "The browser lets this site keep nothing on this device, as in a private window \
                 or where storage is switched off."
            }
            Self::Full => {
                "There is no room left for it on this device. \
                 What was kept before is as it was: delete some of it to make room."
            }
        })
    }
}

/// All that is kept, in the order in which it came.
///
/// # Errors
///
/// The browser keeps nothing.
pub async fn all() -> Result<Vec<Record>, StorageError> {
    let (ids, texts) = of(all_parts().await)?;
    let ids = ids.iter().filter_map(|id| number(&id));
    let texts = texts.iter().map(|text| text.as_string().unwrap_or_default());
    Ok(ids.zip(texts).map(|(id, text)| Record { id, text }).collect())
}

/// Whether something was ever kept: reading makes an empty store where there is none. `true` where
/// the browser does not tell.
pub async fn is_there() -> bool {
    listed().await.is_none_or(|databases| {
        let name = |it: JsValue| Reflect::get(&it, &"name".into()).ok()?.as_string();
        databases.iter().filter_map(name).any(|name| name == DATABASE)
    })
}

/// The databases of this site, where the browser tells them.
async fn listed() -> Option<Array> {
    let factory = web_sys::window()?.indexed_db().ok()??;
    let databases: Function = Reflect::get(&factory, &"databases".into()).ok()?.dyn_into().ok()?;
    let listed: Promise = databases.call0(&factory).ok()?.dyn_into().ok()?;
    JsFuture::from(listed).await.ok()?.dyn_into().ok()
}

/// The text with this number, if it is kept.
///
/// # Errors
///
/// The browser keeps nothing.
pub async fn get(id: u32) -> Result<Option<String>, StorageError> {
    let found = async {
        let kept = Kept::open(IdbTransactionMode::Readonly).await?;
        answer(&kept.store.get(&id.into())?).await
    };
    Ok(of(found.await)?.as_string())
}

/// Keeps texts, all or none of them.
///
/// # Errors
///
/// The browser keeps nothing, or there is no room.
pub async fn add(texts: &[String]) -> Result<(), StorageError> {
    let added = async {
        let kept = Kept::open(IdbTransactionMode::Readwrite).await?;
        for text in texts {
            kept.store.put(&text.into())?;
        }
        kept.written().await
    };
    of(added.await)
}

/// Forgets the text with this number.
///
/// # Errors
///
/// The browser keeps nothing.
pub async fn remove(id: u32) -> Result<(), StorageError> {
    let removed = async {
        let kept = Kept::open(IdbTransactionMode::Readwrite).await?;
        kept.store.delete(&id.into())?;
        kept.written().await
    };
    of(removed.await)
}

/// Forgets all.
///
/// # Errors
///
/// The browser keeps nothing.
pub async fn clear() -> Result<(), StorageError> {
    let cleared = async {
        let kept = Kept::open(IdbTransactionMode::Readwrite).await?;
        kept.store.clear()?;
        kept.written().await
    };
    of(cleared.await)
}

async fn all_parts() -> Result<(Array, Array), JsValue> {
    let kept = Kept::open(IdbTransactionMode::Readonly).await?;
    // Both are asked for before either is waited for: a transaction ends when nothing is asked.
    let (ids, texts) = (kept.store.get_all_keys()?, kept.store.get_all()?);
    let ids = answer(&ids);
    let texts = answer(&texts);
    Ok((ids.await?.unchecked_into(), texts.await?.unchecked_into()))
}

/// The store for the length of one transaction.
struct Kept {
    database: IdbDatabase,
    transaction: IdbTransaction,
    store: IdbObjectStore,
}

impl Kept {
    async fn open(mode: IdbTransactionMode) -> Result<Self, JsValue> {
        let factory = web_sys::window().ok_or(JsValue::NULL)?.indexed_db()?;
        let request = factory.ok_or(JsValue::NULL)?.open_with_u32(DATABASE, 1)?;
        make_store(&request);
        let database: IdbDatabase = answer(&request).await?.unchecked_into();
        let transaction = database.transaction_with_str_and_mode(STORE, mode)?;
        let store = transaction.object_store(STORE)?;
        Ok(Self { database, transaction, store })
    }

    /// Waits until all is on the disk: that there is no room shows only then.
    async fn written(&self) -> Result<(), JsValue> {
        let transaction = &self.transaction;
        let written = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        match JsFuture::from(written).await {
            Ok(_) => Ok(()),
            Err(_) => Err(transaction.error().map_or(JsValue::NULL, JsValue::from)),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // What is under way is finished first.
        self.database.close();
    }
}

/// Makes the store when the database is opened for the first time.
fn make_store(request: &IdbOpenDbRequest) {
    let opened = request.clone();
    let make = Closure::once_into_js(move || {
        let options = IdbObjectStoreParameters::new();
        options.set_auto_increment(true);
        if let Ok(database) = opened.result() {
            let database: IdbDatabase = database.unchecked_into();
            // Where it fails, the store is missing, and what is asked of it fails with a reason.
            let _ = database.create_object_store_with_optional_parameters(STORE, &options);
        }
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
}

/// Waits for what a request brings.
fn answer(request: &IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> + use<> {
    let request = request.clone();
    let answered = JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }));
    async move {
        match answered.await {
            Ok(_) => request.result(),
            Err(_) => Err(request.error()?.map_or(JsValue::NULL, JsValue::from)),
        }
    }
}

fn of<T>(result: Result<T, JsValue>) -> Result<T, StorageError> {
    result.map_err(|error| {
        let name = error.dyn_ref::<DomException>().map(DomException::name);
        match name.as_deref() {
            Some("QuotaExceededError") => StorageError::Full,
            _ => StorageError::Denied,
        }
    })
}

/// A key of the store as it was given.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "It is a count.")]
fn number(key: &JsValue) -> Option<u32> {
    key.as_f64().map(|key| key as u32)
}
