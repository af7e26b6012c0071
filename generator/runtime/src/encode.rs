//! How parameters and forms are written (OpenAPI 3, "style values"; RFC 6570).
//!
//! In paths and queries everything but the unreserved characters of RFC 3986 is percent-encoded, so that no
//! parser on the way reads a value as anything else. Arrays and objects inside arrays and objects, for which
//! most styles have no notation, are written as JSON.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// How a path parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `.a,b`, exploded `.a.b`
    Label,
    /// `;name=a,b`, exploded `;name=a;name=b`
    Matrix,
}

/// How a query parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a,b`, exploded `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=value`, the brackets percent-encoded
    DeepObject,
    /// `name=` and the value as JSON: a parameter that has the content `application/json`.
    Json,
}

/// The JSON of a parameter. It goes through text because that writes an `f32` as it was meant: 0.1 and not
/// 0.10000000149011612.
pub(crate) fn value(value: &impl Serialize) -> serde_json::Result<Value> {
    serde_json::from_str(&serde_json::to_string(value)?)
}

/// A path parameter; empty if there is nothing to write.
pub(crate) fn path(name: &str, style: PathStyle, explode: bool, value: &Value) -> String {
    let parts = parts(value, explode, percent);
    let name = percent(name);
    if parts.is_empty() {
        return String::new();
    }
    match style {
        PathStyle::Simple => parts.join(","),
        PathStyle::Label => format!(".{}", parts.join(if explode { "." } else { "," })),
        PathStyle::Matrix if explode && value.is_object() => format!(";{}", parts.join(";")),
        PathStyle::Matrix if explode => format!(";{name}={}", parts.join(&format!(";{name}="))),
        PathStyle::Matrix => format!(";{name}={}", parts.join(",")),
    }
}

/// Appends a query parameter to an encoded query.
pub(crate) fn query(out: &mut String, name: &str, style: QueryStyle, explode: bool, value: &Value) {
    let delimiter = match style {
        QueryStyle::SpaceDelimited => "%20",
        QueryStyle::PipeDelimited => "%7C",
        QueryStyle::Form | QueryStyle::DeepObject | QueryStyle::Json => ",",
    };
    match (style, value) {
        (_, Value::Null) => {}
        (QueryStyle::Json, _) => pair(out, name, &percent(&value.to_string())),
        (QueryStyle::DeepObject, Value::Object(_)) => nested(out, name, value),
        (_, Value::Array(_)) if explode => nested(out, name, value),
        (_, Value::Object(entries)) if explode => {
            entries.iter().for_each(|(key, value)| nested(out, key, value));
        }
        _ => {
            let parts = parts(value, false, percent);
            if !parts.is_empty() {
                pair(out, name, &parts.join(delimiter));
            }
        }
    }
}

/// A header or cookie in style simple, not percent-encoded; `None` if there is nothing to write.
pub(crate) fn plain(value: &Value) -> Option<String> {
    let parts = parts(value, false, str::to_owned);
    (!parts.is_empty()).then(|| parts.join(","))
}

/// A cookie's value, percent-encoded; `None` if there is nothing to write.
pub(crate) fn cookie(name: &str, value: &Value) -> Option<String> {
    let parts = parts(value, false, percent);
    (!parts.is_empty()).then(|| format!("{}={}", percent(name), parts.join("%2C")))
}

/// A form (`application/x-www-form-urlencoded`); `None` if the value has no fields.
pub(crate) fn form(value: &Value) -> Option<String> {
    let mut out = String::new();
    value.as_object()?.iter().for_each(|(key, value)| nested(&mut out, key, value));
    Some(out)
}

/// Percent-encodes everything but unreserved characters.
pub(crate) fn percent(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Appends one pair whose value is encoded.
fn pair(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    out.push_str(&percent(name));
    out.push('=');
    out.push_str(value);
}

/// An array repeats its name, an object's entries are `name[key]`.
fn nested(out: &mut String, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| nested(out, name, item)),
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| nested(out, &format!("{name}[{key}]"), value));
        }
        value => pair(out, name, &percent(&scalar(value))),
    }
}

/// The parts of a value that a delimiter goes between: items, or keys and values. Nulls are left out.
fn parts(value: &Value, explode: bool, encode: fn(&str) -> String) -> Vec<String> {
    let encoded = |value: &Value| encode(&scalar(value));
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().filter(|item| !item.is_null()).map(encoded).collect(),
        Value::Object(entries) => {
            let set = entries.iter().filter(|(_, value)| !value.is_null());
            let both = set.map(|(key, value)| [encode(key), encoded(value)]);
            match explode {
                true => both.map(|both| both.join("=")).collect(),
                false => both.flatten().collect(),
            }
        }
        value => vec![encoded(value)],
    }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
