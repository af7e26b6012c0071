//! Names that a package may have.

use std::fmt;
use std::str::FromStr;

use super::RUNTIME;

/// A valid name of a package whose library can be named in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageName(String);

impl fmt::Display for PackageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PackageName {
    type Err = String;

    /// Takes what `cargo new` takes and crates.io would accept, and no name that the crate itself depends on.
    fn from_str(name: &str) -> Result<Self, String> {
        let problem = if name.is_empty() {
            "it is empty"
        } else if name.len() > 64 {
            "it is longer than 64 characters"
        } else if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            "it has to start with a letter from a to z"
        } else if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
            "it may hold only letters from a to z, digits, `-` and `_`"
        } else if KEYWORDS.contains(&name) {
            "it is a keyword of Rust"
        } else if BUILT_IN.contains(&name) {
            "it is a crate that comes with Rust"
        } else if [RUNTIME, "serde"].contains(&name.replace('_', "-").as_str()) {
            "the crate depends on a package of that name"
        } else {
            return Ok(Self(name.to_owned()));
        };
        Err(format!("`{name}` cannot be the name of a package: {problem}"))
    }
}

const BUILT_IN: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];

/// The strict and reserved keywords of the 2024 edition (Rust reference, "Keywords"), in lower case.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];
