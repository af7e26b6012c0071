//! Texts that hold something else: `contentEncoding` and `contentMediaType` as formats of OpenAPI 3.0.

use serde_json::{Map, Value};

/// Gives a text that holds bytes the format that says so, unless it has one.
pub(super) fn rewrite(object: &mut Map<String, Value>) {
    let encoding = object.shift_remove("contentEncoding");
    let media_type = object.shift_remove("contentMediaType");
    let format =
        match (encoding.as_ref().and_then(Value::as_str), media_type.as_ref().and_then(Value::as_str)) {
            (Some(encoding), _) if encoding.eq_ignore_ascii_case("base64") => "byte",
            // What is encoded in another way is a text, and so is what is none by its media type.
            (None, Some(media_type)) if !is_text(media_type) => "binary",
            _ => return,
        };
    if object.get("type").is_none()
        && !["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| object.contains_key(*key))
    {
        object.insert("type".to_owned(), Value::String("string".to_owned()));
    }
    object.entry("format").or_insert_with(|| Value::String(format.to_owned()));
}

fn is_text(media_type: &str) -> bool {
    let media_type = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type.starts_with("text/")
        || ["json", "xml", "yaml", "javascript", "x-www-form-urlencoded"]
            .iter()
            .any(|kind| media_type.ends_with(kind))
}
