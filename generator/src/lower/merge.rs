//! `allOf`: one part under another name, or all parts merged into one object.
//!
//! A property that several parts describe is itself the merger of what they say.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::schema::{Lowered, MAX_DEPTH, Outcome, allows_null};
use super::structs::{Parts, Property};
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Access, Docs, Gate, Type, TypeDef, TypeKind};
use crate::pointer::Pointer;
use crate::resolve::{Child, SchemaItem, View};

/// What the parts of an `allOf` say, before their properties are lowered.
#[derive(Debug, Default)]
struct Merger {
    /// Where each property is described, and what an inline type there is named after.
    properties: IndexMap<String, Vec<(Pointer, Site)>>,
    parts: Parts,
    /// Parts that are no objects.
    plain: Vec<(Pointer, Site)>,
    /// The schemas that are being merged, outermost first.
    merging: Vec<Pointer>,
    /// The schemas that were merged, which need not be again.
    done: HashSet<Pointer>,
}

impl Lowerer<'_> {
    /// A schema with an `allOf`.
    pub(super) fn all_of(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Outcome {
        if let Some((index, only)) = self.only_part(at, view)
            && !self.leads_back(at, &only)
            && !self.is_variant(at, &only)
        {
            return self.wrapped(at, view, (index, only), site);
        }
        let mut merger = Merger { merging: vec![at.clone()], ..Merger::default() };
        self.merge_object(at, view, site, &mut merger);
        self.merged(at, merger, site)
    }

    /// What a merger comes to; types that only it has are named after `own`.
    fn merged(&mut self, at: &Pointer, merger: Merger, own: &Site) -> Outcome {
        let Merger { properties, mut parts, plain, .. } = merger;
        if properties.is_empty()
            && parts.unions.is_empty()
            && let Some((pointer, site)) = plain.last()
        {
            return self.plain(at, (pointer, site), own);
        }
        for (pointer, _) in &plain {
            let message = "this part of the `allOf` is no object, as others are; it is left out";
            self.diagnostics.push(
                Diagnostic::warning(pointer, "all-of-conflict", message)
                    .help("nothing can be both: remove one"),
            );
        }
        for (name, candidates) in properties {
            let own_pointer = at.join("properties").join(&name);
            if let Some(property) = self.merged_property(&name, candidates, (own_pointer, own)) {
                parts.properties.push(property);
            }
        }
        self.struct_of(at, parts)
    }

    /// What a merger without objects is: one of its parts, which is the named schema itself if it stands in that.
    fn plain(&mut self, at: &Pointer, (part, site): (&Pointer, &Site), own: &Site) -> Outcome {
        let is_inside = part.strip_prefix(&at.join("allOf")).is_some();
        let item = self.resolver.read::<SchemaItem>(part);
        match (self.known.get(at).cloned(), item.as_ref().map(Child::of)) {
            (Some(name), Ok(Child::Inline(schema))) if is_inside => {
                self.known.insert(part.clone(), name);
                self.outcome(part, &View::of(schema), own)
            }
            _ => Outcome::Plain(self.read_item(part, site)),
        }
    }

    /// A property that one or more parts describe.
    fn merged_property(
        &mut self,
        name: &str,
        candidates: Vec<(Pointer, Site)>,
        own: (Pointer, &Site),
    ) -> Option<Property> {
        let resolver = self.resolver;
        let mut distinct: Vec<(Pointer, Site)> = Vec::new();
        for (pointer, site) in candidates {
            let value = resolver.value(&pointer);
            let says_something =
                value.and_then(|value| value.as_object()).is_some_and(|object| !object.is_empty());
            let is_repeated = distinct.iter().any(|(other, _)| resolver.value(other) == value);
            if distinct.is_empty() || says_something && !is_repeated {
                distinct.push((pointer, site));
            }
        }
        let mut said = distinct.iter().map(|(pointer, _)| self.access_at(pointer));
        let access = said.find(|access| *access != Access::Both).unwrap_or_default();
        if distinct.len() > 1 && distinct.iter().all(|(pointer, _)| self.is_object(pointer)) {
            return Some(Property { access, ..self.merged_objects(name, &distinct, own) });
        }
        let (pointer, site) = self.narrowest(name, distinct)?;
        let item = self.resolver.read::<SchemaItem>(&pointer);
        match item {
            Ok(item) => {
                let property = self.property(&pointer, name, Child::of(&item), &site);
                let access = if access == Access::Both { property.access } else { access };
                Some(Property { access, ..property })
            }
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    /// A property that several parts describe as objects: an object of its own, as none of the parts has it.
    fn merged_objects(
        &mut self,
        name: &str,
        candidates: &[(Pointer, Site)],
        (pointer, site): (Pointer, &Site),
    ) -> Property {
        let site = site.child(name);
        let parts: Vec<Pointer> = candidates.iter().map(|(at, _)| at.clone()).collect();
        let (nullable, docs) = self.said_of(&parts);
        let known = self.merged.get(&parts).or_else(|| self.known.get(&pointer)).cloned();
        // Before the parts are merged, because they can contain the same property again.
        let ty = known.unwrap_or_else(|| {
            let ty = self.claim_type(&pointer, &site);
            self.merged.insert(parts, ty.clone());
            let kind = self.merged_kind(&pointer, candidates, name, &site);
            let (at, home) = (pointer.clone(), site.home.clone());
            let def = TypeDef {
                pointer: at,
                name: ty.clone(),
                home,
                gate: Gate::Always,
                kind,
                deprecated: false,
                docs: docs.clone(),
            };
            self.types.insert(ty.clone(), def);
            ty
        });
        let lowered = Lowered::new(Type::Named(ty)).or_null(nullable);
        Property { wire: name.to_owned(), pointer, lowered, access: Access::Both, docs, deprecated: false }
    }

    fn merged_kind(
        &mut self,
        pointer: &Pointer,
        candidates: &[(Pointer, Site)],
        name: &str,
        site: &Site,
    ) -> TypeKind {
        let mut merger = Merger::default();
        for (at, part_site) in candidates {
            if let Ok(item) = self.resolver.read::<SchemaItem>(at) {
                self.merge_part(at, &Child::of(&item), &part_site.child(name), &mut merger);
            }
        }
        match self.merged(pointer, merger, site) {
            Outcome::Named(kind) => kind,
            Outcome::Plain(lowered) => TypeKind::Alias(lowered.ty),
        }
    }

    /// Whether one of the inline schemas at these pointers can be null, and what the first with words says.
    fn said_of(&self, parts: &[Pointer]) -> (bool, Docs) {
        let (mut nullable, mut said) = (false, Docs::default());
        for item in parts.iter().filter_map(|at| self.resolver.read::<SchemaItem>(at).ok()) {
            if let Child::Inline(schema) = Child::of(&item) {
                let view = View::of(schema);
                nullable |= allows_null(&view);
                said = if said == Docs::default() { docs::of_schema(&view) } else { said };
            }
        }
        (nullable, said)
    }

    /// The description of a property that says most exactly what it is; others of another type are warned of.
    fn narrowest(&mut self, name: &str, candidates: Vec<(Pointer, Site)>) -> Option<(Pointer, Site)> {
        let mut candidates = candidates.into_iter();
        let mut narrowest = candidates.next()?;
        for later in candidates {
            let (before, after) = (self.kind_of(&narrowest.0), self.kind_of(&later.0));
            if before.is_some() && after.is_some() && before != after {
                let message =
                    format!("`{name}` has another type in another part of the `allOf`; this one is used");
                self.diagnostics.push(
                    Diagnostic::warning(&later.0, "all-of-conflict", message)
                        .related(&narrowest.0, "the other type")
                        .help("give the property the same type in both"),
                );
            }
            if after.is_some() {
                narrowest = later;
            }
        }
        Some(narrowest)
    }

    /// The `type` at a pointer, whatever references lead there.
    pub(super) fn kind_of(&self, at: &Pointer) -> Option<String> {
        let (_, value) = self.resolver.value_through(at).ok()?;
        value.get("type").and_then(|name| name.as_str()).map(str::to_owned)
    }

    /// Whether there is an object at a pointer, whatever references lead there.
    fn is_object(&self, at: &Pointer) -> bool {
        self.resolver.value_through(at).is_ok_and(|(_, value)| {
            let has = |keyword: &str| value.get(keyword).is_some();
            has("properties") || has("allOf") && !has("type")
        })
    }

    /// Adds a part: an inline schema, or a named one whose inline types keep the names that they have there.
    fn merge_part(&mut self, at: &Pointer, part: &Child<'_>, site: &Site, merger: &mut Merger) {
        let target = match part {
            Child::Inline(schema) => return self.merge(at, &View::of(schema), site, merger),
            Child::Reference(reference) => self.resolver.target(at, reference),
        };
        let target = match target {
            Ok(target) => target,
            Err(diagnostic) => return self.diagnostics.push(diagnostic),
        };
        if merger.merging.contains(&target) {
            self.diagnostics.push(
                Diagnostic::error(&at.join("$ref"), "all-of-cycle", "the `allOf` contains itself")
                    .related(&target, "by way of this schema")
                    .help("remove one of the references in the circle"),
            );
            return;
        }
        if !merger.done.insert(target.clone()) {
            return;
        }
        if merger.merging.len() >= MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} schemas are merged into one another here");
            self.diagnostics
                .push(Diagnostic::error(&at.join("$ref"), "too-deep", message).help("merge fewer schemas"));
            return;
        }
        merger.merging.push(target.clone());
        let site = self.site_of(&target);
        match self.resolver.read::<SchemaItem>(&target) {
            Ok(item) => self.merge_part(&target, &Child::of(&item), &site, merger),
            Err(diagnostic) => self.diagnostics.push(diagnostic),
        }
        merger.merging.pop();
    }

    fn merge(&mut self, at: &Pointer, view: &View<'_>, site: &Site, merger: &mut Merger) {
        let has_members = !view.all_of.is_empty() || !view.properties.is_empty() || !view.required.is_empty();
        let is_union = !view.one_of.is_empty() || !view.any_of.is_empty();
        if has_members || is_union || view.type_name == Some("object") {
            self.merge_object(at, view, site, merger);
        } else if view.type_name.is_some() || !view.values.is_empty() {
            merger.plain.push((at.clone(), site.clone()));
        }
    }

    fn merge_object(&mut self, at: &Pointer, view: &View<'_>, site: &Site, merger: &mut Merger) {
        for (index, part) in view.all_of.iter().enumerate() {
            self.merge_part(&at.join("allOf").join(index), part, site, merger);
        }
        for (name, _) in &view.properties {
            let candidates = merger.properties.entry((*name).to_owned()).or_default();
            candidates.push((at.join("properties").join(name), site.clone()));
        }
        merger.parts.required.extend(view.required.iter().cloned());
        let is_merged = |option: &Pointer| merger.merging.contains(option) || merger.done.contains(option);
        if self.has_option(at, view, is_merged) {
            // The part lists what builds on it, this one among others.
            self.additional(at, view, site, &mut merger.parts);
        } else {
            self.rest(at, view, site, &mut merger.parts);
        }
    }

    /// The schema at a pointer, lowered where it stands.
    fn read_item(&mut self, at: &Pointer, site: &Site) -> Lowered {
        match self.resolver.read::<SchemaItem>(at) {
            Ok(item) => self.item(at, &item, site),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Lowered::new(Type::Any)
            }
        }
    }
}
