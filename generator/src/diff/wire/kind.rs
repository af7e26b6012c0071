//! What kind of Rust type a schema comes to, and how a report calls it.

use serde_json::Value;

use super::description::{Description, Part};
use super::schema::Schema;

/// The kinds of types that differ for those who use the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    /// A type without parts, by its Rust type.
    Scalar(&'static str),
    /// A text with known values.
    Texts,
    List,
    Map,
    /// An object with known properties.
    Object,
    Union,
}

impl Kind {
    /// The kind of a schema.
    pub(super) fn of(schema: &Schema<'_>) -> Self {
        if schema.parts.iter().any(|part| part.value.get("properties").is_some_and(has_members)) {
            return Self::Object;
        }
        if !schema.options().is_empty() {
            return if union_texts(schema).is_some() { Self::Texts } else { Self::Union };
        }
        let values = schema.values();
        let is_text = matches!(schema.type_name(), None | Some("string"));
        if is_text && !values.is_empty() && values.iter().all(|value| value.is_string()) {
            return Self::Texts;
        }
        match schema.type_name() {
            Some("object") => Self::Map,
            Some("array") => Self::List,
            None if schema.keyword("items").is_some() => Self::List,
            None if schema.keyword("additionalProperties").is_some() => Self::Map,
            name => scalar(name, schema.keyword("format").and_then(Value::as_str)),
        }
    }
}

fn has_members(value: &Value) -> bool {
    value.as_object().is_some_and(|members| !members.is_empty())
}

/// As the generator decides it.
fn scalar(name: Option<&str>, format: Option<&str>) -> Kind {
    Kind::Scalar(match (name, format) {
        (Some("boolean"), _) => "bool",
        (Some("integer"), Some("int8" | "int16" | "int32" | "uint8" | "uint16"))
        | (Some("number"), Some("int32")) => "i32",
        (Some("integer"), Some("uint64")) => "u64",
        (Some("integer"), _) | (Some("number"), Some("int64")) => "i64",
        (Some("number"), Some("float")) => "f32",
        (Some("number"), _) => "f64",
        (Some("string"), Some("date-time")) => "DateTime",
        (Some("string"), Some("byte")) => "Base64",
        (Some("string"), _) => "String",
        _ => return Kind::Any,
    })
}

/// The texts that a schema lists, by itself or as a union of nothing but lists of texts.
pub(super) fn texts<'a>(schema: &Schema<'a>) -> Vec<&'a str> {
    union_texts(schema).unwrap_or_else(|| schema.values().into_iter().filter_map(Value::as_str).collect())
}

fn union_texts<'a>(schema: &Schema<'a>) -> Option<Vec<&'a str>> {
    let options = schema.options();
    let mut found = Vec::new();
    for option in &options {
        found.extend(listed_texts(option)?);
    }
    (!options.is_empty()).then_some(found)
}

fn listed_texts<'a>(option: &Part<'a>) -> Option<Vec<&'a str>> {
    let is_text = option.text("type").is_none_or(|name| name == "string");
    let values =
        option.value.get("enum").and_then(Value::as_array).filter(|values| is_text && !values.is_empty())?;
    values.iter().map(Value::as_str).collect()
}

/// How a report calls a schema: `string`, `integer (int32)`, `list of string`, `a` or `b`.
pub(super) fn called(description: Description<'_>, schema: &Schema<'_>) -> String {
    match Kind::of(schema) {
        Kind::Any => "any value".to_owned(),
        Kind::Texts => either(texts(schema).into_iter().map(|text| format!("`{text}`")).collect(), "texts"),
        Kind::Union => {
            let options =
                schema.options().into_iter().filter_map(|option| Schema::read(description, vec![option]));
            either(options.map(|option| plainly(&option)).collect(), "types")
        }
        Kind::List => match Schema::read(description, schema.inside("items")) {
            Some(item) => format!("list of {}", plainly(&item)),
            None => "list".to_owned(),
        },
        Kind::Map => match Schema::read(description, schema.inside("additionalProperties")) {
            Some(value) => format!("map of {}", plainly(&value)),
            None => "map".to_owned(),
        },
        _ => described(schema),
    }
}

/// How a report calls a schema that stands in another one.
pub(super) fn plainly(schema: &Schema<'_>) -> String {
    schema.name().map_or_else(|| described(schema), |name| format!("`{name}`"))
}

/// The type of a schema and its format.
pub(super) fn described(schema: &Schema<'_>) -> String {
    let name = match Kind::of(schema) {
        Kind::Any => return "any value".to_owned(),
        Kind::Scalar(_) => schema.type_name().unwrap_or_default(),
        Kind::Texts => return "listed texts".to_owned(),
        Kind::List => return "list".to_owned(),
        Kind::Map => return "map".to_owned(),
        Kind::Object => return "object".to_owned(),
        Kind::Union => return "several types".to_owned(),
    };
    match schema.keyword("format").and_then(Value::as_str) {
        Some(format) => format!("`{name}` ({format})"),
        None => format!("`{name}`"),
    }
}

/// A few alternatives in words, or how many there are.
fn either(mut alternatives: Vec<String>, what: &str) -> String {
    let count = alternatives.len();
    alternatives.dedup();
    match alternatives.as_slice() {
        [only] if count == 1 => only.clone(),
        [first, second] => format!("{first} or {second}"),
        [first, second, third] => format!("{first}, {second} or {third}"),
        _ => format!("one of {count} {what}"),
    }
}
