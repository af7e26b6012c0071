//! What a change of a description means for Rust callers: two public APIs, compared by Rust's rules.
//!
//! Knows signatures and the IR, no OpenAPI. The rules are those of
//! <https://doc.rust-lang.org/cargo/reference/semver.html>.

mod function;
mod inner;
mod listing;
mod member;
mod operation;
mod reach;
mod spelling;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Impact;
use crate::ir::Api;

use function::Function;
use listing::{Block, Listing, TypePath, marks, without_marks};
use reach::Reach;
use spelling::{code, plain, shown};

/// One change of the client's public API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustChange {
    /// A stable name of the kind, such as `rust-field-added`.
    pub code: &'static str,
    /// What it does to those who use the client.
    pub impact: Impact,
    /// The operations that it is about, by id, sorted; empty when it is about the whole client.
    pub operations: Vec<String>,
    /// The item, as a reader wants it: `ReleaseAsset::digest: Option<String>`, `Client::get_release_asset(…)`.
    pub item: String,
    /// How it changed: "is gone", "argument `name: &str` added after `release_id`".
    pub message: String,
    /// Its signature before.
    pub old: Option<String>,
    /// Its signature now.
    pub new: Option<String>,
}

impl RustChange {
    /// What stands between the item and the message: a space where they are one sentence, a colon where not.
    #[must_use]
    pub fn joint(&self) -> &'static str {
        match self.code {
            // What changed in a signature is a list, most of it about arguments.
            "rust-method-changed" | "rust-setter-changed" => ": ",
            _ => " ",
        }
    }

    /// Whether it is about a type or a method of the client as a whole, which more users notice than a part of it.
    pub(super) fn is_whole(&self) -> bool {
        self.item.starts_with("Client::") || !self.item.contains("::")
    }
}

/// The client of one side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client<'a> {
    pub(super) api: &'a Api,
    /// Its public API, one signature per line.
    pub(super) surface: &'a str,
}

/// Compares the public APIs of two clients.
pub(super) fn compare(old: Client<'_>, new: Client<'_>) -> Vec<RustChange> {
    let comparison = Sides {
        old: Side { listing: Listing::read(old.surface), reach: Reach::of(old.api) },
        new: Side { listing: Listing::read(new.surface), reach: Reach::of(new.api) },
    };
    let mut changes = comparison.items();
    let mut told = Told::default();
    changes.extend(comparison.whole_operations(&mut told));
    changes.extend(comparison.types(&mut told));
    operation::join_setters(&mut changes, &comparison.new.reach);
    let mut changes: Vec<RustChange> = changes.into_iter().map(Draft::finish).collect();
    changes.sort_by(|a, b| {
        (a.impact, &a.operations, &a.item, a.code).cmp(&(b.impact, &b.operations, &b.item, b.code))
    });
    changes
}

/// One of the two clients, indexed.
struct Side<'a> {
    listing: Listing<'a>,
    reach: Reach<'a>,
}

struct Sides<'a> {
    old: Side<'a>,
    new: Side<'a>,
}

/// The types that a line about their operation tells of.
#[derive(Default)]
struct Told<'a>(BTreeSet<TypePath<'a>>);

impl<'a> Sides<'a> {
    /// What became of the items that are no types: the methods of the client, and re-exports.
    fn items(&self) -> Vec<Draft> {
        let (old, new) = (&self.old.listing.items, &self.new.listing.items);
        let mut changes = Vec::new();
        for (path, line) in old {
            match new.get(path) {
                Some(now) if now == line => {}
                Some(now) => {
                    let operations = self.new.reach.of_method(method_name(path));
                    let found = compare_items(&item_of(path, now), line, now).into_iter();
                    changes.extend(found.map(|change| change.about(operations.clone()).was(line).is(now)));
                }
                None if self.old.whole_operation(path, &self.new).is_some() => {}
                None => changes.push(
                    Draft::new(item_code(line, "removed"), Impact::Breaking, item_of(path, line), "is gone")
                        .about(self.old.reach.of_method(method_name(path)))
                        .was(line),
                ),
            }
        }
        for (path, line) in new {
            if !old.contains_key(path) && self.new.whole_operation(path, &self.old).is_none() {
                let change =
                    Draft::new(item_code(line, "added"), Impact::Addition, item_of(path, line), "is new");
                changes.push(change.about(self.new.reach.of_method(method_name(path))).is(line));
            }
        }
        changes
    }

