//! Edits of a description's text that leave everything else in it as it is.
//!
//! Works on lines: comments, order, quotes and blank lines stay because nobody touches them. Which edits to make is
//! decided elsewhere.

mod json;
mod layout;
mod plan;
mod splice;
mod text;
mod write;

use serde_json::Value;

use crate::document::Source;
use crate::load;
use crate::pointer::Pointer;

use plan::Change;

/// One edit, by JSON pointer into the description as it is before any edit.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Replaces the value of a member or an item, or the whole description.
    Replace {
        /// The member or item.
        at: Pointer,
        /// What to put there.
        value: Value,
    },
    /// Adds a member to a mapping.
    AddMember {
        /// The mapping.
        mapping: Pointer,
        /// The key, which the mapping does not have yet, or which another edit removes.
        key: String,
        /// The value of the member.
        value: Value,
        /// Where in the mapping.
        position: Position,
    },
    /// Adds an item to a sequence.
    AddItem {
        /// The sequence.
        sequence: Pointer,
        /// The item to put it in front of; the length of the sequence puts it at the end.
        index: usize,
        /// The item.
        value: Value,
    },
    /// Removes a member or an item, with the comment lines directly above it that are indented as it is.
    ///
    /// A mapping or sequence that loses its last one stays, empty.
    Remove {
        /// The member or item.
        at: Pointer,
    },
}

/// Where in a mapping to add a member. Members that are added at one position stand in the order of the edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// In front of all others.
    First,
    /// Behind this member, which is in the mapping or is added by another edit.
    After(String),
    /// Behind all others.
    Last,
}

/// Why the edits were not made; nothing of them was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot edit `{pointer}`{}: {message}; {help}", line.map(|line| format!(" (line {line})")).unwrap_or_default())]
pub struct EditError {
    /// Which edit, by its index; none when the text itself cannot be read.
    pub edit: Option<usize>,
    /// What it edits.
    pub pointer: Pointer,
    /// The line of what it edits, or of what is in the way; from 1.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Makes the edits and gives the new text; all else in it is byte for byte what it was.
///
/// A JSON text is printed anew, with its own indentation.
///
/// # Errors
///
/// When the text cannot be read, an edit names nothing, two edits contradict each other, or the text is written in
/// a way in which the edit has to be made by hand. What is returned was read again and has the value that
/// [`apply_to_value`] gives.
pub fn apply(source: &Source, edits: &[Edit]) -> Result<String, EditError> {
    if edits.is_empty() {
        return Ok(source.text.clone());
    }
    let before = load::parse(source).map_err(|diagnostic| EditError {
        edit: None,
        line: diagnostic.location.map(|location| location.line),
        pointer: diagnostic.pointer,
        message: diagnostic.message,
        help: diagnostic.help.unwrap_or_else(|| BY_HAND.to_owned()),
    })?;
    make(source, &before, edits).map_err(|mut error| {
        let located = || load::locate(source, &[&error.pointer]).pop().flatten();
        error.line = error.line.or_else(|| located().map(|location| location.line));
        error
    })
}

/// Makes the edits on a value instead of on its text.
///
/// # Errors
///
/// When an edit names nothing, or two edits contradict each other; the value is then unchanged.
pub fn apply_to_value(root: &mut Value, edits: &[Edit]) -> Result<(), EditError> {
    *root = plan::plan(root, edits)?.applied(root);
    Ok(())
}

const BY_HAND: &str = "edit these lines by hand";

fn make(source: &Source, before: &Value, edits: &[Edit]) -> Result<String, EditError> {
    let change = plan::plan(before, edits)?;
    let after = change.applied(before);
    if !after.is_object() {
        return Err(EditError::new(
            Some(0),
            &Pointer::root(),
            "a description is a mapping",
            "keep the root one",
        ));
    }
    let text = written(source, before, &after, &change)?;
    if reads_as(source, &text, &after) {
        return Ok(text);
    }
    // Together they fail, so the one that fails alone is the best to name.
    let fails = |edit: &&Edit| {
        let alone = plan::plan(before, std::slice::from_ref(*edit));
        alone.is_ok_and(|change| {
            let after = change.applied(before);
            written(source, before, &after, &change).is_ok_and(|text| !reads_as(source, &text, &after))
        })
    };
    let index = edits.iter().position(|edit| fails(&edit));
    let pointer = edits[index.unwrap_or(0)].pointer();
    let message = if index.is_some() || edits.len() == 1 {
        "the text around it is written in a way that is not understood here"
    } else {
        "the edits do not go together in this text"
    };
    Err(EditError::new(index.or(Some(0)), pointer, message, BY_HAND))
}

fn written(source: &Source, before: &Value, after: &Value, change: &Change<'_>) -> Result<String, EditError> {
    if json::is_json(source) {
        return Ok(json::print(&source.text, after));
    }
    splice::spliced(&source.text, before, change)
}

/// Whether a text has a value, the order of its members included.
fn reads_as(source: &Source, text: &str, expected: &Value) -> bool {
    let source = Source { name: source.name.clone(), text: text.to_owned() };
    // What a merge key brings in is read behind all other members, so there the order says nothing.
    let is_ordered = !text.contains("<<");
    let printed = |value: &Value| is_ordered.then(|| value.to_string());
    let is_same = |value: &Value| value == expected && printed(value) == printed(expected);
    load::parse(&source).is_ok_and(|value| is_same(&value))
}

impl Edit {
    /// What it edits: for an addition the mapping or sequence.
    pub fn pointer(&self) -> &Pointer {
        match self {
            Self::Replace { at, .. } | Self::Remove { at } => at,
            Self::AddMember { mapping, .. } => mapping,
            Self::AddItem { sequence, .. } => sequence,
        }
    }
}

impl EditError {
    fn new(edit: Option<usize>, pointer: &Pointer, message: impl Into<String>, help: &str) -> Self {
        Self { edit, pointer: pointer.clone(), line: None, message: message.into(), help: help.to_owned() }
    }
}

#[cfg(test)]
mod tests;
