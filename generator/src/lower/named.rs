//! References, and the named schemas that they lead to.

use serde_json::Value;

use super::schema::{Lowered, Outcome};
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, Gate, Home, Type, TypeDef, TypeKind, is_component};
use crate::names::TypeName;
use crate::pointer::Pointer;
use crate::resolve::{Child, SchemaItem, View};

impl Lowerer<'_> {
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
        let site = self.deep_site(target);
        // Its named schema may have been lowered only now, and this with it.
        if let Some(name) = self.known.get(target) {
            return Lowered { ty: Type::Named(name.clone()), nullable: self.is_nullable(target, 0) };
        }
        if let Some(site) = self.lowering.get(target).cloned() {
            let name = self.claim_type(target, &site);
            return Lowered { ty: Type::Named(name), nullable: self.is_nullable(target, 0) };
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
            Ok(item) => self.item(target, &item, &site),
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
            let name = self.component_now(&owner);
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

    /// The named schema at a pointer. It is lowered later, so that no chain of schemas is too long.
    pub(super) fn component(&mut self, at: &Pointer) -> TypeName {
        if let Some(name) = self.known.get(at) {
            return name.clone();
        }
        if let Some(name) = self.same_component(at) {
            self.known.insert(at.clone(), name.clone());
            return name;
        }
        let name = self.names.type_name(&mut [&mut self.type_names], self.diagnostics, at, &at.last());
        self.known.insert(at.clone(), name.clone());
        self.pending.push_back((at.clone(), name.clone()));
        name
    }

    /// The name of a named schema that comes to the same name as this one and is the same type, such as `ARN` and
    /// `Arn` that are both texts: one alias does for both.
    fn same_component(&self, at: &Pointer) -> Option<TypeName> {
        let other = self.names.type_owner(&self.type_names, at, &at.last())?;
        if !is_component(&other) {
            return None;
        }
        let (here, value) = self.resolver.value_through(at).ok()?;
        let (there, other_value) = self.resolver.value_through(&other).ok()?;
        let same =
            here == there || scalar_kind(value).is_some_and(|kind| scalar_kind(other_value) == Some(kind));
        same.then(|| self.known.get(&other).cloned()).flatten()
    }

    /// Lowers the named schemas that were mentioned, and those that they mention.
    pub(super) fn pending_components(&mut self) {
        while let Some((at, name)) = self.pending.pop_front() {
            self.define_component(&at, name);
        }
    }

    /// Lowers a named schema now if it is not lowered yet, because something in its middle is needed.
    fn component_now(&mut self, at: &Pointer) -> TypeName {
        let name = self.component(at);
        if let Some(index) = self.pending.iter().position(|(pending, _)| pending == at) {
            self.pending.remove(index);
            self.define_component(at, name.clone());
        }
        name
    }

    /// Lowers the named schema of this name now if it is not lowered yet.
    pub(super) fn define_now(&mut self, name: &TypeName) {
        let pending = self.pending.iter().find(|(_, pending)| pending == name).map(|(at, _)| at.clone());
        pending.map(|at| self.component_now(&at));
    }

    fn define_component(&mut self, at: &Pointer, name: TypeName) {
        let home = Home::Types(self.names.type_module(&name));
        let site = Site { words: name.to_string(), home: home.clone() };
        let item = self.resolver.check_chain(at).and_then(|()| self.resolver.read::<SchemaItem>(at));
        let item = match item {
            Ok(item) => item,
            Err(diagnostic) => return self.diagnostics.push(diagnostic),
        };
        let (kind, docs, deprecated) = match Child::of(&item) {
            Child::Reference(reference) => {
                (TypeKind::Alias(self.reference(at, reference).ty), Docs::default(), false)
            }
            Child::Inline(schema) => {
                let view = View::of(schema);
                let kind =
                    self.parent(at, &view, &site).unwrap_or_else(|| match self.outcome(at, &view, &site) {
                        Outcome::Named(kind) => kind,
                        Outcome::Plain(lowered) => TypeKind::Alias(lowered.ty),
                    });
                (kind, docs::of_schema(&view), view.data.deprecated)
            }
        };
        let def = TypeDef {
            pointer: at.clone(),
            name: name.clone(),
            home,
            gate: Gate::Always,
            kind,
            deprecated,
            docs,
        };
        self.types.insert(name, def);
    }

    /// The site of a named schema, or of one in the middle of something.
    pub(super) fn site_of(&mut self, target: &Pointer) -> Site {
        if !is_component(target) {
            return self.deep_site(target);
        }
        let name = self.component(target);
        Site { words: name.to_string(), home: Home::Types(self.names.type_module(&name)) }
    }
}

/// What decides the type of a schema that is nothing but a scalar: its type, its format, and whether it can be null.
fn scalar_kind(value: &Value) -> Option<[Option<&Value>; 3]> {
    const OTHERS: [&str; 6] = ["enum", "properties", "items", "allOf", "oneOf", "anyOf"];
    let name = value.get("type")?.as_str()?;
    let is_scalar = matches!(name, "string" | "integer" | "number" | "boolean")
        && OTHERS.iter().all(|keyword| value.get(*keyword).is_none());
    is_scalar.then(|| ["type", "format", "nullable"].map(|keyword| value.get(keyword)))
}