    /// Operations that only one side has, each with all its types in one line.
    fn whole_operations(&self, told: &mut Told<'a>) -> Vec<Draft> {
        let gone = (&self.old, &self.new, "rust-operation-removed", Impact::Breaking, "is gone");
        let new = (&self.new, &self.old, "rust-operation-added", Impact::Addition, "is new");
        let mut changes = Vec::new();
        for (here, there, code, impact, word) in [gone, new] {
            for (path, line) in &here.listing.items {
                if there.listing.items.contains_key(path) {
                    continue;
                }
                let Some(types) = here.whole_operation(path, there) else { continue };
                let message = format!("{word}{}", here.contents(&types));
                told.0.extend(types);
                let item = if impact == Impact::Addition { shown_method(line) } else { item_of(path, line) };
                let draft =
                    Draft::new(code, impact, item, message).about(here.reach.of_method(method_name(path)));
                changes.push(if impact == Impact::Addition { draft.is(line) } else { draft.was(line) });
            }
        }
        changes
    }

    /// What became of the types that are not told of already.
    fn types(&self, told: &mut Told<'a>) -> Vec<Draft> {
        let mut changes = Vec::new();
        for (path, block) in &self.old.listing.types {
            let operations = || self.old.reach.of_type(*path, block);
            if told.0.contains(path) {
                continue;
            }
            match self.new.listing.types.get(path) {
                Some(now) if now.head == block.head && now.lines == block.lines => {}
                Some(now) => {
                    let found = member::compare(path.name, block, now);
                    let operations =
                        if found.is_empty() { Vec::new() } else { self.new.reach.of_type(*path, now) };
                    changes.extend(found.into_iter().map(|change| change.about(operations.clone())));
                }
                None => match self.moved(*path) {
                    Some((there, now)) => {
                        told.0.insert(there);
                        let message = format!("moved from {} to {}", space(path.space), space(there.space));
                        let change = Draft::new("rust-type-moved", Impact::Breaking, path.name, message);
                        changes.push(change.about(operations()).was(block.head).is(now.head));
                        let inside = member::compare(path.name, block, now).into_iter();
                        changes.extend(inside.map(|change| change.about(operations())));
                    }
                    None => {
                        let message = format!("is gone{}", self.old.size(block, &self.new, told));
                        let change = Draft::new("rust-type-removed", Impact::Breaking, path.name, message);
                        changes.push(change.about(operations()).was(block.head));
                    }
                },
            }
        }
        for (path, block) in &self.new.listing.types {
            if !self.old.listing.types.contains_key(path) && !told.0.contains(path) {
                let message = format!("is new{}", self.new.size(block, &self.old, told));
                let change = Draft::new("rust-type-added", Impact::Addition, path.name, message);
                changes.push(change.about(self.new.reach.of_type(*path, block)).is(block.head));
            }
        }
        changes
    }

    /// A type that is gone, where the new side has it under another module.
    fn moved(&self, path: TypePath<'a>) -> Option<(TypePath<'a>, &Block<'a>)> {
        let types = &self.new.listing.types;
        let spaces = ["operations", "types"].into_iter().filter(|space| *space != path.space);
        let mut places = spaces.map(|space| TypePath { space, name: path.name });
        let found = places.find_map(|place| types.get_key_value(&place))?;
        let is_new = !self.old.listing.types.contains_key(found.0);
        is_new.then_some((*found.0, found.1))
    }
}

