//! Rust names, each decided once by `assign`: nothing else can make one.

mod alphabet;
pub(crate) mod assign;
mod case;
mod pins;
mod spell;

use std::fmt;

use serde::Serialize;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(String);

        impl $name {
            /// The name as it stands in Rust source, with `r#` where a keyword needs it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of a struct, enum or type alias.
    TypeName
}
name! {
    /// The name of an enum's variant.
    VariantName
}
name! {
    /// The name of a field, an argument or a setter.
    FieldName
}
name! {
    /// The name of a method of the client or its builder.
    MethodName
}
name! {
    /// The name of a module, and of its file.
    ModuleName
}
name! {
    /// The name of a feature in `Cargo.toml`.
    FeatureName
}
