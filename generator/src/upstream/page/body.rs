//! Body parameters into the schema of a body.

use serde_json::{Value, json};

use crate::upstream::text::Span;

use super::Reader;
use super::parameter::{Listed, description};
use super::schema::{Property, Schema};

/// The schema of a body, and whether any part of it has to be there.
pub(super) fn read(reader: &mut Reader<'_>, heading: &Span, listed: Vec<Listed<'_>>) -> (Schema, bool) {
    let is_required = listed.iter().any(|parameter| parameter.required);
    let is_whole = matches!(listed.as_slice(), [only] if only.name.is_empty());
    let mut listed = listed.into_iter();
    let body = match listed.next() {
        Some(only) if is_whole => filled(reader, only),
        first => {
            let mut body = Schema::of_type("object", heading);
            hold(reader, &mut body, first.into_iter().chain(listed).collect());
            body
        }
    };
    (body, is_required)
}

/// The schema of a parameter with what is nested in it.
fn filled(reader: &mut Reader<'_>, listed: Listed<'_>) -> Schema {
    let mut schema = listed.schema;
    if let Some(text) = description(&listed.words) {
        supported(&mut schema, &text);
        schema.set("description", json!(text));
    }
    if listed.children.is_empty() {
        return schema;
    }
    match holder(&mut schema) {
        Some(holder) => hold(reader, holder, listed.children),
        None => {
            for child in listed.children {
                reader
                    .unreadable(&child.span, "it stands inside a parameter that is no object and holds none");
            }
        }
    }
    schema
}

/// The part of a schema that nested parameters belong to: the object that it is, holds, or may be.
fn holder(schema: &mut Schema) -> Option<&mut Schema> {
    let is_variant = |variant: &Schema| match variant.kind() {
        Some("array") => variant.items.as_ref().is_some_and(|items| items.kind() == Some("object")),
        kind => kind == Some("object"),
    };
    match schema.kind() {
        Some("object") => Some(schema),
        Some("array") => holder(schema.items.as_deref_mut()?),
        Some(_) => None,
        None => {
            let (_, variants) = schema.variants.as_mut()?;
            holder(variants.iter_mut().find(|variant| is_variant(variant))?)
        }
    }
}

/// Puts parameters into an object, as what it may be, as any property, or as its properties.
fn hold(reader: &mut Reader<'_>, object: &mut Schema, listed: Vec<Listed<'_>>) {
    if listed.iter().all(|child| is_title(&child.name)) {
        let variants = listed.into_iter().map(|child| {
            let title = child.name.clone();
            let mut variant = filled(reader, child);
            variant.title = Some(title);
            variant
        });
        let variants = variants.collect();
        object.facts.shift_remove("type");
        object.variants = Some(("oneOf", variants));
        return;
    }
    let is_any = matches!(listed.as_slice(), [only] if is_any_key(only));
    for child in listed {
        let (name, span, required) = (child.name.clone(), child.span.clone(), child.required);
        let schema = filled(reader, child);
        if is_any {
            object.additional = Some(Box::new(schema));
        } else if name.is_empty() {
            reader.unreadable(&span, "only a body as a whole has no name, and then it is the only item");
        } else if object.properties.iter().any(|property| property.name == name) {
            reader.error("listed-twice", &span, format!("`{name}` is listed a second time"));
        } else {
            object.properties.push(Property { name, required, schema });
        }
    }
}

/// Whether this names a kind of thing and not a property.
fn is_title(name: &str) -> bool {
    name.contains(' ') || name.starts_with(char::is_uppercase)
}

/// Whether this stands for any property of the object around it.
fn is_any_key(listed: &Listed<'_>) -> bool {
    let words = listed.words.first().is_some_and(|line| line.text.starts_with("A user-defined key"));
    listed.name == "key" && (words || listed.schema.kind() == Some("object"))
}

/// Reads the values that an array of strings names in its description.
fn supported(schema: &mut Schema, text: &str) {
    let Some(items) = schema.items.as_mut().filter(|items| items.kind() == Some("string")) else {
        return;
    };
    let Some((_, mut rest)) = text.split_once("Supported values are: ") else {
        return;
    };
    let mut values: Vec<Value> = Vec::new();
    while let Some((value, after)) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        values.push(json!(value));
        rest = after.trim_start_matches(',').trim_start();
        rest = rest.strip_prefix("and ").unwrap_or(rest);
    }
    if !values.is_empty() && !items.facts.contains_key("enum") {
        items.set("enum", Value::Array(values));
    }
}
