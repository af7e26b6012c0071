//! What parts of other texts are called as components of the document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::path::stem;
use super::text::Target;
use crate::conform::grammar::Kind;

/// The kinds of things that can be components, with the members of `components` that hold them.
pub(super) const SECTIONS: [(Kind, &str); 7] = [
    (Kind::Schema, "schemas"),
    (Kind::Response, "responses"),
    (Kind::Parameter, "parameters"),
    (Kind::RequestBody, "requestBodies"),
    (Kind::Header, "headers"),
    (Kind::SecurityScheme, "securitySchemes"),
    (Kind::PathItem, "pathItems"),
];

/// The member of `components` that holds things of a kind, if they can be components.
pub(super) fn section(kind: Kind) -> Option<&'static str> {
    SECTIONS.iter().find(|(other, _)| *other == kind).map(|(_, section)| *section)
}

/// The names that are taken.
#[derive(Debug)]
pub(super) struct Components {
    taken: HashMap<&'static str, HashSet<String>>,
    number_collisions: bool,
}

impl Components {
    /// Those of the description.
    pub(super) fn new(root: &Value, number_collisions: bool) -> Self {
        let keys = |section: &str| {
            let members = root.get("components").and_then(|components| components.get(section));
            members
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(|members| members.keys().cloned())
                .collect()
        };
        let taken = SECTIONS.iter().map(|(_, section)| (*section, keys(section))).collect();
        Self { taken, number_collisions }
    }

    /// Names a part of the text at a path; the name itself as an error where it is that of something else.
    ///
    /// A schema is named shortly, because the name becomes that of a type. Of the other things only the types inside
    /// are named, and these often have the same short names in many files: they are named after the whole path.
    pub(super) fn name(
        &mut self,
        section: &'static str,
        path: &str,
        target: &Target,
    ) -> Result<String, String> {
        let is_schema = section == "schemas";
        let name = if is_schema { schema_name(path, target) } else { whole_name(path, target) };
        let taken = self.taken.entry(section).or_default();
        if taken.insert(name.clone()) {
            return Ok(name);
        }
        if is_schema && !self.number_collisions {
            return Err(name);
        }
        let mut numbered = (2..).map(|number| format!("{name} {number}"));
        Ok(numbered.find(|name| taken.insert(name.clone())).unwrap_or(name))
    }
}

fn schema_name(path: &str, target: &Target) -> String {
    let parts: Vec<String> = target.pointer.parts().collect();
    match parts.as_slice() {
        [] => stem(path).to_owned(),
        [components, schemas, owner, .., local] if components == "components" && schemas == "schemas" => {
            format!("{owner} {local}")
        }
        [.., holder, last] if IN_THE_MIDDLE.iter().any(|part| part == holder || part == last) => {
            let words = parts.iter().map(String::as_str).filter(|part| !IN_THE_MIDDLE.contains(part));
            std::iter::once(stem(path)).chain(words).collect::<Vec<_>>().join(" ")
        }
        [.., last] => last.clone(),
    }
}

/// Parts of pointers that lead into the middle of something, where nothing has a name of its own.
const IN_THE_MIDDLE: [&str; 10] = [
    "schema",
    "content",
    "properties",
    "items",
    "prefixItems",
    "additionalProperties",
    "patternProperties",
    "allOf",
    "oneOf",
    "anyOf",
];

fn whole_name(path: &str, target: &Target) -> String {
    let ending = path.len() - path.rsplit('/').next().map_or(0, |name| name.len() - stem(name).len());
    let path = path.get(..ending).unwrap_or(path);
    let words: Vec<String> = path.split('/').map(str::to_owned).chain(target.pointer.parts()).collect();
    words.join(" ")
}
