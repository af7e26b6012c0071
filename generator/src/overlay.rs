//! OpenAPI Overlay documents: corrections laid over a description before it is read.
//!
//! Versions 1.0 and 1.1 of the Overlay Specification (<https://spec.openapis.org/overlay/latest.html>),
//! without `copy`. Beyond the specification, an action must change something: a correction that no longer
//! applies is an error.

mod action;
mod merge;
mod remove;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Source};
use crate::load;

use action::{Action, Change};

/// How deep a part may lie that is changed: as deep as a text can be read, so that actions which build on each
/// other cannot nest the description without end.
const DEPTH: usize = 128;

/// Applies the overlay's actions to the document, in order.
///
/// An action that fails does not keep the others from being tried, so that all errors are told at once.
pub(crate) fn apply(document: &mut Document, overlay: Source, diagnostics: &mut Diagnostics) {
    let source = document.sources.len();
    let parsed = load::parse(&overlay);
    document.sources.push(overlay.clone());
    document.overlays += 1;
    let root = match parsed {
        Ok(root) => root,
        Err(error) => return diagnostics.push(error),
    };
    let mut errors = Vec::new();
    for action in action::read(&root, &mut errors) {
        run(document, source, &action, &mut errors);
    }
    let pointers: Vec<_> = errors.iter().map(|error| &error.pointer).collect();
    let locations = load::locate(&overlay, &pointers);
    for (error, location) in errors.iter_mut().zip(locations) {
        error.location = location;
    }
    errors.sort_by_key(|error| error.location.as_ref().map(|location| location.offset));
    errors.into_iter().for_each(|error| diagnostics.push(error));
}

fn run(document: &mut Document, source: usize, action: &Action<'_>, errors: &mut Vec<Diagnostic>) {
    let targets = action.targets(&document.root);
    if targets.is_empty() {
        errors.push(action.no_match());
        return;
    }
    if targets.iter().any(|target| target.parts().count() > DEPTH) {
        errors.push(action.too_deep());
        return;
    }
    match &action.change {
        Change::Remove => errors.extend(remove::all(document, &action.pointer, targets)),
        Change::Update(update) => {
            let mut merge = merge::Merge::new(document, source);
            for target in &targets {
                merge.update(target, update);
            }
            if merge.errors.is_empty() && !merge.changed {
                errors.push(action.no_effect());
            }
            errors.append(&mut merge.errors);
        }
    }
}

#[cfg(test)]
mod tests;
