//! What the generator says about its input: errors and warnings with their place.
//!
//! Rendering them for a terminal is the caller's business.

use std::collections::HashSet;

use serde::Serialize;

use crate::pointer::Pointer;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No client is emitted.
    Error,
    /// A correct client is emitted all the same.
    Warning,
}

/// A place in one of the source texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Location {
    /// The name of the source, as the caller gave it.
    pub source: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The offset in bytes of the first character.
    #[serde(skip)]
    pub offset: usize,
    /// How many bytes to underline; at least 1 unless the source ends there.
    #[serde(skip)]
    pub length: usize,
}

/// A second place that a diagnostic speaks of, such as the other half of a collision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Related {
    /// What is to be seen there.
    pub message: String,
    /// Where it is.
    pub pointer: Pointer,
    /// Where that is in a source; filled in at the end of a run.
    pub location: Option<Location>,
}

/// One error or warning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the kind, such as `dangling-reference`.
    pub code: &'static str,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where in the description.
    pub pointer: Pointer,
    /// Where that is in a source; filled in at the end of a run.
    pub location: Option<Location>,
    /// Other places it speaks of.
    pub related: Vec<Related>,
    /// Whether it is about something outside of the description, so that it has no location.
    #[serde(skip)]
    pub is_elsewhere: bool,
}

impl Diagnostic {
    /// An error at a pointer.
    pub fn error(pointer: &Pointer, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, pointer, code, message.into())
    }

    /// A warning at a pointer.
    pub fn warning(pointer: &Pointer, code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, pointer, code, message.into())
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shortened(help.into()));
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn related(mut self, pointer: &Pointer, message: impl Into<String>) -> Self {
        self.related.push(Related {
            message: shortened(message.into()),
            pointer: pointer.clone(),
            location: None,
        });
        self
    }

    /// Says that it is about something outside of the description, such as an option.
    #[must_use]
    pub fn elsewhere(mut self) -> Self {
        self.is_elsewhere = true;
        self
    }

    /// Sets the place in a source, where it is known before the document is.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    fn new(severity: Severity, pointer: &Pointer, code: &'static str, message: String) -> Self {
        Self {
            severity,
            code,
            message: shortened(message),
            help: None,
            pointer: pointer.clone(),
            location: None,
            related: Vec::new(),
            is_elsewhere: false,
        }
    }
}

/// How many characters of a sentence are shown at its start, and at its end; names in it can be of any length.
const SHOWN: (usize, usize) = (400, 100);

/// A text of which the middle is left out when it is too long to be read.
pub fn shortened(text: String) -> String {
    let (start, end) = SHOWN;
    if text.len() <= start + end {
        return text;
    }
    let after = text.char_indices().nth(start).map(|(index, _)| index);
    let before = text.char_indices().rev().nth(end).map(|(index, _)| index);
    match (after, before) {
        (Some(after), Some(before)) if after < before => format!("{}…{}", &text[..after], &text[before..]),
        _ => text,
    }
}

/// How many diagnostics a new one is compared with.
const RECENT: usize = 200;

/// The diagnostics of a run, in the order they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one, unless it is among the last ones: the same part is often looked at twice in a row.
    ///
    /// Looking further back would take ever longer; whatever stands there twice goes when a run ends.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.0.iter().rev().take(RECENT).any(|other| *other == diagnostic) {
            self.0.push(diagnostic);
        }
    }

    /// Keeps the first one of those that are the same.
    pub(crate) fn keep_first(&mut self) {
        let mut seen = HashSet::new();
        self.0.retain(|diagnostic| seen.insert(diagnostic.clone()));
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}
