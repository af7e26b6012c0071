//! Words to identifiers: casing, digits, keywords and file names.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::spell::words;

/// How a name is cased.
#[derive(Debug, Clone, Copy)]
pub(super) enum Case {
    Camel,
    Snake,
}

impl Case {
    pub(super) fn numbered(self, name: &str, number: usize) -> String {
        match self {
            Self::Camel => format!("{name}{number}"),
            Self::Snake => format!("{name}_{number}"),
        }
    }
}

pub(super) fn camel(raw: &str) -> String {
    start(words(raw).to_upper_camel_case())
}

pub(super) fn snake(raw: &str) -> String {
    start(words(raw).to_snake_case())
}

/// An identifier cannot be empty, and not start with everything that it can hold, such as a digit.
pub(super) fn start(name: String) -> String {
    match name.chars().next() {
        None => "_empty".to_owned(),
        Some(first) if first == '_' || unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("_{name}"),
    }
}

/// Whether a text can be a name as it is, or as a raw identifier.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(unicode_ident::is_xid_start) && name.chars().all(unicode_ident::is_xid_continue)
}

/// Methods keep away from those that are there already.
pub(super) fn unreserved(name: String, reserved: &[&str]) -> String {
    if reserved.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// Keywords become raw identifiers, except those that cannot be.
pub(super) fn keyword(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        text if is_keyword(text) => format!("r#{name}"),
        _ => name,
    }
}

/// How long the name of a module can be: file systems take 143 bytes and more, and a file has an ending besides.
const LENGTH_OF_A_MODULE: usize = 120;

/// Modules keep away from keywords by a trailing underscore, so that file names stay plain, and from the letters
/// that not every file system keeps as they are.
///
/// A long name is cut; what then comes to one name stands in one module, as the items in it have names of their own.
pub(super) fn module(name: &str) -> String {
    let mut plain = String::new();
    for char in name.chars() {
        if char.is_ascii() { plain.push(char) } else { plain.push_str(&format!("u{:x}", u32::from(char))) }
    }
    plain.truncate(LENGTH_OF_A_MODULE);
    let reserved = is_keyword(&plain)
        || is_device(&plain)
        || matches!(plain.as_str(), "self" | "super" | "crate" | "types" | "operations");
    if reserved { format!("{plain}_") } else { plain }
}

/// Whether Windows takes a file of this name, whatever its ending, for a device.
pub(super) fn is_device(name: &str) -> bool {
    let is_numbered = |rest: &str| rest.len() == 1 && rest.starts_with(|char: char| char.is_ascii_digit());
    matches!(name, "aux" | "con" | "nul" | "prn")
        || ["com", "lpt"].iter().any(|port| name.strip_prefix(port).is_some_and(is_numbered))
}

/// The strict and reserved keywords of every edition up to 2024.
pub(super) fn is_keyword(name: &str) -> bool {
    const KEYWORDS: [&str; 48] = [
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
        "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
        "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static",
        "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where",
        "while", "yield",
    ];
    KEYWORDS.contains(&name)
}
