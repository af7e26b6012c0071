//! Checks the shape of a description before it is read, and mends what real descriptions get wrong.
//!
//! Afterwards every object has the fields that OpenAPI 3.0 requires, each of the right kind, so that
//! reading it as `openapiv3` types cannot fail. Each repair that could surprise is a warning.

pub(crate) mod grammar;
mod operation;
mod schema;
mod security;
mod version31;

use std::collections::HashSet;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::Origins;
use crate::pointer::Pointer;
use grammar::{Kind, Shape};

/// A version of OpenAPI that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// 3.0.
    V30,
    /// 3.1, whose schemas are those of JSON Schema 2020-12.
    V31,
}

/// Checks and mends a whole description; `false` when it is not one of OpenAPI 3.0 or 3.1 at all.
pub(crate) fn conform(root: &mut Value, origins: &mut Origins, diagnostics: &mut Diagnostics) -> bool {
    let version = match version(root) {
        Ok(version) => version,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return false;
        }
    };
    let mut conformer = Conformer { version, origins, diagnostics, elsewhere: Vec::new(), seen: None };
    conformer.object(&Pointer::root(), Kind::Description, root);
    conformer.elsewhere(root);
    true
}

/// The version of a description; an error that names it where it is neither 3.0 nor 3.1.
pub(crate) fn version(root: &Value) -> Result<Version, Diagnostic> {
    let at = |key: &str| Pointer::root().join(key);
    if let Some(version) = root.get("swagger") {
        return Err(Diagnostic::error(
            &at("swagger"),
            "swagger-2",
            format!("this is Swagger {}, not OpenAPI 3", text_of(version)),
        )
        .help("convert it to OpenAPI 3.0 first, for example with the swagger2openapi converter"));
    }
    let Some(version) = root.get("openapi") else {
        let message = "this is not an OpenAPI description: it has no `openapi` version";
        return Err(Diagnostic::error(&Pointer::root(), "not-a-description", message)
            .help("an OpenAPI description starts with a line such as `openapi: 3.0.3`"));
    };
    let text = text_of(version);
    let is = |version: &str| text == version || text.starts_with(&format!("{version}."));
    if is("3.0") {
        return Ok(Version::V30);
    }
    if is("3.1") {
        return Ok(Version::V31);
    }
    Err(Diagnostic::error(&at("openapi"), "unsupported-version", format!("OpenAPI {text} is not supported"))
        .help("descriptions of versions 3.0 and 3.1 are; give `openapi: 3.1.1` if it is one"))
}

/// A scalar as text without quotes.
fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Walks a description along the grammar.
struct Conformer<'a> {
    version: Version,
    origins: &'a mut Origins,
    diagnostics: &'a mut Diagnostics,
    /// What references lead to where no object of that kind belongs.
    elsewhere: Vec<(Pointer, Kind)>,
    /// What was checked there, since such places may lie within one another.
    seen: Option<HashSet<(Pointer, Kind)>>,
}

