//! Unions: values of one of several types.

use serde_json::Value;

use super::{Json, ToJson};

/// The text of the member that tells which type a value is of.
pub fn tag<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// Whether a member that has one value only has that one, if it is there and not null.
pub fn allows<T>(value: &Value, name: &str, only: T) -> bool
where
    Value: PartialEq<T>,
{
    value.get(name).is_none_or(|member| member.is_null() || *member == only)
}

/// Whether what was read from a value holds all of its members, but for those that are null.
pub fn is_whole(value: &Value, read: &dyn ToJson) -> bool {
    let (Value::Object(members), Json::Object(written)) = (value, read.to_json()) else { return true };
    let mut named = members.iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name);
    named.all(|name| written.names().any(|written| written == name))
}

/// Implements reading and writing for an emitted union: its variants in the order in which they are tried, of which the
/// first that holds all members of a value is taken, or else the first that can be read, without those one of whose
/// constant members has another value; or its variants with the values of the member that tells them apart; then the
/// variant of any other value.
#[macro_export]
macro_rules! union {
    ($Type:ident {
        $($Variant:ident $(if $($member:literal is $only:literal)and+)?),* $(,)?
    } else $Other:ident) => {
        impl $crate::FromJson for $Type {
            fn from_json(value: &$crate::Value) -> ::core::result::Result<Self, $crate::Mismatch> {
                let mut fits: ::core::option::Option<Self> = ::core::option::Option::None;
                $(if true $($(&& $crate::json::allows(value, $member, $only))+)? {
                    if let ::core::result::Result::Ok(read) = $crate::FromJson::from_json(value) {
                        if $crate::json::is_whole(value, &read) {
                            return ::core::result::Result::Ok(Self::$Variant(read));
                        }
                        fits.get_or_insert(Self::$Variant(read));
                    }
                })*
                ::core::result::Result::Ok(match fits {
                    ::core::option::Option::Some(first) => first,
                    ::core::option::Option::None => Self::$Other(value.clone()),
                })
            }
        }

        $crate::union_write!($Type { $($Variant),* } $Other);
    };
    ($Type:ident by $tag:literal { $($Variant:ident $($value:literal)|+),* $(,)? } else $Other:ident) => {
        impl $crate::FromJson for $Type {
            fn from_json(value: &$crate::Value) -> ::core::result::Result<Self, $crate::Mismatch> {
                match $crate::json::tag(value, $tag) {
                    $(::core::option::Option::Some($($value)|+) => {
                        $crate::FromJson::from_json(value).map(Self::$Variant)
                    })*
                    _ => ::core::result::Result::Ok(Self::$Other(value.clone())),
                }
            }
        }

        $crate::union_write!($Type { $($Variant),* } $Other);
    };
}

/// Implements writing for an emitted union, and serde's traits.
#[doc(hidden)]
#[macro_export]
macro_rules! union_write {
    ($Type:ident { $($Variant:ident),* } $Other:ident) => {
        impl $crate::ToJson for $Type {
            fn to_json(&self) -> $crate::Json<'_> {
                match self {
                    $(Self::$Variant(value) => $crate::ToJson::to_json(value),)*
                    Self::$Other(value) => $crate::Json::Any(value),
                }
            }
        }

        $crate::serde_by_json!($Type);
    };
}

/// Implements reading and writing for an emitted type around another one.
#[macro_export]
macro_rules! newtype {
    ($Type:ident) => {
        impl $crate::FromJson for $Type {
            fn from_json(value: &$crate::Value) -> ::core::result::Result<Self, $crate::Mismatch> {
                $crate::FromJson::from_json(value).map(Self)
            }
        }

        impl $crate::ToJson for $Type {
            fn to_json(&self) -> $crate::Json<'_> {
                $crate::ToJson::to_json(&self.0)
            }
        }

        $crate::serde_by_json!($Type);
    };
}
