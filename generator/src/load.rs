//! Text to value, and pointer to place: the only module that names the YAML and JSON parsers.

mod build;
mod json;
mod place;
mod yaml;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Location};
use crate::document::Source;
use crate::pointer::Pointer;

use place::Wanted;

/// Reads a YAML or JSON text whose root is a mapping.
///
/// A text is JSON when its name ends in `.json`, or when it starts like JSON and is: YAML flow mappings
/// start the same way.
///
/// # Errors
/// What is not YAML or JSON, is nested too deep, or holds a key twice.
pub fn parse(source: &Source) -> Result<Value, Diagnostic> {
    let text = body(source);
    let read = if is_named_json(source) {
        json::parse(text).map_err(|problem| ("json-syntax", problem))
    } else if let Some(value) = starts_like_json(text).then(|| json::parse(text).ok()).flatten() {
        Ok(value)
    } else {
        yaml::parse(text).map_err(|problem| ("yaml-syntax", problem))
    };
    let value = read.map_err(|(code, problem)| {
        Diagnostic::error(&Pointer::root(), code, problem.message)
            .help(problem.help)
            .at(place::location(source, problem.place))
    })?;
    match kind(&value) {
        "mapping" => Ok(value),
        found => Err(not_a_description(source, found)),
    }
}

/// Finds where the values that the pointers name stand in the text, in the order asked.
///
/// A member's place is its key, any other value's its first character. What the text does not spell out,
/// such as a part that an alias or a merge key brought in, has the place of the nearest part around it.
pub(crate) fn locate(source: &Source, pointers: &[&Pointer]) -> Vec<Option<Location>> {
    let text = body(source);
    let mut wanted = Wanted::new(pointers);
    if (is_named_json(source) || starts_like_json(text)) && json::find(text, &mut wanted) {
        return wanted.locations(source, pointers);
    }
    yaml::find(text, &mut wanted);
    // Should the two YAML parsers disagree on the whole text, there is still a first line to point at.
    wanted.found(Wanted::ROOT, 0..0);
    wanted.locations(source, pointers)
}

/// A part of the text, in bytes after the byte order mark.
type Span = std::ops::Range<usize>;

/// Why a text could not be read.
struct Problem {
    message: String,
    help: &'static str,
    place: Span,
}

impl Problem {
    /// A key that stands twice, the second time at this offset.
    fn duplicate(key: &str, start: usize) -> Self {
        Self {
            message: format!("the key `{key}` stands twice in one mapping"),
            help: "keep one of them; readers do not agree on which one counts",
            place: start..start + key.len(),
        }
    }
}

/// The text without its byte order mark.
fn body(source: &Source) -> &str {
    source.text.strip_prefix('\u{feff}').unwrap_or(&source.text)
}

fn is_named_json(source: &Source) -> bool {
    source.name.len() >= 5 && source.name.to_ascii_lowercase().ends_with(".json")
}

fn starts_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn not_a_description(source: &Source, found: &str) -> Diagnostic {
    let root = Pointer::root();
    let location = locate(source, &[&root]).pop().flatten().unwrap_or_else(|| place::location(source, 0..0));
    Diagnostic::error(&root, "not-a-description", format!("the root is a {found}, not a mapping"))
        .help("a description starts with members such as `openapi:`, `info:` and `paths:`")
        .at(location)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "sequence",
        Value::Object(_) => "mapping",
    }
}

#[cfg(test)]
mod tests;
