//! The order of a report: by impact, then by operation, with wire and Rust changes side by side.

use std::collections::BTreeMap;

use generator::diff::{Comparison, Impact, Level};

use super::Options;

/// All changes of one impact.
#[derive(Debug)]
pub(super) struct Section<'c> {
    pub(super) impact: Impact,
    pub(super) groups: Vec<Group<'c>>,
}

/// Changes that are about the same operations.
#[derive(Debug)]
pub(super) struct Group<'c> {
    /// Their ids; none for the whole API.
    pub(super) operations: &'c [String],
    /// Whether it is about Rust items that no operation uses.
    is_unused: bool,
    pub(super) entries: Vec<Entry<'c>>,
}

impl Group<'_> {
    /// What it is about when it is about no operation.
    pub(super) fn about(&self) -> &'static str {
        if self.is_unused { "no operation" } else { "the whole API" }
    }
}

/// What changes have in common that are told together; what no operation uses comes last.
type Key<'c> = (bool, &'c [String]);

/// One change as a report tells it.
#[derive(Debug)]
pub(super) struct Entry<'c> {
    /// Which API it is about: that of the client, or the one on the wire.
    pub(super) is_rust: bool,
    /// What changed; an item of Rust without backticks, anything else with them where they are due.
    pub(super) subject: &'c str,
    /// What stands between the subject and the message.
    pub(super) joint: &'static str,
    pub(super) message: &'c str,
    pub(super) code: &'c str,
    pub(super) old: Option<&'c str>,
    pub(super) new: Option<&'c str>,
}

impl Section<'_> {
    pub(super) fn len(&self) -> usize {
        self.groups.iter().map(|group| group.entries.len()).sum()
    }
}

/// The sections that have changes, the worst first.
pub(super) fn sections(comparison: &Comparison) -> Vec<Section<'_>> {
    let mut sections: BTreeMap<Impact, BTreeMap<Key<'_>, Vec<Entry<'_>>>> = BTreeMap::new();
    for change in &comparison.changes {
        let groups = sections.entry(change.impact).or_default();
        groups.entry((false, &change.operations)).or_default().push(Entry {
            is_rust: false,
            subject: &change.subject,
            joint: change.joint(),
            message: &change.message,
            code: change.code,
            old: None,
            new: None,
        });
    }
    for change in &comparison.rust {
        let groups = sections.entry(change.impact).or_default();
        let is_unused = change.operations.is_empty() && !change.item.starts_with("Client");
        groups.entry((is_unused, &change.operations)).or_default().push(Entry {
            is_rust: true,
            subject: &change.item,
            joint: change.joint(),
            message: &change.message,
            code: change.code,
            old: change.old.as_deref(),
            new: change.new.as_deref(),
        });
    }
    let group = |((is_unused, operations), entries)| Group { operations, is_unused, entries };
    let section = |(impact, groups): (_, BTreeMap<_, _>)| Section {
        impact,
        groups: groups.into_iter().map(group).collect(),
    };
    sections.into_iter().map(section).collect()
}

/// How many changes of an impact there are, in words.
pub(super) fn counted(impact: Impact, count: usize) -> String {
    let (one, more) = match impact {
        Impact::Breaking => ("breaking change", "breaking changes"),
        Impact::Addition => ("addition", "additions"),
        Impact::Note => ("note", "notes"),
        Impact::Prose => ("change of wording", "changes of wording"),
    };
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// The heading of a section.
pub(super) fn heading(impact: Impact) -> &'static str {
    match impact {
        Impact::Breaking => "Breaking",
        Impact::Addition => "Additions",
        Impact::Note => "Notes",
        Impact::Prose => "Wording",
    }
}

/// `Major: 2 breaking changes, 1 addition`.
pub(super) fn summary(comparison: &Comparison, sections: &[Section<'_>]) -> String {
    let verdict = match comparison.verdict.level {
        Level::None => {
            return "No changes: both descriptions mean the same, and so do their clients.".to_owned();
        }
        Level::Patch => "Patch",
        Level::Minor => "Minor",
        Level::Major => "Major",
    };
    let counts: Vec<String> = sections.iter().map(|section| counted(section.impact, section.len())).collect();
    format!("{verdict}: {}", counts.join(", "))
}

/// Why the verdict is what it is; `reason` shows a reason.
pub(super) fn because(comparison: &Comparison, reason: impl Fn(&str) -> String) -> Option<String> {
    let verdict = &comparison.verdict;
    let shown = reason(verdict.reason.as_deref()?);
    Some(match verdict.others {
        0 => format!("Because {shown}."),
        others => format!("Because {shown}, and {others} more."),
    })
}

/// What the verdict means for the version, in one line.
pub(super) fn version(comparison: &Comparison, options: &Options<'_>) -> Option<String> {
    let level = comparison.verdict.level;
    match options.release {
        _ if level == Level::None => None,
        Some(release) => Some(match &release.released {
            Some(released) => {
                format!("Version {released} was released; what comes next is {} or later.", release.required)
            }
            None => format!("Version {} was not released yet, so it need not be raised.", release.old),
        }),
        None => Some(format!(
            "A version below 1.0 raises its {} number for that, by Cargo's rule.",
            level.below_one().word()
        )),
    }
}

/// What there is to say where the public APIs could not be compared.
pub(super) fn missing(comparison: &Comparison) -> Option<String> {
    let why = comparison.rust_missing.as_ref()?;
    Some(format!("The verdict is by the wire alone: {why}."))
}

/// How many operations a heading names.
pub(super) fn named(operations: &[String], verbose: bool) -> (&[String], usize) {
    const SHOWN: usize = 2;
    let count = if verbose || operations.len() <= SHOWN { operations.len() } else { 1 };
    let (shown, hidden) = operations.split_at(count);
    (shown, hidden.len())
}
