//! A description as it stands: its parts, with where they are, and references followed.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// How many references may lead on from one another.
const MAX_CHAIN: usize = 64;

/// A part of a description and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Part<'a> {
    pub(super) value: &'a Value,
    pub(super) at: Pointer,
}

impl<'a> Part<'a> {
    /// The member of an object, as it stands there.
    pub(super) fn get(&self, key: &str) -> Option<Part<'a>> {
        self.value.get(key).map(|value| Part { value, at: self.at.join(key) })
    }

    /// The members of an object, or none.
    pub(super) fn object(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// The members of an object in a field, as they stand there.
    pub(super) fn members(&self, key: &str) -> Vec<(&'a str, Part<'a>)> {
        let at = self.at.join(key);
        let members = self.value.get(key).and_then(Value::as_object).into_iter().flatten();
        members.map(|(name, value)| (name.as_str(), Part { value, at: at.join(name) })).collect()
    }

    /// The items of a list in a field, as they stand there.
    pub(super) fn items(&self, key: &str) -> Vec<Part<'a>> {
        let at = self.at.join(key);
        let items = self.value.get(key).and_then(Value::as_array).into_iter().flatten();
        items.enumerate().map(|(index, value)| Part { value, at: at.join(index) }).collect()
    }

    /// What tells this part from every other of the same description.
    pub(super) fn address(&self) -> usize {
        std::ptr::from_ref(self.value) as usize
    }
}

/// One of the two descriptions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Description<'a>(&'a Value);

impl<'a> Description<'a> {
    pub(super) fn new(root: &'a Value) -> Self {
        Self(root)
    }

    pub(super) fn root(&self) -> Part<'a> {
        Part { value: self.0, at: Pointer::root() }
    }

    /// The part itself, or the one that its reference leads to; a reference that leads nowhere is left as it is.
    pub(super) fn follow(&self, part: Part<'a>) -> Part<'a> {
        let mut part = part;
        for _ in 0..MAX_CHAIN {
            let Some(next) = reference(part.value).and_then(|reference| self.target(reference)) else {
                return part;
            };
            part = next;
        }
        part
    }

    /// The members of an object in a field, references followed.
    pub(super) fn followed(&self, part: &Part<'a>, key: &str) -> Vec<(&'a str, Part<'a>)> {
        part.members(key).into_iter().map(|(name, part)| (name, self.follow(part))).collect()
    }

    fn target(&self, reference: &str) -> Option<Part<'a>> {
        let fragment = percent_decode_str(reference.strip_prefix('#')?).decode_utf8_lossy();
        let at = Pointer::parse(&fragment)?;
        let value = self.0.pointer(at.as_str())?;
        Some(Part { value, at })
    }
}

/// The text of a reference, where a part is one.
pub(super) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}