impl Conformer<'_> {
    /// Checks what stands where a description has no such object, as what it is referred to.
    fn elsewhere(&mut self, root: &mut Value) {
        self.seen = Some(HashSet::new());
        while let Some((pointer, kind)) = self.elsewhere.pop() {
            if let Some(value) = root.pointer_mut(pointer.as_str()).filter(|value| value.is_object()) {
                self.kind(&pointer, kind, value);
            }
        }
    }

    /// Remembers where a reference leads, unless the walk comes there anyway.
    fn refer(&mut self, kind: Kind, reference: &str) {
        let fragment = reference.strip_prefix('#').map(|text| percent_decode_str(text).decode_utf8_lossy());
        if let Some(target) = fragment.and_then(|fragment| Pointer::parse(&fragment))
            && grammar::kind_at(&target) != Some(kind)
        {
            self.elsewhere.push((target, kind));
        }
    }

    /// Checks an object of a kind and everything below it.
    fn object(&mut self, pointer: &Pointer, kind: Kind, value: &mut Value) {
        let Value::Object(object) = value else {
            return;
        };
        match kind {
            Kind::Description => self.description(pointer, object),
            Kind::PathItem => self.path_item(pointer, object),
            Kind::Operation => self.operation(pointer, object),
            Kind::Parameter => self.parameter(pointer, object),
            Kind::Responses => self.responses(pointer, object),
            Kind::Schema => self.schema(pointer, object),
            Kind::Response => {
                default_text(object, "description");
                object.shift_remove("links");
            }
            Kind::MediaType => drop_examples(object),
            Kind::Header => {
                drop_examples(object);
                self.style(pointer, "header", object);
            }
            Kind::Encoding => self.style(pointer, "query", object),
            Kind::ExternalDocs => default_text(object, "url"),
            _ => {}
        }
        for (field, shape) in grammar::fields(kind) {
            let Some(value) = object.get_mut(*field) else {
                continue;
            };
            if !self.value(&pointer.join(field), shape, value) {
                object.shift_remove(*field);
            }
        }
        if matches!(kind, Kind::Parameter | Kind::Header) {
            operation::described(object);
        }
    }

    /// Checks a value against a shape; `false` when it cannot be used and has to go.
    fn value(&mut self, pointer: &Pointer, shape: &Shape, value: &mut Value) -> bool {
        match shape {
            Shape::Text => self.text(pointer, value),
            Shape::Flag => self.flag(pointer, value),
            Shape::List(item) => self.list(pointer, item, value),
            Shape::Map(item) => self.map(pointer, item, value),
            Shape::Object(kind) => self.kind(pointer, *kind, value),
            Shape::ObjectOrFlag(kind) => value.is_boolean() || self.kind(pointer, *kind, value),
        }
    }

    fn kind(&mut self, pointer: &Pointer, kind: Kind, value: &mut Value) -> bool {
        if self.seen.as_mut().is_some_and(|seen| !seen.insert((pointer.clone(), kind))) {
            return true;
        }
        if self.version == Version::V31 && kind == Kind::Schema {
            version31::schema(self, pointer, value);
        }
        if !value.is_object() {
            return self.wrong(pointer, "an object", value);
        }
        if let Some(reference) = value.get("$ref") {
            if !reference.is_string() {
                let found = reference.clone();
                return self.wrong(&pointer.join("$ref"), "a text", &found);
            }
            self.refer(kind, reference.as_str().unwrap_or_default());
            if let (Kind::PathItem, Value::Object(object)) = (kind, &*value) {
                version31::path_item(self, pointer, object);
            }
            return true;
        }
        if let (Kind::SecurityScheme, Value::Object(object)) = (kind, &mut *value)
            && !self.security_scheme(pointer, object)
        {
            return false;
        }
        self.object(pointer, kind, value);
        true
    }

    fn text(&mut self, pointer: &Pointer, value: &mut Value) -> bool {
        match value {
            Value::String(_) => true,
            Value::Number(_) | Value::Bool(_) => {
                *value = Value::String(value.to_string());
                true
            }
            Value::Null => false,
            _ => self.wrong(pointer, "a text", value),
        }
    }

    fn flag(&mut self, pointer: &Pointer, value: &mut Value) -> bool {
        match value {
            Value::Bool(_) => true,
            Value::String(text) if text == "true" || text == "false" => {
                *value = Value::Bool(text == "true");
                true
            }
            Value::Null => false,
            _ => self.wrong(pointer, "`true` or `false`", value),
        }
    }

    fn list(&mut self, pointer: &Pointer, item: &Shape, value: &mut Value) -> bool {
        match value {
            Value::Array(items) => {
                let mut index = 0;
                items.retain_mut(|value| {
                    index += 1;
                    self.value(&pointer.join(index - 1), item, value)
                });
                true
            }
            Value::Null => false,
            _ => self.wrong(pointer, "a list", value),
        }
    }

    fn map(&mut self, pointer: &Pointer, item: &Shape, value: &mut Value) -> bool {
        match value {
            Value::Object(members) => {
                members.retain(|key, value| self.value(&pointer.join(key), item, value));
                true
            }
            Value::Null => false,
            _ => self.wrong(pointer, "an object", value),
        }
    }

    /// Warns of a value of the wrong kind, which is left out.
    fn wrong(&mut self, pointer: &Pointer, expected: &str, found: &Value) -> bool {
        let found = match found {
            Value::Null => "nothing",
            Value::Bool(_) => "`true` or `false`",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        let message = format!("`{}` must be {expected}, not {found}; it is ignored", pointer.last());
        self.diagnostics.push(
            Diagnostic::warning(pointer, "wrong-kind", message)
                .help("correct it, or remove it if it means nothing"),
        );
        false
    }

    /// The root object.
    fn description(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        if self.version == Version::V31 {
            version31::description(self, object);
        }
        for field in ["paths", "info"] {
            if !object.get(field).is_some_and(Value::is_object) {
                let message = format!("the description has no `{field}`");
                self.diagnostics.push(
                    Diagnostic::warning(pointer, "missing-field", message).help(format!("add `{field}`")),
                );
                object.insert(field.to_owned(), Value::Object(Map::new()));
            }
        }
        if let Some(info) = object.get_mut("info").and_then(Value::as_object_mut) {
            default_text(info, "title");
            default_text(info, "version");
        }
    }
}

/// Examples take part in nothing that is emitted, and are often not what the schema says.
fn drop_examples(object: &mut Map<String, Value>) {
    object.shift_remove("example");
    object.shift_remove("examples");
}

/// Gives a required text field that is missing an empty value.
fn default_text(object: &mut Map<String, Value>, field: &str) {
    if object.get(field).is_none_or(Value::is_null) {
        object.insert(field.to_owned(), Value::String(String::new()));
    }
}
