//! Which lines an edit changes, which it leaves, and what it refuses.

mod exact;
mod random;
mod refused;
mod style;
mod whole;

use serde_json::{Value, json};

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn pointer(text: &str) -> Pointer {
    Pointer::parse(text).unwrap()
}

fn replace(at: &str, value: Value) -> Edit {
    Edit::Replace { at: pointer(at), value }
}

fn remove(at: &str) -> Edit {
    Edit::Remove { at: pointer(at) }
}

/// Adds a member; `after` is `^` for the first place and `$` for the last.
fn member(mapping: &str, after: &str, key: &str, value: Value) -> Edit {
    let position = match after {
        "^" => Position::First,
        "$" => Position::Last,
        after => Position::After(after.to_owned()),
    };
    Edit::AddMember { mapping: pointer(mapping), key: key.to_owned(), value, position }
}

fn item(sequence: &str, index: usize, value: Value) -> Edit {
    Edit::AddItem { sequence: pointer(sequence), index, value }
}

/// The text after the edits.
fn edited(text: &str, edits: &[Edit]) -> String {
    apply(&source("api.yaml", text), edits).unwrap_or_else(|error| panic!("{error}\n{text}\n{edits:?}"))
}

/// Each text, its edits, and the text that they give.
fn check(cases: Vec<(&str, Vec<Edit>, &str)>) {
    for (text, edits, expected) in cases {
        assert_eq!(edited(text, &edits), expected, "{edits:?}");
    }
}
