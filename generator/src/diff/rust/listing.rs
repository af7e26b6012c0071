//! The lines of a surface, sorted to the items that they are about.

use std::collections::{BTreeMap, HashMap};

/// The public API of one side, with the lines of each type together.
#[derive(Debug, Default)]
pub(super) struct Listing<'s> {
    /// The structs, enums, traits and aliases.
    pub(super) types: BTreeMap<TypePath<'s>, Block<'s>>,
    /// Everything else, by path: the client's methods above all, and what is re-exported.
    pub(super) items: BTreeMap<&'s str, &'s str>,
    /// The types by the path of their private module.
    modules: HashMap<&'s str, Vec<TypePath<'s>>>,
}

/// Where a type can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TypePath<'s> {
    /// `types`, `operations`, or nothing for the root: the private module in between cannot be named.
    pub(super) space: &'s str,
    pub(super) name: &'s str,
}

/// A type and all that is said of it.
#[derive(Debug)]
pub(super) struct Block<'s> {
    /// `struct`, `enum`, `trait` or `type`.
    pub(super) keyword: &'s str,
    /// The path in the crate, with the private module.
    pub(super) path: &'s str,
    /// The line that declares it.
    pub(super) head: &'s str,
    /// Its fields, variants, methods and implementations.
    pub(super) lines: Vec<&'s str>,
}

impl<'s> Listing<'s> {
    /// Reads the text that [`crate::surface::surface`] gives.
    pub(super) fn read(surface: &'s str) -> Self {
        let mut listing = Self::default();
        let mut current: Option<Block<'s>> = None;
        for line in surface.lines() {
            let bare = without_marks(line);
            if let Some((keyword, path)) = declared(bare) {
                listing.finish(current.replace(Block { keyword, path, head: line, lines: Vec::new() }));
            } else if let Some(block) = current.as_mut().filter(|block| is_about(bare, block.path)) {
                block.lines.push(line);
            } else if !is_glob(bare) {
                listing.items.insert(path_of(bare), line);
            }
        }
        listing.finish(current);
        listing
    }

    fn finish(&mut self, block: Option<Block<'s>>) {
        if let Some(block) = block {
            self.modules.entry(block.module()).or_default().push(block.type_path());
            self.types.insert(block.type_path(), block);
        }
    }

    /// The types of a module.
    pub(super) fn of_module(&self, path: &str) -> &[TypePath<'s>] {
        self.modules.get(path).map(Vec::as_slice).unwrap_or_default()
    }
}

impl<'s> Block<'s> {
    /// Where it can be named.
    pub(super) fn type_path(&self) -> TypePath<'s> {
        let (space, rest) = match self.path.split_once("::") {
            Some((space @ ("types" | "operations"), rest)) => (space, rest),
            _ => ("", self.path),
        };
        TypePath { space, name: rest.rsplit("::").next().unwrap_or(rest) }
    }

    /// The path of the module that it is declared in.
    pub(super) fn module(&self) -> &'s str {
        let end = self.path.len().saturating_sub(self.type_path().name.len() + "::".len());
        self.path.get(..end).unwrap_or_default()
    }

    /// The module of the operation that it belongs to.
    pub(super) fn operation(&self) -> Option<&'s str> {
        self.path.strip_prefix("operations::")?.split_once("::").map(|(module, _)| module)
    }

    /// Whether users cannot take its fields or variants to be all there are.
    pub(super) fn is_open(&self) -> bool {
        marks(self.head).any(|mark| mark == "non_exhaustive")
    }
}

/// The attributes before an item.
pub(super) fn marks(line: &str) -> impl Iterator<Item = &str> {
    let count = line.len() - without_marks(line).len();
    line[..count].split_whitespace().filter_map(|mark| mark.strip_prefix("#[")?.strip_suffix(']'))
}

/// The line without the attributes before the item.
pub(super) fn without_marks(mut line: &str) -> &str {
    while let Some((_, rest)) = line.strip_prefix("#[").and_then(|rest| rest.split_once("] ")) {
        line = rest;
    }
    line
}

/// The keyword and the path of a type that a line declares.
fn declared(bare: &str) -> Option<(&str, &str)> {
    let (keyword, rest) = bare.strip_prefix("pub ")?.split_once(' ')?;
    let end = rest.find(|c: char| !is_path(c)).unwrap_or(rest.len());
    let path = rest[..end].trim_end_matches(':');
    ["struct", "enum", "trait", "type"].contains(&keyword).then_some((keyword, path))
}

/// Whether a line speaks of the type at a path or of a part of it.
fn is_about(bare: &str, path: &str) -> bool {
    bare.match_indices(path).any(|(start, _)| {
        let before = bare[..start].chars().next_back();
        let after = bare[start + path.len()..].chars().next();
        before == Some(' ') && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

/// What a glob brings in is listed where it is declared.
fn is_glob(bare: &str) -> bool {
    bare.strip_prefix("pub use ")
        .and_then(|rest| rest.split_once(" = "))
        .is_some_and(|(to, _)| to.ends_with('*'))
}

/// The path of an item that is no type.
fn path_of(bare: &str) -> &str {
    let words = ["pub ", "async ", "unsafe ", "const ", "static ", "fn ", "use ", "mod "];
    let mut rest = bare;
    while let Some(next) = words.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next;
    }
    // An implementation for a type that is declared elsewhere is known by its whole line.
    let is_implementation = rest.starts_with("impl") || rest.starts_with("derive ");
    let end = if is_implementation { None } else { rest.find(|c: char| !is_path(c)) };
    rest[..end.unwrap_or(rest.len())].trim_end_matches(':')
}

fn is_path(c: char) -> bool {
    c.is_alphanumeric() || "_:#".contains(c)
}
