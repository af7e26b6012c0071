//! Schemas to types: references, scalars, arrays, maps and enums.

use serde_json::Value;

use super::wrapped::notes;
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, EnumVariant, Gate, Home, Type, TypeDef, TypeKind};
use crate::names::TypeName;
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::{Additional, Child, SchemaItem, View};

/// How many schemas may stand in one another, references into their middles included.
pub(super) const MAX_DEPTH: usize = 150;

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
        if self.depth >= MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} schemas stand in one another here");
            self.diagnostics.push(
                Diagnostic::error(at, "too-deep", message)
                    .help("give some of them names under `components/schemas`"),
            );
            return Lowered::new(Type::Any);
        }
        self.depth += 1;
        let lowered = match child {
            Child::Reference(reference) => self.reference(at, reference),
            Child::Inline(schema) => self.inline(at, &View::of(schema), site),
        };
        self.depth -= 1;
        lowered
    }

    /// A schema that stands where it is used.
    fn inline(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Lowered {
        let nullable = allows_null(view);
        let name = match (self.known.get(at), self.lowering.get(at).cloned()) {
            (Some(name), _) => Some(name.clone()),
            (None, Some(site)) => Some(self.claim_type(at, &site)),
            (None, None) => None,
        };
        if let Some(name) = name {
            return Lowered { ty: Type::Named(name), nullable: self.view_is_nullable(at, view, 0) };
        }
        self.lowering.insert(at.clone(), site.clone());
        let outcome = self.outcome(at, view, site);
        self.lowering.remove(at);
        // Known by now is one that contains itself, or a union that can be null.
        let nullable = nullable || self.known.contains_key(at) && self.view_is_nullable(at, view, 0);
        let is_claimed = self.known.get(at).is_some_and(|name| !self.types.contains_key(name));
        match outcome {
            Outcome::Plain(lowered) if is_claimed => {
                let kind = TypeKind::Alias(lowered.ty);
                let name = self.define(at, kind, site, docs::of_schema(view), view.data.deprecated);
                Lowered { ty: Type::Named(name), nullable: nullable || lowered.nullable }
            }
            Outcome::Plain(lowered) => lowered.or_null(nullable),
            Outcome::Named(kind) => {
                let name = self.define(at, kind, site, docs::of_schema(view), view.data.deprecated);
                Lowered { ty: Type::Named(name), nullable }
            }
        }
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
        if let Some(name) = self.twin(at, site) {
            self.known.insert(at.clone(), name.clone());
            return name;
        }
        let name = self.known.get(at).cloned().unwrap_or_else(|| self.claim_type(at, site));
        let (pointer, home) = (at.clone(), site.home.clone());
        let def = TypeDef { pointer, name: name.clone(), home, gate: Gate::Always, kind, deprecated, docs };
        self.types.insert(name.clone(), def);
        name
    }

    /// The type that has the name which one here would get, where both schemas say the same: one does for both.
    fn twin(&self, at: &Pointer, site: &Site) -> Option<TypeName> {
        if self.known.contains_key(at) {
            return None;
        }
        let of_operation = matches!(site.home, Home::Operations(_)).then_some(&self.request_names);
        let mut scopes = std::iter::once(&self.type_names).chain(of_operation);
        let owner = scopes.find_map(|scope| self.names.type_owner(scope, at, &site.words))?;
        let is_same = owner != *at && self.resolver.value(&owner) == self.resolver.value(at);
        is_same.then(|| self.known.get(&owner).cloned()).flatten()
    }

    /// The name of a type that is defined later, when its insides, which may mention it, are known.
    pub(super) fn claim_type(&mut self, at: &Pointer, site: &Site) -> TypeName {
        let (types, requests) = (&mut self.type_names, &mut self.request_names);
        let mut scopes = match site.home {
            Home::Types(_) => vec![types],
            Home::Operations(_) => vec![types, requests],
        };
        let name = self.names.type_name(&mut scopes, self.diagnostics, at, &site.words);
        self.known.insert(at.clone(), name.clone());
        name
    }

    /// What a schema is.
    pub(super) fn outcome(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Outcome {
        if view.all_of.len() > notes(view).count() {
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
    pub(super) fn is_nullable(&mut self, at: &Pointer, depth: usize) -> bool {
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
        let single = self.only_part(at, view).is_some();
        let mut member_is_nullable = |members: &[Child<'_>]| {
            members.iter().any(|member| match member {
                Child::Reference(reference) => self
                    .resolver
                    .target(at, reference)
                    .is_ok_and(|target| self.is_nullable(&target, depth + 1)),
                Child::Inline(schema) => allows_null(&View::of(schema)),
            })
        };
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
