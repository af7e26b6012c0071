//! Where the parts of a document come from, kept true while overlays change it.

use crate::document::Origin;
use crate::pointer::Pointer;

/// Notes that a part, with all below it, came from a source.
pub(super) fn set(origins: &mut Vec<Origin>, part: Pointer, source: usize, source_pointer: Pointer) {
    forget(origins, &part);
    origins.push(Origin { pointer: part, source, source_pointer });
}

/// Forgets a part that is no longer there.
pub(super) fn forget(origins: &mut Vec<Origin>, part: &Pointer) {
    origins.retain(|origin| origin.pointer.strip_prefix(part).is_none());
}

/// Follows an item that moves to another index of its array.
pub(super) fn moved(origins: &mut Vec<Origin>, from: &Pointer, to: Pointer) {
    let (source, source_pointer) = Origin::of(origins, from);
    for origin in origins.iter_mut() {
        if let Some(rest) = origin.pointer.strip_prefix(from) {
            origin.pointer = to.append(&rest);
        }
    }
    if origins.iter().all(|origin| origin.pointer != to) {
        origins.push(Origin { pointer: to, source, source_pointer });
    }
}
