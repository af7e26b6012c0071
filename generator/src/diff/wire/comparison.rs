//! What a comparison has at hand: both descriptions, the operations that are matched, and what was found so far.

use super::description::{Description, Part};
use super::pairs::{Direction, Pairs};
use super::rules::Rule;
use crate::pointer::Pointer;

/// An operation as a report names and orders it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) id: String,
    pub(super) path: String,
    pub(super) method: &'static str,
}

/// A change of an operation, or of the whole API, outside of schemas.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) rule: &'static Rule,
    /// The index of the operation.
    pub(super) operation: Option<usize>,
    pub(super) subject: String,
    pub(super) message: String,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
}

/// A part of either description.
#[derive(Debug, Clone)]
pub(super) struct Both<'a> {
    pub(super) old: Part<'a>,
    pub(super) new: Part<'a>,
}

/// A comparison under way.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    pub(super) old: Description<'a>,
    pub(super) new: Description<'a>,
    pub(super) pairs: Pairs<'a>,
    pub(super) operations: Vec<Named>,
    pub(super) found: Vec<Found>,
    /// The operation that is compared now.
    operation: Option<usize>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: Description<'a>, new: Description<'a>) -> Self {
        let pairs = Pairs::new(old, new);
        Self { old, new, pairs, operations: Vec::new(), found: Vec::new(), operation: None }
    }

    /// What follows is about this operation.
    pub(super) fn start(&mut self, operation: Named) {
        self.operation = Some(self.operations.len());
        self.operations.push(operation);
    }

    /// What follows is about no operation.
    pub(super) fn whole_api(&mut self) {
        self.operation = None;
    }

    /// Notes a change.
    pub(super) fn found(
        &mut self,
        rule: &'static Rule,
        subject: impl Into<String>,
        message: impl Into<String>,
        old: Option<&Part<'a>>,
        new: Option<&Part<'a>>,
    ) {
        let at = |part: Option<&Part<'_>>| part.map(|part| part.at.clone());
        self.found.push(Found {
            rule,
            operation: self.operation,
            subject: subject.into(),
            message: message.into(),
            old: at(old),
            new: at(new),
        });
    }

    /// Notes a change of something that both descriptions have.
    pub(super) fn changed(
        &mut self,
        rule: &'static Rule,
        subject: impl Into<String>,
        message: impl Into<String>,
        both: &Both<'a>,
    ) {
        self.found(rule, subject, message, Some(&both.old), Some(&both.new));
    }

    /// Notes other words, if they are others.
    pub(super) fn compare_words(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        keys: &[&str],
        both: &Both<'a>,
    ) {
        let words = |part: &Part<'a>, key: &str| part.text(key).unwrap_or_default();
        let changes = keys
            .iter()
            .filter_map(|key| super::words::change(key, words(&both.old, key), words(&both.new, key)));
        let changes: Vec<String> = changes.collect();
        if !changes.is_empty() {
            self.changed(rule, subject, changes.join("; "), both);
        }
    }

    /// Compares the schemas in a field of the current operation's part.
    pub(super) fn compare_schemas(&mut self, place: &str, direction: Direction, both: &Both<'a>) {
        let nothing = |part: &Part<'a>| Part { value: &serde_json::Value::Null, at: part.at.clone() };
        let schema = |part: &Part<'a>| part.get("schema").unwrap_or_else(|| nothing(part));
        if let Some(operation) = self.operation {
            self.pairs.used(operation, place, direction, schema(&both.old), schema(&both.new));
        }
    }
}
