//! What changed on the wire between two descriptions, and what each change does to those who use the client.
//!
//! Compared is what travels, not how the document is arranged: references are followed, what wraps one schema is taken
//! off, the parts of an `allOf` are read side by side, and neither order nor the names of components matter. Operations
//! are matched by method and path, parameters by place and name, responses by status, bodies by media type. Each pair
//! of schemas is compared once for each direction, and a change in it is one change with all operations that it
//! reaches. `rules` says what each kind of change does, and why.

mod annotation;
mod api;
mod comparison;
mod content;
mod description;
mod headers;
mod kind;
mod limit;
mod object;
mod operations;
mod pairs;
mod parameters;
mod report;
mod request_body;
mod responses;
pub(crate) mod rules;
mod schema;
mod security;
mod unchanged;
mod value;
mod variant;
mod words;

use serde_json::Value;

use super::Change;
use comparison::Comparison;
use description::Description;

/// Compares two whole descriptions that were mended and have their overlays: the worst changes first, then by path.
pub(crate) fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let mut comparison = Comparison::new(Description::new(old), Description::new(new));
    api::compare(&mut comparison);
    operations::compare(&mut comparison);
    comparison.pairs.compare_waiting();
    if comparison.pairs.is_cut_short {
        comparison.whole_api();
        comparison.found(rules::CUT_SHORT, "schemas", "not all could be compared", None, None);
    }
    report::changes(comparison)
}

#[cfg(test)]
mod tests;
