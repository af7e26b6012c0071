//! Locks that a panic in a test does not spoil for the others.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks, whatever became of the thread that held it before; no lock of this crate is held across a panic
/// that would leave its data half changed.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
