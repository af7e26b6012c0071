//! The parameters of an operation.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::upstream::UNLISTED;

use super::super::kind;
use super::super::operation::Operation;
use super::super::parameter::{Listed, description};
use super::Writer;

impl Writer<'_, '_> {
    /// The parameters of an operation: headers first, and those that only the path has last.
    pub(super) fn parameters(&mut self, pointer: &Pointer, operation: &Operation<'_>) -> Vec<Value> {
        let heading = operation.headings.last().unwrap_or(&operation.endpoint);
        let list =
            operation.headings.iter().find(|span| self.reader.text.slice(span).contains("Path and query"));
        self.place(pointer, list.unwrap_or(heading));
        let template = template(&operation.path);
        let headers = operation.headers.iter().map(|listed| ("header", listed));
        let listed = operation
            .parameters
            .iter()
            .map(|listed| (if template.contains(&listed.name.as_str()) { "path" } else { "query" }, listed));
        let mut written: Vec<Value> = Vec::new();
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (place, listed) in headers.chain(listed) {
            if seen.contains(&(place, listed.name.as_str())) {
                let message = format!("`{}` is listed a second time", listed.name);
                self.reader.error("listed-twice", &listed.span, message);
                continue;
            }
            seen.push((place, &listed.name));
            let value = self.parameter(&pointer.join(written.len()), place, listed, operation);
            written.push(value);
        }
        for name in template {
            if !seen.contains(&("path", name)) {
                seen.push(("path", name));
                let message = format!("the path has `{name}`, and no list has");
                self.reader
                    .warning("unlisted-parameter", &operation.endpoint, message)
                    .help("it is described as a string");
                self.place(&pointer.join(written.len()), &operation.endpoint);
                written.push(
                    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}, UNLISTED: true}),
                );
            }
        }
        self.unlisted_values(operation, &seen);
        written
    }

    /// Reports the values in examples that no parameter has.
    fn unlisted_values(&mut self, operation: &Operation<'_>, seen: &[(&str, &str)]) {
        for request in &operation.requests {
            for (name, _) in &request.values {
                if !seen.iter().any(|(_, other)| other == name) {
                    let message = format!("the example has a value for `{name}`, which is not listed");
                    self.reader.warning("unlisted-parameter", &request.span, message).help("it is left out");
                }
            }
        }
    }

    fn parameter(
        &mut self,
        pointer: &Pointer,
        place: &str,
        listed: &Listed<'_>,
        operation: &Operation<'_>,
    ) -> Value {
        self.place(pointer, &listed.span);
        for child in &listed.children {
            self.reader.unreadable(&child.span, "only body parameters have parameters inside");
        }
        let mut written = Map::new();
        written.insert("name".to_owned(), json!(listed.name));
        written.insert("in".to_owned(), json!(place));
        if place == "path" && !listed.required {
            let message = format!(
                "`{}` stands in the path, and the list does not say that it is required",
                listed.name
            );
            self.reader
                .warning("optional-path-parameter", &listed.span, message)
                .help("it is required all the same");
        }
        if listed.required || place == "path" {
            written.insert("required".to_owned(), json!(true));
        }
        if let Some(text) = description(&listed.words) {
            let first = listed.words.first();
            first.into_iter().for_each(|line| self.place(&pointer.join("description"), &line.span));
            written.insert("description".to_owned(), json!(text));
        }
        let schema = self.used(&pointer.join("schema"), &listed.schema);
        written.insert("schema".to_owned(), schema);
        let found = operation.requests.iter().filter(|_| place != "header").find_map(|request| {
            let (_, value) = request.values.iter().find(|(name, _)| *name == listed.name)?;
            Some((value, &request.span))
        });
        if let Some((text, span)) = found {
            match kind::value(text, &listed.schema) {
                Some(value) => {
                    self.place(&pointer.join("example"), span);
                    written.insert("example".to_owned(), value);
                }
                None => {
                    let message =
                        format!("the example's value for `{}` is not of its type: {text}", listed.name);
                    self.reader.warning("unreadable-example", span, message).help("it is left out");
                }
            }
        }
        Value::Object(written)
    }
}

/// The names of the parameters in a path.
fn template(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)).collect()
}
