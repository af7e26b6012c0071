//! Which values of a union's tag mean which of its options.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::Discriminator;
use serde_json::Value;

use super::Lowerer;
use super::union::Choice;
use crate::ir::Constant;
use crate::pointer::Pointer;

impl Lowerer<'_> {
    /// The tag values of each choice, in their order.
    ///
    /// A choice whose own schema allows one text only as its tag has that one as well: OpenAPI knows the name of the
    /// schema where nothing is mapped, but that text is what such a value carries. One that is a union by the same tag
    /// has the values that tell its options apart.
    pub(super) fn tags(&self, discriminator: &Discriminator, choices: &[Choice]) -> Vec<Vec<String>> {
        let mut tags: Vec<Vec<String>> =
            choices.iter().map(|choice| told(&discriminator.mapping, choice)).collect();
        let own: Vec<Vec<String>> =
            choices.iter().map(|choice| self.own_tags(choice, &discriminator.property_name)).collect();
        // What means one choice already, or two of them, tells nothing apart.
        let mut uses: HashMap<String, usize> = HashMap::new();
        for text in own.iter().chain(&tags).flatten() {
            *uses.entry(text.clone()).or_default() += 1;
        }
        for (tags, own) in tags.iter_mut().zip(own) {
            tags.extend(own.into_iter().filter(|text| uses.get(text) == Some(&1)));
        }
        tags
    }

    /// The members of a choice that have one value only: what a value is recognised by where no tag is named. What the
    /// schema says counts before what its parents say.
    pub(super) fn constants(&self, choice: &Choice) -> Vec<(String, Constant)> {
        let mut found = IndexMap::new();
        let mut seen = HashSet::new();
        let mut open = vec![choice.pointer.clone()];
        while let Some(at) = open.pop() {
            let Ok((at, schema)) = self.resolver.value_through(&at) else { continue };
            if !seen.insert(at.clone()) {
                continue;
            }
            let properties = at.join("properties");
            let names = schema.get("properties").and_then(Value::as_object);
            for name in names.into_iter().flat_map(|names| names.keys()) {
                if let Ok((_, property)) = self.resolver.value_through(&properties.join(name)) {
                    add(&mut found, name, property);
                }
            }
            let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
            let all_of = at.join("allOf");
            open.extend((0..parts).rev().map(|index| all_of.join(index)));
        }
        found.into_iter().collect()
    }

    /// The texts that lead to a choice by what its own schema says, without what its parents say.
    fn own_tags(&self, choice: &Choice, property: &str) -> Vec<String> {
        let target =
            choice.reference.as_deref().map(|reference| self.resolver.target(&choice.pointer, reference));
        let mut tags = IndexSet::new();
        let mut seen = HashSet::new();
        let mut open: Vec<Pointer> = target.into_iter().flatten().collect();
        while let Some(at) = open.pop() {
            let Ok((at, schema)) = self.resolver.value_through(&at) else { continue };
            if seen.insert(at.clone()) {
                tags.extend(self.only_tag(&at, schema, property));
                open.extend(self.tagged_options(&at, schema, property, &mut tags));
            }
        }
        tags.into_iter().collect()
    }

    /// The only text that a schema allows as its tag.
    fn only_tag(&self, at: &Pointer, schema: &Value, property: &str) -> Option<String> {
        let all_of = at.join("allOf");
        let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        let parts = std::iter::once(at.clone()).chain((0..parts).map(|index| all_of.join(index)));
        parts.into_iter().find_map(|part| {
            let (_, tag) = self.resolver.value_through(&part.join("properties").join(property)).ok()?;
            match tag.get("enum")?.as_array()?.as_slice() {
                [Value::String(text)] => Some(text.clone()),
                _ => None,
            }
        })
    }

    /// Adds the tag values of a choice that is a union by the same tag, and gives its options.
    fn tagged_options(
        &self,
        at: &Pointer,
        schema: &Value,
        property: &str,
        tags: &mut IndexSet<String>,
    ) -> Vec<Pointer> {
        let discriminator = schema.get("discriminator");
        let name = discriminator.and_then(|discriminator| discriminator.get("propertyName"));
        if name.is_none_or(|name| name != property) {
            return Vec::new();
        }
        let mapping = discriminator.and_then(|it| it.get("mapping")).and_then(Value::as_object);
        let mut targets = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            for option in schema.get(keyword).and_then(Value::as_array).into_iter().flatten() {
                let Some(reference) = option.get("$ref").and_then(Value::as_str) else { continue };
                let name = reference.rsplit('/').next().unwrap_or_default();
                let leads_here = |(_, target): &(&String, &Value)| *target == reference || *target == name;
                let mapped = mapping.into_iter().flatten().filter(leads_here);
                let mapped: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
                let is_told = !mapped.is_empty() || mapping.is_some_and(|mapping| mapping.contains_key(name));
                tags.extend(if is_told { mapped } else { vec![name.to_owned()] });
                targets.extend(self.resolver.target(at, reference));
            }
        }
        targets
    }
}

/// Adds what a schema says in its `enum`, if that is one value that can be compared, unless there is one already.
fn add(constants: &mut IndexMap<String, Constant>, name: &str, schema: &Value) {
    let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice);
    let constant = match values {
        Some([Value::String(text)]) => Constant::Text(text.clone()),
        Some([Value::Bool(value)]) => Constant::Bool(*value),
        Some([Value::Number(number)]) => match number.as_i64() {
            Some(number) => Constant::Integer(number),
            None => return,
        },
        _ => return,
    };
    constants.entry(name.to_owned()).or_insert(constant);
}

/// The values of the tag that are said to mean a choice: those mapped to it, or its name if that is not mapped to
/// another one.
fn told(mapping: &IndexMap<String, String>, choice: &Choice) -> Vec<String> {
    let is_choice = |target: &String| choice.reference.as_ref() == Some(target) || choice.raw == *target;
    let mapped: Vec<String> =
        mapping.iter().filter(|(_, target)| is_choice(target)).map(|(tag, _)| tag.clone()).collect();
    if mapped.is_empty() && !mapping.contains_key(&choice.raw) { vec![choice.raw.clone()] } else { mapped }
}
