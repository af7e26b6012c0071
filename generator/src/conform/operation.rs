//! Mending path items, operations, parameters and responses.

use serde_json::{Map, Value};

use super::grammar::{self, Kind, Shape};
use super::{Conformer, drop_examples, text_of};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

const PLACES: [&str; 4] = ["path", "query", "header", "cookie"];

/// The styles of each place; the first is the default (OpenAPI 3.0.3, Parameter Object).
fn styles(place: &str) -> &'static [&'static str] {
    match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    }
}

impl Conformer<'_> {
    /// A path item: what looks like an operation and stands under no method would be lost without a word.
    pub(super) fn path_item(&mut self, pointer: &Pointer, object: &Map<String, Value>) {
        for (key, value) in object {
            let is_known = grammar::fields(Kind::PathItem).iter().any(|(field, _)| field == key);
            if !is_known && !key.starts_with("x-") && value.get("responses").is_some() {
                let message =
                    format!("`{key}` is no method of HTTP that OpenAPI 3.0 knows; the operation is left out");
                self.diagnostics.push(
                    Diagnostic::warning(&pointer.join(key), "unknown-method", message)
                        .help("use get, put, post, delete, options, head, patch or trace"),
                );
            }
        }
    }

    /// An operation has responses.
    pub(super) fn operation(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        if !object.get("responses").is_some_and(Value::is_object) {
            self.diagnostics
                .push(Diagnostic::warning(pointer, "no-responses", "the operation has no `responses`").help(
                "say which statuses it answers with; until then any 2xx is taken as success without a body",
            ));
            object.insert("responses".to_owned(), Value::Object(Map::new()));
        }
        if let Some(callbacks) = object.shift_remove("callbacks")
            && callbacks.as_object().is_some_and(|callbacks| !callbacks.is_empty())
        {
            let message = "callbacks are requests to you, not from you; no code is emitted for them";
            self.diagnostics.push(
                Diagnostic::warning(&pointer.join("callbacks"), "callbacks-left-out", message)
                    .help("nothing to do, unless you expected a server"),
            );
        }
    }

    /// A parameter has a name, a place, a known style and a schema or a content.
    pub(super) fn parameter(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let place = object.get("in").map(text_of).unwrap_or_default();
        if !PLACES.contains(&place.as_str()) || !object.contains_key("name") {
            let message = format!("the parameter needs a `name` and an `in` of {}", PLACES.join(", "));
            self.diagnostics.push(
                Diagnostic::error(pointer, "invalid-parameter", message)
                    .help("say where the parameter travels"),
            );
            object.insert("in".to_owned(), Value::String("query".to_owned()));
            object.entry("name").or_insert_with(|| Value::String(String::new()));
        }
        if place == "path" && object.get("required") != Some(&Value::Bool(true)) {
            let name = object.get("name").map(text_of).unwrap_or_default();
            let message =
                format!("the path parameter `{name}` is not marked as required; it is taken as required");
            self.diagnostics.push(
                Diagnostic::warning(pointer, "optional-path-parameter", message).help("add `required: true`"),
            );
            object.insert("required".to_owned(), Value::Bool(true));
        }
        drop_examples(object);
        self.style(pointer, &place, object);
    }

    /// A style that the place has.
    pub(super) fn style(&mut self, pointer: &Pointer, place: &str, object: &mut Map<String, Value>) {
        let Some(style) = object.get("style").map(text_of) else {
            return;
        };
        if !styles(place).contains(&style.as_str()) {
            let message =
                format!("style `{style}` does not exist for a {place} parameter; the default is used");
            self.diagnostics.push(
                Diagnostic::warning(&pointer.join("style"), "unknown-style", message)
                    .help(format!("use one of {}", styles(place).join(", "))),
            );
            object.shift_remove("style");
        }
    }

    /// Responses: keys are statuses, ranges such as `4XX`, or `default`.
    pub(super) fn responses(&mut self, pointer: &Pointer, object: &mut Map<String, Value>) {
        let mut fixed = Map::new();
        for (key, mut value) in std::mem::take(object) {
            if key.starts_with("x-") {
                fixed.insert(key, value);
                continue;
            }
            let Some(status) = status(&key) else {
                let message = format!("`{key}` is not a status");
                self.diagnostics.push(
                    Diagnostic::error(&pointer.join(&key), "bad-status", message)
                        .help("use a status such as 200, a range such as 4XX, or `default`"),
                );
                continue;
            };
            if self.value(&pointer.join(&key), &Shape::Object(Kind::Response), &mut value) {
                fixed.insert(status, value);
            }
        }
        *object = fixed;
    }
}

/// Gives what is a parameter or a header a schema, unless it has a content or one.
pub(super) fn described(object: &mut Map<String, Value>) {
    if object.get("content").and_then(Value::as_object).is_some_and(|content| !content.is_empty()) {
        object.shift_remove("schema");
    } else {
        object.shift_remove("content");
        object.entry("schema").or_insert_with(|| Value::Object(Map::new()));
    }
}

/// The key of a response in its canonical form.
fn status(key: &str) -> Option<String> {
    let key = key.trim();
    if key == "default" {
        return Some(key.to_owned());
    }
    let upper = key.to_ascii_uppercase();
    let first = upper.starts_with(['1', '2', '3', '4', '5']);
    let rest = upper.get(1..)?;
    let valid = first && (rest == "XX" || rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit()));
    valid.then_some(upper)
}
