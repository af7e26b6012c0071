//! One schema: constants, bounds, tuples and patterns.

use serde_json::{Map, Value, json};

use super::super::Conformer;
use super::{branches, content, types};
use crate::pointer::Pointer;

/// Rewrites the keywords of a schema that is no reference.
pub(super) fn rewrite(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    constant(conformer, pointer, object);
    bounds(object);
    content::rewrite(object);
    branches::rewrite(conformer, pointer, object);
    tuple(conformer, pointer, object);
    patterns(conformer, pointer, object);
    types::rewrite(conformer, pointer, object);
    examples(object);
}

/// `const` is an `enum` of one value; it wins over an `enum` beside it.
fn constant(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    if let Some(value) = object.shift_remove("const") {
        object.insert("enum".to_owned(), Value::Array(vec![value]));
        conformer.origins.derive(pointer.join("enum"), &pointer.join("const"));
    }
}

/// An exclusive bound is a number of its own, in 3.0 a flag beside the bound; the tighter of two counts.
fn bounds(object: &mut Map<String, Value>) {
    let sides = [("minimum", "exclusiveMinimum", 1.0), ("maximum", "exclusiveMaximum", -1.0)];
    for (inclusive, exclusive, sign) in sides {
        let Some(bound) = object.get(exclusive).and_then(Value::as_f64) else {
            continue;
        };
        let is_tighter = |other: f64| sign * bound >= sign * other;
        let value = object.shift_remove(exclusive).unwrap_or_default();
        if object.get(inclusive).and_then(Value::as_f64).is_none_or(is_tighter) {
            object.insert(inclusive.to_owned(), value);
            object.insert(exclusive.to_owned(), Value::Bool(true));
        }
    }
}

/// A tuple is a list of anything that stands in it: its places have no types of their own.
fn tuple(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    let items = pointer.join("items");
    if object.get("items").is_some_and(Value::is_array) && !object.contains_key("prefixItems") {
        // The drafts before 2020-12 wrote it so.
        let places = object.shift_remove("items").unwrap_or_default();
        object.insert("prefixItems".to_owned(), places);
    }
    let Some(Value::Array(places)) = object.shift_remove("prefixItems") else {
        if object.get("items").is_some_and(Value::is_boolean) {
            object.shift_remove("items");
        }
        return;
    };
    let at = pointer.join("prefixItems");
    let mut options: Vec<(Pointer, Value)> =
        places.into_iter().enumerate().map(|(index, place)| (at.join(index), place)).collect();
    match object.shift_remove("items") {
        None | Some(Value::Bool(false)) => {}
        Some(rest) => options.push((items.clone(), rest)),
    }
    if let Some(union) = union(conformer, &items, options) {
        object.insert("items".to_owned(), union);
    }
}

/// Members whose names match a pattern are members like others.
fn patterns(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    if let Some(rest) = object.shift_remove("unevaluatedProperties")
        && !object.contains_key("additionalProperties")
        && rest != Value::Bool(false)
    {
        let at = pointer.join("additionalProperties");
        conformer.origins.derive(at, &pointer.join("unevaluatedProperties"));
        object.insert("additionalProperties".to_owned(), rest);
    }
    let Some(Value::Object(patterns)) = object.shift_remove("patternProperties") else {
        return;
    };
    let at = pointer.join("patternProperties");
    let mut options: Vec<(Pointer, Value)> =
        patterns.into_iter().map(|(pattern, schema)| (at.join(pattern), schema)).collect();
    // A pattern that no name may match says what is forbidden.
    options.retain(|(_, schema)| *schema != Value::Bool(false));
    let rest = pointer.join("additionalProperties");
    match object.shift_remove("additionalProperties") {
        None | Some(Value::Bool(false)) => {}
        Some(schema) => options.push((rest.clone(), schema)),
    }
    let is_empty = options.is_empty();
    match union(conformer, &rest, options) {
        Some(union) => object.insert("additionalProperties".to_owned(), union),
        None => object.insert("additionalProperties".to_owned(), Value::Bool(!is_empty)),
    };
}

/// A schema for what any of these accept, at a pointer; `None` where that is anything or nothing.
fn union(conformer: &mut Conformer<'_>, at: &Pointer, options: Vec<(Pointer, Value)>) -> Option<Value> {
    let mut distinct: Vec<(Pointer, Value)> = Vec::new();
    for (from, schema) in options {
        let is_any = |schema: &Value| schema.as_object().is_some_and(Map::is_empty);
        if schema == Value::Bool(true) || is_any(&schema) {
            return None;
        }
        if !distinct.iter().any(|(_, other)| *other == schema) {
            distinct.push((from, schema));
        }
    }
    if distinct.len() < 2 {
        let (from, only) = distinct.pop()?;
        if from != *at {
            conformer.origins.derive(at.clone(), &from);
        }
        return Some(only);
    }
    let list = at.join("anyOf");
    let mut schemas = Vec::new();
    for (index, (from, schema)) in distinct.into_iter().enumerate() {
        conformer.origins.derive(list.join(index), &from);
        schemas.push(schema);
    }
    if let Some(parent) = at.parent() {
        conformer.origins.derive(list, &parent);
    }
    Some(json!({ "anyOf": schemas }))
}

/// Several examples; the first is as good as any.
fn examples(object: &mut Map<String, Value>) {
    if let Some(Value::Array(examples)) = object.shift_remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        object.entry("example").or_insert(first);
    }
}
