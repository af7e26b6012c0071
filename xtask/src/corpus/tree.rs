//! A description as a tree of mappings, sequences and texts: all that it takes to find its operations.

use std::fmt;

use generator::pointer::Pointer;
use serde::Deserialize;
use serde::de::{Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A part of a description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// The members whose keys are texts.
    Mapping(Vec<(String, Node)>),
    Sequence(Vec<Node>),
    Text(String),
    /// Numbers and the like, however large.
    Other,
}

impl Node {
    /// Reads a text in YAML or JSON; `None` when it is neither.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let json = text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text).ok());
        json.flatten().or_else(|| serde_yaml::from_str(text).ok())
    }

    /// The members of a mapping, those that a merge key brings behind its own.
    pub(super) fn members(&self) -> Vec<(&str, &Self)> {
        let Self::Mapping(members) = self else { return Vec::new() };
        let mut all: Vec<(&str, &Self)> = Vec::new();
        let mut merged: Vec<&Self> = Vec::new();
        for (key, value) in members {
            match (key.as_str(), value) {
                ("<<", Self::Sequence(items)) => merged.extend(items),
                ("<<", value) => merged.push(value),
                (key, value) => all.push((key, value)),
            }
        }
        for (key, value) in merged.into_iter().flat_map(Self::members) {
            if all.iter().all(|(known, _)| *known != key) {
                all.push((key, value));
            }
        }
        all
    }

    /// The member of a mapping.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.members().into_iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// The part at a pointer.
    pub(super) fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.parts().try_fold(self, |node, part| match node {
            Self::Sequence(items) => items.get(part.parse::<usize>().ok()?),
            node => node.get(&part),
        })
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<Node, Node>()? {
            if let Node::Text(key) = key {
                members.push((key, value));
            }
        }
        Ok(Node::Mapping(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::Sequence(items))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    /// A value with a tag of YAML.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (_, value) = data.variant::<String>()?;
        value.newtype_variant()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }
}
