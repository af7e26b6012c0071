//! The asked pointers as a tree that one walk over a text fills with places, and places as locations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagnostic::Location;
use crate::document::Source;
use crate::pointer::Pointer;

use super::{Span, body};

/// The parts of a text that are asked for and those around them, as a tree.
pub(super) struct Wanted {
    nodes: Vec<Node>,
    /// How many have no place yet.
    missing: usize,
}

#[derive(Default)]
struct Node {
    children: HashMap<String, usize>,
    place: Option<Span>,
}

impl Wanted {
    /// The node of the whole text.
    pub(super) const ROOT: usize = 0;

    pub(super) fn new(pointers: &[&Pointer]) -> Self {
        let mut wanted = Self { nodes: vec![Node::default()], missing: 1 };
        for pointer in pointers {
            let mut node = Self::ROOT;
            for part in pointer.parts() {
                let next = wanted.nodes.len();
                node = *wanted.nodes[node].children.entry(part).or_insert(next);
                if node == next {
                    wanted.nodes.push(Node::default());
                    wanted.missing += 1;
                }
            }
        }
        wanted
    }

    /// The node of a member or item of this one's part.
    pub(super) fn child(&self, node: usize, key: &str) -> Option<usize> {
        self.nodes[node].children.get(key).copied()
    }

    pub(super) fn has_children(&self, node: usize) -> bool {
        !self.nodes[node].children.is_empty()
    }

    /// Notes where a part stands; the first place counts.
    pub(super) fn found(&mut self, node: usize, place: Span) {
        if self.nodes[node].place.is_none() {
            self.nodes[node].place = Some(place);
            self.missing -= 1;
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.missing == 0
    }

    /// Turns places counted in characters into places counted in bytes.
    pub(super) fn chars_to_bytes(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        let places = || self.nodes.iter().filter_map(|node| node.place.as_ref());
        let chars: BTreeSet<usize> = places().flat_map(|place| [place.start, place.end]).collect();
        let mut bytes = BTreeMap::new();
        let (mut at_char, mut at_byte) = (0, 0);
        for char in chars {
            at_byte += byte_of_char(text.get(at_byte..).unwrap_or_default(), char - at_char);
            at_char = char;
            bytes.insert(char, at_byte);
        }
        for place in self.nodes.iter_mut().filter_map(|node| node.place.as_mut()) {
            *place = bytes[&place.start]..bytes[&place.end];
        }
    }

    /// The locations of the pointers, in the order asked: of each the deepest part that has a place.
    pub(super) fn locations(&self, source: &Source, pointers: &[&Pointer]) -> Vec<Option<Location>> {
        let places: Vec<Option<Span>> = pointers.iter().map(|pointer| self.nearest(pointer)).collect();
        let starts = places.iter().flatten().map(|place| place.start).collect();
        let positions = positions(body(source), &starts);
        places
            .into_iter()
            .map(|place| place.and_then(|place| Some(at(source, *positions.get(&place.start)?, place))))
            .collect()
    }

    fn nearest(&self, pointer: &Pointer) -> Option<Span> {
        let mut node = Self::ROOT;
        let mut place = self.nodes[node].place.clone();
        for part in pointer.parts() {
            let Some(child) = self.child(node, &part) else {
                break;
            };
            node = child;
            place = self.nodes[node].place.clone().or(place);
        }
        place
    }
}

/// The location of one place in a source.
pub(super) fn location(source: &Source, place: Span) -> Location {
    let text = body(source);
    let start = floor(text, place.start);
    let position = positions(text, &BTreeSet::from([start])).remove(&start).unwrap_or((1, 1));
    at(source, position, start..place.end.max(start))
}

/// The offset in bytes of a character, by its index; the end of the text when it has fewer.
pub(super) fn byte_of_char(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset)
}

/// The offset of a place that a parser gave as a line and the count of bytes up to and with it.
pub(super) fn offset_in_line(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    floor(text, start + column.saturating_sub(1))
}

/// The last offset at or before this one at which a character starts or the text ends.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

/// The line and column of each offset, in one pass over the text.
fn positions(text: &str, offsets: &BTreeSet<usize>) -> BTreeMap<usize, (usize, usize)> {
    let (mut at, mut line, mut column) = (0, 1, 1);
    let mut positions = BTreeMap::new();
    for &offset in offsets {
        let skipped = text.get(at..offset).unwrap_or_default();
        match skipped.rfind('\n') {
            Some(end) => {
                line += skipped.bytes().filter(|byte| *byte == b'\n').count();
                column = 1 + skipped[end + 1..].chars().count();
            }
            None => column += skipped.chars().count(),
        }
        at = offset;
        positions.insert(offset, (line, column));
    }
    positions
}

/// The location of a place whose line and column are known, underlined up to the end of the line at most.
fn at(source: &Source, (line, column): (usize, usize), place: Span) -> Location {
    let text = body(source);
    let rest = text.get(place.start..).unwrap_or_default();
    let underlined = match rest.as_bytes().first() {
        // Of a mapping or sequence the bracket is enough.
        Some(b'{' | b'[') => "",
        // A block mapping or sequence has no end of its own in the text.
        _ if place.is_empty() => rest,
        _ => rest.get(..floor(rest, place.len())).unwrap_or_default(),
    };
    let underlined = underlined.lines().next().unwrap_or_default().trim_end();
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let offset = place.start + (source.text.len() - text.len());
    Location { source: source.name.clone(), line, column, offset, length: underlined.len().max(first) }
}
