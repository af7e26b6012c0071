//! Schemas to types: references, scalars, arrays, maps and enums.

use serde_json::Value;

use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, EnumVariant, Home, Type, TypeDef, TypeKind};
use crate::names::TypeName;
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::{Additional, Child, SchemaItem, View};

/// A type, and whether null is one of its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Lowered {
    pub(super) fn new(ty: Type) -> Self {
        Self { ty, nullable: false }
    }

    /// The type where nothing else can say that null is possible.
    pub(super) fn into_type(self) -> Type {
        if self.nullable && self.ty != Type::Any { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }

    pub(super) fn or_null(mut self, nullable: bool) -> Self {
        self.nullable |= nullable;
        self
    }
}

/// What a schema came to: a type that needs a name, or one that does not.
pub(super) enum Outcome {
    Named(TypeKind),
    Plain(Lowered),
}

impl Lowerer<'_> {
    /// A schema where it stands.
    pub(super) fn item(&mut self, at: &Pointer, item: &SchemaItem, site: &Site) -> Lowered {
        self.child(at, Child::of(item), site)
    }

    /// A schema inside another one.
    pub(super) fn child(&mut self, at: &Pointer, child: Child<'_>, site: &Site) -> Lowered {
        match child {
            Child::Reference(reference) => self.reference(at, reference),
            Child::Inline(schema) => self.inline(at, &View::of(schema), site),
        }
    }

    /// What a reference leads to.
    pub(super) fn reference(&mut self, at: &Pointer, reference: &str) -> Lowered {
        match self.resolver.target(at, reference) {
            Ok(target) => self.schema_at(&target),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Lowered::new(Type::Any)
            }
        }
    }

    /// The schema at a pointer: a named one, or one in the middle of something.
    fn schema_at(&mut self, target: &Pointer) -> Lowered {
        if is_component(target) {
            let name = self.component(target);
            return Lowered { ty: Type::Named(name), nullable: self.is_nullable(target, 0) };
        }
        if let Some(name) = self.known.get(target) {
            return Lowered { ty: Type::Named(name.clone()), nullable: self.is_nullable(target, 0) };
        }
        if !self.active.insert(target.clone()) {
            let message = "the schema contains itself through a reference into its middle";
            self.diagnostics.push(
                Diagnostic::error(target, "reference-cycle", message)
                    .help("give it a name under `components/schemas`"),
            );
            return Lowered::new(Type::Any);
        }
        let lowered = match self.resolver.read::<SchemaItem>(target) {
            Ok(item) => {
                let site = self.deep_site(target);
                self.item(target, &item, &site)
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Lowered::new(Type::Any)
            }
        };
        self.active.remove(target);
        lowered
    }

    /// Where a schema in the middle of something stands: in its named schema, or under its own pointer.
    fn deep_site(&mut self, target: &Pointer) -> Site {
        let parts: Vec<String> = target.parts().collect();
        let inside: Vec<&str> =
            parts.iter().skip(3).map(String::as_str).filter(|part| *part != "properties").collect();
        if let [components, schemas, key, ..] = parts.as_slice()
            && components == "components"
            && schemas == "schemas"
        {
            let owner = Pointer::root().join(components).join(schemas).join(key);
            let name = self.component(&owner);
            let home = Home::Types(self.names.type_module(&name));
            return Site { words: format!("{name} {}", inside.join(" ")), home };
        }
        let words = parts
            .iter()
            .skip(1)
            .map(String::as_str)
            .filter(|part| !matches!(*part, "content" | "schema"))
            .collect::<Vec<_>>();
        let module = self.names.module_of_words(&words.join(" "));
        Site { words: words.join(" "), home: Home::Types(module) }
    }

    /// The named schema at a pointer, lowered the first time it is needed.
    pub(super) fn component(&mut self, at: &Pointer) -> TypeName {
        if let Some(name) = self.known.get(at) {
            return name.clone();
        }
        let name = self.names.type_name(&mut [&mut self.type_names], self.diagnostics, at, &at.last());
        self.known.insert(at.clone(), name.clone());
        let home = Home::Types(self.names.type_module(&name));
        let site = Site { words: name.to_string(), home: home.clone() };
        let item = match self
            .resolver
            .read::<SchemaItem>(at)
            .and_then(|item| self.resolver.check_chain(at).map(|()| item))
        {
            Ok(item) => item,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return name;
            }
        };
        let (kind, docs, deprecated) = match Child::of(&item) {
            Child::Reference(reference) => {
                (TypeKind::Alias(self.reference(at, reference).ty), Docs::default(), false)
            }
            Child::Inline(schema) => {
                let view = View::of(schema);
                let kind = match self.outcome(at, &view, &site) {
                    Outcome::Named(kind) => kind,
                    Outcome::Plain(lowered) => TypeKind::Alias(lowered.ty),
                };
                (kind, docs::of_schema(&view), view.data.deprecated)
            }
        };
        self.types.insert(
            name.clone(),
            TypeDef { pointer: at.clone(), name: name.clone(), home, kind, deprecated, docs },
        );
        name
    }

    /// A schema that stands where it is used.
    fn inline(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Lowered {
        let nullable = allows_null(view);
        if let Some(name) = self.known.get(at) {
            return Lowered { ty: Type::Named(name.clone()), nullable };
        }
        match self.outcome(at, view, site) {
            Outcome::Plain(lowered) => lowered.or_null(nullable),
            Outcome::Named(kind) => {
                let name = self.define(at, kind, site, docs::of_schema(view), view.data.deprecated);
                Lowered { ty: Type::Named(name), nullable }
            }
        }
    }

    /// The site of a named schema, or of one in the middle of something.
    pub(super) fn site_of(&mut self, target: &Pointer) -> Site {
        if !is_component(target) {
            return self.deep_site(target);
        }
        let name = self.component(target);
        Site { words: name.to_string(), home: Home::Types(self.names.type_module(&name)) }
    }

    /// Gives a type a name after where it stands.
    pub(super) fn define(
        &mut self,
        at: &Pointer,
        kind: TypeKind,
        site: &Site,
        docs: Docs,
        deprecated: bool,
    ) -> TypeName {
        let (types, requests) = (&mut self.type_names, &mut self.request_names);
        let mut scopes = match site.home {
            Home::Types(_) => vec![types],
            Home::Operations(_) => vec![types, requests],
        };
        let name = self.names.type_name(&mut scopes, self.diagnostics, at, &site.words);
        self.known.insert(at.clone(), name.clone());
        let def = TypeDef {
            pointer: at.clone(),
            name: name.clone(),
            home: site.home.clone(),
            kind,
            deprecated,
            docs,
        };
        self.types.insert(name.clone(), def);
        name
    }

    /// What a schema is.
    pub(super) fn outcome(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Outcome {
        if !view.all_of.is_empty() {
            return self.all_of(at, view, site);
        }
        if !view.properties.is_empty() {
            return self.object(at, view, site);
        }
        if !view.one_of.is_empty() || !view.any_of.is_empty() {
            return self.union(at, view, site);
        }
        if is_text_enum(view) {
            return Outcome::Named(TypeKind::Enum(self.enum_variants(at, &view.values)));
        }
        let ty = match view.type_name {
            Some("object") => self.map(at, view, site),
            Some("array") => self.array(at, view, site),
            None if view.items.is_some() => self.array(at, view, site),
            None if !matches!(view.additional, Additional::Unsaid) => self.map(at, view, site),
            _ => scalar(view),
        };
        Outcome::Plain(Lowered::new(ty))
    }

    fn array(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Type {
        let item = match view.items {
            Some(child) => self.child(&at.join("items"), child, &site.child("item")).into_type(),
            None => Type::Any,
        };
        Type::Array(Box::new(item))
    }

    fn map(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Type {
        let value = match view.additional {
            Additional::Of(child) => {
                self.child(&at.join("additionalProperties"), child, &site.child("value")).into_type()
            }
            _ => Type::Any,
        };
        Type::Map(Box::new(value))
    }

    pub(super) fn enum_variants(&mut self, at: &Pointer, values: &[Value]) -> Vec<EnumVariant> {
        let mut scope = Scope::default();
        let at = at.join("enum");
        let mut variants: Vec<EnumVariant> = Vec::new();
        for text in values.iter().filter_map(Value::as_str) {
            let name = self.names.variant(&mut scope, self.diagnostics, &at.join(text), text);
            variants.push(EnumVariant { wire: Some(text.to_owned()), name });
        }
        variants.push(EnumVariant { wire: None, name: self.names.catch_all(&mut scope, &at) });
        variants
    }

    /// Whether null is a value of the schema at a pointer.
    fn is_nullable(&mut self, at: &Pointer, depth: usize) -> bool {
        if let Some(known) = self.nullable.get(at) {
            return *known;
        }
        let nullable = depth < 16
            && self.resolver.read::<SchemaItem>(at).is_ok_and(|item| match Child::of(&item) {
                Child::Reference(reference) => self
                    .resolver
                    .target(at, reference)
                    .is_ok_and(|target| self.is_nullable(&target, depth + 1)),
                Child::Inline(schema) => self.view_is_nullable(at, &View::of(schema), depth),
            });
        self.nullable.insert(at.clone(), nullable);
        nullable
    }

    fn view_is_nullable(&mut self, at: &Pointer, view: &View<'_>, depth: usize) -> bool {
        let mut member_is_nullable = |members: &[Child<'_>]| {
            members.iter().any(|member| match member {
                Child::Reference(reference) => self
                    .resolver
                    .target(at, reference)
                    .is_ok_and(|target| self.is_nullable(&target, depth + 1)),
                Child::Inline(schema) => allows_null(&View::of(schema)),
            })
        };
        let single = view.all_of.len() == 1 && view.properties.is_empty();
        allows_null(view)
            || member_is_nullable(&view.one_of)
            || member_is_nullable(&view.any_of)
            || single && member_is_nullable(&view.all_of)
    }
}

/// Whether the schema itself says that null is one of its values.
pub(super) fn allows_null(view: &View<'_>) -> bool {
    view.data.nullable || view.values.iter().any(Value::is_null)
}

/// Whether null is the only value of a schema.
pub(super) fn is_only_null(view: &View<'_>) -> bool {
    !view.values.is_empty() && view.values.iter().all(Value::is_null)
}

/// Whether a schema lists texts; null may be among them.
pub(super) fn is_text_enum(view: &View<'_>) -> bool {
    matches!(view.type_name, None | Some("string"))
        && view.values.iter().any(Value::is_string)
        && view.values.iter().all(|value| value.is_string() || value.is_null())
}

/// Whether a pointer is that of a named schema.
fn is_component(pointer: &Pointer) -> bool {
    pointer.as_str().strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'))
}

/// The type of a schema without parts.
fn scalar(view: &View<'_>) -> Type {
    let format = view.format.as_deref();
    match view.type_name {
        Some("boolean") => Type::Bool,
        Some("integer") => match format {
            Some("int8" | "int16" | "int32" | "uint8" | "uint16") => Type::I32,
            Some("uint64") => Type::U64,
            _ => Type::I64,
        },
        Some("number") => match format {
            Some("float") => Type::F32,
            Some("int32") => Type::I32,
            Some("int64") => Type::I64,
            _ => Type::F64,
        },
        Some("string") => match format {
            Some("date-time") => Type::DateTime,
            Some("byte") => Type::Base64,
            _ => Type::String,
        },
        _ => Type::Any,
    }
}
