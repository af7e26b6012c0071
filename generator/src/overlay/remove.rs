//! Removals.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::pointer::Pointer;

/// Removes the parts from what contains them; the whole description cannot be removed.
pub(super) fn all(document: &mut Document, action: &Pointer, parts: BTreeSet<Pointer>) -> Option<Diagnostic> {
    let mut parts: Vec<Pointer> = parts.into_iter().collect();
    // The later first, so that the indexes of the others stay true; the inner before the outer.
    parts.sort_by_cached_key(|part| {
        part.parts().map(|key| (key.parse::<usize>().ok(), key)).collect::<Vec<_>>()
    });
    parts.iter().rev().find_map(|part| one(document, action, part))
}

fn one(document: &mut Document, action: &Pointer, part: &Pointer) -> Option<Diagnostic> {
    let Some(parent) = part.parent() else {
        let error = Diagnostic::error(&action.join("target"), "overlay-target", "the root cannot be removed")
            .help("select a part of the description");
        return Some(error);
    };
    let key = part.last();
    match document.root.pointer_mut(parent.as_str()) {
        Some(Value::Object(members)) => {
            members.shift_remove(&key);
            document.origins.forget(part);
        }
        Some(Value::Array(items)) => {
            let index = key.parse().ok().filter(|index| *index < items.len())?;
            items.remove(index);
            document.origins.forget(part);
            for new in index..items.len() {
                document.origins.moved(&parent.join(new + 1), &parent.join(new));
            }
        }
        _ => {}
    }
    None
}
