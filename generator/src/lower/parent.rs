//! Parents: named schemas whose discriminator tells which of the schemas that build on them a value is of.

use std::collections::{BTreeMap, HashMap, HashSet};

use openapiv3::Discriminator;

use super::schema::{Lowered, MAX_DEPTH, Outcome, allows_null};
use super::union::Choice;
use super::{Lowerer, Site};
use crate::ir::{Docs, Type, TypeKind, is_component};
use crate::pointer::Pointer;
use crate::resolve::{Child, SchemaItem, View};

/// Which named schemas have which others in their `allOf`.
#[derive(Debug, Default)]
pub(super) struct Families {
    /// What builds on each schema, with its place among all named schemas.
    children: HashMap<Pointer, Vec<(usize, Pointer)>>,
}

impl Families {
    /// What builds on a schema, directly or by way of others, in the order of the description.
    fn descendants(&self, of: &Pointer) -> Vec<Pointer> {
        let mut seen = HashSet::from([of]);
        let mut found = BTreeMap::new();
        let mut generation = vec![of];
        // What lies deeper cannot be merged either.
        for _ in 0..MAX_DEPTH {
            let children = generation.iter().filter_map(|parent| self.children.get(*parent)).flatten();
            let new: Vec<_> = children.filter(|(_, child)| seen.insert(child)).collect();
            generation = new.iter().map(|(_, child)| child).collect();
            found.extend(new.into_iter().map(|(place, child)| (*place, child.clone())));
        }
        found.into_values().collect()
    }

    fn is_child(&self, child: &Pointer, of: &Pointer) -> bool {
        self.children.get(of).is_some_and(|children| children.iter().any(|(_, other)| other == child))
    }
}

impl Lowerer<'_> {
    /// The union that a named schema is because its discriminator tells apart what builds on it; what is nothing more
    /// than the schema is one of the variants.
    pub(super) fn parent(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Option<TypeKind> {
        let discriminator = discriminator(view)?.clone();
        let children = self.families().descendants(at);
        if children.is_empty() {
            return None;
        }
        let mut choices = Vec::new();
        if let Some(ty) = self.itself(at, view, site) {
            choices.push(choice(at, at, ty));
        }
        for child in children {
            let ty = Type::Named(self.component(&child));
            choices.push(choice(at, &child, ty));
        }
        Some(TypeKind::Union(self.variants(at, Some(&discriminator), choices)))
    }

    /// The type of the members that a parent describes itself, if it describes any. Its name is not one that people
    /// give to schemas, as `PetBase` is.
    fn itself(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Option<Type> {
        match self.outcome(at, view, site) {
            Outcome::Named(kind) => {
                let at = at.join("discriminator");
                let docs = Docs {
                    summary: Some(format!("A `{}` that is nothing more.", site.words)),
                    ..Docs::default()
                };
                let site = site.child("itself");
                Some(Type::Named(self.define(&at, kind, &site, docs, view.data.deprecated)))
            }
            Outcome::Plain(Lowered { ty: Type::Named(name), .. }) => Some(Type::Named(name)),
            Outcome::Plain(_) => None,
        }
    }

    /// Whether a named schema, which is nothing but a reference in an `allOf`, is a variant of what that leads to, and
    /// so cannot be another name of it.
    pub(super) fn is_variant(&mut self, at: &Pointer, part: &Child<'_>) -> bool {
        let Child::Reference(reference) = part else {
            return false;
        };
        let resolver = self.resolver;
        let target = resolver.target(at, reference).and_then(|target| resolver.read_through(&target));
        let Some((target, item)) = target.ok().filter(|_| is_component(at)) else {
            return false;
        };
        match Child::of(&item) {
            Child::Inline(schema) => {
                let view = View::of(schema);
                self.has_option(&target, &view, |option| option == at)
                    || discriminator(&view).is_some() && self.families().is_child(at, &target)
            }
            Child::Reference(_) => false,
        }
    }

    /// Whether one of the references among the options of a union leads to such a schema.
    pub(super) fn has_option(
        &self,
        at: &Pointer,
        view: &View<'_>,
        is_wanted: impl Fn(&Pointer) -> bool,
    ) -> bool {
        view.one_of.iter().chain(&view.any_of).any(|option| match option {
            Child::Reference(reference) => {
                let target = self.resolver.target(at, reference);
                target.and_then(|target| self.resolver.end(&target)).is_ok_and(|target| is_wanted(&target))
            }
            Child::Inline(_) => false,
        })
    }

    /// Which named schemas build on which; found out when it is first asked for.
    fn families(&mut self) -> &Families {
        if self.families.is_none() {
            self.families = Some(self.all_families());
        }
        self.families.get_or_insert_default()
    }

    fn all_families(&self) -> Families {
        let schemas = Pointer::root().join("components").join("schemas");
        let mut families = Families::default();
        for (place, key) in self.resolver.keys(&schemas).enumerate() {
            let at = schemas.join(key);
            let has_parts = self.resolver.value(&at).is_some_and(|value| value.get("allOf").is_some());
            let Some(item) = has_parts.then(|| self.resolver.read::<SchemaItem>(&at).ok()).flatten() else {
                continue;
            };
            let Child::Inline(schema) = Child::of(&item) else { continue };
            let view = View::of(schema);
            // What only adds null to another schema is no kind of it.
            if allows_null(&view) && self.only_part(&at, &view).is_some() {
                continue;
            }
            for parent in self.parents(&at, view.all_of) {
                families.children.entry(parent).or_default().push((place, at.clone()));
            }
        }
        families
    }

    /// The schemas that the parts of an `allOf` refer to, also those of an `allOf` in it.
    fn parents(&self, at: &Pointer, parts: Vec<Child<'_>>) -> HashSet<Pointer> {
        let mut parents = HashSet::new();
        let mut open = parts;
        while let Some(part) = open.pop() {
            match part {
                Child::Inline(schema) => open.extend(View::of(schema).all_of),
                Child::Reference(reference) => {
                    let target = self.resolver.target(at, reference);
                    parents.extend(target.and_then(|target| self.resolver.end(&target)));
                }
            }
        }
        parents
    }
}

/// The discriminator of an object without options, which may stand in a part of its `allOf`.
fn discriminator<'v>(view: &View<'v>) -> Option<&'v Discriminator> {
    if !view.one_of.is_empty() || !view.any_of.is_empty() {
        return None;
    }
    let in_part = |part: &Child<'v>| match part {
        Child::Inline(schema) => {
            let part = View::of(schema);
            let is_plain = part.one_of.is_empty() && part.any_of.is_empty();
            part.data.discriminator.as_ref().filter(|_| is_plain)
        }
        Child::Reference(_) => None,
    };
    view.data.discriminator.as_ref().or_else(|| view.all_of.iter().find_map(in_part))
}

/// A schema as a variant of its parent, or of itself.
fn choice(parent: &Pointer, schema: &Pointer, ty: Type) -> Choice {
    let raw = schema.last();
    Choice {
        pointer: parent.join("discriminator").join(&raw),
        reference: Some(format!("#{}", schema.as_str())),
        raw,
        ty,
    }
}
