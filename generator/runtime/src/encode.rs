//! How parameters and forms are written (OpenAPI 3, "style values"; RFC 6570).
//!
//! In paths and queries everything but the unreserved characters of RFC 3986 is percent-encoded, so that no
//! parser on the way reads a value as anything else. Arrays and objects inside arrays and objects, for which
//! most styles have no notation, are written as JSON.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What stays encoded where reserved characters are allowed.
const NOT_ALLOWED: &AsciiSet = &{
    let plain = RESERVED.remove(b':').remove(b'/').remove(b'?').remove(b'[').remove(b']').remove(b'@');
    let plain = plain.remove(b'!').remove(b'$').remove(b'\'').remove(b'(').remove(b')');
    plain.remove(b'*').remove(b',').remove(b';').remove(b'=')
};

/// How a path parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStyle {
    /// `a,b`
    Simple,
    /// `.a,b`, exploded `.a.b`
    Label,
    /// `;name=a,b`, exploded `;name=a;name=b`
    Matrix,
    /// `a/b`: the slashes of a text stay, and each segment between them is encoded.
    Segments,
    /// The value as JSON: a parameter that has the content `application/json`.
    Json,
}

/// How a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`; an object is `key,value`, exploded `key=value`
    Simple,
    /// The value as JSON, in ASCII: a parameter that has the content `application/json`.
    Json,
}

/// How a cookie is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`, exploded a cookie for each item: `name=a; name=b`
    Form,
    /// `name=` and the value as JSON: a parameter that has the content `application/json`.
    Json,
}

/// How a field of a form is written where it is not as [`Request::form`](crate::Request::form) writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormField {
    /// The field.
    pub name: &'static str,
    /// How its value is written.
    pub style: QueryStyle,
    /// Whether an array or an object becomes several pairs.
    pub explode: bool,
    /// Whether reserved characters stay as they are, see
    /// [`Request::query_reserved`](crate::Request::query_reserved).
    pub reserved: bool,
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
    /// `name[key]=value`, and `name[0]=value` for an array, the brackets percent-encoded
    DeepObject,
    /// `name=` and the value as JSON: a parameter that has the content `application/json`.
    Json,
}

/// A path parameter; nothing if there is none to write. An empty list or object is an empty text in the styles whose
/// sign goes with the values (RFC 6570, 3.2.5 and 3.2.7).
pub(crate) fn path(name: &str, style: PathStyle, explode: bool, value: &Value) -> Option<String> {
    let parts = match (style, value) {
        (PathStyle::Json, Value::Null) => return None,
        (PathStyle::Json, _) => return Some(percent(&value.to_string())),
        (PathStyle::Segments, Value::String(text)) => text.split('/').map(percent).collect(),
        _ => parts(value, explode, percent),
    };
    let name = percent(name);
    if parts.is_empty() {
        let has_sign = matches!(style, PathStyle::Label | PathStyle::Matrix);
        return (has_sign && !value.is_null()).then(String::new);
    }
    let text = match style {
        PathStyle::Segments => parts.join("/"),
        PathStyle::Simple | PathStyle::Json => parts.join(","),
        PathStyle::Label => format!(".{}", parts.join(if explode { "." } else { "," })),
        PathStyle::Matrix if explode && value.is_object() => {
            parts.iter().map(|part| format!(";{}", part.strip_suffix('=').unwrap_or(part))).collect()
        }
        PathStyle::Matrix if explode => parts.iter().map(|part| matrix(&name, part)).collect(),
        PathStyle::Matrix => matrix(&name, &parts.join(",")),
    };
    Some(text).filter(|text| !text.is_empty())
}

/// A parameter in style matrix: without an equals sign where there is nothing after it (RFC 6570, 3.2.7).
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

/// Appends a query parameter to an encoded query; `encode` writes its values.
pub(crate) fn query(out: &mut String, name: &str, style: (QueryStyle, bool), encode: Encode, value: &Value) {
    pairs(name, style, encode, value).iter().for_each(|(name, value)| pair(out, name, value));
}

