//! Schemas as a page lists them: trees that know their lines, before any of them has a name.

use serde_json::{Map, Value, json};

use crate::pointer::Pointer;
use crate::upstream::text::Span;

/// A schema.
#[derive(Debug, Clone, Default)]
pub(super) struct Schema {
    /// The line that says it.
    pub(super) span: Span,
    /// The line that says where it is used, when that is another: of the property that it is, or null.
    pub(super) user: Option<Span>,
    /// What the page calls it.
    pub(super) title: Option<String>,
    /// The title of an earlier schema that it is.
    pub(super) see: Option<String>,
    /// Whether it may be null.
    pub(super) nullable: bool,
    /// The members that hold no schema, such as `type`, in their order.
    pub(super) facts: Map<String, Value>,
    /// The properties of an object.
    pub(super) properties: Vec<Property>,
    /// What an array holds.
    pub(super) items: Option<Box<Schema>>,
    /// What other properties hold.
    pub(super) additional: Option<Box<Schema>>,
    /// `anyOf`, `oneOf` or `allOf`, and its variants.
    pub(super) variants: Option<(&'static str, Vec<Schema>)>,
    /// Members that stand on lines of their own.
    pub(super) places: Vec<(&'static str, Span)>,
    /// The component that it is.
    pub(super) component: Option<usize>,
    /// What it is, as a number that equal schemas share: titles inside it aside.
    pub(super) content: usize,
    /// The same with the titles inside it.
    pub(super) exact: usize,
}

/// A property of an object.
#[derive(Debug, Clone)]
pub(super) struct Property {
    /// Its name on the wire.
    pub(super) name: String,
    /// Whether it is always there.
    pub(super) required: bool,
    /// What it holds.
    pub(super) schema: Schema,
}

impl Schema {
    /// A schema of one type.
    pub(super) fn of_type(name: &str, span: &Span) -> Self {
        let mut schema = Self { span: span.clone(), ..Self::default() };
        schema.set("type", json!(name));
        if name == "array" {
            schema.items = Some(Box::new(Self { span: span.clone(), ..Self::default() }));
        }
        schema
    }

    /// An array.
    pub(super) fn array(items: Self, span: &Span) -> Self {
        let mut schema = Self::of_type("array", span);
        schema.items = Some(Box::new(items));
        schema
    }

    /// A schema that is one of several; without a choice, the one.
    pub(super) fn one_of(mut variants: Vec<Self>, span: &Span) -> Self {
        if variants.len() == 1
            && let Some(only) = variants.pop()
        {
            return only;
        }
        Self { span: span.clone(), variants: Some(("oneOf", variants)), ..Self::default() }
    }

    /// Adds or replaces a member.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.facts.insert(name.to_owned(), value);
    }

    /// Its type, when it has just one.
    pub(super) fn kind(&self) -> Option<&str> {
        self.facts.get("type")?.as_str()
    }

    /// The schemas right inside it.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Self> {
        let properties = self.properties.iter().map(|property| &property.schema);
        let parts = self.items.iter().chain(&self.additional).map(|part| &**part);
        let variants = self.variants.iter().flat_map(|(_, variants)| variants);
        properties.chain(parts).chain(variants)
    }

    /// The schemas right inside it, to change them.
    pub(super) fn children(&mut self) -> impl Iterator<Item = &mut Self> {
        let properties = self.properties.iter_mut().map(|property| &mut property.schema);
        let parts = self.items.iter_mut().chain(&mut self.additional).map(|part| &mut **part);
        let variants = self.variants.iter_mut().flat_map(|(_, variants)| variants);
        properties.chain(parts).chain(variants)
    }

    /// What it is as a JSON value, with what `write` makes of each schema inside it; `null` and the title aside.
    pub(super) fn members(
        &self,
        pointer: &Pointer,
        write: &mut dyn FnMut(&Pointer, &Self) -> Value,
    ) -> Value {
        let mut members = self.facts.clone();
        if !self.properties.is_empty() {
            let required = self.properties.iter().filter(|property| property.required);
            let required: Vec<&str> = required.map(|property| property.name.as_str()).collect();
            if !required.is_empty() {
                members.insert("required".to_owned(), json!(required));
            }
            let inner = pointer.join("properties");
            let listed = self.properties.iter();
            let properties: Map<String, Value> = listed
                .map(|property| (property.name.clone(), write(&inner.join(&property.name), &property.schema)))
                .collect();
            members.insert("properties".to_owned(), Value::Object(properties));
        }
        for (name, part) in [("items", &self.items), ("additionalProperties", &self.additional)] {
            if let Some(part) = part {
                members.insert(name.to_owned(), write(&pointer.join(name), part));
            }
        }
        if let Some((name, variants)) = &self.variants {
            let inner = pointer.join(name);
            let variants = variants.iter().enumerate();
            let variants: Vec<Value> =
                variants.map(|(index, variant)| write(&inner.join(index), variant)).collect();
            members.insert((*name).to_owned(), Value::Array(variants));
        }
        Value::Object(members)
    }
}
