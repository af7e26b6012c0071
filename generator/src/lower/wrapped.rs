//! An `allOf` around one schema: how a reference gets words of its own, in the `allOf` or beside it.

use openapiv3::Schema;

use super::schema::{MAX_DEPTH, Outcome, allows_null, is_only_null};
use super::{Lowerer, Site};
use crate::pointer::Pointer;
use crate::resolve::{Additional, Child, SchemaItem, View};

impl Lowerer<'_> {
    /// The only part of an `allOf` that describes values, where nothing beside it does; the others are notes.
    pub(super) fn only_part<'v>(&self, at: &Pointer, view: &View<'v>) -> Option<(usize, Child<'v>)> {
        let stands_alone = view.properties.is_empty()
            && view.one_of.is_empty()
            && view.any_of.is_empty()
            && view.required.is_empty()
            && matches!(view.additional, Additional::Unsaid | Additional::Forbidden);
        let parts = view.all_of.iter().copied().enumerate();
        let parts: Vec<(usize, Child<'_>)> = parts.filter(|(_, part)| note(part).is_none()).collect();
        let only = match parts.as_slice() {
            [only] => *only,
            [(index, Child::Reference(reference)), (_, Child::Inline(schema))]
            | [(_, Child::Inline(schema)), (index, Child::Reference(reference))]
                if self.repeats_type(at, reference, schema) =>
            {
                (*index, Child::Reference(reference))
            }
            _ => return None,
        };
        stands_alone.then_some(only)
    }

    /// What the only part of an `allOf` is. An inline one of a named schema is that schema, and no type beside it.
    pub(super) fn wrapped(
        &mut self,
        at: &Pointer,
        view: &View<'_>,
        (index, part): (usize, Child<'_>),
        site: &Site,
    ) -> Outcome {
        let part_at = at.join("allOf").join(index);
        let nullable = view.all_of.iter().any(|part| match part {
            Child::Inline(schema) => allows_null(&View::of(schema)),
            Child::Reference(_) => false,
        });
        match (part, self.known.get(at).cloned()) {
            (Child::Inline(schema), Some(name)) => {
                self.known.insert(part_at.clone(), name);
                match self.outcome(&part_at, &View::of(schema), site) {
                    Outcome::Plain(lowered) => Outcome::Plain(lowered.or_null(nullable)),
                    // Whether null is one of its values is said where the name is used.
                    named @ Outcome::Named(_) => named,
                }
            }
            _ => Outcome::Plain(self.child(&part_at, part, site).or_null(nullable)),
        }
    }

    /// Whether a schema is nothing but the type of what a reference leads to.
    fn repeats_type(&self, at: &Pointer, reference: &str, schema: &Schema) -> bool {
        let view = View::of(schema);
        let target = self.resolver.target(at, reference);
        view.type_name.is_some()
            && target.is_ok_and(|target| self.kind_of(&target).as_deref() == view.type_name)
            && view.format.is_none()
            && view.values.is_empty()
            && has_no_parts(&view)
    }

    /// Whether an `allOf` with one part comes back to where it stands.
    pub(super) fn leads_back(&self, at: &Pointer, part: &Child<'_>) -> bool {
        let mut seen = vec![at.clone()];
        let Child::Reference(reference) = part else {
            return false;
        };
        let mut next = self.resolver.target(at, reference).ok();
        while let Some(target) = next {
            if seen.contains(&target) {
                return true;
            }
            if seen.len() >= MAX_DEPTH {
                return false;
            }
            seen.push(target.clone());
            next = self.next_reference(&target);
        }
        false
    }

    /// Where the reference at a pointer leads, or that of the only part of an `allOf` there.
    fn next_reference(&self, at: &Pointer) -> Option<Pointer> {
        let value = self.resolver.value(at)?;
        if let Some(reference) = value.get("$ref").and_then(|reference| reference.as_str()) {
            return self.resolver.target(at, reference).ok();
        }
        value.get("allOf")?;
        let item = self.resolver.read::<SchemaItem>(at).ok()?;
        let Child::Inline(schema) = Child::of(&item) else {
            return None;
        };
        match self.only_part(at, &View::of(schema))? {
            (_, Child::Reference(reference)) => self.resolver.target(at, reference).ok(),
            _ => None,
        }
    }
}

/// The parts of an `allOf` that say something about the others, such as words, and describe no values themselves.
pub(super) fn notes<'v>(view: &View<'v>) -> impl Iterator<Item = View<'v>> {
    view.all_of.clone().into_iter().filter_map(|part| note(&part))
}

/// A part of an `allOf` that describes no values.
fn note<'v>(part: &Child<'v>) -> Option<View<'v>> {
    let Child::Inline(schema) = part else {
        return None;
    };
    let view = View::of(schema);
    let is_silent = view.type_name.is_none() && view.values.is_empty() && has_no_parts(&view);
    // Nothing is null and something else; what is meant is that it may be null.
    (is_silent || is_only_null(&view)).then_some(view)
}

/// Whether a schema describes nothing inside its values.
pub(super) fn has_no_parts(view: &View<'_>) -> bool {
    view.properties.is_empty()
        && view.required.is_empty()
        && matches!(view.additional, Additional::Unsaid)
        && view.items.is_none()
        && view.all_of.is_empty()
        && view.one_of.is_empty()
        && view.any_of.is_empty()
}
