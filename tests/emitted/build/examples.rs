//! The examples of a description, each with the emitted type that it is an example of.

use std::collections::BTreeMap;

use serde_json::Value;

/// An example.
pub(crate) struct Example {
    /// Where it stands.
    pub(crate) pointer: String,
    /// What it is an example of.
    pub(crate) ty: Type,
    /// The example itself.
    pub(crate) value: Value,
}

/// A type that values of a schema are decoded into.
#[derive(Clone)]
pub(crate) enum Type {
    /// An emitted one, by its path in the client.
    Emitted(String),
    /// A list.
    List(Box<Self>),
    /// A map.
    Map(Box<Self>),
}

impl Type {
    /// The type as Rust writes it, outside of the client's module.
    pub(crate) fn in_module(&self, module: &str) -> String {
        match self {
            Self::Emitted(path) => format!("{module}::{path}"),
            Self::List(items) => format!("Vec<{}>", items.in_module(module)),
            Self::Map(values) => {
                format!("std::collections::BTreeMap<String, {}>", values.in_module(module))
            }
        }
    }
}

/// Finds all examples of emitted types, and of lists and maps of them; `types` are the types by their schemas' pointers.
pub(crate) fn collect(description: &Value, types: &BTreeMap<String, String>) -> Vec<Example> {
    let mut search = Search { description, types, found: Vec::new() };
    search.walk("", description);
    search.found
}

struct Search<'a> {
    description: &'a Value,
    types: &'a BTreeMap<String, String>,
    found: Vec<Example>,
}

impl Search<'_> {
    fn walk(&mut self, pointer: &str, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(path) = self.types.get(pointer) {
                    self.examples(pointer, &Type::Emitted(path.clone()), value);
                }
                if let Some(content) = value.get("content").and_then(Value::as_object) {
                    content.iter().for_each(|(name, media)| self.media_type(pointer, name, media));
                }
                for (key, member) in members {
                    // What these hold is no part of the description.
                    if !["default", "enum", "example", "examples"].contains(&key.as_str()) || is_name(pointer)
                    {
                        self.walk(&format!("{pointer}/{}", escape(key)), member);
                    }
                }
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, item)| self.walk(&format!("{pointer}/{index}"), item));
            }
            _ => {}
        }
    }

    fn media_type(&mut self, parent: &str, name: &str, media: &Value) {
        let pointer = format!("{parent}/content/{}", escape(name));
        if name.contains("json")
            && !name.contains("seq")
            && !name.contains("ndjson")
            && let Some(schema) = media.get("schema")
            && let Some(ty) = self.type_of(&format!("{pointer}/schema"), schema, 0)
        {
            self.examples(&pointer, &ty, media);
        }
    }

    /// Takes the examples that an object has.
    fn examples(&mut self, pointer: &str, ty: &Type, of: &Value) {
        let mut found: Vec<(String, &Value)> = Vec::new();
        found.extend(of.get("example").map(|example| ("example".to_owned(), example)));
        match of.get("examples") {
            Some(Value::Array(list)) => {
                found.extend(
                    list.iter().enumerate().map(|(index, example)| (format!("examples/{index}"), example)),
                );
            }
            Some(Value::Object(named)) => {
                for (name, example) in named {
                    let example = self.followed(example);
                    found.extend(
                        example.get("value").map(|value| (format!("examples/{}", escape(name)), value)),
                    );
                }
            }
            _ => {}
        }
        let examples = found.into_iter().map(|(below, value)| Example {
            pointer: format!("{pointer}/{below}"),
            ty: ty.clone(),
            value: value.clone(),
        });
        let examples: Vec<Example> = examples.collect();
        self.found.extend(examples);
    }

    /// What a reference within the description leads to.
    fn followed<'v>(&'v self, value: &'v Value) -> &'v Value {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix('#'));
        target.and_then(|pointer| self.description.pointer(pointer)).unwrap_or(value)
    }

    fn type_of(&self, pointer: &str, schema: &Value, depth: usize) -> Option<Type> {
        if let Some(path) = self.types.get(pointer) {
            return Some(Type::Emitted(path.clone()));
        }
        if depth > 16 {
            return None;
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = target.strip_prefix('#')?;
            return self.type_of(target, self.description.pointer(target)?, depth + 1);
        }
        let inner =
            |key: &str| self.type_of(&format!("{pointer}/{key}"), schema.get(key)?, depth + 1).map(Box::new);
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => inner("items").map(Type::List),
            Some("object") => inner("additionalProperties").map(Type::Map),
            _ => None,
        }
    }
}

/// Whether the members of what a pointer leads to have names that somebody chose.
fn is_name(pointer: &str) -> bool {
    ["/properties", "/schemas", "/responses", "/headers"].iter().any(|end| pointer.ends_with(end))
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
