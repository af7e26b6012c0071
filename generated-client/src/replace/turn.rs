//! Whose turn it is: replacements of one asset go one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::OwnedMutexGuard;

use crate::Release;

/// Repository, release and name.
type Key = (String, i64, String);

/// The right to replace an asset, until it is dropped.
pub(super) type Turn = OwnedMutexGuard<()>;

/// The replacements of this process. One that nobody waits for any more still finishes its renames, and another that saw
/// the assets before would take them for leftovers.
static RUNNING: Mutex<Option<HashMap<Key, Weak<tokio::sync::Mutex<()>>>>> = Mutex::new(None);

/// Waits until nothing else in this process replaces the asset of this name; says whether there was anything.
pub(super) async fn turn(release: &Release, name: &str) -> (Turn, bool) {
    let lock = lock_of(release, name);
    match lock.clone().try_lock_owned() {
        Ok(turn) => (turn, false),
        Err(_) => (lock.lock_owned().await, true),
    }
}

fn lock_of(release: &Release, name: &str) -> Arc<tokio::sync::Mutex<()>> {
    let repository = format!("{}/{}", release.owner(), release.repo()).to_lowercase();
    let key = (repository, release.id(), name.to_owned());
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let running = running.get_or_insert_default();
    running.retain(|_, lock| lock.strong_count() > 0);
    if let Some(lock) = running.get(&key).and_then(Weak::upgrade) {
        return lock;
    }
    let lock = Arc::default();
    running.insert(key, Arc::downgrade(&lock));
    lock
}
