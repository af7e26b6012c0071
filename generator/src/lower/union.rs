//! `oneOf` and `anyOf`: a type with null, an enum, or a union of types.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use openapiv3::Discriminator;
use serde_json::Value;

use super::schema::{Lowered, Outcome, allows_null, is_only_null, is_text_enum};
use super::wrapped::has_no_parts;
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Type, TypeKind, Union, UnionVariant};
use crate::names::assign::Scope;
use crate::pointer::Pointer;
use crate::resolve::{Child, SchemaItem, View};

/// A type that a union allows.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) pointer: Pointer,
    /// What the variant is named after.
    pub(super) raw: String,
    /// The reference, where it is one.
    pub(super) reference: Option<String>,
    pub(super) ty: Type,
}

impl Lowerer<'_> {
    /// A `oneOf` or `anyOf` without properties beside it.
    pub(super) fn union(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Outcome {
        if let Some(values) = text_values(view) {
            return Outcome::Named(TypeKind::Enum(self.enum_variants(at, &values)));
        }
        if !view.one_of.is_empty() && !view.any_of.is_empty() {
            let message = "`oneOf` and `anyOf` stand side by side; the type allows the options of either";
            self.diagnostics.push(
                Diagnostic::warning(at, "one-of-and-any-of", message)
                    .help("put them into an `allOf`, or keep one of them"),
            );
        }
        let (choices, nullable) = self.choices(at, view, site);
        let mut choices = self.simplified(choices);
        if choices.is_empty() || choices.iter().any(|choice| choice.ty == Type::Any) {
            return Outcome::Plain(Lowered { ty: Type::Any, nullable });
        }
        if choices.len() == 1 {
            return Outcome::Plain(Lowered { ty: choices.remove(0).ty, nullable });
        }
        let union = self.variants(at, view.data.discriminator.as_ref(), choices);
        if !nullable {
            return Outcome::Named(TypeKind::Union(union));
        }
        // Null is said at the place of use, so the type has to have its name already.
        let name = match self.known.get(at) {
            Some(_) => return Outcome::Named(TypeKind::Union(union)),
            None => {
                self.define(at, TypeKind::Union(union), site, docs::of_schema(view), view.data.deprecated)
            }
        };
        Outcome::Plain(Lowered { ty: Type::Named(name), nullable })
    }

    /// A `oneOf` or `anyOf` that stands beside properties: the type of its part.
    pub(super) fn union_part(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> Type {
        let keyword = if view.one_of.is_empty() { "anyOf" } else { "oneOf" };
        let at_part = at.join(keyword);
        if let Some(name) = self.known.get(&at_part) {
            return Type::Named(name.clone());
        }
        let site = site.child("variant");
        match self.union(at, view, &site) {
            Outcome::Plain(lowered) => lowered.ty,
            Outcome::Named(kind) => {
                Type::Named(self.define(&at_part, kind, &site, docs::of_schema(view), false))
            }
        }
    }

    /// The allowed types, and whether null is one.
    fn choices(&mut self, at: &Pointer, view: &View<'_>, site: &Site) -> (Vec<Choice>, bool) {
        let mut choices = Vec::new();
        let mut nullable = false;
        let options = [("oneOf", &view.one_of), ("anyOf", &view.any_of)];
        let has_reference =
            view.one_of.iter().chain(&view.any_of).any(|option| matches!(option, Child::Reference(_)));
        let is_null = |option: &View<'_>| is_only_null(option) || has_reference && means_null(option);
        let is_value = |option: &&Child<'_>| match option {
            Child::Inline(schema) => !is_null(&View::of(schema)),
            Child::Reference(_) => true,
        };
        let is_only = view.one_of.iter().chain(&view.any_of).filter(is_value).count() == 1;
        let is_alone = is_only && !self.known.contains_key(at);
        let mut used: Vec<String> = Vec::new();
        for (keyword, index, option) in options.iter().flat_map(|(keyword, options)| {
            options.iter().enumerate().map(move |(index, option)| (keyword, index, option))
        }) {
            let pointer = at.join(keyword).join(index);
            let (raw, reference) = match option {
                Child::Reference(reference) => (
                    reference.rsplit('/').next().unwrap_or_default().to_owned(),
                    Some((*reference).to_owned()),
                ),
                Child::Inline(schema) => {
                    let option = View::of(schema);
                    if is_null(&option) {
                        nullable = true;
                        continue;
                    }
                    (option_name(&option, index), None)
                }
            };
            // What is the only option beside null is named after where the union stands.
            let own = if is_alone { site.clone() } else { site.child(&numbered(&raw, &used)) };
            let types = self.types.len();
            let lowered = self.child(&pointer, *option, &own);
            if self.types.len() > types {
                used.push(raw.clone());
            }
            nullable |= lowered.nullable;
            choices.push(Choice { pointer, raw, reference, ty: lowered.ty });
        }
        (choices, nullable)
    }

    /// The choices without those that another one covers.
    fn simplified(&self, choices: Vec<Choice>) -> Vec<Choice> {
        let has_text = choices.iter().any(|choice| choice.ty == Type::String);
        let has_known_text = choices.iter().any(|choice| self.lists_texts(&choice.pointer));
        let mut kept: Vec<Choice> = Vec::new();
        for choice in choices {
            let covered = match &choice.ty {
                // An enum keeps every other text too.
                Type::String => has_known_text,
                Type::DateTime | Type::Base64 => has_text || has_known_text,
                _ => false,
            };
            if !covered && !kept.iter().any(|other| other.ty == choice.ty) {
                kept.push(choice);
            }
        }
        kept
    }

    /// Whether the schema at a pointer lists texts, whatever references lead there.
    fn lists_texts(&self, at: &Pointer) -> bool {
        self.resolver.read_through::<SchemaItem>(at).is_ok_and(|(_, item)| match Child::of(&item) {
            Child::Inline(schema) => is_text_enum(&View::of(schema)),
            Child::Reference(_) => false,
        })
    }

    /// The variants of a union, with the tag values that tell them apart if there is a discriminator.
    pub(super) fn variants(
        &mut self,
        at: &Pointer,
        discriminator: Option<&Discriminator>,
        choices: Vec<Choice>,
    ) -> Union {
        let mut scope = Scope::default();
        let tagged = discriminator.is_some() && choices.iter().all(|choice| choice.reference.is_some());
        if let Some(discriminator) = discriminator {
            self.unused_mapping(&at.join("discriminator"), &discriminator.mapping, &choices);
        }
        let mut variants: Vec<UnionVariant> = Vec::new();
        let mut numbers = HashMap::new();
        let mut tags = match discriminator.filter(|_| tagged) {
            Some(discriminator) => self.tags(discriminator, &choices).into_iter(),
            None => Vec::new().into_iter(),
        };
        for choice in choices {
            let tags = tags.next().unwrap_or_default();
            let constants = if tagged { Vec::new() } else { self.constants(&choice) };
            if tagged && tags.is_empty() {
                self.without_tag(&choice);
                continue;
            }
            let raw = self.free_variant(&scope, &choice.raw, &mut numbers);
            let name = self.names.variant(&mut scope, self.diagnostics, &choice.pointer, &raw);
            variants.push(UnionVariant { name, ty: choice.ty, tags, constants });
        }
        let other = self.names.catch_all(&mut scope, at);
        let tag = discriminator.filter(|_| tagged).map(|discriminator| discriminator.property_name.clone());
        Union { tag, variants, other }
    }

    /// Says which tag values lead to no option, and that options without a name have no tag values.
    fn unused_mapping(&mut self, at: &Pointer, mapping: &IndexMap<String, String>, choices: &[Choice]) {
        if choices.iter().any(|choice| choice.reference.is_none()) {
            let message =
                "an option is no reference, so its tag is not known; the options are tried one after another";
            self.diagnostics.push(
                Diagnostic::warning(at, "discriminator-left-out", message)
                    .help("name the option under `components/schemas`"),
            );
        }
        let leads_to = |target: &str| {
            choices.iter().any(|choice| choice.reference.as_deref() == Some(target) || choice.raw == target)
        };
        for (tag, target) in mapping.iter().filter(|(_, target)| !leads_to(target)) {
            let message = format!("`{tag}` leads to `{target}`, which is no option here; it is left out");
            self.diagnostics.push(
                Diagnostic::warning(&at.join("mapping").join(tag), "mapping-left-out", message).help(
                    "list the schema under `oneOf`, or extend this one in its `allOf`; else remove the entry",
                ),
            );
        }
    }

    /// Says that no tag value leads to an option.
    fn without_tag(&mut self, choice: &Choice) {
        let message =
            format!("the tag value `{}` leads to another schema, and none leads to this one", choice.raw);
        self.diagnostics.push(
            Diagnostic::warning(&choice.pointer, "option-without-tag", message)
                .help("add an entry to the `mapping`"),
        );
    }

    /// Options of a union have no names of their own, so a second one of a kind is numbered, after the last number
    /// that was given to its kind.
    fn free_variant(&self, scope: &Scope, raw: &str, numbers: &mut HashMap<String, usize>) -> String {
        let mut name = raw.to_owned();
        let number = numbers.entry(name.clone()).or_insert(1);
        while self.names.has_variant(scope, &name) {
            *number += 1;
            name = format!("{raw} {number}");
        }
        name
    }
}

