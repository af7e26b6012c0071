//! The part of a source line that is worth showing: a line of a megabyte is cut on both sides.

use std::ops::Range;

/// How many bytes are kept before what is underlined.
const BEFORE: usize = 50;
/// How many bytes are kept from there on.
const AFTER: usize = 70;

/// A line or a part of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The text, with `…` where it was cut.
    pub(super) text: String,
    /// The bytes of it to underline.
    pub(super) highlighted: Range<usize>,
    /// Whether the start of the line is missing, so that columns in the text are not those of the line.
    pub(super) is_cut: bool,
}

/// Cuts out the line around `length` bytes at `offset`, looking at no more of the text than it shows.
///
/// A stretch of several lines is cut at the end of its first line. An offset outside of the text is taken
/// as its end.
pub(super) fn around(text: &str, offset: usize, length: usize) -> Excerpt {
    let offset = floor(text, offset);
    let before = &text[floor(text, offset.saturating_sub(BEFORE))..offset];
    let after = &text[offset..ceil(text, offset.saturating_add(AFTER))];
    let (opening, before) = match before.rfind(['\n', '\r']) {
        Some(end) => ("", &before[end + 1..]),
        None if before.len() == offset => ("", before),
        None => ("…", before),
    };
    let (after, closing) = match after.find(['\n', '\r']) {
        Some(end) => (&after[..end], ""),
        None if offset + after.len() == text.len() => (after, ""),
        None => (after, "…"),
    };
    let start = opening.len() + before.len();
    let end = start + ceil(after, length);
    Excerpt {
        text: format!("{opening}{before}{after}{closing}"),
        highlighted: start..end,
        is_cut: !opening.is_empty(),
    }
}

/// The last start of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

/// The first start of a character at or after an offset, or the end.
fn ceil(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|offset| text.is_char_boundary(*offset)).unwrap_or(text.len())
}
