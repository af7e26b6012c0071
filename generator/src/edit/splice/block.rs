//! Changes of mappings and sequences in block style: lines that come and go.

use serde_json::Value;

use crate::pointer::Pointer;

use super::super::EditError;
use super::super::layout::{Entry, Style};
use super::super::plan::{Change, New, What, Within, part_of};
use super::{Owner, Piece, Place, SHARED, Splicer};

/// A member or item that is there before the change.
#[derive(Clone, Copy)]
pub(super) struct Old<'n> {
    /// Its index in the value; none for a merge key.
    pub(super) index: Option<usize>,
    pub(super) entry: &'n Entry,
}

/// A mapping or sequence whose entries change.
#[derive(Clone, Copy)]
pub(super) struct Block<'n> {
    pub(super) at: &'n Pointer,
    pub(super) place: Place<'n>,
    pub(super) within: &'n Within<'n>,
    /// In the order of the text.
    pub(super) olds: &'n [Old<'n>],
}

impl<'n> Block<'n> {
    fn goes(self, position: usize) -> bool {
        let index = self.olds.get(position).and_then(|old| old.index);
        index.is_some_and(|index| self.within.removes(index))
    }

    /// What is added behind the entry at a position, or in front of all.
    fn added(self, behind: Option<usize>) -> Vec<&'n New<'n>> {
        let slot = |slot: usize| self.within.new.get(&slot).into_iter().flatten();
        let Some(position) = behind else {
            return slot(0).collect();
        };
        // A merge key is no member, and nothing but what comes last is added behind it.
        let direct = self.olds[position].index.into_iter().flat_map(|index| slot(index + 1));
        let is_last = position + 1 == self.olds.len();
        let length = self.place.value.as_object().map(serde_json::Map::len);
        direct.chain(length.filter(|_| is_last).into_iter().flat_map(|length| slot(length + 1))).collect()
    }

    fn column(self) -> usize {
        self.olds.first().map_or(0, |old| old.entry.column)
    }
}

