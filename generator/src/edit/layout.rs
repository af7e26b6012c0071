//! How a YAML text is laid out: which lines hold which member or item. Knows no values, and changes nothing.

use std::ops::Range;

use super::text::Text;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing is written, which is null.
    Empty,
    /// Plain or in quotes.
    Scalar,
    /// Below a line with `|` or `>`.
    BlockScalar,
    /// In brackets.
    Flow,
    /// `*name`
    Alias,
    Mapping,
    Sequence,
}

/// A value in the text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) style: Style,
    /// From its first character to its last one, without its anchor and tag.
    pub(super) span: Range<usize>,
    /// Where its anchor or tag stands.
    pub(super) properties: Option<usize>,
    /// Whether an alias stands for this value elsewhere.
    pub(super) is_shared: bool,
    /// Of a mapping or sequence in block style.
    pub(super) entries: Vec<Entry>,
}

/// A member of a mapping, or an item of a sequence, in block style.
#[derive(Debug)]
pub(super) struct Entry {
    /// The place of the key or the dash.
    pub(super) start: usize,
    /// The column of the key or the dash.
    pub(super) column: usize,
    /// Behind the key's colon, or behind the dash.
    pub(super) opening: usize,
    /// The key as it is written; of an item the dash.
    pub(super) key: Range<usize>,
    pub(super) node: Node,
    /// Behind the line break of the last line, comments that are indented deeper included.
    pub(super) end: usize,
}

impl Node {
    /// Whether an alias stands elsewhere for this value or a part of it.
    pub(super) fn holds_shared(&self) -> bool {
        self.is_shared || self.entries.iter().any(|entry| entry.node.holds_shared())
    }

    /// Whether it stands between its first and last character, whatever is around it.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.style, Style::Scalar | Style::Flow | Style::Alias)
    }
}

/// Something in the layout of the text that is not understood here, and where.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) at: usize,
    pub(super) what: &'static str,
}

/// Reads the layout of a text.
pub(super) fn read(text: Text<'_>) -> Result<Node, Lost> {
    let mut reader = Reader { text, aliases: Vec::new() };
    let mut start = usize::from(text.text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
    loop {
        start = text.skip(start);
        let line = text.slice(start..text.line_end(start));
        if line.starts_with('%') {
            start = text.next_line(start);
        } else if line == "---" || line.starts_with("--- ") {
            start += 3;
        } else {
            break;
        }
    }
    let mut root = reader.node(Around { column: None, begins_line: true, is_member: false }, start)?;
    share(text, &mut root, &reader.aliases);
    Ok(root)
}

fn share(text: Text<'_>, node: &mut Node, aliases: &[&str]) {
    let name = |at: usize| Some(text.slice(at..text.word_end(at)).trim_start_matches('&'));
    node.is_shared = node.properties.and_then(name).is_some_and(|name| aliases.contains(&name));
    for entry in &mut node.entries {
        share(text, &mut entry.node, aliases);
    }
}

/// What stands around a value.
#[derive(Clone, Copy)]
struct Around {
    /// The column of the entry whose value it is.
    column: Option<usize>,
    /// Whether a mapping or sequence may start in the same line.
    begins_line: bool,
    is_member: bool,
}

struct Reader<'t> {
    text: Text<'t>,
    aliases: Vec<&'t str>,
}

impl<'t> Reader<'t> {
    /// The value that stands at or behind an offset.
    fn node(&mut self, around: Around, from: usize) -> Result<Node, Lost> {
        let text = self.text;
        let (mut at, mut properties) = (from, None);
        let (mut here, mut begins_line) = (from, around.begins_line);
        loop {
            let next = text.skip(at);
            if text.slice(at..next).contains('\n') {
                begins_line = true;
                if !belongs(text, around, next) {
                    return Ok(leaf(Style::Empty, here..here, properties));
                }
            }
            if next >= text.end {
                return Ok(leaf(Style::Empty, here..here, properties));
            }
            at = next;
            if !matches!(text.byte(at), b'&' | b'!') {
                break;
            }
            // An anchor counts more than a tag: something may refer to it.
            if properties.is_none() || text.byte(at) == b'&' {
                properties = Some(at);
            }
            at = text.word_end(at);
            here = at;
        }
        let mut node = self.written(around, at, begins_line)?;
        node.properties = properties;
        let is_beside = |at: usize| text.line_start(at) == text.line_start(node.span.start);
        match properties {
            Some(at) if node.style == Style::Mapping && is_beside(at) => {
                Err(Lost { at, what: "an anchor or tag in front of a key" })
            }
            _ => Ok(node),
        }
    }

