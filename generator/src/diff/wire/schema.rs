//! A schema as a value on the wire sees it: references followed, wrappers taken off, the parts of an `allOf` side by side.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::description::{Description, Part, reference};
use crate::pointer::Pointer;

/// How many parts of an `allOf` are read, and how many wrappers are taken off.
const MAX_PARTS: usize = 256;

/// A schema where it is used.
#[derive(Debug, Clone)]
pub(super) struct Schema<'a> {
    /// The schema itself, or all parts of its `allOf`, outermost first; never empty.
    pub(super) parts: Vec<Part<'a>>,
    /// Where it is used, before any reference.
    pub(super) site: Part<'a>,
    /// Whether a reference led here, so that others may come here as well.
    pub(super) is_shared: bool,
    /// What was taken off, outermost first.
    pub(super) wrappers: Vec<Part<'a>>,
    /// Whether a wrapper says that the schema can be null.
    pub(super) wrapper_is_nullable: bool,
    /// Whether the schema itself says so.
    pub(super) is_nullable: bool,
}

impl<'a> Schema<'a> {
    /// Reads the schema that one or more parts describe together.
    pub(super) fn read(description: Description<'a>, sites: Vec<Part<'a>>) -> Option<Self> {
        let mut sites = sites.into_iter();
        let mut schema = Self::unwrapped(description, sites.next()?);
        for other in sites {
            let other = Self::unwrapped(description, other);
            let says_something =
                other.parts.iter().any(|part| part.object().is_some_and(|map| !map.is_empty()));
            if says_something && schema.parts.len() < MAX_PARTS {
                schema.parts.extend(other.parts);
                schema.is_shared |= other.is_shared;
                schema.is_nullable |= other.is_nullable;
                schema.wrapper_is_nullable |= other.wrapper_is_nullable;
            }
        }
        let mut seen = HashSet::new();
        schema.parts.retain(|part| seen.insert(part.address()));
        Some(schema)
    }

    /// Takes off what only wraps one schema: references, an `allOf` of one, a union of one type with null.
    fn unwrapped(description: Description<'a>, site: Part<'a>) -> Self {
        let mut part = site.clone();
        let (mut is_shared, mut wrapper_is_nullable, mut wrappers) = (false, false, Vec::new());
        for _ in 0..MAX_PARTS {
            if reference(part.value).is_some() {
                part = description.follow(part);
                is_shared = true;
            }
            let Some(inner) = wrapped(&part) else { break };
            wrapper_is_nullable |= says_null(part.value) || wraps_null(part.value);
            wrappers.push(part);
            part = inner;
        }
        let mut parts = Vec::new();
        let mut seen = HashSet::new();
        is_shared |= gather(description, part.clone(), &mut seen, &mut parts);
        let is_nullable = says_null(part.value) || some_option_is_null(description, &part);
        if parts.is_empty() {
            parts.push(part);
        }
        Self { parts, site, is_shared, wrappers, wrapper_is_nullable, is_nullable }
    }

