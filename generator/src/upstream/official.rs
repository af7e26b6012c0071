//! Official OpenAPI descriptions, as they are.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Location};
use crate::document::Source;
use crate::pointer::Pointer;
use crate::{conform, load};

use super::prose::sentences;
use super::text::Text;
use super::{Kind, Prose, Sentence, Upstream};

/// The methods that a path can have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Whether a text looks like a description: a member `openapi` or `swagger` at its root.
pub(super) fn is_description(source: &Source) -> bool {
    let body = source.text.trim_start_matches('\u{feff}').trim_start();
    body.starts_with('{')
        || source.text.lines().any(|line| {
            let line = line.trim_start_matches(['"', '\'']);
            line.starts_with("openapi") || line.starts_with("swagger")
        })
}

/// Reads a description.
pub(super) fn read(source: &Source) -> Upstream {
    let mut diagnostics = Diagnostics::default();
    let mut document = load::parse(source).unwrap_or_else(|error| {
        diagnostics.push(error);
        Value::Null
    });
    if !diagnostics.has_errors() {
        let mut found = Diagnostics::default();
        let mut located = crate::document::Document::new(Value::Null, source.clone());
        conform::conform(&mut document, &mut located.origins, &mut found);
        // What was mended in a description that is not ours is for its authors to know.
        found.0.retain(|diagnostic| diagnostic.severity == crate::Severity::Error);
        located.locate(&mut found);
        diagnostics.0.extend(found.0);
    }
    let title = document.pointer("/info/title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let prose = prose(&document, source);
    Upstream {
        source: source.clone(),
        kind: Kind::Description,
        title,
        document,
        places: BTreeMap::new(),
        prose,
        diagnostics,
    }
}

/// The words about each operation: its description, those of its parameters and of its statuses.
fn prose(document: &Value, source: &Source) -> Vec<Prose> {
    let paths = Pointer::root().join("paths");
    let mut prose = Vec::new();
    for (path, item) in members(document, &paths) {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                let texts = texts(document, operation);
                let sentences = texts.iter().flat_map(|text| split(text, source)).collect();
                prose.push(Prose { method: method.to_uppercase(), path: path.clone(), sentences });
            }
        }
    }
    prose
}

fn texts<'a>(document: &'a Value, operation: &'a Value) -> Vec<&'a str> {
    let description = |value: &'a Value| value.get("description").and_then(Value::as_str);
    let resolve = |value: &'a Value| match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap_or(value),
        None => value,
    };
    let mut texts: Vec<&str> = description(operation).into_iter().collect();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    texts.extend(parameters.into_iter().flatten().filter_map(|parameter| description(resolve(parameter))));
    let responses = operation.get("responses").and_then(Value::as_object);
    texts.extend(responses.into_iter().flatten().filter_map(|(_, response)| description(resolve(response))));
    texts
}

/// The sentences of a text. Where they stand in the source is not known; its beginning has to do.
fn split(text: &str, source: &Source) -> Vec<Sentence> {
    let part = Source { name: source.name.clone(), text: text.to_owned() };
    let part = Text::new(&part);
    let mut sentences = sentences(&part, &part.lines(&(0..text.len())));
    let place = Location { source: source.name.clone(), line: 1, column: 1, offset: 0, length: 0 };
    sentences.iter_mut().for_each(|sentence| sentence.location = place.clone());
    sentences
}

fn members<'a>(document: &'a Value, at: &Pointer) -> impl Iterator<Item = (&'a String, &'a Value)> {
    document.pointer(at.as_str()).and_then(Value::as_object).into_iter().flatten()
}
