//! Work on threads of its own: with stack enough, and spread over the processors.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder, ScopedJoinHandle};

use crate::STACK;

/// More threads than this bring nothing: what is before and after them takes longer.
const MAX_THREADS: usize = 16;

/// Does something on a thread of its own, because the caller's stack may be small.
pub(crate) fn with_stack<R: Send>(work: impl Fn() -> R + Sync) -> R {
    thread::scope(|scope| match Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(thread) => join(thread),
        // Where there are no threads, the stack is what it is.
        Err(_) => work(),
    })
}

/// Does one thing while the calling thread does another, and gives what both come to.
pub(crate) fn beside<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, &one);
        let other = other();
        (thread.map_or_else(|_| one(), join), other)
    })
}

/// The results for all items, in their order, whichever thread they are from.
///
/// The calling thread takes part, so it needs the stack that the work needs.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take_turns = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return done;
            };
            done.push((index, work(item)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads(items.len()))
            .map_while(|_| Builder::new().stack_size(STACK).spawn_scoped(scope, take_turns).ok())
            .collect();
        let mut done = take_turns();
        done.extend(others.into_iter().flat_map(join));
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn threads(items: usize) -> usize {
    thread::available_parallelism().map_or(1, NonZero::get).min(items).min(MAX_THREADS)
}

/// What a thread gave; its panic goes on in this one.
fn join<R>(thread: ScopedJoinHandle<'_, R>) -> R {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
