//! OpenAPI 3.1 in the words of 3.0, so that everything later knows one version only.
//!
//! What 3.1 says with other keywords is rewritten where it stands, and where each rewritten part came from is noted.
//! Keywords that only check values, such as `contains` and `propertyNames`, say nothing of a type and are passed over
//! like `pattern` and `minLength`.

mod branches;
mod content;
mod schema;
mod types;

use serde_json::{Map, Value};

use super::grammar::{self, Kind};
use super::{Conformer, text_of};
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// The dialects whose keywords are known: OpenAPI's own and the one that it extends.
const DIALECTS: [&str; 3] = [
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://json-schema.org/draft/2020-12/schema",
];

/// Keywords that say something about a schema beside a reference and leave its values as they are.
const ANNOTATIONS: [&str; 12] = [
    "title",
    "summary",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "$comment",
];

/// Rewrites the root object.
pub(super) fn description(conformer: &mut Conformer<'_>, object: &mut Map<String, Value>) {
    let root = Pointer::root();
    let is_full = |webhooks: &Value| webhooks.as_object().is_some_and(|webhooks| !webhooks.is_empty());
    if object.shift_remove("webhooks").as_ref().is_some_and(is_full) {
        let message = "webhooks are requests to you, not from you; no code is emitted for them";
        conformer.diagnostics.push(
            Diagnostic::warning(&root.join("webhooks"), "webhooks-left-out", message)
                .help("nothing to do, unless you expected a server"),
        );
    }
    if let Some(dialect) = object.get("jsonSchemaDialect").map(text_of)
        && !DIALECTS.contains(&dialect.trim_end_matches('#'))
    {
        let message = format!("the schemas are of the dialect `{dialect}`, and are read as of OpenAPI 3.1");
        conformer.diagnostics.push(
            Diagnostic::warning(&root.join("jsonSchemaDialect"), "unknown-dialect", message)
                .help("look at what differs between the two"),
        );
    }
    // 3.1 allows a description of nothing but components or webhooks.
    object.entry("paths").or_insert_with(|| Value::Object(Map::new()));
}

/// Says that operations beside a reference to a path item are not read.
pub(super) fn path_item(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &Map<String, Value>) {
    let known = || grammar::fields(Kind::PathItem).iter().map(|(field, _)| *field);
    let lost =
        known().find(|field| !["summary", "description"].contains(field) && object.contains_key(*field));
    if let Some(field) = lost.filter(|_| object.contains_key("$ref")) {
        let message = format!("`{field}` stands beside a reference to a path item; it is left out");
        conformer.diagnostics.push(
            Diagnostic::warning(&pointer.join(field), "reference-siblings", message)
                .help("OpenAPI does not say what that means: move it to where the reference leads"),
        );
    }
}

/// Rewrites a schema, which may be `true` or `false`, as an object of OpenAPI 3.0 or a reference.
pub(super) fn schema(conformer: &mut Conformer<'_>, pointer: &Pointer, value: &mut Value) {
    if let Value::Bool(allowed) = value {
        if !*allowed {
            let message = "no value is allowed here; the type accepts any";
            conformer.diagnostics.push(
                Diagnostic::warning(pointer, "nothing-allowed", message)
                    .help("leave out what cannot be there"),
            );
        }
        *value = Value::Object(Map::new());
    }
    let Value::Object(object) = value else {
        return;
    };
    reference(conformer, pointer, object);
    if object.contains_key("$ref") {
        return;
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        object.get_mut(keyword).into_iter().for_each(bare_references);
    }
    schema::rewrite(conformer, pointer, object);
}

/// A reference with keywords beside it becomes a part of an `allOf`, so that both count.
fn reference(conformer: &mut Conformer<'_>, pointer: &Pointer, object: &mut Map<String, Value>) {
    if object.len() == 1 || !object.get("$ref").is_some_and(Value::is_string) {
        return;
    }
    let Some(reference) = object.shift_remove("$ref") else {
        return;
    };
    let part = Value::Object(Map::from_iter([("$ref".to_owned(), reference)]));
    let parts = object.entry("allOf").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(parts) = parts {
        conformer.origins.derive(pointer.join("allOf").join(parts.len()), pointer);
        parts.push(part);
    }
}

/// Takes the annotations off the references in a list: an option or a part is named after what it refers to.
fn bare_references(list: &mut Value) {
    for item in list.as_array_mut().into_iter().flatten() {
        if let Value::Object(object) = item
            && object.get("$ref").is_some_and(Value::is_string)
        {
            let is_said = |keyword: &str| ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-");
            if object.keys().all(|keyword| keyword == "$ref" || is_said(keyword)) {
                object.retain(|keyword, _| keyword == "$ref");
            }
        }
    }
}

#[cfg(test)]
mod tests;
