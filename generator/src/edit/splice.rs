//! Changes as pieces of the text that are replaced by others; what lies between the pieces is never touched.

mod block;
mod habits;

use std::ops::Range;

use serde_json::Value;

use crate::pointer::Pointer;

use super::EditError;
use super::layout::{self, Entry, Lost, Node, Style};
use super::plan::{Change, What, part_of};
use super::text::Text;
use super::write::{self, Habits};

use block::{Block, Old};

/// The text of a YAML document after a change of its value.
pub(super) fn spliced(source: &str, value: &Value, change: &Change<'_>) -> Result<String, EditError> {
    let line_break = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let is_open = !source.ends_with('\n');
    let whole = if is_open { format!("{source}{line_break}") } else { source.to_owned() };
    let text = Text::new(&whole);
    let lost = |Lost { at, what }: Lost| {
        let mut error = EditError::new(Some(change.edit), &Pointer::root(), what, super::BY_HAND);
        error.line = Some(line_of(text, at));
        error
    };
    let root = layout::read(text).map_err(lost)?;
    let mut habits = habits::of(&root, line_break);
    // A text that ends in a block scalar would lose the line break at its end with that of the file.
    habits.literals = !is_open;
    let mut splicer = Splicer { text, habits, pieces: Vec::new() };
    let place = Place {
        node: &root,
        value,
        opening: root.span.start,
        column: 0,
        end: root.span.end,
        owner: Owner::Root,
    };
    splicer.change(&Pointer::root(), place, change)?;
    let mut result = splicer.joined();
    if is_open && result.ends_with(line_break) {
        result.truncate(result.len() - line_break.len());
    }
    Ok(result)
}

const SHARED: &str = "an alias elsewhere stands for this part, too";

/// A piece of the text and what comes in its place.
struct Piece {
    span: Range<usize>,
    text: String,
}

struct Splicer<'t> {
    text: Text<'t>,
    habits: Habits,
    pieces: Vec<Piece>,
}

/// A value and where it stands.
#[derive(Clone, Copy)]
struct Place<'n> {
    node: &'n Node,
    value: &'n Value,
    /// Behind the colon or dash in front of it.
    opening: usize,
    /// The column of the key or dash in front of it.
    column: usize,
    /// Behind its last line.
    end: usize,
    owner: Owner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Root,
    Member,
    Item,
}