/// A change before it has its last shape.
#[derive(Debug)]
pub(super) struct Draft(RustChange);

impl Draft {
    fn new(code: &'static str, impact: Impact, item: impl Into<String>, message: impl Into<String>) -> Self {
        let (item, message) = (item.into(), message.into());
        Self(RustChange { code, impact, operations: Vec::new(), item, message, old: None, new: None })
    }

    fn was(mut self, line: &str) -> Self {
        self.0.old = Some(line.to_owned());
        self
    }

    fn is(mut self, line: &str) -> Self {
        self.0.new = Some(line.to_owned());
        self
    }

    fn about(mut self, operations: Vec<String>) -> Self {
        self.0.operations = operations;
        self
    }

    fn finish(mut self) -> RustChange {
        for line in [&mut self.0.old, &mut self.0.new].into_iter().flatten() {
            *line = shown(line);
        }
        self.0
    }
}

/// Attributes that callers notice.
fn note_marks(item: &str, old: &str, new: &str, changes: &mut Vec<Draft>) {
    let has = |line: &str, mark: &str| marks(line).any(|found| found == mark);
    for (mark, code, on, off) in [
        (
            "deprecated",
            "rust-deprecated",
            (Impact::Note, "is deprecated"),
            (Impact::Note, "is not deprecated any more"),
        ),
        (
            "must_use",
            "rust-must-use",
            (Impact::Note, "must be used"),
            (Impact::Note, "need not be used any more"),
        ),
        (
            "non_exhaustive",
            "rust-non-exhaustive",
            (Impact::Breaking, "cannot be built or matched in full any more"),
            (Impact::Addition, "can be built and matched in full"),
        ),
    ] {
        let (impact, message) = match (has(old, mark), has(new, mark)) {
            (false, true) => on,
            (true, false) => off,
            _ => continue,
        };
        changes.push(Draft::new(code, impact, item, message).was(old).is(new));
    }
}

fn compare_items(item: &str, old: &str, new: &str) -> Vec<Draft> {
    let mut changes = Vec::new();
    note_marks(item, old, new, &mut changes);
    let (old, new) = (without_marks(old), without_marks(new));
    match (Function::read(old), Function::read(new)) {
        (Some(was), Some(is)) => {
            let change = was.compare(&is);
            changes.extend(
                change.map(|(impact, message)| Draft::new("rust-method-changed", impact, item, message)),
            );
        }
        _ if plain(old) != plain(new) => {
            let message = format!("is {} instead of {}", code(&shown(new)), code(&shown(old)));
            changes.push(Draft::new("rust-item-changed", Impact::Breaking, item, message));
        }
        _ => {}
    }
    changes
}

/// An item as it is shown; a method with `(…)`.
fn item_of(path: &str, line: &str) -> String {
    match Function::read(without_marks(line)) {
        Some(function) if function.arguments.is_empty() => format!("{}()", shown(path)),
        Some(_) => format!("{}(…)", shown(path)),
        None => shown(path),
    }
}

/// A method of the client with its arguments.
fn shown_method(line: &str) -> String {
    let text = shown(without_marks(line));
    let text = text.trim_start_matches("pub fn ").replace("(&self, ", "(").replace("(&self)", "()");
    text.split_once(" -> ").map_or(text.clone(), |(head, _)| head.to_owned())
}

fn item_code(line: &str, word: &str) -> &'static str {
    match (Function::read(without_marks(line)).is_some(), word) {
        (true, "added") => "rust-method-added",
        (true, _) => "rust-method-removed",
        (false, "added") => "rust-item-added",
        (false, _) => "rust-item-removed",
    }
}

/// The name of a method of the client, by its path.
fn method_name(path: &str) -> &str {
    path.strip_prefix("Client::").unwrap_or_default()
}

fn space(space: &str) -> String {
    if space.is_empty() { "the root".to_owned() } else { code(space) }
}

#[cfg(test)]
mod tests;
