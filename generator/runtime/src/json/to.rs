//! Writing: as JSON that borrows its texts.

use std::{borrow::Cow, collections::BTreeMap};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Number, Value};

use crate::{Base64, DateTime, Maybe};

/// What can be written as JSON.
pub trait ToJson {
    /// The value as JSON.
    fn to_json(&self) -> Json<'_>;
}

/// JSON whose members keep the order in which they were written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Json<'a> {
    /// Nothing: where it is a member, the member is left out; elsewhere it is written as null.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// An integer that can be larger than those with a sign.
    Unsigned(u64),
    /// A number. An `f32` has the digits that it has by itself: 0.1 and not 0.10000000149011612.
    Float32(f32),
    /// A number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Members<'a>),
    /// Any value.
    Any(&'a Value),
}

/// The members of an object that is being written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Members<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Members<'a> {
    /// No members, and room for this many.
    pub fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Adds a member; `None` is null, and what is [absent](Json::Absent) is left out.
    pub fn required<T: ToJson>(&mut self, name: &'static str, value: &'a T) {
        self.push(Cow::Borrowed(name), value.to_json());
    }

    /// Adds a member if there is a value.
    pub fn optional<T: ToJson>(&mut self, name: &'static str, value: &'a Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Adds all members of an object.
    pub fn all<T: ToJson>(&mut self, value: &'a T) {
        match value.to_json() {
            Json::Object(members) => self.0.extend(members.0),
            Json::Any(Value::Object(members)) => {
                members.iter().for_each(|(name, value)| self.push(Cow::Borrowed(name), Json::Any(value)));
            }
            _ => {}
        }
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_ref())
    }

    fn push(&mut self, name: Cow<'a, str>, value: Json<'a>) {
        if value != Json::Absent {
            self.0.push((name, value));
        }
    }
}

impl Json<'_> {
    /// The same as a value of its own.
    pub fn into_value(self) -> Value {
        match self {
            Self::Absent | Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Integer(value) => Value::from(value),
            Self::Unsigned(value) => Value::from(value),
            Self::Float32(value) => value.to_string().parse::<f64>().map_or(Value::Null, Value::from),
            Self::Float(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
            Self::Text(text) => Value::from(text),
            Self::List(items) => items.into_iter().map(Json::into_value).collect(),
            Self::Object(members) => {
                let members = members.0.into_iter();
                members.map(|(name, value)| (name.into_owned(), value.into_value())).collect()
            }
            Self::Any(value) => value.clone(),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Float32(value) => serializer.serialize_f32(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.0.len()))?;
                members.0.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
                map.end()
            }
            Self::Any(value) => value.serialize(serializer),
        }
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self) -> Json<'_> {
        (**self).to_json()
    }
}

impl<T: ToJson> ToJson for Box<T> {
    fn to_json(&self) -> Json<'_> {
        (**self).to_json()
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Json<'_> {
        self.as_ref().map_or(Json::Null, ToJson::to_json)
    }
}

impl<T: ToJson> ToJson for Maybe<T> {
    fn to_json(&self) -> Json<'_> {
        match self {
            Self::Absent => Json::Absent,
            Self::Null => Json::Null,
            Self::Value(value) => value.to_json(),
        }
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self) -> Json<'_> {
        Json::List(self.iter().map(ToJson::to_json).collect())
    }
}

impl<T: ToJson, const N: usize> ToJson for [T; N] {
    fn to_json(&self) -> Json<'_> {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Json<'_> {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    fn to_json(&self) -> Json<'_> {
        let mut members = Members::with_capacity(self.len());
        self.iter().for_each(|(name, value)| members.push(Cow::Borrowed(name), value.to_json()));
        Json::Object(members)
    }
}

impl ToJson for Value {
    fn to_json(&self) -> Json<'_> {
        Json::Any(self)
    }
}

impl ToJson for str {
    fn to_json(&self) -> Json<'_> {
        Json::Text(self)
    }
}

impl ToJson for String {
    fn to_json(&self) -> Json<'_> {
        Json::Text(self)
    }
}

impl ToJson for DateTime {
    fn to_json(&self) -> Json<'_> {
        Json::Text(self.as_str())
    }
}

impl ToJson for Base64 {
    fn to_json(&self) -> Json<'_> {
        Json::Text(self.as_str())
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Json<'_> {
        Json::Bool(*self)
    }
}

macro_rules! integers {
    ($($Type:ident as $variant:ident)*) => {$(
        impl ToJson for $Type {
            fn to_json(&self) -> Json<'_> {
                Json::$variant((*self).into())
            }
        }
    )*};
}

integers!(u8 as Unsigned u16 as Unsigned u32 as Unsigned u64 as Unsigned i32 as Integer i64 as Integer);

impl ToJson for f32 {
    fn to_json(&self) -> Json<'_> {
        Json::Float32(*self)
    }
}

impl ToJson for f64 {
    fn to_json(&self) -> Json<'_> {
        Json::Float(*self)
    }
}