    /// The value whose first character stands at an offset.
    fn written(&mut self, around: Around, at: usize, begins_line: bool) -> Result<Node, Lost> {
        let text = self.text;
        if begins_line && is_indicator(text, at, b'-') {
            return self.sequence(at);
        }
        if begins_line && is_indicator(text, at, b'?') {
            return Err(Lost { at, what: "a key that is marked by `?`" });
        }
        if begins_line && self.key_end(at).is_some() {
            return self.mapping(at);
        }
        Ok(match text.byte(at) {
            b'|' | b'>' => leaf(Style::BlockScalar, at..text.block_scalar_end(at, around.column), None),
            b'"' | b'\'' => leaf(Style::Scalar, at..text.quoted_end(at), None),
            b'[' | b'{' => {
                let mut marks = Vec::new();
                let end = text.flow_end(at, &mut marks);
                for mark in marks.into_iter().filter(|mark| text.byte(*mark) == b'*') {
                    let word = text.slice(mark + 1..text.word_end(mark));
                    self.aliases.extend(word.split([',', ']', '}']).next());
                }
                leaf(Style::Flow, at..end, None)
            }
            b'*' => {
                let end = text.word_end(at);
                self.aliases.push(text.slice(at + 1..end));
                leaf(Style::Alias, at..end, None)
            }
            _ => leaf(Style::Scalar, at..self.plain_end(around, at), None),
        })
    }

    /// Behind the key that starts at an offset, if there is one.
    fn key_end(&self, at: usize) -> Option<usize> {
        let text = self.text;
        match text.byte(at) {
            b'"' | b'\'' => {
                let end = text.quoted_end(at);
                is_indicator(text, text.skip_blanks(end), b':').then_some(end)
            }
            b'[' | b'{' | b'|' | b'>' => None,
            _ => {
                let end = (at..text.line_end(at))
                    .take_while(|place| !(text.byte(*place) == b'#' && text.is_blank(place - 1)))
                    .find(|place| is_indicator(text, *place, b':'))?;
                Some(at + text.slice(at..end).trim_end().len())
            }
        }
    }

    fn plain_end(&self, around: Around, at: usize) -> usize {
        let text = self.text;
        let (mut end, mut start) = (at, at);
        loop {
            let line = text.slice(start..text.line_end(start));
            let comment = line.match_indices('#').find(|(index, _)| text.is_blank(start + index - 1));
            let plain = comment.map_or(line, |(index, _)| line.get(..index).unwrap_or_default());
            end = if plain.trim().is_empty() { end } else { start + plain.trim_end().len() };
            let next = text.skip_blanks(text.next_line(start));
            let blank = text.is_blank(next) && next < text.end;
            if comment.is_some() || next >= text.end || !(blank || text.column(next) > column(around)) {
                return end;
            }
            // A comment ends the text, and so does what is not indented deeper.
            if text.byte(next) == b'#' {
                return end;
            }
            start = if blank { text.line_start(next) } else { next };
        }
    }

    fn mapping(&mut self, first: usize) -> Result<Node, Lost> {
        let text = self.text;
        let column = text.column(first);
        let (mut start, mut entries) = (first, Vec::new());
        loop {
            if is_indicator(text, start, b'?') || matches!(text.byte(start), b'&' | b'!' | b'*') {
                return Err(Lost { at: start, what: "a key with a mark in front of it" });
            }
            let Some(end) = self.key_end(start) else {
                return Err(Lost { at: start, what: "a key over several lines" });
            };
            let opening = text.skip_blanks(end) + 1;
            let node =
                self.node(Around { column: Some(column), begins_line: false, is_member: true }, opening)?;
            let last = node.span.end.max(opening);
            entries.push(entry(text, start, start..end, opening, node));
            start = text.skip(last);
            if start >= text.end || text.column(start) != column || is_indicator(text, start, b'-') {
                return Ok(block(Style::Mapping, first..last, entries));
            }
        }
    }

    fn sequence(&mut self, first: usize) -> Result<Node, Lost> {
        let text = self.text;
        let column = text.column(first);
        let (mut start, mut entries) = (first, Vec::new());
        loop {
            let opening = start + 1;
            let node =
                self.node(Around { column: Some(column), begins_line: true, is_member: false }, opening)?;
            let last = node.span.end.max(opening);
            entries.push(entry(text, start, start..opening, opening, node));
            start = text.skip(last);
            if start >= text.end || text.column(start) != column || !is_indicator(text, start, b'-') {
                return Ok(block(Style::Sequence, first..last, entries));
            }
        }
    }
}

/// The column that what belongs to an entry is indented deeper than.
fn column(around: Around) -> usize {
    around.column.unwrap_or(0)
}

fn belongs(text: Text<'_>, around: Around, at: usize) -> bool {
    match around.column {
        None => true,
        // A sequence may stand right below its key.
        Some(column) if around.is_member && text.column(at) == column => is_indicator(text, at, b'-'),
        Some(column) => text.column(at) > column,
    }
}

fn is_indicator(text: Text<'_>, at: usize, indicator: u8) -> bool {
    at < text.end && text.byte(at) == indicator && text.is_blank(at + 1)
}

fn leaf(style: Style, span: Range<usize>, properties: Option<usize>) -> Node {
    Node { style, span, properties, is_shared: false, entries: Vec::new() }
}

fn block(style: Style, span: Range<usize>, entries: Vec<Entry>) -> Node {
    Node { style, span, properties: None, is_shared: false, entries }
}

fn entry(text: Text<'_>, start: usize, key: Range<usize>, opening: usize, node: Node) -> Entry {
    let column = text.column(start);
    let mut end = text.next_line(node.span.end.max(opening));
    let mut at = end;
    while let Some(line) = text.line(at).filter(|line| line.is_blank() || line.is_comment()) {
        at = text.next_line(at);
        if line.is_comment() {
            if line.indentation() <= column {
                break;
            }
            end = at;
        }
    }
    Entry { start, column, opening, key, node, end }
}
