//! A comparison as a comment on a pull request.

use generator::diff::{Comparison, Impact};

use super::Options;
use super::layout::{self, Entry, Group, Section};

/// How many characters a comment may have.
const LIMIT: usize = 65_536;

/// How much of a comment each section may have, however long those before it are.
const SHARE: usize = 4_096;

/// What the count of the changes that have no room takes, and the end of a section.
const CLOSING: usize = 128;

/// Renders a whole report of at most 65,536 characters.
///
/// What does not fit is counted. The worst sections have most of the room, and each has some of it. Texts of the
/// descriptions are escaped: outside of code they are neither Markdown nor HTML, and mention nobody.
pub fn render(comparison: &Comparison, options: &Options<'_>) -> String {
    let sections = layout::sections(comparison);
    let mut text = format!("### {}\n", layout::summary(comparison, &sections));
    let because = layout::because(comparison, escaped);
    let told = because.into_iter().chain(layout::version(comparison, options));
    let told: Vec<String> = told.chain(layout::missing(comparison).map(|line| escaped(&line))).collect();
    if !told.is_empty() {
        text.push_str(&format!("\n{}\n", told.join(" ")));
    }
    let todo = options.release.map(|release| release.todo.as_slice()).unwrap_or_default();
    if !todo.is_empty() {
        text.push_str("\n#### To do\n\n");
        todo.iter().for_each(|step| text.push_str(&format!("- [ ] {step}\n")));
    }
    let whole: Vec<String> =
        sections.iter().map(|section| rendered(section, options.verbose, usize::MAX)).collect();
    let mut kept: usize = whole.iter().map(|whole| whole.len().min(SHARE)).sum();
    for (section, whole) in sections.iter().zip(whole) {
        kept -= whole.len().min(SHARE);
        let room = LIMIT.saturating_sub(text.len() + kept);
        let fits = whole.len() <= room;
        text.push_str(&if fits { whole } else { rendered(section, options.verbose, room) });
    }
    text
}

/// A section, with as many of its changes as there is room for.
fn rendered(section: &Section<'_>, verbose: bool, room: usize) -> String {
    let room = room.saturating_sub(CLOSING);
    let count = layout::counted(section.impact, section.len());
    let is_folded = section.impact == Impact::Prose;
    let mut text = if is_folded {
        format!("\n<details>\n<summary>{count}</summary>\n")
    } else {
        format!("\n#### {} ({})\n", layout::heading(section.impact), section.len())
    };
    let mut shown = 0;
    for group in &section.groups {
        let mut heading = Some(format!("\n{}\n\n", operations(group, verbose)));
        for entry in &group.entries {
            let line = format!("{}{}", heading.as_deref().unwrap_or_default(), item(entry, verbose));
            if text.len() + line.len() > room {
                break;
            }
            text.push_str(&line);
            heading = None;
            shown += 1;
        }
    }
    if shown < section.len() {
        let hidden = layout::counted(section.impact, section.len() - shown);
        text.push_str(&format!("\n… and {hidden} more, for which a comment has no room.\n"));
    }
    if is_folded {
        text.push_str("\n</details>\n");
    }
    text
}

fn item(entry: &Entry<'_>, verbose: bool) -> String {
    let message = escaped(entry.message);
    let subject =
        if entry.is_rust { format!("Rust: {}", code(entry.subject)) } else { escaped(entry.subject) };
    let mut text = format!("- {subject}{}{message} <sub>[{}]</sub>\n", entry.joint, entry.code);
    if verbose {
        let signatures = [("was", entry.old), ("is", entry.new)];
        for (word, signature) in signatures.into_iter().filter_map(|(word, it)| Some((word, it?))) {
            text.push_str(&format!("  - {word} {}\n", code(signature)));
        }
    }
    text
}

/// What a group is about.
fn operations(group: &Group<'_>, verbose: bool) -> String {
    let (shown, hidden) = layout::named(group.operations, verbose);
    let names: Vec<String> = shown.iter().map(|id| code(id)).collect();
    match (names.as_slice(), hidden) {
        ([], _) => format!("**{}**", group.about()),
        (names, 0) => format!("**{}**", names.join(", ")),
        (names, hidden) => format!("**{}** and {hidden} more", names.join(", ")),
    }
}

/// Text as a span of code.
fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A span starts and ends with more backticks than are in it.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest > 0 || text.trim().is_empty() {
        format!("{fence} {text} {fence}")
    } else {
        format!("`{text}`")
    }
}

/// Text with its spans of code, and with nothing else that Markdown or GitHub would take for theirs.
fn escaped(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain(text);
    }
    let spans = parts.iter().enumerate().map(|(index, part)| match index % 2 {
        0 => plain(part),
        _ if part.trim().is_empty() => plain(&format!("`{part}`")),
        _ => code(part),
    });
    spans.collect()
}

/// Text that is nothing but text. GitHub looks for `@name`, `#12` and addresses after the Markdown is read, where a
/// backslash is gone; a space without width keeps it from finding any.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            '@' | '#' => plain.push_str(&format!("\\{c}&#8203;")),
            ':' if chars.peek().is_some_and(|next| !next.is_whitespace()) => plain.push_str(":&#8203;"),
            '.' if plain.ends_with("www") => plain.push_str(".&#8203;"),
            '-' if plain.ends_with("GH") => plain.push_str("-&#8203;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' | '^' => {
                plain.push('\\');
                plain.push(c);
            }
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests;
