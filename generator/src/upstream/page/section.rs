//! The sections of a page: those that are about an endpoint, and what stands before them.

use crate::upstream::text::{Span, Text};

use super::Reader;
use super::block::{Fence, Part};

/// The parts of a page in their order.
pub(super) struct Sections<'p> {
    /// What stands before the first endpoint.
    pub(super) before: &'p [Part],
    /// The endpoints.
    pub(super) endpoints: Vec<Endpoint<'p>>,
}

/// A section about one endpoint.
pub(super) struct Endpoint<'p> {
    /// The method, in capitals.
    pub(super) method: String,
    /// The path with its parameters in braces.
    pub(super) path: String,
    /// Where these two stand.
    pub(super) span: Span,
    /// The part with the heading of level two.
    pub(super) part: &'p Part,
    /// The fence with method and path.
    pub(super) fence: &'p Fence,
    /// The parts below it.
    pub(super) parts: &'p [Part],
}

/// The headings that only sections about endpoints have.
pub(super) const PARTS: [&str; 3] = ["Parameters", "HTTP response status codes", "Code examples"];

/// Divides a page; says which sections are about no endpoint.
pub(super) fn sections<'p>(reader: &mut Reader<'_>, parts: &'p [Part]) -> Sections<'p> {
    let mut endpoints: Vec<Endpoint<'p>> = Vec::new();
    let mut first = parts.len();
    for (index, part) in parts.iter().enumerate() {
        hidden_headings(reader, part);
        if part.level != 3 && PARTS.contains(&part.title.as_str()) && part.level > 2 {
            reader
                .error(
                    "heading-level",
                    &part.heading,
                    format!("this heading is not of level three: {}", part.title),
                )
                .help("write it with `###`, or nothing of it and what is below it is read");
        }
        if part.level == 1 && !endpoints.is_empty() {
            reader.unreadable(&part.heading, "a page has one heading of level one, at its start");
        }
        if part.level != 2 {
            continue;
        }
        let below = &parts[index + 1..];
        let end = below.iter().position(|part| part.level <= 2).unwrap_or(below.len());
        let below = &below[..end];
        if let Some((fence, method, path, span)) = endpoint(&reader.text, part) {
            first = first.min(index);
            endpoints.push(Endpoint { method, path, span, part, fence, parts: below });
        } else if below.iter().any(|part| PARTS.contains(&part.title.as_str())) {
            let message = format!("the section has no method and path: {}", part.title);
            reader
                .error("missing-endpoint", &part.heading, message)
                .help("they stand first in it, between two lines of ```, as in: GET /widgets/{id}");
        } else {
            let message = format!("the section is about no endpoint: {}", part.title);
            reader
                .warning("section-without-endpoint", &part.heading, message)
                .help("nothing is read from it");
        }
    }
    if endpoints.is_empty() {
        let start = parts.first().map_or(0..0, |part| part.body.clone());
        reader
            .error("no-endpoint", &start, "the page has no endpoint")
            .help("an endpoint is a heading of level two with a fence below it, as in: GET /widgets/{id}");
    }
    Sections { before: &parts[..first], endpoints }
}

/// The method and path in the first fence of a part, when it starts a section about an endpoint.
pub(super) fn endpoint<'p>(text: &Text<'_>, part: &'p Part) -> Option<(&'p Fence, String, String, Span)> {
    let fence = part.fences.first().filter(|fence| part.level == 2 && fence.language.is_empty())?;
    let lines = text.lines(&fence.content);
    let mut lines = lines.iter().filter(|line| !line.text.is_empty());
    let line = lines.next()?;
    let (method, path) = line.text.split_once(' ')?;
    let methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];
    let path = path.trim();
    let is_endpoint =
        methods.contains(&method) && path.starts_with('/') && !path.contains(char::is_whitespace);
    (is_endpoint && lines.next().is_none())
        .then(|| (fence, method.to_owned(), path.to_owned(), line.span.clone()))
}

/// Reports headings that an unclosed fence swallows.
fn hidden_headings(reader: &mut Reader<'_>, part: &Part) {
    for fence in &part.fences {
        for line in reader.text.lines(&fence.content) {
            let title = line.text.trim_start_matches('#');
            let level = line.text.len() - title.len();
            let title = title.trim();
            let is_heading = level == 2 || level == 3 && PARTS.contains(&title) || level == 4;
            if is_heading && line.text[level..].starts_with(' ') {
                reader
                    .error(
                        "hidden-heading",
                        &line.span,
                        format!("this heading stands inside of code: {}", line.text),
                    )
                    .help("close the fence before it");
            }
        }
    }
}
