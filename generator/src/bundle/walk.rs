//! Going through a document along the grammar, and rewriting each reference on the way.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value};

use super::{Bundler, scan};
use crate::conform::Version;
use crate::conform::grammar::{self, Kind, Shape};
use crate::diagnostic::Diagnostic;
use crate::document::UNRESOLVED;
use crate::pointer::Pointer;

/// What cannot stand in the fragment of a reference as it is.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b'%').add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// Lists and maps of schemas that only OpenAPI 3.1 has.
const LATER: [(&str, Shape); 11] = [
    ("prefixItems", Shape::List(&Shape::ObjectOrFlag(Kind::Schema))),
    ("patternProperties", Shape::Map(&Shape::ObjectOrFlag(Kind::Schema))),
    ("dependentSchemas", Shape::Map(&Shape::ObjectOrFlag(Kind::Schema))),
    ("unevaluatedProperties", Shape::ObjectOrFlag(Kind::Schema)),
    ("unevaluatedItems", Shape::ObjectOrFlag(Kind::Schema)),
    ("propertyNames", Shape::ObjectOrFlag(Kind::Schema)),
    ("contains", Shape::ObjectOrFlag(Kind::Schema)),
    ("contentSchema", Shape::ObjectOrFlag(Kind::Schema)),
    ("if", Shape::ObjectOrFlag(Kind::Schema)),
    ("then", Shape::ObjectOrFlag(Kind::Schema)),
    ("else", Shape::ObjectOrFlag(Kind::Schema)),
];

/// A place in the document, and what references mean there.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// Where in the document.
    pub(super) at: Pointer,
    /// The index of the text that it came from.
    pub(super) text: usize,
    /// Where in that text.
    pub(super) from: Pointer,
    /// The part of that text around it that references without a file start from.
    pub(super) base: Pointer,
    /// The identifier of that part.
    pub(super) id: String,
}

impl Spot {
    /// The whole of a text, at a place in the document.
    pub(super) fn of_text(text: usize, at: Pointer) -> Self {
        let (from, base) = (Pointer::root(), Pointer::root());
        Self { at, text, from, base, id: String::new() }
    }

    /// The spot of a member or an item.
    pub(super) fn join(&self, key: impl std::fmt::Display) -> Self {
        Self { at: self.at.join(&key), from: self.from.join(&key), ..self.clone() }
    }

    /// The spot of a part that has an identifier of its own.
    pub(super) fn identified(self, id: &str) -> Self {
        if id.starts_with('#') {
            self
        } else {
            Self { id: scan::join(&self.id, id), base: self.from.clone(), ..self }
        }
    }
}

impl Bundler<'_> {
    /// Rewrites the references of a value of a kind.
    pub(super) fn walk(&mut self, spot: &Spot, kind: Kind, value: &mut Value) {
        let Value::Object(object) = value else {
            return;
        };
        let identified;
        let mut spot = spot;
        if let (Version::V31, Kind::Schema, Some(Value::String(id))) = (self.version, kind, object.get("$id"))
        {
            identified = spot.clone().identified(id);
            spot = &identified;
        }
        self.reference(spot, kind, object);
        match kind {
            Kind::Responses => {
                let statuses = object.iter_mut().filter(|(key, _)| !key.starts_with("x-"));
                statuses.for_each(|(key, value)| self.walk(&spot.join(key), Kind::Response, value));
            }
            Kind::Discriminator => self.mapping(spot, object),
            Kind::Schema if self.version == Version::V31 => self.fields(spot, &LATER, object),
            _ => {}
        }
        self.fields(spot, grammar::fields(kind), object);
    }

    fn fields(&mut self, spot: &Spot, fields: &[(&str, Shape)], object: &mut Map<String, Value>) {
        for (field, shape) in fields {
            if let Some(value) = object.get_mut(*field) {
                self.shape(&spot.join(field), shape, value);
            }
        }
    }

    fn shape(&mut self, spot: &Spot, shape: &Shape, value: &mut Value) {
        match (shape, value) {
            (Shape::List(item), Value::Array(items)) => {
                for (index, value) in items.iter_mut().enumerate() {
                    self.shape(&spot.join(index), item, value);
                }
            }
            (Shape::Map(item), Value::Object(members)) => {
                for (key, value) in members {
                    self.shape(&spot.join(key), item, value);
                }
            }
            (Shape::Object(kind) | Shape::ObjectOrFlag(kind), value) => self.walk(spot, *kind, value),
            _ => {}
        }
    }

    fn reference(&mut self, spot: &Spot, kind: Kind, object: &mut Map<String, Value>) {
        let is_dynamic = !object.contains_key("$ref") && kind == Kind::Schema && self.version == Version::V31;
        let keyword = if is_dynamic { "$dynamicRef" } else { "$ref" };
        let Some(Value::String(reference)) = object.get(keyword) else {
            return;
        };
        let reference = reference.clone();
        if is_dynamic {
            self.dynamic(spot, &reference);
        }
        let resolved = match self.place(spot, kind, &reference) {
            Ok(place) => fragment(&place),
            Err(error) => {
                self.unresolved.push(error);
                format!("{UNRESOLVED}{}", self.unresolved.len() - 1)
            }
        };
        object.shift_remove("$dynamicRef");
        object.insert("$ref".to_owned(), Value::String(resolved));
    }

    /// A dynamic reference leads where it says, because what a schema is used for cannot be seen in the schema.
    fn dynamic(&mut self, spot: &Spot, reference: &str) {
        let name = reference.trim_start_matches('#');
        if self.texts.anchors(spot.text, name).len() > 1 {
            let message =
                format!("`{name}` means other schemas elsewhere; the type is that of the nearest one");
            self.diagnostics.push(
                Diagnostic::warning(&spot.at.join("$dynamicRef"), "dynamic-reference", message)
                    .help("write a schema for each use if the types matter"),
            );
        }
    }

    /// The targets of tags are references, too, unless they are names of schemas.
    fn mapping(&mut self, spot: &Spot, object: &mut Map<String, Value>) {
        let Some(Value::Object(mapping)) = object.get_mut("mapping") else {
            return;
        };
        for target in mapping.values_mut() {
            let reference = target.as_str().filter(|target| scan::is_reference(target)).map(str::to_owned);
            // One that leads nowhere is no option either, of which a later stage warns.
            if let Some(Ok(place)) = reference.map(|reference| self.place(spot, Kind::Schema, &reference)) {
                *target = Value::String(fragment(&place));
            }
        }
    }
}

/// A reference to a place in the document.
fn fragment(place: &Pointer) -> String {
    format!("#{}", utf8_percent_encode(place.as_str(), FRAGMENT))
}
