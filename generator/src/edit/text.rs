//! Places in a YAML text: lines, columns, and where quoted text, brackets and block scalars end. Knows no values.

use std::ops::Range;

/// The text of one YAML document that is known to be valid, and whose last line ends with a line break.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    /// Where the document ends; a line `...` may follow.
    pub(super) end: usize,
}

impl<'t> Text<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            if line.trim_end() == "..." || line.starts_with("... ") {
                break;
            }
            end += line.len();
        }
        Self { text, end }
    }

    /// The byte at an offset, or a line break behind the end.
    pub(super) fn byte(self, at: usize) -> u8 {
        if at < self.end { self.text.as_bytes()[at] } else { b'\n' }
    }

    pub(super) fn is_blank(self, at: usize) -> bool {
        matches!(self.byte(at), b' ' | b'\t' | b'\r' | b'\n')
    }

    pub(super) fn slice(self, span: Range<usize>) -> &'t str {
        self.text.get(span).unwrap_or_default()
    }

    pub(super) fn line_start(self, at: usize) -> usize {
        self.slice(0..at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// Behind the line break of the line that an offset is in.
    pub(super) fn next_line(self, at: usize) -> usize {
        self.slice(at..self.end).find('\n').map_or(self.end, |length| at + length + 1)
    }

    /// In front of the line break of the line that an offset is in.
    pub(super) fn line_end(self, at: usize) -> usize {
        let line = self.slice(at..self.next_line(at));
        at + line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)).len()
    }

    pub(super) fn column(self, at: usize) -> usize {
        let before = self.slice(self.line_start(at)..at);
        before.trim_start_matches('\u{feff}').chars().count()
    }

    /// The line that starts at an offset, without its line break, unless the document ends there.
    pub(super) fn line(self, start: usize) -> Option<Line<'t>> {
        (start < self.end).then(|| Line(self.slice(start..self.line_end(start))))
    }

    /// The start of the line before the one that starts at an offset.
    pub(super) fn line_before(self, start: usize) -> Option<usize> {
        start.checked_sub(1).map(|before| self.line_start(before))
    }

    /// The first offset at or behind this one that is neither white space nor in a comment.
    pub(super) fn skip(self, mut at: usize) -> usize {
        while at < self.end {
            if self.byte(at) == b'#' && (self.column(at) == 0 || self.is_blank(at - 1)) {
                at = self.next_line(at);
            } else if self.is_blank(at) {
                at += 1;
            } else {
                break;
            }
        }
        at.min(self.end)
    }

    /// Behind the blanks of this line.
    pub(super) fn skip_blanks(self, mut at: usize) -> usize {
        while at < self.end && matches!(self.byte(at), b' ' | b'\t') {
            at += 1;
        }
        at
    }

    /// Behind the quoted text that starts at an offset.
    pub(super) fn quoted_end(self, start: usize) -> usize {
        let quote = self.byte(start);
        let mut at = start + 1;
        while at < self.end {
            match self.byte(at) {
                b'\\' if quote == b'"' => at += 2,
                byte if byte == quote && quote == b'\'' && self.byte(at + 1) == quote => at += 2,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        self.end
    }

    /// Behind the characters up to the next white space, as of an anchor, a tag or an alias.
    pub(super) fn word_end(self, start: usize) -> usize {
        let word = self.slice(start..self.end);
        start + word.find([' ', '\t', '\r', '\n']).unwrap_or(word.len())
    }

    /// Behind the brackets that open at an offset; each `&`, `*`, `!` and comment in them goes to `marks`.
    pub(super) fn flow_end(self, start: usize, marks: &mut Vec<usize>) -> usize {
        let (mut at, mut depth, mut is_fresh) = (start, 0_usize, true);
        while at < self.end {
            let mut next = at + 1;
            match self.byte(at) {
                b'[' | b'{' => depth += 1,
                b']' | b'}' if depth == 1 => return next,
                b']' | b'}' => depth -= 1,
                b'"' | b'\'' if is_fresh => next = self.quoted_end(at),
                b'#' if self.is_blank(at - 1) => {
                    marks.push(at);
                    next = self.next_line(at);
                }
                b'&' | b'*' | b'!' if is_fresh => marks.push(at),
                _ => {}
            }
            is_fresh = match self.byte(at) {
                b'[' | b'{' | b',' | b':' | b'?' => true,
                b' ' | b'\t' | b'\r' | b'\n' => is_fresh,
                _ => false,
            };
            at = next;
        }
        self.end
    }

    /// The last offset of a block scalar whose `|` or `>` stands at `start`, below a part at the column `outside`.
    pub(super) fn block_scalar_end(self, start: usize, outside: Option<usize>) -> usize {
        let header = self.slice(start..self.line_end(start));
        let header = header.split('#').next().unwrap_or_default().trim_end();
        let keeps = header.contains('+');
        let given = header.bytes().find(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
        let mut depth = given.map(|digit| outside.unwrap_or(0) + digit);
        let (mut end, mut at) = (start + header.len(), self.next_line(start));
        while let Some(line) = self.line(at) {
            if line.is_blank() {
                end = if keeps { self.line_end(at) } else { end };
            } else {
                let least = outside.map_or(0, |column| column + 1);
                let depth = *depth.get_or_insert(line.indentation().max(least));
                if line.indentation() < depth {
                    break;
                }
                end = self.line_end(at);
            }
            at = self.next_line(at);
        }
        end
    }
}

/// One line without its line break.
#[derive(Clone, Copy)]
pub(super) struct Line<'t>(pub(super) &'t str);

impl Line<'_> {
    pub(super) fn is_blank(self) -> bool {
        self.0.trim().is_empty()
    }

    pub(super) fn is_comment(self) -> bool {
        self.0.trim_start().starts_with('#')
    }

    pub(super) fn indentation(self) -> usize {
        self.0.len() - self.0.trim_start_matches(' ').len()
    }
}