impl Splicer<'_> {
    /// Changes the lines of a mapping or sequence.
    pub(super) fn within_block(&mut self, block: Block<'_>, change: &Change<'_>) -> Result<(), EditError> {
        let count = block.olds.len();
        for position in (0..count).filter(|position| block.goes(*position)) {
            let Old { index, entry } = block.olds[position];
            let edit = index.and_then(|index| Some(block.within.parts.get(&index)?.edit));
            if entry.node.holds_shared() {
                let change = Change { edit: edit.unwrap_or(change.edit), what: What::Remove };
                return Err(self.refused(block.at, block.place, &change, SHARED));
            }
        }
        let Some(stays) = (0..count).find(|position| !block.goes(*position)) else {
            return self.replace(block.at, block.place, &change.applied(block.place.value), change);
        };
        let spaced = self.is_spaced(block);
        let is_inline = !self.begins_line(block.olds[0].entry);
        let first = if is_inline && stays > 0 {
            self.replace_head(block, stays);
            stays
        } else {
            self.add_in_front(block, is_inline, spaced);
            0
        };
        let mut gone = 0;
        for position in first..count {
            let Old { index, entry } = block.olds[position];
            if block.goes(position) {
                gone = self.remove(block, position, gone);
            } else if let Some((index, change)) =
                index.and_then(|index| Some((index, block.within.parts.get(&index)?)))
            {
                self.change_part(block, index, entry, change)?;
            }
            self.add_behind(block, position, spaced);
        }
        Ok(())
    }

    fn change_part(
        &mut self,
        block: Block<'_>,
        index: usize,
        entry: &Entry,
        change: &Change<'_>,
    ) -> Result<(), EditError> {
        let (owner, at) = match block.place.value {
            Value::Object(members) => {
                (Owner::Member, block.at.join(members.keys().nth(index).map_or("", String::as_str)))
            }
            _ => (Owner::Item, block.at.join(index)),
        };
        let value = part_of(block.place.value, index).unwrap_or(&Value::Null);
        let Entry { opening, column, node, end, .. } = entry;
        let place = Place { node, value, opening: *opening, column: *column, end: *end, owner };
        self.change(&at, place, change)
    }

    fn begins_line(&self, entry: &Entry) -> bool {
        let text = self.text;
        let before = text.slice(text.line_start(entry.start)..entry.start);
        before.trim_matches([' ', '\u{feff}']).is_empty()
    }

    /// Whether blank lines stand between all entries.
    fn is_spaced(&self, block: Block<'_>) -> bool {
        let has_blank = |pair: &[Old<'_>]| {
            let gap = self.text.slice(pair[0].entry.end..self.text.line_start(pair[1].entry.start));
            gap.lines().any(|line| line.trim().is_empty())
        };
        block.olds.len() > 1 && block.olds.windows(2).all(has_blank)
    }

    fn written(&self, block: Block<'_>, new: &New<'_>) -> String {
        let column = block.column();
        match block.place.node.style {
            Style::Sequence => format!("-{}", self.habits.after_dash(new.value, column)),
            _ => self.habits.member(new.key, new.value, column),
        }
    }

    fn add_in_front(&mut self, block: Block<'_>, is_inline: bool, spaced: bool) {
        let first = block.olds[0].entry;
        let indentation = " ".repeat(first.column);
        let line_break = self.habits.line_break;
        let blank = if spaced { line_break } else { "" };
        let lines = block.added(None).into_iter().map(|new| {
            let new = self.written(block, new);
            if is_inline {
                format!("{new}{line_break}{blank}{indentation}")
            } else {
                format!("{indentation}{new}{line_break}{blank}")
            }
        });
        let text: String = lines.collect();
        let start = if is_inline { first.start } else { self.first_line(block, 0) };
        self.insert(start, text);
    }

    fn add_behind(&mut self, block: Block<'_>, position: usize, spaced: bool) {
        let line_break = self.habits.line_break;
        let blank = if spaced { line_break } else { "" };
        let indentation = " ".repeat(block.column());
        let line = |new: &New<'_>| format!("{blank}{indentation}{}{line_break}", self.written(block, new));
        let text: String = block.added(Some(position)).into_iter().map(line).collect();
        self.insert(block.olds[position].entry.end, text);
    }

    fn insert(&mut self, at: usize, text: String) {
        if !text.is_empty() {
            self.pieces.push(Piece { span: at..at, text });
        }
    }

    /// Removes the entries up to the first one that stays, where they start in the line of a dash.
    fn replace_head(&mut self, block: Block<'_>, stays: usize) {
        let (first, next) = (block.olds[0].entry, block.olds[stays].entry);
        let last = block.olds[stays - 1].entry;
        let new_line = self.habits.new_line(first.column);
        let mut new = block.added(None);
        new.extend((0..stays).flat_map(|position| block.added(Some(position))));
        if new.is_empty() {
            // The comments of the one that stays can only stand above the dash.
            let start = self.text.line_start(first.start);
            let line = self.text.line(start).map_or(0, |line| line.indentation());
            let gap = self.text.slice(last.end..self.text.line_start(next.start)).lines();
            let comments = gap.map(str::trim).filter(|line| !line.is_empty());
            let comment = |comment| format!("{}{comment}{}", " ".repeat(line), self.habits.line_break);
            let comments: String = comments.map(comment).collect();
            self.insert(start, comments);
            self.pieces.push(Piece { span: first.start..next.start, text: String::new() });
        } else {
            let new: Vec<String> = new.into_iter().map(|new| self.written(block, new)).collect();
            let text = format!("{}{}", new.join(&new_line), self.habits.line_break);
            self.pieces.push(Piece { span: first.start..last.end, text });
        }
    }

    /// Removes the lines of an entry and of its comments, and the blank lines that only set it apart; gives where
    /// they end.
    fn remove(&mut self, block: Block<'_>, position: usize, gone: usize) -> usize {
        let text = self.text;
        let is_blank = |start: usize| text.line(start).is_some_and(|line| line.is_blank());
        let mut start = self.first_line(block, position);
        let mut end = block.olds[position].entry.end;
        let is_last = (position + 1..block.olds.len()).all(|position| block.goes(position));
        let has_before = (0..position)
            .any(|position| !block.goes(position) || !block.added(Some(position)).is_empty())
            || !block.added(None).is_empty();
        if has_before && (is_last || is_blank(end)) {
            while let Some(before) = text.line_before(start).filter(|before| is_blank(*before)) {
                start = before;
            }
        } else if !has_before && !is_last && block.added(Some(position)).is_empty() {
            while is_blank(end) {
                end = text.next_line(end);
            }
        }
        let start = start.max(gone);
        self.pieces.push(Piece { span: start..end.max(start), text: String::new() });
        end
    }

    /// The start of the first line of an entry, its comments included. The comments in front of the whole text
    /// belong to it, and not to its first member.
    fn first_line(&self, block: Block<'_>, position: usize) -> usize {
        let text = self.text;
        let entry = block.olds[position].entry;
        let mut start = text.line_start(entry.start);
        let limit = match position.checked_sub(1) {
            Some(before) => block.olds[before].entry.end,
            None if block.place.owner == Owner::Root => start,
            None => text.next_line(block.place.opening),
        };
        while let Some(before) = text.line_before(start).filter(|before| *before >= limit) {
            let is_own =
                |line: &super::super::text::Line<'_>| line.is_comment() && line.indentation() == entry.column;
            if text.line(before).filter(is_own).is_none() {
                break;
            }
            start = before;
        }
        if text.slice(start..entry.start).starts_with('\u{feff}') {
            start + '\u{feff}'.len_utf8()
        } else {
            start
        }
    }
}
