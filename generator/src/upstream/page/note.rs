//! What a page says before its first endpoint: its title, and how requests are made.

use crate::upstream::text::{Span, Text, plain};

use super::block::{self, Part};

/// What is said of all operations.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// The title of the page.
    pub(super) title: Option<(String, Span)>,
    /// The version of the API to ask for.
    pub(super) version: Option<(String, Span)>,
    /// Where it is said that requests have a bearer token.
    pub(super) bearer: Option<Span>,
}

/// The header that names the version of the API.
pub(super) const VERSION_HEADER: &str = "X-GitHub-Api-Version";

/// Reads the title and the quoted notes of these parts.
pub(super) fn read(text: &Text<'_>, parts: &[Part]) -> Note {
    let heading = parts.iter().find(|part| part.level == 1);
    let title = heading.map(|part| (part.title.clone(), part.heading.clone())).or_else(|| front_title(text));
    let mut note = Note { title, ..Note::default() };
    for line in parts.iter().flat_map(|part| &part.quotes).flat_map(|quote| text.lines(quote)) {
        let (words, span) = (plain(line.text), line.span);
        if let Some((_, rest)) = words.split_once(&format!("{VERSION_HEADER}:")) {
            let end =
                rest.trim_start().find(|char: char| !(char.is_ascii_alphanumeric() || "-._".contains(char)));
            let version = rest.trim_start();
            let version = &version[..end.unwrap_or(version.len())];
            if !version.is_empty() {
                note.version.get_or_insert((version.to_owned(), span.clone()));
            }
        }
        if words.contains("Authorization: Bearer") {
            note.bearer.get_or_insert(span);
        }
    }
    note
}

/// The title in the front matter.
fn front_title(text: &Text<'_>) -> Option<(String, Span)> {
    let front = block::front_matter(text.body())?;
    let line = text.lines(&front).into_iter().find(|line| line.text.starts_with("title:"))?;
    let title = line.text.strip_prefix("title:")?.trim().trim_matches(['"', '\'']);
    Some((title.to_owned(), line.span))
}
