//! The lines of a part as items in items, nested by their columns.

use crate::upstream::text::{Line, Span};

use super::Reader;

/// How deep items may nest.
const DEPTH: usize = 50;

/// An item of a list.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// The line after its bullet.
    pub(super) text: &'a str,
    /// The line with its bullet.
    pub(super) span: Span,
    /// The lines below it that start no item.
    pub(super) lines: Vec<Line<'a>>,
    /// The items inside it.
    pub(super) items: Vec<Item<'a>>,
    indent: usize,
}

/// A list with the lines before it.
#[derive(Debug, Default)]
pub(super) struct List<'a> {
    /// The lines before the first item, without blank ones.
    pub(super) lines: Vec<Line<'a>>,
    /// The items.
    pub(super) items: Vec<Item<'a>>,
}

/// Nests lines; a line is an item when it has a bullet and what follows is like an item.
pub(super) fn nest<'a>(
    reader: &mut Reader<'_>,
    lines: Vec<Line<'a>>,
    is_item: impl Fn(&str) -> bool,
) -> List<'a> {
    let mut list = List::default();
    let mut flat: Vec<Item<'a>> = Vec::new();
    for line in lines {
        match (after_bullet(line.text).filter(|text| is_item(text)), flat.last_mut()) {
            (Some(text), _) => flat.push(Item {
                text,
                span: line.span,
                lines: Vec::new(),
                items: Vec::new(),
                indent: line.indent,
            }),
            (None, Some(item)) => item.lines.push(line),
            (None, None) if line.text.is_empty() => {}
            (None, None) => list.lines.push(line),
        }
    }
    // The last items of all levels that are still open, outermost first.
    let mut open: Vec<Item<'a>> = Vec::new();
    for item in flat {
        while open.last().is_some_and(|last| last.indent >= item.indent) {
            close(&mut open, &mut list);
        }
        if open.len() == DEPTH {
            reader
                .error("too-deep", &item.span, format!("items nest deeper than {DEPTH} levels here"))
                .help("this item is left out");
            continue;
        }
        open.push(item);
    }
    while !open.is_empty() {
        close(&mut open, &mut list);
    }
    list
}

/// Moves the innermost open item into the one around it.
fn close<'a>(open: &mut Vec<Item<'a>>, list: &mut List<'a>) {
    if let Some(item) = open.pop() {
        open.last_mut().map_or(&mut list.items, |around| &mut around.items).push(item);
    }
}

/// What stands after a bullet.
pub(super) fn after_bullet(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['-', '*', '+'])?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}
