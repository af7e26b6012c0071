//! The `name: value` lines between two `---` at the beginning of a page.

use crate::upstream::text::{Span, Text};

/// The lines, and where they end.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'a> {
    values: Vec<(&'a str, &'a str, Span)>,
    pub(super) end: usize,
}

impl<'a> FrontMatter<'a> {
    /// The front matter of a text that begins with some.
    pub(super) fn of(text: &Text<'a>) -> Option<Self> {
        let all = 0..text.body().len();
        let lines = text.lines(&all);
        let mut lines = lines.iter();
        if lines.next()?.text != "---" {
            return None;
        }
        let mut front = Self::default();
        for line in lines {
            if line.text == "---" {
                front.end = line.span.end;
                return Some(front);
            }
            if let Some((key, value)) = line.text.split_once(':') {
                front.values.push((key.trim(), value.trim().trim_matches('"'), line.span.clone()));
            }
        }
        None
    }

    /// The value of a name, and where its line stands.
    pub(super) fn value(&self, name: &str) -> Option<(&'a str, Span)> {
        self.values.iter().find(|(key, ..)| *key == name).map(|(_, value, span)| (*value, span.clone()))
    }
}
