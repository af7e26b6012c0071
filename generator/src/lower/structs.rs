//! Objects with properties, as structs.

use std::collections::HashSet;

use indexmap::IndexSet;
use openapiv3::SchemaData;
use serde_json::Value;

use super::schema::{Lowered, Outcome};
use super::wrapped::notes;
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Access, Docs, Field, Flattened, Presence, Struct, Type, TypeKind};
use crate::names::FieldName;
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::{Additional, Child, View};

/// A property, lowered.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) wire: String,
    pub(super) pointer: Pointer,
    pub(super) lowered: Lowered,
    pub(super) access: Access,
    pub(super) docs: Docs,
    pub(super) deprecated: bool,
}

/// What an object is made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) properties: Vec<Property>,
    pub(super) required: IndexSet<String>,
    /// The type of all other members, where the description says that there can be some.
    pub(super) additional: Option<Type>,
    /// Unions whose members stand beside the properties, with where they stand.
    pub(super) unions: Vec<(Pointer, Type)>,
}

impl Lowerer<'_> {
    /// An object with properties and no `allOf`.
    pub(super) fn object(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Outcome {
        if let Some(other) = view.type_name.filter(|name| *name != "object") {
            let message = format!("a {other} has no properties; the schema is taken as an object");
            self.diagnostics.push(
                Diagnostic::warning(&at.join("type"), "properties-of-no-object", message)
                    .help("remove the `type`, or the `properties`"),
            );
        }
        let mut parts = Parts { required: view.required.iter().cloned().collect(), ..Parts::default() };
        for (name, child) in &view.properties {
            let pointer = at.join("properties").join(name);
            parts.properties.push(self.property(&pointer, name, *child, site));
        }
        self.rest(at, view, site, &mut parts);
        self.struct_of(at, parts)
    }

    /// The struct of an object's parts; a map where it has none that are known.
    pub(super) fn struct_of(&mut self, at: &Pointer, parts: Parts) -> Outcome {
        if parts.properties.is_empty() && parts.unions.is_empty() {
            let value = parts.additional.unwrap_or(Type::Any);
            return Outcome::Plain(Lowered::new(Type::Map(Box::new(value))));
        }
        self.required_without_property(at, &parts);
        let mut scope = Scope::default();
        let names = self.field_names(&parts.properties, &mut scope);
        let fields = parts.properties.into_iter().zip(names);
        let fields = fields.map(|(property, name)| field(property, name, &parts.required)).collect();
        let mut flattened = Vec::new();
        for (pointer, ty) in parts.unions {
            let name = self.names.field(&mut scope, self.diagnostics, &pointer.join("oneOf"), "variant");
            flattened.push(Flattened { name, ty, docs: docs_of("What depends on the variant.") });
        }
        if let Some(value) = parts.additional {
            let at = at.join("additionalProperties");
            let name = self.names.field(&mut scope, self.diagnostics, &at, "additional_properties");
            flattened.push(Flattened {
                name,
                ty: Type::Map(Box::new(value)),
                docs: docs_of("All other members."),
            });
        }
        Outcome::Named(TypeKind::Struct(Struct { fields, flattened }))
    }

    /// Says which required members nothing describes; a union beside the properties may.
    fn required_without_property(&mut self, at: &Pointer, parts: &Parts) {
        let known: HashSet<&String> = parts.properties.iter().map(|property| &property.wire).collect();
        for name in parts.required.iter().filter(|name| parts.unions.is_empty() && !known.contains(name)) {
            let message = format!("`{name}` is required but not described; there is no field for it");
            self.diagnostics.push(
                Diagnostic::warning(&at.join("required"), "required-without-property", message)
                    .help("describe it under `properties`"),
            );
        }
    }

    /// A property where it stands.
    pub(super) fn property(&mut self, at: &Pointer, name: &str, child: Child<'_>, site: &Site) -> Property {
        let lowered = self.child(at, child, &site.child(name));
        let (docs, deprecated, access) = match child {
            Child::Inline(schema) => {
                let view = View::of(schema);
                (docs::of_schema(&view), view.data.deprecated, access_of(&view))
            }
            Child::Reference(_) => (Docs::default(), false, self.access_at(at)),
        };
        Property { wire: name.to_owned(), pointer: at.clone(), lowered, access, docs, deprecated }
    }

    /// Which way the values of a schema go, as it says itself or the one that it refers to. No more is read for that:
    /// there are many references.
    pub(super) fn access_at(&self, at: &Pointer) -> Access {
        let schema = self.resolver.value_through(at).map_or(&Value::Null, |(_, schema)| schema);
        let says = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
        Access::new(says("readOnly"), says("writeOnly"))
    }

    /// What an object says besides its properties.
    pub(super) fn rest(&mut self, at: &Pointer, view: &View<'_>, site: &Site, parts: &mut Parts) {
        self.additional(at, view, site, parts);
        if (!view.one_of.is_empty() || !view.any_of.is_empty()) && !only_validates(view) {
            let union = self.union_part(at, view, site);
            parts.unions.push((at.clone(), union));
        }
    }

    /// What an object says of members that it does not know.
    pub(super) fn additional(&mut self, at: &Pointer, view: &View<'_>, site: &Site, parts: &mut Parts) {
        match view.additional {
            Additional::Of(child) => {
                let value = self.child(&at.join("additionalProperties"), child, &site.child("value"));
                parts.additional = Some(value.into_type());
            }
            Additional::Any => parts.additional = Some(Type::Any),
            Additional::Unsaid | Additional::Forbidden => {}
        }
    }

    /// The names of properties; those with signs come last, because signs can tell them from the others.
    fn field_names(&mut self, properties: &[Property], scope: &mut Scope) -> Vec<FieldName> {
        let has_signs = |property: &Property| self.names.with_signs(&property.wire).is_some();
        let mut order: Vec<usize> = (0..properties.len()).collect();
        order.sort_by_key(|index| properties.get(*index).is_some_and(has_signs));
        let mut named: Vec<(usize, FieldName)> = Vec::new();
        for index in order {
            if let Some(Property { pointer, wire, .. }) = properties.get(index) {
                named.push((index, self.names.field(scope, self.diagnostics, pointer, wire)));
            }
        }
        named.sort_by_key(|(index, _)| *index);
        named.into_iter().map(|(_, name)| name).collect()
    }
}