/// Whether an option is there for null only: `{type: object, nullable: true}` beside a reference is how OData says it.
fn means_null(option: &View<'_>) -> bool {
    option.data.nullable
        && matches!(option.type_name, None | Some("object"))
        && option.values.is_empty()
        && has_no_parts(option)
}

/// What an option is called whose kind other options have that brought types of their own.
fn numbered(raw: &str, used: &[String]) -> String {
    match used.iter().filter(|name| *name == raw).count() {
        0 => raw.to_owned(),
        others => format!("{raw} {}", others + 1),
    }
}

/// The texts of a union whose options are texts only.
fn text_values(view: &View<'_>) -> Option<Vec<Value>> {
    let mut values: IndexSet<Value> = IndexSet::new();
    for option in view.one_of.iter().chain(&view.any_of) {
        let Child::Inline(schema) = option else {
            return None;
        };
        let option = View::of(schema);
        if !is_text_enum(&option) || allows_null(&option) {
            return None;
        }
        values.extend(option.values);
    }
    Some(values.into_iter().collect())
}

/// What an inline option is named after: its title, its type, or its place.
fn option_name(view: &View<'_>, index: usize) -> String {
    if let Some(title) = docs::text(view.data.title.as_deref()) {
        return title;
    }
    match view.type_name {
        _ if !view.properties.is_empty() => format!("variant {}", index + 1),
        Some("array") => "list".to_owned(),
        Some("object") => "map".to_owned(),
        Some(name) if view.values.is_empty() => name.to_owned(),
        _ => format!("variant {}", index + 1),
    }
}
