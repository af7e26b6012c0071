//! What was read, as a description of OpenAPI, with the place of each part.

mod body;
mod parameter;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::Location;
use crate::pointer::Pointer;
use crate::upstream::text::Span;

use super::component::Component;
use super::note::{Note, VERSION_HEADER};
use super::operation::Operation;
use super::parameter::description;
use super::schema::Schema;
use super::{Reader, server};

/// A description with the places of its parts.
type Placed = (Value, BTreeMap<Pointer, Location>);

/// Writes the description.
pub(super) fn write(
    reader: &mut Reader<'_>,
    note: &Note,
    operations: &[Operation<'_>],
    components: &[Component],
) -> Placed {
    let mut writer = Writer { reader, components, usual: None, places: BTreeMap::new() };
    let mut document = Map::new();
    writer.head(&mut document, note, operations);
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let pointer = Pointer::root().join("paths").join(&operation.path);
        if !paths.contains_key(&operation.path) {
            writer.place(&pointer, &operation.heading);
        }
        let method = operation.method.to_ascii_lowercase();
        let value = writer.operation(&pointer.join(&method), operation);
        let item = paths.entry(&operation.path).or_insert_with(|| json!({}));
        item.as_object_mut().into_iter().for_each(|item| {
            item.insert(method.clone(), value.clone());
        });
    }
    document.insert("paths".to_owned(), Value::Object(paths));
    writer.components(&mut document, note);
    (Value::Object(document), writer.places)
}

struct Writer<'w, 'a> {
    reader: &'w mut Reader<'a>,
    components: &'w [Component],
    /// The server of the description.
    usual: Option<String>,
    places: BTreeMap<Pointer, Location>,
}

impl Writer<'_, '_> {
    fn place(&mut self, pointer: &Pointer, span: &Span) {
        let location = self.reader.text.location(span);
        self.places.entry(pointer.clone()).or_insert(location);
    }

    /// What stands before the paths.
    fn head(&mut self, document: &mut Map<String, Value>, note: &Note, operations: &[Operation<'_>]) {
        let root = Pointer::root();
        let version = note.version.as_ref().map_or("unknown", |(version, _)| version);
        let title = note.title.as_ref().map_or("", |(title, _)| title);
        document.insert("openapi".to_owned(), json!("3.0.3"));
        document.insert("info".to_owned(), json!({"title": title, "version": version}));
        let start = note.title.as_ref().map_or(0..0, |(_, span)| span.clone());
        self.place(&root, &start);
        self.place(&root.join("info"), &start);
        if let Some((server, span)) = server::usual(operations) {
            self.usual = Some(server.to_owned());
            document.insert("servers".to_owned(), json!([server::object(server)]));
            self.place(&root.join("servers"), span);
        } else if let Some(operation) = operations.first() {
            self.reader
                .warning("no-server", &operation.heading, "no example says which server the page is about")
                .help("the description has no server");
        }
        if let Some((version, span)) = &note.version {
            self.place(&root.join("info").join("version"), span);
            self.place(&root.join("x-client-headers"), span);
            let header = json!({
                "name": VERSION_HEADER,
                "default": version,
                "setter": "api_version",
                "description": "The version of the REST API to speak.",
            });
            document.insert("x-client-headers".to_owned(), json!([header]));
        }
        if let Some(span) = &note.bearer {
            self.place(&root.join("security"), span);
            document.insert("security".to_owned(), json!([{"bearer": []}]));
        }
    }

    /// What stands behind the paths.
    fn components(&mut self, document: &mut Map<String, Value>, note: &Note) {
        let pointer = Pointer::root().join("components");
        let mut written = Map::new();
        if let Some(span) = &note.bearer {
            self.place(&pointer.join("securitySchemes"), span);
            written.insert(
                "securitySchemes".to_owned(),
                json!({"bearer": {"type": "http", "scheme": "bearer"}}),
            );
        }
        let mut schemas = Map::new();
        let mut components: Vec<&Component> = self.components.iter().collect();
        components.sort_by_key(|component| component.schema.span.start);
        for component in components {
            let pointer = pointer.join("schemas").join(&component.name);
            self.place(&pointer, &component.schema.span);
            schemas.insert(component.name.clone(), self.definition(&pointer, &component.schema));
        }
        if !schemas.is_empty() {
            written.insert("schemas".to_owned(), Value::Object(schemas));
        }
        if !written.is_empty() {
            document.insert("components".to_owned(), Value::Object(written));
        }
    }

    fn operation(&mut self, pointer: &Pointer, operation: &Operation<'_>) -> Value {
        self.place(pointer, &operation.heading);
        let mut written = Map::new();
        written.insert("operationId".to_owned(), json!(operation.id));
        written.insert("summary".to_owned(), json!(operation.title));
        if let Some(text) = description(&operation.description) {
            let first = operation.description.iter().find(|line| !line.text.is_empty());
            first.into_iter().for_each(|line| self.place(&pointer.join("description"), &line.span));
            written.insert("description".to_owned(), json!(text));
        }
        if ["Closing down - ", "Deprecated - "].iter().any(|start| operation.title.starts_with(start)) {
            written.insert("deprecated".to_owned(), json!(true));
        }
        let usual = self.usual.clone();
        let servers = server::own(operation, usual.as_deref());
        if let Some((_, span)) = servers.first() {
            self.place(&pointer.join("servers"), span);
            let servers: Vec<Value> = servers.iter().map(|(server, _)| server::object(server)).collect();
            written.insert("servers".to_owned(), json!(servers));
        }
        let parameters = self.parameters(&pointer.join("parameters"), operation);
        if !parameters.is_empty() {
            written.insert("parameters".to_owned(), json!(parameters));
        }
        if let Some(body) = &operation.body {
            let value = self.body(&pointer.join("requestBody"), body, operation);
            written.insert("requestBody".to_owned(), value);
        }
        let responses = self.responses(&pointer.join("responses"), operation);
        written.insert("responses".to_owned(), responses);
        Value::Object(written)
    }

    /// A schema where it is used: itself, or the reference to it.
    fn used(&mut self, pointer: &Pointer, schema: &Schema) -> Value {
        self.place(pointer, schema.user.as_ref().unwrap_or(&schema.span));
        let Some(component) = schema.component.and_then(|index| self.components.get(index)) else {
            return self.definition_of(pointer, schema, schema.nullable);
        };
        let reference = json!({"$ref": format!("#/components/schemas/{}", component.name)});
        if schema.nullable { json!({"nullable": true, "allOf": [reference]}) } else { reference }
    }

    /// A schema itself.
    fn definition(&mut self, pointer: &Pointer, schema: &Schema) -> Value {
        self.definition_of(pointer, schema, false)
    }

    fn definition_of(&mut self, pointer: &Pointer, schema: &Schema, nullable: bool) -> Value {
        for (name, span) in &schema.places {
            self.place(&pointer.join(name), span);
        }
        let members = schema.members(pointer, &mut |pointer, child| self.used(pointer, child));
        let mut written = Map::new();
        if let Some(title) = &schema.title {
            written.insert("title".to_owned(), json!(title));
        }
        let (kind, rest): (Vec<_>, Vec<_>) =
            members.as_object().into_iter().flatten().partition(|(name, _)| *name == "type");
        written.extend(kind.into_iter().map(|(name, value)| (name.clone(), value.clone())));
        if nullable {
            written.insert("nullable".to_owned(), json!(true));
        }
        written.extend(rest.into_iter().map(|(name, value)| (name.clone(), value.clone())));
        Value::Object(written)
    }
}
