//! The traits that every open string enum has.

/// Implements the string traits of an emitted enum that has `as_str(&self) -> &str` and `From<String>`:
/// `From<&str>`, `FromStr`, `Display`, `AsRef<str>`, and reading and writing as JSON.
#[macro_export]
macro_rules! string_enum {
    ($Type:ident) => {
        impl ::core::convert::From<&str> for $Type {
            fn from(text: &str) -> Self {
                <Self as ::core::convert::From<::std::string::String>>::from(::std::string::String::from(
                    text,
                ))
            }
        }

        impl ::core::str::FromStr for $Type {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`: the enum may have a variant of that name.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(<Self as ::core::convert::From<&str>>::from(text))
            }
        }

        impl ::core::fmt::Display for $Type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $Type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::FromJson for $Type {
            fn from_json(value: &$crate::Value) -> ::core::result::Result<Self, $crate::Mismatch> {
                <::std::string::String as $crate::FromJson>::from_json(value)
                    .map(<Self as ::core::convert::From<::std::string::String>>::from)
            }
        }

        impl $crate::ToJson for $Type {
            fn to_json(&self) -> $crate::Json<'_> {
                $crate::Json::Text(self.as_str())
            }
        }

        $crate::serde_by_json!($Type);
    };
}
