//! Reading: from JSON that was parsed to values.

use std::{collections::BTreeMap, fmt};

use serde_json::{Map, Value};

use crate::{Base64, DateTime, Maybe};

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// The value, or one inside of it, is of another type.
    fn from_json(value: &Value) -> Result<Self, Mismatch>;

    /// What stands for a member that is not there, if anything does.
    fn absent() -> Option<Self> {
        None
    }

    /// What stands for null where there may be no value: nothing, unless null is a value like any other.
    fn null() -> Option<Self> {
        None
    }
}

/// A value is not of the type that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The way to the value, from the inside out.
    path: Vec<Step>,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(String),
    Item(usize),
}

impl Mismatch {
    /// A value that should be something else, such as `an integer`.
    pub(crate) fn expected(what: &str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "null".to_owned(),
            Value::Bool(_) | Value::Number(_) => found.to_string(),
            Value::String(text) if text.chars().count() > 40 => "a longer text".to_owned(),
            Value::String(text) => format!("the text {text:?}"),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        Self { path: Vec::new(), reason: format!("expected {what}, found {found}") }
    }

    /// The way to the value, such as `assets[0].size`; empty for the whole.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.path.iter().rev() {
            match step {
                Step::Member(name) if path.is_empty() => path.push_str(name),
                Step::Member(name) => path.extend([".", name]),
                Step::Item(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// What is wrong there.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    fn in_member(mut self, name: &str) -> Self {
        self.path.push(Step::Member(name.to_owned()));
        self
    }

    fn in_item(mut self, index: usize) -> Self {
        self.path.push(Step::Item(index));
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.is_empty() {
            true => f.write_str(&self.reason),
            false => write!(f, "{}: {}", self.path(), self.reason),
        }
    }
}

impl std::error::Error for Mismatch {}

/// The members of an object that is being read.
#[derive(Debug, Clone, Copy)]
pub struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    /// The members of a value.
    ///
    /// # Errors
    /// The value is not an object.
    pub fn of(value: &'a Value) -> Result<Self, Mismatch> {
        value.as_object().map(Self).ok_or_else(|| Mismatch::expected("an object", value))
    }

    /// The member of a name.
    ///
    /// # Errors
    /// It is of another type, or it is not there and must be.
    pub fn member<T: FromJson>(self, name: &str) -> Result<T, Mismatch> {
        match self.0.get(name) {
            Some(value) => T::from_json(value).map_err(|mismatch| mismatch.in_member(name)),
            None => T::absent().ok_or_else(|| Mismatch {
                path: Vec::new(),
                reason: format!("the member {name:?} is missing"),
            }),
        }
    }

    /// The members that have none of these names, as one value.
    pub fn without(self, names: &[&str]) -> Value {
        let others = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        Value::Object(others.map(|(name, value)| (name.clone(), value.clone())).collect())
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        value.as_bool().ok_or_else(|| Mismatch::expected("true or false", value))
    }
}

/// A number without a fraction is an integer however it is written (JSON Schema, validation, 6.1.1).
fn integer<T: TryFrom<i128>>(value: &Value, what: &str) -> Result<T, Mismatch> {
    let number = match (value.as_i64(), value.as_u64(), value.as_f64()) {
        (Some(number), _, _) => Some(i128::from(number)),
        (_, Some(number), _) => Some(i128::from(number)),
        // All integers up to here are exact in a float.
        (_, _, Some(number)) if number.fract() == 0.0 && number.abs() < 9e15 => Some(number as i128),
        _ => None,
    };
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| Mismatch::expected(what, value))
}

macro_rules! integers {
    ($($Type:ident $what:literal)*) => {$(
        impl FromJson for $Type {
            fn from_json(value: &Value) -> Result<Self, Mismatch> {
                integer(value, $what)
            }
        }
    )*};
}

integers!(
    u8 "an integer from 0 to 255"
    u16 "an integer of 16 bits that is not negative"
    u32 "an integer of 32 bits that is not negative"
    u64 "an integer that is not negative"
    i32 "an integer of 32 bits"
    i64 "an integer"
);

impl FromJson for f32 {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        f64::from_json(value).map(|number| number as Self)
    }
}

impl FromJson for f64 {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        value.as_f64().ok_or_else(|| Mismatch::expected("a number", value))
    }
}

impl FromJson for String {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        value.as_str().map(str::to_owned).ok_or_else(|| Mismatch::expected("a text", value))
    }
}

impl FromJson for DateTime {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        String::from_json(value).map(Self::of_text)
    }
}

impl FromJson for Base64 {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        String::from_json(value).map(Self::of_text)
    }
}

impl FromJson for Value {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        Ok(value.clone())
    }

    fn null() -> Option<Self> {
        Some(Self::Null)
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        T::from_json(value).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        if value.is_null() { Ok(T::null()) } else { T::from_json(value).map(Some) }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromJson> FromJson for Maybe<T> {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        Option::from_json(value).map(Self::from)
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        let items = value.as_array().ok_or_else(|| Mismatch::expected("a list", value))?;
        let read = |(index, item)| T::from_json(item).map_err(|mismatch| mismatch.in_item(index));
        items.iter().enumerate().map(read).collect()
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn from_json(value: &Value) -> Result<Self, Mismatch> {
        let read = |(name, value): (&String, &Value)| {
            let value = T::from_json(value).map_err(|mismatch| mismatch.in_member(name))?;
            Ok((name.clone(), value))
        };
        Object::of(value)?.0.iter().map(read).collect()
    }
}
