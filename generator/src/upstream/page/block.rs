//! Markdown into the parts of a page: each heading with what stands below it.
//!
//! The Markdown parser finds headings, fences and quotes. It does not nest the lists: the descriptions in them are
//! plain text whose lines stand at any column, where Markdown sees the end of a list.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::upstream::text::{Span, Text, plain};

/// A heading and what stands below it, up to the next heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    /// The level of the heading; 0 for what stands before the first.
    pub(super) level: usize,
    /// The words of the heading.
    pub(super) title: String,
    /// The heading's line.
    pub(super) heading: Span,
    /// What stands below.
    pub(super) body: Span,
    /// The fenced code in it.
    pub(super) fences: Vec<Fence>,
    /// The quotes in it.
    pub(super) quotes: Vec<Span>,
}

/// Fenced code.
#[derive(Debug, Clone)]
pub(super) struct Fence {
    /// All of it.
    pub(super) span: Span,
    /// The word after the opening fence.
    pub(super) language: String,
    /// The lines between the fences.
    pub(super) content: Span,
}

/// Finds the parts of a page.
pub(super) fn parts(text: &Text<'_>) -> Vec<Part> {
    let masked = masked(text.body());
    let mut parts = vec![Part::default()];
    let mut depth = 0_usize;
    let mut heading: Option<Part> = None;
    for (event, span) in Parser::new(&masked).into_offset_iter() {
        if depth == 0
            && let Event::Start(tag) = &event
        {
            match tag {
                // A line that is underlined is no heading here: no page means it.
                Tag::Heading { level, .. } if masked[span.clone()].starts_with('#') => {
                    heading = Some(started(*level, span.clone()));
                }
                Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                    let fence = Fence {
                        span: span.clone(),
                        language: info.to_string(),
                        content: content(text.slice(&span), span.start),
                    };
                    parts.last_mut().into_iter().for_each(|part| part.fences.push(fence.clone()));
                }
                Tag::BlockQuote(_) => {
                    parts.last_mut().into_iter().for_each(|part| part.quotes.push(span.clone()));
                }
                _ => {}
            }
        }
        match (&event, &mut heading) {
            (Event::End(TagEnd::Heading(_)), Some(_)) if depth == 1 => parts.extend(heading.take()),
            (Event::Start(_), _) | (Event::End(_), _) => {}
            (_, Some(part)) => {
                let start = if part.body.is_empty() { span.start } else { part.body.start };
                part.body = start..span.end;
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    bounded(text, parts)
}

/// A part of which only the heading is known; its body is that of the heading until all parts are.
fn started(level: HeadingLevel, span: Span) -> Part {
    Part { level: level as usize, heading: span.clone(), body: span.start..span.start, ..Part::default() }
}

/// Gives each part its title, and the text up to the next part.
fn bounded(text: &Text<'_>, mut parts: Vec<Part>) -> Vec<Part> {
    let mut end = text.body().len();
    for part in parts.iter_mut().rev() {
        part.title = plain(text.slice(&part.body).trim());
        part.body = part.heading.end..end;
        end = part.heading.start;
    }
    parts
}

/// The lines between the fences.
fn content(fence: &str, start: usize) -> Span {
    let opening = fence.find('\n').map_or(fence.len(), |end| end + 1);
    let closing = match fence.trim_end().rfind('\n').map(|at| at + 1) {
        Some(at) if at >= opening && fence[at..].trim_start().starts_with(['`', '~']) => at,
        _ => fence.len(),
    };
    start + opening..start + closing.max(opening)
}

/// The text with the same offsets, for the Markdown parser: front matter is blank, and nothing is HTML or a link,
/// because a plain `<` in prose could hide all that follows from it.
fn masked(body: &str) -> String {
    let end = front_matter(body).map_or(0, |front| front.end);
    let mut masked = String::with_capacity(body.len());
    for (at, char) in body.char_indices() {
        match char {
            '\n' | '\r' => masked.push(char),
            _ if at < end => (0..char.len_utf8()).for_each(|_| masked.push(' ')),
            '<' | '[' => masked.push('('),
            _ => masked.push(char),
        }
    }
    masked
}

/// The YAML between two lines `---` at the start, with these.
pub(super) fn front_matter(body: &str) -> Option<Span> {
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        at += line.len();
        match (number, line.trim_end() == "---") {
            (0, false) => return None,
            (0, true) | (_, false) => {}
            (_, true) => return Some(0..at),
        }
    }
    None
}
