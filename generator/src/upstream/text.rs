//! The text of a source by its lines: where a span stands, and what it says without Markdown's escapes.

use std::ops::Range;

use crate::diagnostic::Location;
use crate::document::Source;

/// A part of the text, in bytes after the byte order mark.
pub(crate) type Span = Range<usize>;

/// A text whose lines are counted.
pub(crate) struct Text<'a> {
    source: &'a Source,
    body: &'a str,
    /// Where each line starts.
    starts: Vec<usize>,
}

/// A line, or as much of it as a span has, without the space around it.
#[derive(Debug, Clone)]
pub(crate) struct Line<'a> {
    /// What is left of it.
    pub(crate) text: &'a str,
    /// Where that stands.
    pub(crate) span: Span,
    /// How many columns stand before it; a tab reaches to the next multiple of four.
    pub(crate) indent: usize,
}

impl<'a> Text<'a> {
    /// Counts the lines of a source.
    pub(crate) fn new(source: &'a Source) -> Self {
        let body = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        let starts = std::iter::once(0).chain(body.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, body, starts }
    }

    /// The text without its byte order mark, to which spans refer.
    pub(crate) fn body(&self) -> &'a str {
        self.body
    }

    /// What a span holds; nothing when it does not fit the text.
    pub(crate) fn slice(&self, span: &Span) -> &'a str {
        self.body.get(span.clone()).unwrap_or_default()
    }

    /// The lines of a span, blank ones among them.
    pub(crate) fn lines(&self, span: &Span) -> Vec<Line<'a>> {
        let mut at = span.start;
        let pieces = self.slice(span).split_inclusive('\n');
        pieces
            .map(|piece| {
                let text = piece.trim();
                let before = piece.len() - piece.trim_start().len();
                let start = at + if text.is_empty() { 0 } else { before };
                at += piece.len();
                Line { text, span: start..start + text.len(), indent: columns(&piece[..before]) }
            })
            .collect()
    }

    /// Where the first line of a span stands.
    pub(crate) fn location(&self, span: &Span) -> Location {
        let index = self.starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let before = self.body.get(self.starts[index]..span.start).unwrap_or_default();
        let rest = self.body.get(span.start..).unwrap_or_default();
        let text = self.slice(span).lines().next().unwrap_or_default().trim_end();
        Location {
            source: self.source.name.clone(),
            line: index + 1,
            column: before.chars().count() + 1,
            offset: span.start + self.source.text.len() - self.body.len(),
            length: text.len().max(rest.chars().next().map_or(0, char::len_utf8)),
        }
    }
}

/// What Markdown makes of a plain text: the backslashes before punctuation go, except between backticks.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut is_code = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        is_code ^= char == '`';
        match chars.peek() {
            Some(next) if char == '\\' && !is_code && next.is_ascii_punctuation() => {
                plain.push(*next);
                chars.next();
            }
            _ => plain.push(char),
        }
    }
    plain
}

fn columns(space: &str) -> usize {
    space.chars().fold(0, |column, char| if char == '\t' { (column / 4 + 1) * 4 } else { column + 1 })
}
