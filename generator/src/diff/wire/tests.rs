mod bodies;
mod rearranged;
mod rows;
mod schemas;

use std::fmt::Write as _;

use serde_json::Value;

use super::{compare, rules};
use crate::diff::{Change, Impact};
use crate::document::{Origins, Source};
use crate::{Diagnostics, conform, load};

const LIBRARY: &str = include_str!("tests/library.yaml");

/// Edits of the library and what they come to, forward and backward.
struct Row {
    /// `POINTER = JSON` sets or adds, `POINTER -` removes; several are separated by ` ;; `.
    edits: &'static str,
    /// `B`, `A`, `N` or `P` for the impact, and the code.
    code: &'static str,
    subject: &'static str,
    message: &'static str,
    /// The same for the way back.
    back: &'static str,
}

/// What a message starts with that goes on from its subject.
const VERBS: [&str; 9] =
    ["became ", "can ", "excludes ", "is ", "may ", "moved ", "no longer ", "says ", "tells "];

const fn row(
    edits: &'static str,
    code: &'static str,
    subject: &'static str,
    message: &'static str,
    back: &'static str,
) -> Row {
    Row { edits, code, subject, message, back }
}

fn parse(text: &str) -> Value {
    load::parse(&Source { name: "library.yaml".to_owned(), text: text.to_owned() }).unwrap()
}

fn conformed(mut root: Value) -> Value {
    assert!(conform::conform(&mut root, &mut Origins::default(), &mut Diagnostics::default()));
    root
}

/// The library with edits.
fn edited(edits: &str) -> Value {
    let mut root = parse(LIBRARY);
    for edit in edits.split(" ;; ").filter(|edit| !edit.is_empty()) {
        let (pointer, value) = match edit.strip_suffix(" -") {
            Some(pointer) => (pointer, None),
            None => {
                let (pointer, json) = edit.split_once(" = ").unwrap_or_else(|| panic!("no edit: {edit}"));
                let value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
                (pointer, Some(value))
            }
        };
        set(&mut root, pointer.trim(), value);
    }
    conformed(root)
}

fn set(root: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    let parent = root.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}"));
    match (parent, value) {
        (Value::Object(object), Some(value)) => _ = object.insert(key, value),
        (Value::Object(object), None) => assert!(object.shift_remove(&key).is_some(), "nothing at {pointer}"),
        (Value::Array(list), Some(value)) if key == "-" => list.push(value),
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
        (Value::Array(list), None) => _ = list.remove(key.parse::<usize>().unwrap()),
        _ => panic!("{parent:?} has no {key}", parent = pointer),
    }
}

fn coded(change: &Change) -> String {
    let impact = match change.impact {
        Impact::Breaking => 'B',
        Impact::Addition => 'A',
        Impact::Note => 'N',
        Impact::Prose => 'P',
    };
    format!("{impact} {}", change.code)
}

/// Compares each row with what it should come to, both ways.
fn check(rows: &[Row]) {
    let library = edited("");
    let mut wrong = String::new();
    for row in rows {
        let other = edited(row.edits);
        let there = compare(&library, &other);
        let shown: Vec<_> =
            there.iter().map(|one| format!("{} | {} | {}", coded(one), one.subject, one.message)).collect();
        let expected = format!("{} | {} | {}", row.code, row.subject, row.message);
        if shown != [expected.as_str()] {
            _ = writeln!(
                wrong,
                "{}\n  expected {expected}\n  found    {}",
                row.edits,
                shown.join("\n           ")
            );
        }
        for change in &there {
            let goes_on = VERBS.iter().any(|verb| change.message.starts_with(verb));
            if goes_on != (change.joint() == " ") {
                _ = writeln!(wrong, "{:?} between {} | {}", change.joint(), change.subject, change.message);
            }
        }
        let back = compare(&other, &library);
        let codes: Vec<String> = back.iter().map(coded).collect();
        if codes != [row.back] {
            _ = writeln!(wrong, "{} back\n  expected {}\n  found    {codes:?}", row.edits, row.back);
        }
        // What stands in the one is what stood in the other.
        if let ([there], [back]) = (there.as_slice(), back.as_slice())
            && ((&there.old, &there.new) != (&back.new, &back.old)
                || there.operations.len() != back.operations.len())
        {
            _ = writeln!(wrong, "{} is not symmetrical: {there:?} {back:?}", row.edits);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_row() {
    let rows = || rows::ALL.iter().chain(bodies::ALL).chain(schemas::ALL).flat_map(|rows| rows.iter());
    let is_tested = |code: &str| {
        rows().any(|row| row.code.ends_with(&format!(" {code}")) || row.back.ends_with(&format!(" {code}")))
    };
    // These take more than one edit of the library.
    let elsewhere = [
        "comparison-cut-short",
        "operation-moved",
        "path-parameter-renamed",
        "response-redirect-is-answer-changed",
    ];
    let untested: Vec<&str> = rules::RULES
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !is_tested(code) && !elsewhere.contains(code))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn codes_are_unique_and_explained() {
    let mut codes: Vec<&str> = rules::RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
    assert!(rules::RULES.iter().all(|rule| rule.reason.ends_with('.')));
}
