//! The types of parameters, such as `array of strings or null`, and the values that their defaults are.

use serde_json::{Value, json};

use crate::upstream::text::Span;

use super::schema::Schema;

/// The schema of a parameter's type.
pub(super) fn schema(types: &str, span: &Span) -> Option<Schema> {
    let mut variants: Vec<Schema> = Vec::new();
    let mut nullable = false;
    for name in types.split(" or ").flat_map(|part| part.split(',')).map(str::trim) {
        if name == "null" {
            nullable = true;
        } else if let Some(schema) = single(name, span, 0) {
            variants.push(schema);
        } else {
            // `array of strings or integers`: the second name goes on with what the array holds.
            let more = plural(name).map(|name| Schema::of_type(name, span))?;
            let array = variants.last_mut().filter(|last| last.kind() == Some("array"))?;
            let first = *array.items.take()?;
            array.items = Some(Box::new(Schema::one_of(vec![first, more], span)));
        }
    }
    if variants.is_empty() {
        return None;
    }
    let mut schema = Schema::one_of(variants, span);
    schema.nullable = nullable;
    Some(schema)
}

/// Whether this is the name of a type.
pub(super) fn is_type(name: &str) -> bool {
    ["string", "integer", "number", "boolean", "object", "array", "null"].contains(&name)
}

fn plural(name: &str) -> Option<&str> {
    name.strip_suffix('s').filter(|name| is_type(name))
}

fn single(name: &str, span: &Span, depth: usize) -> Option<Schema> {
    if let Some(items) = name.strip_prefix("array of ") {
        let items = if depth < 8 { single(items, span, depth + 1) } else { None };
        let items =
            items.or_else(|| plural(&name["array of ".len()..]).map(|name| Schema::of_type(name, span)));
        return Some(Schema::array(items?, span));
    }
    is_type(name).then(|| Schema::of_type(name, span))
}

/// The value that a text is by a schema, as pages print defaults and values: without quotes or brackets.
pub(super) fn value(text: &str, schema: &Schema) -> Option<Value> {
    if schema.nullable && text == "null" {
        return Some(Value::Null);
    }
    if let Some((_, variants)) = &schema.variants {
        // A text is anything, so other types go first.
        let (texts, others): (Vec<_>, Vec<_>) =
            variants.iter().partition(|variant| variant.kind() == Some("string"));
        return others.into_iter().chain(texts).find_map(|variant| value(text, variant));
    }
    match schema.kind()? {
        "string" => Some(json!(text)),
        "integer" => {
            text.parse::<i64>().map(Value::from).or_else(|_| text.parse::<u64>().map(Value::from)).ok()
        }
        "number" => serde_json::from_str(text).ok().filter(Value::is_number),
        "boolean" => text.parse::<bool>().map(Value::from).ok(),
        "object" => serde_json::from_str(text).ok().filter(Value::is_object),
        "array" => array(text, schema.items.as_deref()?),
        _ => None,
    }
}

fn array(text: &str, items: &Schema) -> Option<Value> {
    if let Some(list) = serde_json::from_str(text).ok().filter(Value::is_array) {
        return Some(list);
    }
    // Pages print an array as its items with commas between them, and lose what commas the items have.
    let items = text.split(',').filter(|_| !text.is_empty()).map(|item| match items.kind() {
        None => Some(json!(item)),
        Some(_) => value(item, items),
    });
    items.collect::<Option<Vec<Value>>>().map(Value::Array)
}
