//! Types: a list of them is a nullable type or a union, and a schema of constants has the type of these.

use serde_json::{Map, Value};

use super::super::Conformer;
use crate::pointer::Pointer;

/// Keywords that speak of values of one type only, and which that is.
const KEYWORDS: [(&str, &[&str]); 4] = [
    ("string", &["minLength", "maxLength", "pattern"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("object", &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]),
];

const NUMERIC_FORMATS: [&str; 4] = ["int32", "int64", "float", "double"];

/// Gives a schema one type at most.
pub(super) fn rewrite(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    if !object.contains_key("type") {
        infer(object);
    }
    let Some(Value::Array(types)) = object.get("type") else {
        return;
    };
    let mut names: Vec<String> = Vec::new();
    for name in types.iter().filter_map(Value::as_str) {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    let all = names.len();
    names.retain(|name| name != "null");
    let is_nullable = names.len() < all;
    if is_nullable {
        object.insert("nullable".to_owned(), Value::Bool(true));
    }
    let is_composed = ["oneOf", "anyOf", "allOf"].iter().any(|keyword| object.contains_key(*keyword));
    match names.as_slice() {
        [] if is_nullable => drop(object.insert("type".to_owned(), Value::String("null".to_owned()))),
        [only] => drop(object.insert("type".to_owned(), Value::String(only.clone()))),
        // The parts say more than the list does.
        _ if names.is_empty() || is_composed => drop(object.shift_remove("type")),
        _ => union(conformer, pointer, object, &names),
    }
}

/// Turns a schema of several types into a union of one for each, which takes the keywords of its type along.
fn union(
    conformer: &mut Conformer<'_>,
    pointer: &Pointer,
    object: &mut Map<String, Value>,
    names: &[String],
) {
    object.shift_remove("type");
    let values = object.shift_remove("enum");
    let format = object.shift_remove("format");
    let mut options: Vec<Map<String, Value>> = Vec::new();
    for name in names {
        let mut option = Map::from_iter([("type".to_owned(), Value::String(name.clone()))]);
        if let Some(Value::Array(values)) = &values {
            let own: Vec<Value> = values.iter().filter(|value| is_of(value, name)).cloned().collect();
            if own.is_empty() {
                continue;
            }
            option.insert("enum".to_owned(), Value::Array(own));
        }
        if let Some(Value::String(format)) = &format
            && NUMERIC_FORMATS.contains(&format.as_str()) != (name == "string")
        {
            option.insert("format".to_owned(), Value::String(format.clone()));
        }
        options.push(option);
    }
    for option in &mut options {
        let name = option.get("type").and_then(Value::as_str).unwrap_or_default();
        let kind = if name == "integer" { "number" } else { name };
        let keywords = KEYWORDS.iter().find(|(other, _)| *other == kind).map_or(&[][..], |(_, own)| own);
        for keyword in keywords {
            if let Some(value) = object.shift_remove(*keyword) {
                option.insert((*keyword).to_owned(), value);
            }
        }
    }
    let list = pointer.join("oneOf");
    // What an option took along stood in the schema itself.
    conformer.origins.derive_all((0..options.len()).map(|index| list.join(index)).collect(), pointer);
    object.insert("oneOf".to_owned(), options.into_iter().map(Value::Object).collect());
}

/// The type that all values of an `enum` have, for one that does not say.
fn infer(object: &mut Map<String, Value>) {
    let Some(Value::Array(values)) = object.get("enum") else {
        return;
    };
    let all_are = |name: &str| {
        let mut others = values.iter().filter(|value| !value.is_null()).peekable();
        others.peek().is_some() && others.all(|value| is_of(value, name))
    };
    if let Some(name) = ["string", "integer", "number", "boolean"].into_iter().find(|name| all_are(name)) {
        object.insert("type".to_owned(), Value::String(name.to_owned()));
    }
}

/// Whether a value is of a type, or cannot be told from one that is.
fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
