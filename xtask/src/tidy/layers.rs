//! Which part of the generator may name which crate.

use super::tokens::Code;
use super::{File, budgets};

/// The generator proper; its runtime is elsewhere.
const GENERATOR: &str = "generator/src/";
/// The client's own source.
const CLIENT: &str = "generated-client/src/";

/// A crate, and the modules directly below [`GENERATOR`] that may name it.
const CRATES: [(&str, &[&str]); 11] = [
    ("serde_yaml", &["load"]),
    ("saphyr_parser", &["load"]),
    ("serde_json_path", &["overlay"]),
    ("openapiv3", &["conform", "lower", "names", "resolve"]),
    ("heck", &["names"]),
    ("quote", &["emit", "print"]),
    ("proc_macro2", &["emit", "print"]),
    ("prettyplease", &["print"]),
    ("pulldown_cmark", &["emit", "upstream"]),
    ("reqwest", &[]),
    ("sha2", &["sync"]),
];

/// A type, and the modules that may name it.
const TYPES: [(&str, &[&str]); 1] = [("ReferenceOr", &["resolve"])];

/// What a function of texts has no use for.
const IMPURE_MODULES: [&str; 5] = ["env", "fs", "net", "process", "time"];
const IMPURE_MACROS: [&str; 5] = ["dbg", "eprint", "eprintln", "print", "println"];

/// Finds names that stand where they may not.
pub(super) fn check(file: &mut File<'_>, code: &Code) {
    let path = file.path;
    if let Some(rest) = path.strip_prefix(GENERATOR) {
        let module = rest.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        check_names(file, code, module);
        check_purity(file, code);
    } else if path.starts_with(CLIENT) {
        for index in (0..code.len()).filter(|index| names_crate(code, *index, "reqwest")) {
            file.find(code.line(index), "`reqwest` may only be named in generator/runtime/src");
        }
    }
}

fn check_names(file: &mut File<'_>, code: &Code, module: &str) {
    for index in 0..code.len() {
        let named_crate = CRATES.iter().find(|(name, _)| names_crate(code, index, name));
        let named = named_crate.or_else(|| TYPES.iter().find(|(name, _)| code.text(index) == *name));
        match named {
            Some((name, [])) => {
                file.find(code.line(index), format!("`{name}` may not be named in {GENERATOR}"));
            }
            Some((name, modules)) if !modules.contains(&module) => {
                let modules = modules.join(", ");
                file.find(
                    code.line(index),
                    format!("`{name}` may only be named in {GENERATOR}{{{modules}}}"),
                );
            }
            _ => {}
        }
    }
}

/// Whether the token at an index is this crate, and not a variable or a field of the same name.
fn names_crate(code: &Code, index: usize, name: &str) -> bool {
    let is_path = || code.is_at(index + 1, &[":", ":"]) || code.is_at(index + 1, &["!"]);
    let is_use = || index > 0 && ["use", "crate"].contains(&code.text(index - 1));
    code.text(index) == name && (is_path() || is_use())
}

/// What stands in a `quote!` is not called here but in the generated crate, and so may be named.
fn check_purity(file: &mut File<'_>, code: &Code) {
    let mut index = 0;
    while index < code.len() {
        if budgets::QUOTES.contains(&code.text(index)) && code.is_at(index + 1, &["!"]) {
            index = code.next(index + 2);
            continue;
        }
        if code.is_at(index, &["std", ":", ":"]) {
            for part in parts(code, index + 3) {
                let name = code.text(part);
                if IMPURE_MODULES.contains(&name) {
                    file.find(code.line(part), format!("`std::{name}` may not be named in {GENERATOR}"));
                }
            }
        }
        let name = code.text(index);
        if IMPURE_MACROS.contains(&name) && code.is_at(index + 1, &["!"]) {
            file.find(code.line(index), format!("`{name}!` may not be called in {GENERATOR}"));
        }
        index += 1;
    }
}

/// The indices of the names that come next in a path: one, or the first of each part of `{a, b::c}`.
fn parts(code: &Code, index: usize) -> Vec<usize> {
    let Some(close) = code.close(index) else { return vec![index] };
    let mut parts = vec![index + 1];
    let mut position = index + 1;
    while position < close {
        if code.text(position) == "," {
            parts.push(position + 1);
        }
        position = code.next(position);
    }
    parts
}
