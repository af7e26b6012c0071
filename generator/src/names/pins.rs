//! Names decided by hand, and which of them were of use.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, is_identifier};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// What is named by hand → its Rust name.
#[derive(Debug)]
pub(super) struct Pins {
    names: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Pins {
    /// The pins of the options.
    pub(super) fn new(names: &BTreeMap<String, String>) -> Self {
        let names = names.iter();
        let names = names.map(|(key, name)| (key.trim_start_matches('#').to_owned(), name.clone())).collect();
        Self { names, used: RefCell::default() }
    }

    /// The name that is pinned for the first of some keys that has one.
    pub(super) fn get(&self, keys: &[&str]) -> Option<String> {
        let key = keys.iter().find(|key| self.names.contains_key(**key))?;
        self.used.borrow_mut().insert((*key).to_owned());
        self.names.get(*key).cloned()
    }

    /// The pin of a place where both a field and its inline type stand: a capital tells that it names the type.
    pub(super) fn of(&self, case: Case, at: &Pointer) -> Option<String> {
        let names_type = self.names.get(at.as_str())?.starts_with(char::is_uppercase);
        if names_type == matches!(case, Case::Camel) { self.get(&[at.as_str()]) } else { None }
    }

    /// Complains of the pins that are no names, and of those that named nothing.
    pub(super) fn finish(&self, diagnostics: &mut Diagnostics) {
        let used = self.used.borrow();
        for (key, name) in self.names.iter().filter(|(_, name)| !is_identifier(name)) {
            let at = Pointer::parse(key).unwrap_or_default();
            let message = format!("the name `{name}` is pinned for `{key}`, but Rust has no such names");
            diagnostics.push(
                Diagnostic::error(&at, "invalid-pin", message)
                    .elsewhere()
                    .help("pin a name of letters, digits and `_` that starts with a letter, under `[names]` in codegen.toml"),
            );
        }
        let unused = |(key, name): &(&String, &String)| is_identifier(name) && !used.contains(*key);
        for (key, name) in self.names.iter().filter(unused) {
            let at = Pointer::parse(key).unwrap_or_default();
            let message = format!("the name `{name}` is pinned for `{key}`, which does not exist");
            diagnostics.push(
                Diagnostic::error(&at, "unused-pin", message)
                    .elsewhere()
                    .help("remove the pin under `[names]` in codegen.toml, or correct what it names"),
            );
        }
    }
}
