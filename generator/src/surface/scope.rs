//! The names in a module, and the paths that they stand for.

use std::collections::BTreeMap;
use std::fmt::Display;

use syn::{Item, UseTree, Visibility};

use super::attributes;

/// The path of the module that a file holds, by its own path relative to `src`.
pub(super) fn module(path: &str) -> Vec<String> {
    let parts = path.strip_suffix(".rs").unwrap_or(path).split('/');
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    if parts.last().is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// The names in a module.
pub(super) struct Scope<'m> {
    module: &'m [String],
    /// The types and traits that it declares, and whether they are public and not hidden.
    declared: BTreeMap<String, bool>,
    /// The paths of the names that it brings in.
    imported: BTreeMap<String, Vec<String>>,
}

impl<'m> Scope<'m> {
    pub(super) fn new(module: &'m [String], items: &[Item]) -> Self {
        let mut scope = Self { module, declared: BTreeMap::new(), imported: BTreeMap::new() };
        for item in items {
            let (name, visibility) = match item {
                Item::Enum(item) => (&item.ident, &item.vis),
                Item::Struct(item) => (&item.ident, &item.vis),
                Item::Trait(item) => (&item.ident, &item.vis),
                Item::Type(item) => (&item.ident, &item.vis),
                Item::Union(item) => (&item.ident, &item.vis),
                Item::Use(item) => {
                    leaves(&[], &item.tree, &mut |name, source| {
                        scope.imported.insert(name.to_owned(), source.to_vec());
                    });
                    continue;
                }
                _ => continue,
            };
            let is_public = matches!(visibility, Visibility::Public(_));
            scope.declared.insert(name.to_string(), is_public && attributes::is_shown(attributes::of(item)));
        }
        scope
    }

    /// The path of an item of this module.
    pub(super) fn path_of(&self, name: &(impl Display + ?Sized)) -> String {
        self.module.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>().join("::")
    }

    /// Whether a name is that of a private or hidden item of this module.
    pub(super) fn is_private(&self, name: &str) -> bool {
        self.declared.get(name) == Some(&false)
    }

    /// The path in the crate that a path in this module stands for; as it is when it leads out of the crate.
    pub(super) fn resolve(&self, path: &str) -> String {
        let parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        let Some((first, rest)) = parts.split_first() else {
            return path.to_owned();
        };
        if self.declared.contains_key(first) {
            return self.path_of(path);
        }
        let mut parts = match self.imported.get(first) {
            Some(source) => [source, rest].concat(),
            None => parts,
        };
        let mut around = self.module.to_vec();
        let mut is_relative = false;
        while let Some(first) = parts.first() {
            match first.as_str() {
                "crate" => around.clear(),
                "self" => {}
                "super" => drop(around.pop()),
                _ => break,
            }
            is_relative = true;
            parts.remove(0);
        }
        if is_relative { [around, parts].concat().join("::") } else { parts.join("::") }
    }
}

/// Calls back with each name that a `use` brings in and the path it stands for; a glob is the name `*`.
pub(super) fn leaves(before: &[String], tree: &UseTree, found: &mut impl FnMut(&str, &[String])) {
    let join = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => leaves(&join(&path.ident), &path.tree, found),
        UseTree::Name(name) if name.ident == "self" => {
            found(before.last().map_or("self", String::as_str), before);
        }
        UseTree::Name(name) => found(&name.ident.to_string(), &join(&name.ident)),
        UseTree::Rename(rename) if rename.ident == "self" => found(&rename.rename.to_string(), before),
        UseTree::Rename(rename) => found(&rename.rename.to_string(), &join(&rename.ident)),
        UseTree::Glob(_) => found("*", &[before, &["*".to_owned()]].concat()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(before, tree, found)),
    }
}
