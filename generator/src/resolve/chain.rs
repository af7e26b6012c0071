//! References that lead to references: where each chain of them ends, which is found out once.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Resolver;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// How many references may lead from one to the next.
pub(crate) const MAX_CHAIN: usize = 100;

/// Where the references end that were followed, by where they stand.
///
/// What is wrong with a chain is said of one place in it, wherever somebody starts.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    ends: RefCell<HashMap<Pointer, Result<End, Diagnostic>>>,
}

/// The end of a chain.
#[derive(Debug, Clone)]
struct End {
    pointer: Pointer,
    /// How many references lead there.
    length: usize,
}

impl<'a> Resolver<'a> {
    /// Follows references from a pointer to the first object that is none.
    pub(crate) fn end(&self, start: &Pointer) -> Result<Pointer, Diagnostic> {
        let mut way: Vec<Pointer> = Vec::new();
        let mut on_way: HashSet<Pointer> = HashSet::new();
        let mut pointer = start.clone();
        let mut end = loop {
            let Some(reference) = self.reference(&pointer) else {
                break Ok(End { pointer, length: 0 });
            };
            if let Some(known) = self.chains.ends.borrow().get(&pointer) {
                break known.clone();
            }
            way.push(pointer.clone());
            on_way.insert(pointer.clone());
            match self.target(&pointer, reference) {
                Ok(next) if on_way.contains(&next) => break Err(circle(&pointer, reference)),
                Ok(next) => pointer = next,
                Err(diagnostic) => break Err(diagnostic),
            }
        };
        for at in way.into_iter().rev() {
            end = end.and_then(|end| match end.length {
                MAX_CHAIN => Err(too_deep(&at)),
                length => Ok(End { length: length + 1, ..end }),
            });
            self.chains.ends.borrow_mut().insert(at, end.clone());
        }
        end.map(|end| end.pointer)
    }

    /// The reference that stands at a pointer.
    fn reference(&self, pointer: &Pointer) -> Option<&'a str> {
        self.value(pointer)?.get("$ref").and_then(Value::as_str)
    }
}

fn circle(at: &Pointer, reference: &str) -> Diagnostic {
    let message = format!("the reference `{reference}` leads back to itself");
    Diagnostic::error(&at.join("$ref"), "reference-cycle", message)
        .help("let one of the references in the circle be an object")
}

fn too_deep(at: &Pointer) -> Diagnostic {
    let message = format!("more than {MAX_CHAIN} references lead on from here");
    Diagnostic::error(at, "too-deep", message).help("let a reference point at the object itself")
}