impl Splicer<'_> {
    fn change(&mut self, at: &Pointer, place: Place<'_>, change: &Change<'_>) -> Result<(), EditError> {
        let within = match &change.what {
            What::Replace(new) => return self.replace(at, place, new, change),
            What::Remove => return Ok(()),
            What::Within(within) => within,
        };
        let is_known = match (place.node.style, place.value) {
            (Style::Mapping, Value::Object(members)) => self.knows(place.node, members.keys()),
            (Style::Sequence, Value::Array(items)) => items.len() == place.node.entries.len(),
            (Style::Flow, _) => return self.within_flow(at, place, change),
            (Style::Alias, _) => {
                return Err(self.refused(at, place, change, "an alias stands for this part"));
            }
            _ => false,
        };
        if !is_known {
            return Err(self.refused(at, place, change, "the lines of this part are not understood here"));
        }
        if place.node.is_shared {
            return Err(self.refused(at, place, change, SHARED));
        }
        let olds = self.olds(place);
        let spelt = olds.iter().filter(|old| old.index.is_some()).count();
        let last = place.value.as_object().map(|members| members.len() + 1);
        let part = within.parts.iter().find(|(index, _)| **index >= spelt).map(|(_, change)| change.edit);
        let new = within.new.iter().find(|(slot, _)| **slot > spelt && Some(**slot) != last);
        if let Some(edit) = part.or_else(|| Some(new?.1.first()?.edit)) {
            let change = Change { edit, what: What::Remove };
            return Err(self.refused(at, place, &change, "a merge key brings this part in"));
        }
        self.within_block(Block { at, place, within, olds: &olds }, change)
    }

    /// The entries of a block, each with its index in the value.
    fn olds<'n>(&self, place: Place<'n>) -> Vec<Old<'n>> {
        let mut next = 0;
        let old = |entry: &'n Entry| {
            let is_member = place.node.style == Style::Sequence || !self.is_merge(entry);
            let index = is_member.then_some(next);
            next += usize::from(is_member);
            Old { index, entry }
        };
        place.node.entries.iter().map(old).collect()
    }

    /// Whether the keys in the text are those of the value; more may have been merged in.
    fn knows<'k>(&self, node: &Node, mut keys: impl Iterator<Item = &'k String>) -> bool {
        let merges = node.entries.iter().filter(|entry| self.is_merge(entry)).count();
        let known = node.entries.iter().filter(|entry| !self.is_merge(entry)).all(|entry| {
            let written = self.text.slice(entry.key.clone());
            keys.next().is_some_and(|key| written.starts_with(['"', '\'']) || written == key)
        });
        known && (merges > 0 || keys.next().is_none())
    }

    fn is_merge(&self, entry: &Entry) -> bool {
        matches!(self.text.slice(entry.key.clone()), "<<" | "'<<'" | "\"<<\"")
    }

    fn refused(&self, at: &Pointer, place: Place<'_>, change: &Change<'_>, message: &str) -> EditError {
        let mut error = EditError::new(Some(change.edit), at, message, super::BY_HAND);
        error.line = Some(line_of(self.text, place.node.span.start));
        error
    }

    /// Writes a new value in the place of another; a comment beside it stays.
    fn replace(
        &mut self,
        at: &Pointer,
        place: Place<'_>,
        new: &Value,
        change: &Change<'_>,
    ) -> Result<(), EditError> {
        let node = place.node;
        if node.holds_shared() {
            return Err(self.refused(at, place, change, SHARED));
        }
        if node.properties.is_some() {
            return Err(self.refused(at, place, change, "an anchor or a tag stands in front of this value"));
        }
        let (behind, stop) = self.line_of_value(place);
        // Comments that follow could become part of a text that stands on lines of its own.
        let mut habits = self.habits;
        habits.literals &= !self.text.slice(stop..place.end).contains('#');
        if let (Owner::Root, Value::Object(members)) = (place.owner, new) {
            habits.literals &= !self.text.slice(node.span.end..self.text.end).contains('#');
            let lines = if members.is_empty() { "{}".to_owned() } else { habits.members(members, 0) };
            self.pieces.push(Piece { span: node.span.clone(), text: lines });
            return Ok(());
        }
        // A sequence that takes the place of another keeps its indentation.
        if let Some(first) = node.entries.first().filter(|_| node.style == Style::Sequence) {
            habits.dash = first.column.saturating_sub(place.column);
        }
        let text = match place.owner {
            Owner::Item => habits.after_dash(new, place.column),
            Owner::Root | Owner::Member => habits.after_colon(new, place.column),
        };
        if node.is_word() && !text.contains('\n') {
            self.pieces.push(Piece { span: node.span.clone(), text: text.trim_start().to_owned() });
            return Ok(());
        }
        if node.entries.is_empty() && self.text.slice(place.opening..node.span.start).contains('#') {
            return Err(self.refused(at, place, change, "a comment stands between this value and its key"));
        }
        let line = self.text.slice(behind..self.text.line_end(behind));
        let starts_here = self.text.line_start(node.span.start) == self.text.line_start(place.opening);
        let comment = line.find([' ', '\t']).filter(|_| node.entries.is_empty() || !starts_here);
        let comment =
            comment.and_then(|index| line.get(index..)).filter(|rest| rest.trim_start().starts_with('#'));
        let (first, rest) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
        let text = format!("{first}{}{rest}", comment.unwrap_or_default());
        self.pieces.push(Piece { span: place.opening..stop, text });
        Ok(())
    }

    /// Where a comment beside a value is to be looked for, and where the last line of the value ends.
    fn line_of_value(&self, place: Place<'_>) -> (usize, usize) {
        let Node { style, span, .. } = place.node;
        match style {
            Style::Mapping | Style::Sequence => {
                (place.opening, self.text.line_end(place.end.saturating_sub(1)))
            }
            Style::BlockScalar => (span.start, self.text.line_end(span.end)),
            Style::Empty => (place.opening, self.text.line_end(place.opening)),
            Style::Scalar | Style::Flow | Style::Alias => (span.end, self.text.line_end(span.end)),
        }
    }

    /// A part in brackets becomes one line in brackets, or lines if it was empty.
    fn within_flow(&mut self, at: &Pointer, place: Place<'_>, change: &Change<'_>) -> Result<(), EditError> {
        let new = change.applied(place.value);
        let written = self.text.slice(place.node.span.clone());
        let is_empty = part_of(place.value, 0).is_none();
        let mut marks = Vec::new();
        self.text.flow_end(place.node.span.start, &mut marks);
        if !marks.is_empty() || place.node.properties.is_some() {
            let message = "the brackets hold comments, anchors or tags";
            return Err(self.refused(at, place, change, message));
        }
        if is_empty {
            return self.replace(at, place, &new, change);
        }
        if written.contains('\n') {
            return Err(self.refused(at, place, change, "the brackets go over several lines"));
        }
        let padding = if written.get(1..).is_some_and(|rest| rest.starts_with(' ')) { " " } else { "" };
        self.pieces.push(Piece { span: place.node.span.clone(), text: write::flow(&new, padding) });
        Ok(())
    }

    fn joined(mut self) -> String {
        // What is added at a place comes in front of what is replaced there, and otherwise inner before outer.
        self.pieces.sort_by_key(|piece| (piece.span.start, !piece.span.is_empty()));
        let (mut result, mut at) = (String::new(), 0);
        for piece in self.pieces {
            result.push_str(self.text.text.get(at..piece.span.start).unwrap_or_default());
            result.push_str(&piece.text);
            at = piece.span.end.max(at);
        }
        result.push_str(self.text.text.get(at..).unwrap_or_default());
        result
    }
}

fn line_of(text: Text<'_>, at: usize) -> usize {
    1 + text.slice(0..at).matches('\n').count()
}
