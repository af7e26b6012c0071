//! Which values of a union's tag mean which of its options.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::Discriminator;
use serde_json::Value;

use super::Lowerer;
use super::union::Choice;

impl Lowerer<'_> {
    /// The tag values of each choice, in their order.
    ///
    /// A choice whose own schema allows one text only as its tag has that one as well: OpenAPI knows the name of the
    /// schema where nothing is mapped, but that text is what such a value carries.
    pub(super) fn tags(&self, discriminator: &Discriminator, choices: &[Choice]) -> Vec<Vec<String>> {
        let mut tags: Vec<Vec<String>> =
            choices.iter().map(|choice| told(&discriminator.mapping, choice)).collect();
        let own: Vec<Option<String>> =
            choices.iter().map(|choice| self.own_tag(choice, &discriminator.property_name)).collect();
        // What means one choice already, or two of them, tells nothing apart.
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for text in own.iter().flatten() {
            *uses.entry(text).or_default() += 1;
        }
        for text in tags.iter().flatten() {
            *uses.entry(text).or_default() += 1;
        }
        let is_free: Vec<bool> =
            own.iter().map(|text| text.as_deref().is_some_and(|text| uses.get(text) == Some(&1))).collect();
        for ((tags, own), _) in tags.iter_mut().zip(own).zip(is_free).filter(|(_, is_free)| *is_free) {
            tags.extend(own);
        }
        tags
    }

    /// The only text that the schema of a choice allows as its tag, without what its parents say.
    fn own_tag(&self, choice: &Choice, property: &str) -> Option<String> {
        let target = self.resolver.target(&choice.pointer, choice.reference.as_deref()?).ok()?;
        let (at, schema) = self.resolver.value_through(&target).ok()?;
        let all_of = at.join("allOf");
        let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
        let parts = std::iter::once(at).chain((0..parts).map(|index| all_of.join(index)));
        parts.into_iter().find_map(|part| {
            let (_, tag) = self.resolver.value_through(&part.join("properties").join(property)).ok()?;
            match tag.get("enum")?.as_array()?.as_slice() {
                [Value::String(text)] => Some(text.clone()),
                _ => None,
            }
        })
    }
}

/// The values of the tag that are said to mean a choice: those mapped to it, or its name if that is not mapped to
/// another one.
fn told(mapping: &IndexMap<String, String>, choice: &Choice) -> Vec<String> {
    let is_choice = |target: &String| choice.reference.as_ref() == Some(target) || choice.raw == *target;
    let mapped: Vec<String> =
        mapping.iter().filter(|(_, target)| is_choice(target)).map(|(tag, _)| tag.clone()).collect();
    if mapped.is_empty() && !mapping.contains_key(&choice.raw) { vec![choice.raw.clone()] } else { mapped }
}
