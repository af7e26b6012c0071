//! How emitted types are read from and written as JSON: two small traits, and the macros that implement them.
//!
//! Emitted types do not derive serde's traits: what a derive expands to is most of the time that a compiler spends on
//! a large client. A macro here expands to a line for each member instead, and to serde's traits on top of that.

mod from;
mod object;
mod string_enum;
mod to;
mod union;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

pub use from::{FromJson, Mismatch, Object};
pub use object::take;
pub use to::{Json, Members, ToJson};
pub use union::{allows, is_whole, tag};

/// Reads a value with serde, for the macros of this crate.
///
/// # Errors
/// The value is not JSON of this type.
pub fn deserialize<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    T::from_json(&value).map_err(D::Error::custom)
}

/// Writes a value with serde, for the macros of this crate.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &dyn ToJson, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_json().serialize(serializer)
}

/// Implements serde's traits by [`FromJson`] and [`ToJson`].
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_json {
    ($Type:ident) => {
        impl $crate::serde::Serialize for $Type {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::json::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $Type {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::json::deserialize(deserializer)
            }
        }
    };
}
