//! The bodies of requests and of responses.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::upstream::text::Span;

use super::super::example::Content;
use super::super::operation::{Operation, RequestBody, meaning};
use super::super::response::Body;
use super::super::schema::Schema;
use super::Writer;

impl Writer<'_, '_> {
    /// The body of a request, with the values that examples have for its parts.
    pub(super) fn body(&mut self, pointer: &Pointer, body: &RequestBody, operation: &Operation<'_>) -> Value {
        self.place(pointer, &body.span);
        let mut schema = body.schema.clone();
        let mut whole = None;
        for (content, span) in operation.requests.iter().filter_map(|request| request.body.as_ref()) {
            match content {
                Content::Json(Value::Object(values)) if !schema.properties.is_empty() => {
                    self.examples(&mut schema, values, span);
                }
                Content::Json(value) => {
                    whole.get_or_insert(value);
                }
                Content::File if body.media_type == "application/json" => {
                    self.reader
                        .warning(
                            "unreadable-example",
                            span,
                            "the example sends a file, the page lists parameters",
                        )
                        .help("the body is described as the page lists it");
                }
                Content::File => {}
            }
        }
        let content = pointer.join("content").join(body.media_type);
        let mut media = Map::new();
        media.insert("schema".to_owned(), self.used(&content.join("schema"), &schema));
        if let Some(value) = whole {
            media.insert("example".to_owned(), value.clone());
        }
        let mut written = Map::new();
        if body.required {
            written.insert("required".to_owned(), json!(true));
        }
        written.insert("content".to_owned(), json!({body.media_type: media}));
        Value::Object(written)
    }

    /// Gives the properties of a body the values that an example has for them.
    fn examples(&mut self, schema: &mut Schema, values: &Map<String, Value>, span: &Span) {
        for (name, value) in values {
            match schema.properties.iter_mut().find(|property| property.name == *name) {
                Some(property) if !property.schema.facts.contains_key("example") => {
                    property.schema.set("example", value.clone());
                    property.schema.places.push(("example", span.clone()));
                }
                Some(_) => {}
                None => {
                    let message = format!("the example sends `{name}`, which is not listed");
                    self.reader.warning("unlisted-body-parameter", span, message).help("it is left out");
                }
            }
        }
    }

    /// The responses of an operation: by their list, and by the examples that there are.
    pub(super) fn responses(&mut self, pointer: &Pointer, operation: &Operation<'_>) -> Value {
        self.place(pointer, operation.status_heading.as_ref().unwrap_or(&operation.heading));
        let mut written = Map::new();
        for status in &operation.statuses {
            self.place(&pointer.join(&status.code), &status.span);
            written.insert(status.code.clone(), json!({"description": meaning(status)}));
        }
        let mut first: BTreeMap<&str, (&Body, &Span)> = BTreeMap::new();
        for response in &operation.responses {
            let at = pointer.join(&response.code);
            if !written.contains_key(&response.code) {
                let message = format!("only an example has the status {}", response.code);
                self.reader
                    .warning("unlisted-status", &response.span, message)
                    .help("it is described without a meaning");
                self.place(&at, &response.span);
                written.insert(response.code.clone(), json!({"description": ""}));
            }
            if let Some((body, span)) = first.get(response.code.as_str()) {
                if !is_same(body, &response.body) {
                    let lines = [*span, &response.span].map(|span| self.reader.text.location(span).line);
                    let message = format!(
                        "the status {} has one schema in line {} and another in line {}",
                        response.code, lines[0], lines[1]
                    );
                    self.reader.warning("two-schemas", &response.span, message).help("the first one counts");
                }
                continue;
            }
            first.insert(&response.code, (&response.body, &response.span));
            let at = at.join("content");
            let content = match &response.body {
                Body::Same { .. } => continue,
                Body::Empty => json!({}),
                Body::Schema(schema) => {
                    let schema = self.used(&at.join("application/json").join("schema"), schema);
                    json!({"application/json": {"schema": schema}})
                }
            };
            self.place(&at, &response.span);
            if let Some(object) = written.get_mut(&response.code).and_then(Value::as_object_mut) {
                object.insert("content".to_owned(), content);
            }
        }
        Value::Object(written)
    }
}

fn is_same(one: &Body, other: &Body) -> bool {
    match (one, other) {
        (Body::Schema(one), Body::Schema(other)) => {
            one.content == other.content && one.nullable == other.nullable
        }
        (Body::Empty, Body::Empty) | (Body::Same { .. }, _) | (_, Body::Same { .. }) => true,
        _ => false,
    }
}