    /// A keyword, from the innermost part that has it.
    pub(super) fn keyword(&self, key: &str) -> Option<&'a Value> {
        self.parts.iter().rev().find_map(|part| part.value.get(key))
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.flag(key))
    }

    /// Where a keyword stands, or where the schema does.
    pub(super) fn place(&self, key: &str) -> Part<'a> {
        let part = self.parts.iter().rev().find(|part| part.value.get(key).is_some());
        part.or_else(|| self.parts.first()).unwrap_or(&self.site).clone()
    }

    /// Where the schema stands.
    pub(super) fn at(&self) -> Pointer {
        self.parts.first().unwrap_or(&self.site).at.clone()
    }

    /// What the schema is called where it has a name, or its title.
    pub(super) fn name(&self) -> Option<String> {
        let named = self.parts.first().filter(|_| self.is_shared)?;
        named.at.as_str().starts_with("/components/schemas/").then(|| named.at.last())
    }

    pub(super) fn type_name(&self) -> Option<&'a str> {
        self.keyword("type").and_then(Value::as_str)
    }

    /// The listed values but null; of several lists the shortest, since a value has to be in all of them.
    pub(super) fn values(&self) -> Vec<&'a Value> {
        let lists = self.parts.iter().filter_map(|part| part.value.get("enum").and_then(Value::as_array));
        let shortest = lists.min_by_key(|list| list.len());
        shortest.into_iter().flatten().filter(|value| !value.is_null()).collect()
    }

    /// The properties with all that describes each.
    pub(super) fn properties(&self) -> IndexMap<&'a str, Vec<Part<'a>>> {
        let mut properties: IndexMap<&str, Vec<Part<'a>>> = IndexMap::new();
        for (name, part) in self.parts.iter().flat_map(|part| part.members("properties")) {
            properties.entry(name).or_default().push(part);
        }
        properties
    }

    /// The schema in a field, with all parts that describe it; any value where none does.
    pub(super) fn inside(&self, key: &str) -> Vec<Part<'a>> {
        let found: Vec<Part<'a>> = self
            .parts
            .iter()
            .filter_map(|part| part.get(key))
            .filter(|part| part.value.is_object())
            .collect();
        if found.is_empty() { vec![Part { value: &Value::Null, at: self.place("type").at }] } else { found }
    }

    pub(super) fn requires(&self, property: &str) -> bool {
        self.parts.iter().any(|part| {
            let names = part.value.get("required").and_then(Value::as_array);
            names.is_some_and(|names| names.iter().any(|name| name == property))
        })
    }

    /// The types of its `oneOf` or `anyOf`, without null.
    pub(super) fn options(&self) -> Vec<Part<'a>> {
        self.parts.iter().flat_map(options).collect()
    }

    /// A keyword that a wrapper has.
    pub(super) fn wrapper_keyword(&self, key: &str) -> Option<&'a Value> {
        self.wrappers.iter().find_map(|part| part.value.get(key))
    }

    /// A keyword, from the outermost part that has it.
    pub(super) fn outer_keyword(&self, key: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|part| part.value.get(key))
    }

    /// Whether null is a value.
    pub(super) fn allows_null(&self) -> bool {
        self.is_nullable || self.wrapper_is_nullable
    }

    /// What tells this schema from every other of the same description.
    pub(super) fn key(&self) -> Vec<usize> {
        self.parts.iter().map(Part::address).collect()
    }
}

/// Collects a schema and the parts of its `allOf`; whether a reference led to one of them.
fn gather<'a>(
    description: Description<'a>,
    part: Part<'a>,
    seen: &mut HashSet<usize>,
    found: &mut Vec<Part<'a>>,
) -> bool {
    let mut is_shared = false;
    let mut waiting = vec![part];
    while let Some(part) = waiting.pop() {
        let followed = description.follow(part.clone());
        is_shared |= followed.at != part.at;
        if found.len() >= MAX_PARTS || !seen.insert(followed.address()) {
            continue;
        }
        waiting.extend(followed.items("allOf").into_iter().rev());
        found.push(followed);
    }
    is_shared
}

/// The one schema that a part wraps, if that is all it does.
fn wrapped<'a>(part: &Part<'a>) -> Option<Part<'a>> {
    let structural = ["properties", "required", "enum", "items", "additionalProperties", "type", "format"];
    let object = part.object()?;
    if structural.iter().any(|key| object.contains_key(*key)) {
        return None;
    }
    let mut inner = part.items("allOf");
    let has_union = object.contains_key("oneOf") || object.contains_key("anyOf");
    if inner.is_empty() {
        inner = options(part);
    } else if has_union {
        return None;
    }
    if inner.len() == 1 { inner.pop() } else { None }
}

fn options<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    let mut options = part.items("oneOf");
    options.extend(part.items("anyOf"));
    options.retain(|option| !is_only_null(option.value));
    options
}

/// Whether one of the types of a union is null and nothing else.
fn wraps_null(value: &Value) -> bool {
    let options = ["oneOf", "anyOf"].into_iter().filter_map(|key| value.get(key).and_then(Value::as_array));
    options.flatten().any(is_only_null)
}

fn some_option_is_null<'a>(description: Description<'a>, part: &Part<'a>) -> bool {
    wraps_null(part.value)
        || options(part).into_iter().any(|option| says_null(description.follow(option).value))
}

fn says_null(value: &Value) -> bool {
    value.get("nullable").and_then(Value::as_bool).unwrap_or(false)
        || value.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().any(Value::is_null))
}

fn is_only_null(value: &Value) -> bool {
    let values = value.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}
