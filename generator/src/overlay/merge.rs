//! Updates: what an overlay adds to and replaces in the parts it selects.

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::pointer::Pointer;

use super::action::Update;

/// The updates of one action.
pub(super) struct Merge<'d> {
    document: &'d mut Document,
    /// The index of the overlay among the sources.
    source: usize,
    /// Whether anything has been added or replaced.
    pub(super) changed: bool,
    /// What does not fit, at pointers into the overlay.
    pub(super) errors: Vec<Diagnostic>,
}

/// A part of the description and the part of the overlay that is merged into it.
#[derive(Clone)]
struct Place {
    to: Pointer,
    from: Pointer,
}

impl Place {
    fn join(&self, key: &str) -> Self {
        Self { to: self.to.join(key), from: self.from.join(key) }
    }
}

impl<'d> Merge<'d> {
    pub(super) fn new(document: &'d mut Document, source: usize) -> Self {
        Self { document, source, changed: false, errors: Vec::new() }
    }

    /// Updates one selected part.
    pub(super) fn update(&mut self, target: &Pointer, update: &Update<'_>) {
        let place = Place { to: target.clone(), from: update.pointer.clone() };
        let mut added = Vec::new();
        let Some(selected) = self.document.root.pointer_mut(target.as_str()) else {
            return;
        };
        match selected {
            Value::Array(items) if !(update.joins_arrays && update.value.is_array()) => {
                append(items, std::slice::from_ref(update.value), |to, _| {
                    added.push(Place { to: target.join(to), from: update.pointer.clone() });
                });
            }
            selected => merge(selected, update.value, &place, &mut added, &mut self.errors),
        }
        self.changed |= !added.is_empty();
        for Place { to, from } in added {
            self.document.origins.set(to, self.source, from);
        }
    }
}

/// Merges a value into another of its kind: members into an object, items after those of an array, any other
/// value in place of one. Notes the topmost parts that are new.
fn merge(
    part: &mut Value,
    update: &Value,
    place: &Place,
    added: &mut Vec<Place>,
    errors: &mut Vec<Diagnostic>,
) {
    match (part, update) {
        (Value::Object(members), Value::Object(more)) => {
            for (key, value) in more {
                let place = place.join(key);
                match members.get_mut(key) {
                    Some(member) => merge(member, value, &place, added, errors),
                    None => {
                        members.insert(key.clone(), value.clone());
                        added.push(place);
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(more)) => append(items, more, |to, from| {
            added.push(Place { to: place.to.join(to), from: place.from.join(from) });
        }),
        (part, update) if kind(part) == kind(update) || part.is_null() => {
            if part != update {
                *part = update.clone();
                added.push(place.clone());
            }
        }
        (part, update) => errors.push(mismatch(kind(part), kind(update), place)),
    }
}

/// Appends the items unless the array has them all; tells the index of each in the array and among the new.
fn append(items: &mut Vec<Value>, more: &[Value], mut added: impl FnMut(usize, usize)) {
    if more.iter().all(|item| items.contains(item)) {
        return;
    }
    for (index, item) in more.iter().enumerate() {
        added(items.len(), index);
        items.push(item.clone());
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a mapping",
        Value::Array(_) => "a sequence",
        _ => "a single value",
    }
}

fn mismatch(old: &str, new: &str, place: &Place) -> Diagnostic {
    Diagnostic::error(&place.from, "overlay-mismatch", format!("{new} cannot be merged into {old}"))
        .help("remove the part in one action and add the new one in the next")
        .related(&place.to, format!("this is {old}"))
}
