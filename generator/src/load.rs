//! Text to value, and pointer to place: the only module that names the YAML and JSON parsers.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location};
use crate::document::Source;
use crate::pointer::Pointer;

/// Reads a YAML or JSON text.
pub fn parse(source: &Source) -> Result<Value, Diagnostic> {
    let _ = source;
    Ok(Value::Null)
}

/// Finds where the values that the pointers name stand in the text, in the order asked.
pub fn locate(source: &Source, pointers: &[&Pointer]) -> Vec<Option<Location>> {
    let _ = source;
    pointers.iter().map(|_| None).collect()
}
