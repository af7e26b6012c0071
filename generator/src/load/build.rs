//! A value built from whatever a parser reads, with what parsers leave to their caller: unique keys, YAML
//! merge keys, and an end to aliases that multiply.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

/// The key whose value's members YAML merges into the mapping around it.
const MERGE: &str = "<<";
/// What one value costs beside its text; about what it takes in memory.
const COST_OF_A_VALUE: usize = 16;
/// How large a small text may become through aliases.
const ALLOWANCE: usize = 32 << 20;

/// One reading of one text.
pub(super) struct Reading {
    /// Whether `<<` is a merge key; it is an ordinary one in JSON.
    merges: bool,
    /// How much may still be built.
    left: Cell<usize>,
    complaint: RefCell<Option<Complaint>>,
}

/// What was wrong though the parser found the syntax right.
pub(super) enum Complaint {
    /// A key stands twice in one mapping.
    Duplicate(String),
    /// Aliases make the text too large.
    TooLarge,
    /// The value of a merge key holds no members.
    Merge,
}

impl Reading {
    /// A reading of a text of this many bytes. No text without aliases comes near the limit.
    pub(super) fn new(length: usize, merges: bool) -> Self {
        let left = length.saturating_mul(COST_OF_A_VALUE).saturating_add(ALLOWANCE);
        Self { merges, left: Cell::new(left), complaint: RefCell::new(None) }
    }

    /// The value that a deserializer holds.
    pub(super) fn read<'de, D: Deserializer<'de>>(&self, deserializer: D) -> Result<Value, D::Error> {
        Part(self).deserialize(deserializer)
    }

    /// What this reading itself complained of.
    pub(super) fn complaint(self) -> Option<Complaint> {
        self.complaint.into_inner()
    }

    fn spend<E: Error>(&self, length: usize) -> Result<(), E> {
        match self.left.get().checked_sub(length.saturating_add(COST_OF_A_VALUE)) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.complain(Complaint::TooLarge)),
        }
    }

    fn complain<E: Error>(&self, complaint: Complaint) -> E {
        self.complaint.replace(Some(complaint));
        E::custom("complaint")
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Part<'r>(&'r Reading);

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0).map(|()| Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0).map(|()| value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0).map(|()| value.into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        // JSON knows no such numbers; their YAML spelling says most about them.
        Ok(Number::from_f64(value).map_or_else(|| Value::from(spelling(value)), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len()).map(|()| value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.spend(value.len()).map(|()| value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Value, A::Error> {
        self.0.spend(0)?;
        let mut members = Map::new();
        let mut merged = None;
        while let Some(key) = mapping.next_key_seed(Key { reading: self.0, before: &members })? {
            let value = mapping.next_value_seed(self)?;
            if !(self.0.merges && key == MERGE) {
                members.insert(key, value);
            } else if merged.replace(value).is_some() {
                return Err(self.0.complain(Complaint::Duplicate(key)));
            }
        }
        if merged.is_none_or(|merged| merge(&mut members, merged)) {
            Ok(Value::Object(members))
        } else {
            Err(self.0.complain(Complaint::Merge))
        }
    }

    /// A tagged value; what a tag means to an application is nothing to a description.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// Reads a key as it is spelt, so that `200:` is `"200"` and `1.0:` is `"1.0"`.
struct Key<'r, 'm> {
    reading: &'r Reading,
    before: &'m Map<String, Value>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key of one word or quoted text")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        self.reading.spend(key.len())?;
        if self.before.contains_key(key) {
            return Err(self.reading.complain(Complaint::Duplicate(key.to_owned())));
        }
        Ok(key.to_owned())
    }
}

/// Adds the members of a merge key's value that the mapping does not have; an earlier one wins.
fn merge(members: &mut Map<String, Value>, merged: Value) -> bool {
    match merged {
        Value::Object(more) => {
            for (key, value) in more {
                members.entry(key).or_insert(value);
            }
            true
        }
        Value::Array(items) => items.into_iter().all(|item| item.is_object() && merge(members, item)),
        _ => false,
    }
}

fn spelling(value: f64) -> &'static str {
    if value.is_nan() {
        ".nan"
    } else if value.is_sign_positive() {
        ".inf"
    } else {
        "-.inf"
    }
}