/// The names and encoded values that a value of this style is; the flag says whether it explodes.
pub(crate) fn pairs(
    name: &str,
    (style, explode): (QueryStyle, bool),
    encode: Encode,
    value: &Value,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let delimiter = match style {
        QueryStyle::SpaceDelimited => encode(" "),
        QueryStyle::PipeDelimited => encode("|"),
        QueryStyle::Form | QueryStyle::DeepObject | QueryStyle::Json => ",".to_owned(),
    };
    match (style, value) {
        (_, Value::Null) => {}
        (QueryStyle::Json, _) => out.push((name.to_owned(), encode(&value.to_string()))),
        (QueryStyle::DeepObject, _) => deep(&mut out, name, encode, value),
        (_, Value::Array(_)) if explode => nested(&mut out, name, encode, value),
        (_, Value::Object(entries)) if explode => {
            entries.iter().for_each(|(key, value)| nested(&mut out, key, encode, value));
        }
        _ => {
            let parts = parts(value, false, encode);
            if !parts.is_empty() {
                out.push((name.to_owned(), parts.join(&delimiter)));
            }
        }
    }
    out
}

/// A header in style simple, not percent-encoded; `None` if there is nothing to write.
pub(crate) fn plain(value: &Value, explode: bool) -> Option<String> {
    let parts = parts(value, explode, str::to_owned);
    (!parts.is_empty()).then(|| parts.join(","))
}

/// JSON that a header can hold; `None` if there is nothing to write.
pub(crate) fn ascii_json(value: &Value) -> Option<String> {
    let mut out = String::new();
    for char in value.to_string().chars() {
        match char.is_ascii() {
            true => out.push(char),
            false => {
                char.encode_utf16(&mut [0; 2])
                    .iter()
                    .for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
            }
        }
    }
    (!value.is_null()).then_some(out)
}

/// The pairs of a cookie, whose values are percent-encoded.
pub(crate) fn cookie(name: &str, style: CookieStyle, explode: bool, value: &Value) -> Vec<String> {
    let name = percent(name);
    if style == CookieStyle::Json && !value.is_null() {
        return vec![format!("{name}={}", percent(&value.to_string()))];
    }
    let parts = parts(value, explode, percent);
    match value {
        _ if parts.is_empty() => Vec::new(),
        Value::Object(_) if explode => parts,
        Value::Array(_) if explode => parts.iter().map(|part| format!("{name}={part}")).collect(),
        _ => vec![format!("{name}={}", parts.join(","))],
    }
}

/// A form (`application/x-www-form-urlencoded`), some of whose fields are written in a way of their own; `None` if the
/// value has no fields.
pub(crate) fn form(value: &Value, fields: &[FormField]) -> Option<String> {
    let mut all = Vec::new();
    for (key, value) in value.as_object()? {
        match fields.iter().find(|field| field.name == key) {
            Some(field) => {
                let encode = if field.reserved { reserved } else { percent };
                all.extend(pairs(key, (field.style, field.explode), encode, value));
            }
            None => nested(&mut all, key, percent, value),
        }
    }
    let mut out = String::new();
    all.iter().for_each(|(name, value)| pair(&mut out, name, value));
    Some(out)
}

/// How a value is percent-encoded.
pub(crate) type Encode = fn(&str) -> String;

/// Percent-encodes everything but unreserved characters, and the reserved ones that a query can hold without meaning
/// something else: `#` would end it, `&` and `+` would be read as the end of the value and as a space.
pub(crate) fn reserved(text: &str) -> String {
    utf8_percent_encode(text, NOT_ALLOWED).to_string()
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
fn nested(out: &mut Vec<(String, String)>, name: &str, encode: Encode, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| nested(out, name, encode, item)),
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| nested(out, &format!("{name}[{key}]"), encode, value));
        }
        value => out.push((name.to_owned(), encode(&scalar(value)))),
    }
}

/// An object's entries are `name[key]`, an array's items `name[0]`. OpenAPI leaves open how arrays are written; servers
/// that read this style take numbers, and nothing else keeps the members of the objects in an array together.
fn deep(out: &mut Vec<(String, String)>, name: &str, encode: Encode, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null()).enumerate();
            items.for_each(|(index, item)| deep(out, &format!("{name}[{index}]"), encode, item));
        }
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| deep(out, &format!("{name}[{key}]"), encode, value));
        }
        value => out.push((name.to_owned(), encode(&scalar(value)))),
    }
}

/// The parts of a value that a delimiter goes between: items, or keys and values. Nulls are left out.
fn parts(value: &Value, explode: bool, encode: Encode) -> Vec<String> {
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

/// The text of a value that is neither an array nor an object.
pub(crate) fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
