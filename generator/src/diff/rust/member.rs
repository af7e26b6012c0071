//! What a type is made of, and how that changed.

use std::collections::{BTreeMap, BTreeSet};

use super::function::Function;
use super::listing::{Block, without_marks};
use super::spelling::{code, plain, shown};
use super::{Draft, note_marks};
use crate::diff::Impact;

/// A part of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Member {
    Field(String),
    /// What it holds as it is written, with its brackets; empty for nothing.
    Variant(String),
    Method(Function),
    /// A constant, or an item of a trait, as it is written.
    Other(String),
}

impl Member {
    fn kind(&self) -> Kind {
        match self {
            Self::Field(_) => Kind::Field,
            Self::Variant(_) => Kind::Variant,
            Self::Method(_) => Kind::Method,
            Self::Other(_) => Kind::Other,
        }
    }
}

/// What tells the members of a type apart: a field and a method may have the same name.
type Key = (String, Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Field,
    Variant,
    Method,
    Other,
}

/// The members of a type, each with its line; and the traits that it implements.
#[derive(Debug, Default)]
pub(super) struct Members<'s> {
    pub(super) members: BTreeMap<Key, (Member, &'s str)>,
    traits: BTreeSet<String>,
}

impl<'s> Members<'s> {
    pub(super) fn read(block: &Block<'s>) -> Self {
        let mut members = Self::default();
        for line in &block.lines {
            members.add(block, line);
        }
        members
    }

    fn add(&mut self, block: &Block<'s>, line: &'s str) {
        let bare = without_marks(line);
        if let Some((traits, _)) = bare.strip_prefix("derive ").and_then(|rest| rest.rsplit_once(" for ")) {
            // Whether a trait is derived or written out is not seen from outside.
            self.traits.extend(traits.split(", ").map(str::to_owned));
        } else if bare.starts_with("impl") {
            self.traits.extend(implemented(bare, block.path));
        } else if let Some((name, member)) = member(block, bare) {
            self.members.insert((name, member.kind()), (member, line));
        }
    }

    /// How many of its methods are setters.
    pub(super) fn setters(&self) -> usize {
        let is_setter = |member: &Member| matches!(member, Member::Method(method) if method.is_setter());
        self.members.values().filter(|(member, _)| is_setter(member)).count()
    }
}

/// What changed within a type that both sides have.
pub(super) fn compare(name: &str, old: &Block<'_>, new: &Block<'_>) -> Vec<Draft> {
    if old.keyword != new.keyword {
        let message = format!("was {} and is {} now", sort(old.keyword), sort(new.keyword));
        return vec![
            Draft::new("rust-type-changed", Impact::Breaking, name, message).was(old.head).is(new.head),
        ];
    }
    let mut changes = Vec::new();
    if let (Some(before), Some(after)) = (alias(old), alias(new)) {
        if before != after {
            let message = format!("stands for {} instead of {}", code(&shown(&after)), code(&shown(&before)));
            changes.push(
                Draft::new("rust-type-changed", Impact::Breaking, name, message).was(old.head).is(new.head),
            );
        }
    } else if plain(without_marks(old.head)) != plain(without_marks(new.head)) {
        let message = "has other generic parameters or bounds";
        changes.push(
            Draft::new("rust-type-changed", Impact::Breaking, name, message).was(old.head).is(new.head),
        );
    }
    note_marks(name, old.head, new.head, &mut changes);
    let (before, after) = (Members::read(old), Members::read(new));
    for (key, (was, line)) in &before.members {
        let (member, _) = key;
        match after.members.get(key) {
            None => changes.push(gone(name, member, was, line)),
            Some((is, new_line)) => {
                changes.extend(changed(name, member, was, is).map(|change| change.was(line).is(new_line)));
                note_marks(&path(name, member, is), line, new_line, &mut changes);
            }
        }
    }
    for (key, (is, line)) in &after.members {
        if !before.members.contains_key(key) {
            changes.push(added(name, &key.0, is, line, old.is_open()));
        }
    }
    for interface in before.traits.difference(&after.traits) {
        let message = format!("does not implement {} any more", code(interface));
        changes.push(Draft::new("rust-impl-removed", Impact::Breaking, name, message));
    }
    for interface in after.traits.difference(&before.traits) {
        let message = format!("implements {}", code(interface));
        changes.push(Draft::new("rust-impl-added", Impact::Addition, name, message));
    }
    changes
}

/// How a member is shown: a field with its type, a method with `(…)`.
pub(super) fn path(name: &str, member: &str, is: &Member) -> String {
    match is {
        Member::Method(method) if method.arguments.is_empty() => format!("{name}::{member}()"),
        Member::Method(_) => format!("{name}::{member}(…)"),
        Member::Field(_) | Member::Variant(_) | Member::Other(_) => format!("{name}::{member}"),
    }
}

