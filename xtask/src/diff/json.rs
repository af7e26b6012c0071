//! A comparison for machines.
//!
//! ```json
//! {
//!   "old": "a.yaml", "new": "b.yaml",
//!   "verdict": { "level": "none, patch, minor or major", "below_one": "the same below 1.0",
//!                "reason": "text or null", "others": 0 },
//!   "summary": { "breaking": 0, "additions": 0, "notes": 0, "prose": 0 },
//!   "changes": [ { "code": "", "impact": "breaking, addition, note or prose", "operations": ["id"],
//!                  "subject": "", "message": "", "old": "pointer or null", "new": "pointer or null" } ],
//!   "rust": [ { "code": "", "impact": "", "operations": [], "item": "", "message": "",
//!               "old": "signature or null", "new": "signature or null" } ],
//!   "rust_missing": "why `rust` is empty, or null",
//!   "version": { "old": "0.1.0", "new": "0.1.0", "released": "0.1.0 or null", "required": "0.2.0",
//!                "todo": ["text"] }
//! }
//! ```
//!
//! `version` is null where two files are compared. Members may be added; those that are there stay.

use generator::diff::{Change, Comparison, Impact, Level, RustChange};
use serde::Serialize;

use super::{Options, Release};

#[derive(Serialize)]
struct Document<'a> {
    old: &'a str,
    new: &'a str,
    verdict: Verdict<'a>,
    summary: Summary,
    changes: &'a [Change],
    rust: &'a [RustChange],
    rust_missing: Option<&'a str>,
    version: Option<&'a Release>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    level: Level,
    below_one: Level,
    reason: Option<&'a str>,
    others: usize,
}

#[derive(Serialize)]
struct Summary {
    breaking: usize,
    additions: usize,
    notes: usize,
    prose: usize,
}

/// Renders one document, with a line break at its end.
///
/// # Errors
///
/// None that could be met: all of it can be written as JSON.
pub fn render(comparison: &Comparison, options: &Options<'_>) -> serde_json::Result<String> {
    let count = |impact: Impact| {
        let wire = comparison.changes.iter().map(|change| change.impact);
        let rust = comparison.rust.iter().map(|change| change.impact);
        wire.chain(rust).filter(|found| *found == impact).count()
    };
    let verdict = &comparison.verdict;
    let document = Document {
        old: options.old,
        new: options.new,
        verdict: Verdict {
            level: verdict.level,
            below_one: verdict.level.below_one(),
            reason: verdict.reason.as_deref(),
            others: verdict.others,
        },
        summary: Summary {
            breaking: count(Impact::Breaking),
            additions: count(Impact::Addition),
            notes: count(Impact::Note),
            prose: count(Impact::Prose),
        },
        changes: &comparison.changes,
        rust: &comparison.rust,
        rust_missing: comparison.rust_missing.as_deref(),
        version: options.release,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
