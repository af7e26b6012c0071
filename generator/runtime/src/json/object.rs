//! Structs: an object's members and the fields that hold them.

use serde_json::Value;

use super::{FromJson, Json, Mismatch, ToJson};

/// Reads a value from the members that are left, and takes away those that it holds.
///
/// # Errors
/// They are not of this type.
pub fn take<T: FromJson + ToJson>(others: &mut Value) -> Result<T, Mismatch> {
    let value = T::from_json(others)?;
    if let (Json::Object(members), Value::Object(others)) = (value.to_json(), others) {
        members.names().for_each(|name| drop(others.remove(name)));
    }
    Ok(value)
}

/// Implements reading and writing for an emitted struct: each of its fields with how it is written (`required`: null
/// where there is no value; `optional`: left out where there is none) and the name of its member, then the fields that
/// share the members that are left.
#[macro_export]
macro_rules! object {
    ($Type:ident { $($field:ident $presence:ident $name:literal),* $(,)? } $(rest $rest:ident)*) => {
        $crate::object_members!($Type { $($field $presence $name),* } $($rest)*);

        impl $crate::FromJson for $Type {
            fn from_json(value: &$crate::Value) -> ::core::result::Result<Self, $crate::Mismatch> {
                #[allow(unused_variables, reason = "an object without members")]
                let object = $crate::json::Object::of(value)?;
                $crate::object_rest!(object [$($name),*] $($rest)*);
                ::core::result::Result::Ok(Self { $($field: object.member($name)?,)* $($rest,)* })
            }
        }

        $crate::serde_by_json!($Type);
    };
}

/// Implements writing for an emitted struct that only its request sees.
#[macro_export]
macro_rules! object_members {
    ($Type:ident { $($field:ident $presence:ident $name:literal),* $(,)? } $($rest:ident)*) => {
        impl $crate::ToJson for $Type {
            fn to_json(&self) -> $crate::Json<'_> {
                #[allow(unused_mut, reason = "an object without members")]
                let mut members = $crate::json::Members::default();
                $(members.$presence($name, &self.$field);)*
                $(members.all(&self.$rest);)*
                $crate::Json::Object(members)
            }
        }
    };
}

/// Reads the fields that share the members that no other field has: each leaves those that it does not write to the
/// next.
#[doc(hidden)]
#[macro_export]
macro_rules! object_rest {
    ($object:ident [$($name:literal),*]) => {};
    ($object:ident [$($name:literal),*] $($rest:ident)+) => {
        let mut others = $object.without(&[$($name),*]);
        $(let $rest = $crate::json::take(&mut others)?;)+
    };
}
