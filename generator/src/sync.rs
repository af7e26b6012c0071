//! Brings a description up to date with its sources: what they say, where they disagree, what has drifted.
//!
//! A function of texts and values: it reads no file and writes none.

mod adopt;
mod apply;
mod compare;
mod decision;
mod fact;
mod lock;
mod operations;
mod record;
mod schema;
mod tree;
mod walk;
mod wording;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Document, Source};
use crate::edit::{self, Edit, EditError};
use crate::pointer::Pointer;
use crate::upstream::Upstream;
use crate::{load, overlay};

pub use compare::{Conflict, ConflictCause, Drift, Report};
pub use decision::{Decision, Said};
pub use fact::{Aspect, Fact, Statement, words};
pub use lock::{Lock, LockedSource};
pub use operations::NewOperation;
pub use wording::Rewording;

/// What is brought up to date, and by what.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Our description.
    pub spec: &'a Source,
    /// What is laid over it.
    pub overlays: &'a [Source],
    /// The sources.
    pub upstreams: &'a [Upstream],
    /// What was recorded the last time.
    pub lock: &'a Lock,
    /// What was decided by hand.
    pub decisions: &'a [Decision],
    /// Patterns (`*` and `?`) of the new operations to take in, by id.
    pub select: &'a [String],
    /// What ids of operations begin with here and not in pages, such as `repos/`.
    pub id_prefix: &'a str,
    /// Whether descriptions and examples of new parts come along with their facts. In a description that is our
    /// own, the words are our own, too.
    pub with_words: bool,
    /// The day on which the sources were fetched.
    pub date: Option<&'a str>,
}

/// Why nothing could be compared.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// Our own description cannot be read.
    #[error("our own description cannot be read")]
    Unreadable(Box<Diagnostic>),
}

/// What a description has to become.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was found.
    pub report: Report,
    /// The text of our description with all drift taken in that nobody has to decide about.
    pub text: String,
    /// What is to be recorded.
    pub lock: Lock,
    /// What keeps the overlays from being laid over that text.
    pub overlay_problems: Diagnostics,
    /// Why some of the drift cannot be written into the text, which is then only as far as the others take it.
    pub by_hand: Option<EditError>,
    /// The facts that are still not as they should be in that text.
    pub left: Vec<Fact>,
}

/// The beginning of a description of what a source says, for a file of this name: all but its operations and
/// components.
pub fn skeleton(upstream: &Upstream, name: &str) -> Result<String, EditError> {
    let mut root = upstream.document.clone();
    if let Some(root) = root.as_object_mut() {
        root.retain(|key, _| {
            ["openapi", "info", "servers", "security", "x-client-headers"].contains(&key.as_str())
        });
        let schemes = upstream.document.pointer("/components/securitySchemes");
        let components = schemes.map(|schemes| json!({ "securitySchemes": schemes }));
        root.insert("paths".to_owned(), json!({}));
        root.extend(components.map(|components| ("components".to_owned(), components)));
    }
    let text = if name.ends_with(".json") { "{\n  \"openapi\": \"3.0.3\"\n}\n" } else { "openapi: 3.0.3\n" };
    let empty = Source { name: name.to_owned(), text: text.to_owned() };
    edit::apply(&empty, &[Edit::Replace { at: Pointer::root(), value: root }])
}

/// How often what was taken in is compared again. What a new operation refers to is compared in the round after it.
const ROUNDS: usize = 4;

/// Compares our description with its sources, and takes in what they say.
pub fn sync(request: &Request<'_>) -> Result<Outcome, SyncError> {
    let mut report: Option<Report> = None;
    let mut spec = request.spec.clone();
    let mut lock = request.lock.clone();
    let mut overlay_problems = Diagnostics::default();
    let mut by_hand = None;
    let mut left = Vec::new();
    let mut news = BTreeSet::new();
    for _ in 0..ROUNDS {
        let round = Request { spec: &spec, ..request.clone() };
        let (ours, corrected) = read(&round, &mut overlay_problems)?;
        let compared = compare::compare(&round, &ours, &corrected);
        let (text, problem) = match apply::apply(&round, &ours, &compared) {
            Ok(text) => (text, None),
            Err(error) => (spec.text.clone(), Some(error)),
        };
        by_hand = problem;
        news.extend(compared.report.news());
        lock = record::lock(&round, &compared, &news);
        let found = compared.report;
        left = found.drift.iter().map(|drift| drift.fact.clone()).collect();
        match &mut report {
            None => report = Some(found),
            Some(report) => report.add(found),
        }
        if text == spec.text {
            break;
        }
        spec.text = text;
    }
    Ok(Outcome { report: report.unwrap_or_default(), text: spec.text, lock, overlay_problems, by_hand, left })
}

/// Our description without its overlays, and with them as far as they apply.
fn read(request: &Request<'_>, problems: &mut Diagnostics) -> Result<(Value, Value), SyncError> {
    let root = load::parse(request.spec).map_err(|error| SyncError::Unreadable(Box::new(error)))?;
    let mut document = Document::new(root.clone(), request.spec.clone());
    *problems = Diagnostics::default();
    for source in request.overlays {
        overlay::apply(&mut document, source.clone(), problems);
    }
    document.locate(problems);
    Ok((root, document.root))
}

#[cfg(test)]
mod tests;