fn field(property: Property, name: FieldName, required: &IndexSet<String>) -> Field {
    let nullable = property.lowered.nullable && property.lowered.ty != Type::Any;
    Field {
        pointer: property.pointer,
        name,
        presence: Presence::new(required.contains(&property.wire), nullable),
        access: property.access,
        ty: property.lowered.ty,
        wire: property.wire,
        deprecated: property.deprecated,
        docs: property.docs,
    }
}

/// Which way the values of a schema go, as it says itself or in a part of its `allOf`.
fn access_of(view: &View<'_>) -> Access {
    let says = |is_so: fn(&SchemaData) -> bool| is_so(view.data) || notes(view).any(|note| is_so(note.data));
    Access::new(says(|data| data.read_only), says(|data| data.write_only))
}

/// Whether the options of a union say only which properties go together.
fn only_validates(view: &View<'_>) -> bool {
    view.one_of.iter().chain(&view.any_of).all(|option| match option {
        Child::Reference(_) => false,
        Child::Inline(schema) => {
            let option = View::of(schema);
            option.properties.is_empty()
                && option.all_of.is_empty()
                && option.one_of.is_empty()
                && option.any_of.is_empty()
                && matches!(option.type_name, None | Some("object"))
        }
    })
}

fn docs_of(text: &str) -> Docs {
    Docs { summary: Some(text.to_owned()), ..Docs::default() }
}
