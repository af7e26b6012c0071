//! Typed views of a description, and what its references point at.
//!
//! The only file that sees the difference between an object and a reference to one: everything after
//! it asks for a [`Child`] or gets the object itself.

mod chain;

use openapiv3::{
    AdditionalProperties, IntegerFormat, NumberFormat, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, Type, VariantOrUnknownOrEmpty,
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::document::UNRESOLVED;
use crate::pointer::Pointer;

pub(crate) use chain::{Chains, MAX_CHAIN};

/// A schema or a reference to one, as it is read.
pub(crate) type SchemaItem = ReferenceOr<Schema>;

/// A parameter or a reference to one, as it is read.
pub(crate) type ParameterItem = ReferenceOr<openapiv3::Parameter>;

/// A header or a reference to one, as it is read.
pub(crate) type HeaderItem = ReferenceOr<openapiv3::Header>;

/// Reads parts of a description and follows its references.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Resolver<'a> {
    root: &'a Value,
    /// Why references lead nowhere that say no more than that.
    unresolved: &'a [Diagnostic],
    chains: &'a Chains,
}

impl<'a> Resolver<'a> {
    /// A resolver for a description whose shape was checked; `chains` is what it finds out on the way.
    pub(crate) fn new(root: &'a Value, chains: &'a Chains) -> Self {
        Self { root, unresolved: &[], chains }
    }

    /// The same, with what is known of references that lead nowhere.
    pub(crate) fn with_unresolved(self, unresolved: &'a [Diagnostic]) -> Self {
        Self { unresolved, ..self }
    }

    /// The value at a pointer as it stands.
    pub(crate) fn value(&self, pointer: &Pointer) -> Option<&'a Value> {
        pointer.find(self.root)
    }

    /// The keys of the object at a pointer.
    pub(crate) fn keys(&self, pointer: &Pointer) -> impl Iterator<Item = &'a str> + use<'a> {
        self.value(pointer)
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|object| object.keys().map(String::as_str))
    }

    /// The object at a pointer, as a type of the typed model.
    pub(crate) fn read<T: DeserializeOwned>(&self, pointer: &Pointer) -> Result<T, Diagnostic> {
        let value = self.value(pointer).unwrap_or(&Value::Null);
        T::deserialize(value).map_err(|error| {
            Diagnostic::error(pointer, "unreadable", format!("this cannot be read: {error}"))
                .help("compare it with the OpenAPI 3.0 specification")
        })
    }

    /// The object, or the one that a reference leads to, with where that stands.
    pub(crate) fn follow<T: DeserializeOwned>(
        &self,
        pointer: &Pointer,
        item: ReferenceOr<T>,
    ) -> Result<(Pointer, T), Diagnostic> {
        match item {
            ReferenceOr::Item(item) => Ok((pointer.clone(), item)),
            ReferenceOr::Reference { reference } => {
                let target = self.end(&self.target(pointer, &reference)?)?;
                Ok((target.clone(), self.read(&target)?))
            }
        }
    }

    /// The object at a pointer or, if a reference stands there, the one that it leads to.
    pub(crate) fn read_through<T: DeserializeOwned>(
        &self,
        pointer: &Pointer,
    ) -> Result<(Pointer, T), Diagnostic> {
        let target = self.end(pointer)?;
        Ok((target.clone(), self.read(&target)?))
    }

    /// The value at a pointer or, if a reference stands there, the one that it leads to.
    pub(crate) fn value_through(&self, pointer: &Pointer) -> Result<(Pointer, &'a Value), Diagnostic> {
        let target = self.end(pointer)?;
        let value = self.value(&target).unwrap_or(&Value::Null);
        Ok((target, value))
    }

    /// Complains when the references that start at a pointer lead in a circle.
    pub(crate) fn check_chain(&self, pointer: &Pointer) -> Result<(), Diagnostic> {
        self.end(pointer).map(|_| ())
    }

    /// Where a reference points to; `pointer` is where the object with the `$ref` stands.
    pub(crate) fn target(&self, pointer: &Pointer, reference: &str) -> Result<Pointer, Diagnostic> {
        let at = || pointer.join("$ref");
        let index = reference.strip_prefix(UNRESOLVED).and_then(|index| index.parse::<usize>().ok());
        if let Some(known) = index.and_then(|index| self.unresolved.get(index)) {
            return Err(known.clone());
        }
        let Some(fragment) = reference.strip_prefix('#') else {
            let message = format!("the reference `{reference}` leaves this document");
            return Err(Diagnostic::error(&at(), "external-reference", message)
                .help("put what it leads to into this document"));
        };
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        let Some(target) = Pointer::parse(&fragment) else {
            let message = format!("the reference `{reference}` is not a JSON pointer");
            return Err(Diagnostic::error(&at(), "reference-syntax", message)
                .help("write it like `#/components/schemas/NAME`"));
        };
        if self.value(&target).is_none() {
            let message = format!("the reference `{reference}` points to nothing");
            return Err(
                Diagnostic::error(&at(), "dangling-reference", message).help(self.suggestion(&target))
            );
        }
        Ok(target)
    }

    /// What a dangling reference may have meant.
    fn suggestion(&self, target: &Pointer) -> String {
        let wanted = target.last().to_lowercase();
        let section = target.parent().unwrap_or_default();
        let close = self.keys(&section).find(|key| {
            let key = key.to_lowercase();
            key.contains(&wanted)
                || wanted.contains(&key)
                || key.replace(['-', '_'], "") == wanted.replace(['-', '_'], "")
        });
        match close {
            Some(key) => format!("did you mean `#{}`?", section.join(key).as_str()),
            None => format!("define `#{}`, or correct the reference", target.as_str()),
        }
    }
}

