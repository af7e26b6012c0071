//! JSON texts, which have no comments to keep: they are printed anew.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::document::Source;

/// Whether a source is read as JSON.
pub(super) fn is_json(source: &Source) -> bool {
    let text = source.text.trim_start_matches('\u{feff}');
    source.name.to_ascii_lowercase().ends_with(".json")
        || (text.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
}

/// Prints a value with the indentation and the line ends of the text that it replaces.
pub(super) fn print(before: &str, value: &Value) -> String {
    let body = before.trim_end();
    if !body.contains('\n') {
        return around(before, &value.to_string());
    }
    let blank = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let indented = body.lines().find(|line| blank(line) > 0 && !line.trim().is_empty());
    let indentation = indented.and_then(|line| line.get(..blank(line))).unwrap_or("  ");
    let mut printed = Vec::new();
    let formatter = PrettyFormatter::with_indent(indentation.as_bytes());
    let written = value.serialize(&mut Serializer::with_formatter(&mut printed, formatter));
    let text =
        written.ok().and_then(|()| String::from_utf8(printed).ok()).unwrap_or_else(|| value.to_string());
    around(before, &if before.contains("\r\n") { text.replace('\n', "\r\n") } else { text })
}

/// The text with the byte order mark and the white space at the end that another one has.
fn around(before: &str, text: &str) -> String {
    let mark = if before.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let tail = before.get(before.trim_end().len()..).unwrap_or_default();
    format!("{mark}{text}{tail}")
}