fn gone(name: &str, member: &str, was: &Member, line: &str) -> Draft {
    let code = match was {
        Member::Field(_) => "rust-field-removed",
        Member::Variant(_) => "rust-variant-removed",
        Member::Method(method) if method.is_setter() => "rust-setter-removed",
        Member::Method(_) => "rust-method-removed",
        Member::Other(_) => "rust-item-removed",
    };
    Draft::new(code, Impact::Breaking, path(name, member, was), "is gone").was(line)
}

fn added(name: &str, member: &str, is: &Member, line: &str, is_open: bool) -> Draft {
    let closed = if is_open { Impact::Addition } else { Impact::Breaking };
    let (code, impact, item) = match is {
        Member::Field(ty) => ("rust-field-added", closed, format!("{name}::{member}: {}", shown(ty))),
        Member::Variant(held) => ("rust-variant-added", closed, format!("{name}::{member}{}", shown(held))),
        Member::Method(method) if method.is_setter() => {
            ("rust-setter-added", Impact::Addition, path(name, member, is))
        }
        Member::Method(_) => ("rust-method-added", Impact::Addition, path(name, member, is)),
        Member::Other(_) => ("rust-item-added", Impact::Addition, path(name, member, is)),
    };
    let message = match impact {
        Impact::Breaking => "is new, in a type that callers can build or match in full",
        _ => "is new",
    };
    Draft::new(code, impact, item, message).is(line)
}

fn changed(name: &str, member: &str, was: &Member, is: &Member) -> Option<Draft> {
    let item = path(name, member, is);
    let breaking = |code, message: String| Some(Draft::new(code, Impact::Breaking, &item, message));
    match (was, is) {
        (Member::Field(was), Member::Field(is)) if was != is => {
            let message = format!("has the type {} instead of {}", code(&shown(is)), code(&shown(was)));
            breaking("rust-field-changed", message)
        }
        (Member::Variant(was), Member::Variant(is)) if was != is => {
            let word = |held: &str| if held.is_empty() { "nothing".to_owned() } else { code(&shown(held)) };
            breaking("rust-variant-changed", format!("holds {} instead of {}", word(is), word(was)))
        }
        (Member::Method(was), Member::Method(is)) => {
            let (impact, message) = was.compare(is)?;
            let code = if was.is_setter() { "rust-setter-changed" } else { "rust-method-changed" };
            Some(Draft::new(code, impact, &item, message))
        }
        (Member::Other(was), Member::Other(is)) if was != is => {
            breaking("rust-item-changed", format!("is {} instead of {}", code(&shown(is)), code(&shown(was))))
        }
        // Of the same kind, and the same.
        _ => None,
    }
}

/// The name of a member, and what it is.
fn member(block: &Block<'_>, bare: &str) -> Option<(String, Member)> {
    let rest = bare.get(bare.find(block.path)? + block.path.len()..)?;
    // A method's type carries its parameters: `Upload<'c>::send`.
    let rest = if rest.starts_with('<') { rest.get(rest.find(">::")? + 1..)? } else { rest };
    let rest = rest.strip_prefix("::")?;
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_#".contains(c))).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    if let Some(function) = Function::read(bare) {
        return Some((name.to_owned(), Member::Method(function)));
    }
    let is_part = bare.strip_prefix("pub ").is_some_and(|rest| rest.starts_with(block.path));
    let member = match block.keyword {
        "struct" if is_part => Member::Field(plain(rest.strip_prefix(": ").unwrap_or(rest))),
        "enum" if is_part => Member::Variant(plain(rest)),
        _ => Member::Other(plain(bare)),
    };
    Some((name.to_owned(), member))
}

/// The trait of an `impl` line; its lifetimes say nothing.
fn implemented(bare: &str, path: &str) -> Option<String> {
    let end = bare.rfind(&format!(" for {path}"))?;
    let mut interface = bare.get("impl".len()..end)?;
    if interface.starts_with('<') {
        interface = interface.split_once("> ").map_or(interface, |(_, rest)| rest);
    }
    let interface = shown(interface.trim());
    match interface.split_once("<'") {
        Some((name, rest)) if !rest.contains(',') => Some(name.to_owned()),
        _ => Some(interface),
    }
}

/// What an alias stands for.
fn alias(block: &Block<'_>) -> Option<String> {
    let text = (block.keyword == "type").then(|| block.head.split_once(" = ")).flatten();
    text.map(|(_, target)| plain(target))
}

fn sort(keyword: &str) -> &'static str {
    match keyword {
        "struct" => "a struct",
        "enum" => "an enum",
        "trait" => "a trait",
        _ => "an alias",
    }
}