/// A schema as it stands in another one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Child<'a> {
    /// A reference.
    Reference(&'a str),
    /// The schema itself.
    Inline(&'a Schema),
}

impl<'a> Child<'a> {
    /// A schema or a reference to one.
    pub(crate) fn of(item: &'a ReferenceOr<Schema>) -> Self {
        match item {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }

    fn of_box(item: &'a ReferenceOr<Box<Schema>>) -> Self {
        match item {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Inline(schema),
        }
    }
}

/// What an object may hold besides its properties.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Additional<'a> {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// Nothing.
    Forbidden,
    /// Anything.
    Any,
    /// Values of a schema.
    Of(Child<'a>),
}

/// A schema with all its keywords side by side.
#[derive(Debug, Clone)]
pub(crate) struct View<'a> {
    pub(crate) data: &'a SchemaData,
    pub(crate) type_name: Option<&'a str>,
    pub(crate) format: Option<String>,
    pub(crate) values: Vec<Value>,
    pub(crate) properties: Vec<(&'a str, Child<'a>)>,
    pub(crate) required: &'a [String],
    pub(crate) additional: Additional<'a>,
    pub(crate) items: Option<Child<'a>>,
    pub(crate) all_of: Vec<Child<'a>>,
    pub(crate) one_of: Vec<Child<'a>>,
    pub(crate) any_of: Vec<Child<'a>>,
    pub(crate) minimum: Option<String>,
    pub(crate) maximum: Option<String>,
}

impl<'a> View<'a> {
    /// The keywords of a schema.
    pub(crate) fn of(schema: &'a Schema) -> Self {
        let mut view = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => view.set_type(ty),
            SchemaKind::OneOf { one_of } => view.one_of = children(one_of),
            SchemaKind::AnyOf { any_of } => view.any_of = children(any_of),
            SchemaKind::AllOf { all_of } => view.all_of = children(all_of),
            SchemaKind::Not { .. } => {}
            SchemaKind::Any(any) => {
                view.type_name = any.typ.as_deref();
                view.format = any.format.clone();
                view.values = any.enumeration.clone();
                view.properties =
                    any.properties.iter().map(|(name, item)| (name.as_str(), Child::of_box(item))).collect();
                view.required = &any.required;
                view.additional = additional(any.additional_properties.as_ref());
                view.items = any.items.as_ref().map(Child::of_box);
                view.all_of = children(&any.all_of);
                view.one_of = children(&any.one_of);
                view.any_of = children(&any.any_of);
                view.minimum = any.minimum.map(|bound| bound.to_string());
                view.maximum = any.maximum.map(|bound| bound.to_string());
            }
        }
        view
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            type_name: None,
            format: None,
            values: Vec::new(),
            properties: Vec::new(),
            required: &[],
            additional: Additional::Unsaid,
            items: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            minimum: None,
            maximum: None,
        }
    }

    fn set_type(&mut self, ty: &'a Type) {
        match ty {
            Type::String(string) => {
                self.type_name = Some("string");
                self.format = format(&string.format, |format| match format {
                    StringFormat::Date => "date",
                    StringFormat::DateTime => "date-time",
                    StringFormat::Password => "password",
                    StringFormat::Byte => "byte",
                    StringFormat::Binary => "binary",
                });
                self.values = values(&string.enumeration);
            }
            Type::Number(number) => {
                self.type_name = Some("number");
                self.format = format(&number.format, |format| match format {
                    NumberFormat::Float => "float",
                    NumberFormat::Double => "double",
                });
                self.values = values(&number.enumeration);
                self.minimum = number.minimum.map(|bound| bound.to_string());
                self.maximum = number.maximum.map(|bound| bound.to_string());
            }
            Type::Integer(integer) => {
                self.type_name = Some("integer");
                self.format = format(&integer.format, |format| match format {
                    IntegerFormat::Int32 => "int32",
                    IntegerFormat::Int64 => "int64",
                });
                self.values = values(&integer.enumeration);
                self.minimum = integer.minimum.map(|bound| bound.to_string());
                self.maximum = integer.maximum.map(|bound| bound.to_string());
            }
            Type::Boolean(boolean) => {
                self.type_name = Some("boolean");
                self.values = values(&boolean.enumeration);
            }
            Type::Array(array) => {
                self.type_name = Some("array");
                self.items = array.items.as_ref().map(Child::of_box);
            }
            Type::Object(object) => {
                self.type_name = Some("object");
                self.properties = object
                    .properties
                    .iter()
                    .map(|(name, item)| (name.as_str(), Child::of_box(item)))
                    .collect();
                self.required = &object.required;
                self.additional = additional(object.additional_properties.as_ref());
            }
        }
    }
}

fn children(items: &[ReferenceOr<Schema>]) -> Vec<Child<'_>> {
    items.iter().map(Child::of).collect()
}

fn additional(item: Option<&AdditionalProperties>) -> Additional<'_> {
    match item {
        None => Additional::Unsaid,
        Some(AdditionalProperties::Any(false)) => Additional::Forbidden,
        Some(AdditionalProperties::Any(true)) => Additional::Any,
        Some(AdditionalProperties::Schema(schema)) => Additional::Of(Child::of(schema)),
    }
}

fn format<T>(format: &VariantOrUnknownOrEmpty<T>, name: impl Fn(&T) -> &'static str) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => Some(name(item).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn values<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
    values.iter().map(|value| value.clone().map_or(Value::Null, Into::into)).collect()
}
