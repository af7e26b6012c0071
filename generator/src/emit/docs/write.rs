//! Blocks of Markdown, written line by line inside the quotes and lists around them.

/// Where lines are wrapped, in characters.
const WIDTH: usize = 100;
/// How deep quotes and lists nest; what lies deeper is written at this depth.
const DEPTH: usize = 8;

/// Writes blocks; inline text is gathered word by word until its block ends.
#[derive(Default)]
pub(super) struct Writer {
    lines: Vec<String>,
    words: Vec<Word>,
    /// Whether the next piece belongs to the last word.
    glued: bool,
    around: Vec<Container>,
    lists: Vec<List>,
    /// Whether an empty line stands before the next block.
    gap: bool,
    /// The marker of a list that has just ended.
    ended: Option<char>,
}

enum Word {
    Piece(String),
    Break,
}

/// A quote or list item around the next line.
struct Container {
    /// What its first line starts with, and each further one; both empty beyond the depth limit.
    first: String,
    rest: String,
    /// Whether it has a line yet.
    used: bool,
    /// Whether its paragraphs stand apart.
    loose: bool,
}

struct List {
    /// The number of the next item; none in a bullet list.
    number: Option<u64>,
    marker: char,
}

impl Writer {
    /// Adds escaped text, which may be wrapped between words.
    pub(super) fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.glued = false;
        }
        for word in text.split_whitespace() {
            self.atom(word);
            self.glued = false;
        }
        self.glued = !text.ends_with(char::is_whitespace) && (self.glued || !text.is_empty());
    }

    /// Adds a piece that is never wrapped.
    pub(super) fn atom(&mut self, piece: &str) {
        match self.words.last_mut() {
            Some(Word::Piece(word)) if self.glued => word.push_str(piece),
            _ => self.words.push(Word::Piece(piece.to_owned())),
        }
        self.glued = true;
    }

    pub(super) fn line_break(&mut self) {
        self.words.push(Word::Break);
        self.glued = false;
    }

    /// A number that changes with everything that is added.
    pub(super) fn mark(&self) -> usize {
        let lengths = self.words.iter().map(|word| match word {
            Word::Piece(word) => word.len() + 1,
            Word::Break => 1,
        });
        lengths.sum()
    }

    /// Takes back the last piece.
    pub(super) fn unwrite(&mut self, piece: &str) {
        if let Some(Word::Piece(word)) = self.words.last_mut() {
            word.truncate(word.strip_suffix(piece).unwrap_or(word).len());
        }
    }

    /// The words so far, as one line.
    pub(super) fn take_words(&mut self) -> String {
        self.glued = false;
        let words = std::mem::take(&mut self.words).into_iter();
        let pieces = words.filter_map(|word| match word {
            Word::Piece(word) => Some(word),
            Word::Break => None,
        });
        pieces.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn start_paragraph(&mut self) {
        self.start_block();
        if let Some(container) = self.around.last_mut() {
            container.loose = true;
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.wrap();
        self.gap = true;
    }

    /// Ends a paragraph between `**`, which is nothing if there is nothing between.
    pub(super) fn end_heading(&mut self) {
        if let [Word::Piece(word)] = self.words.as_slice()
            && word == "****"
        {
            self.words.clear();
        }
        self.words.retain(|word| matches!(word, Word::Piece(_)));
        self.end_paragraph();
    }

    /// Ends the text of an item before a block.
    pub(super) fn start_block(&mut self) {
        if !self.words.is_empty() {
            self.end_paragraph();
        }
    }

    /// A block whose lines stand as they are.
    pub(super) fn block(&mut self, text: &str) {
        self.start_block();
        self.lines(text);
        self.gap = true;
    }

    /// Lines that go on a block, such as the rows of a table.
    pub(super) fn lines(&mut self, text: &str) {
        for line in text.split('\n') {
            self.line(line);
            self.gap = false;
        }
        self.gap = true;
    }

    pub(super) fn start_quote(&mut self) {
        self.start_block();
        self.enter("> ".to_owned(), "> ".to_owned());
    }

    pub(super) fn end_quote(&mut self) {
        self.start_block();
        self.around.pop();
        self.gap = true;
    }

    pub(super) fn start_list(&mut self, number: Option<u64>) {
        if !self.words.is_empty() {
            self.wrap();
            // Only such a list may follow a line of text.
            self.gap = number.is_some_and(|number| number != 1);
        }
        // Two lists in a row are one unless their markers differ.
        let markers = if number.is_some() { ['.', ')'] } else { ['-', '*'] };
        let [usual, other] = markers;
        let marker = if self.ended == Some(usual) { other } else { usual };
        self.lists.push(List { number, marker });
    }

    pub(super) fn end_list(&mut self) {
        self.ended = self.lists.pop().map(|list| list.marker);
        self.gap = true;
    }

    pub(super) fn start_item(&mut self) {
        let first = match self.lists.last_mut() {
            Some(List { number: Some(number), marker }) => {
                // A number of more digits makes no list.
                let first = format!("{}{marker} ", (*number).min(999_999_999));
                *number += 1;
                first
            }
            Some(List { number: None, marker }) => format!("{marker} "),
            None => String::new(),
        };
        let rest = " ".repeat(first.len());
        self.enter(first, rest);
    }

    pub(super) fn end_item(&mut self) {
        self.wrap();
        self.gap = self.around.pop().is_some_and(|item| item.loose);
    }

    /// The lines, all blocks ended.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.start_block();
        self.lines
    }

    fn enter(&mut self, first: String, rest: String) {
        let is_deep = self.around.len() >= DEPTH;
        let (first, rest) = if is_deep { (String::new(), String::new()) } else { (first, rest) };
        self.around.push(Container { first, rest, used: false, loose: false });
    }

    /// Writes the words so far as a paragraph.
    fn wrap(&mut self) {
        self.glued = false;
        let width = WIDTH - self.around.iter().map(|container| container.rest.len()).sum::<usize>();
        let mut line = String::new();
        let mut length = 0;
        for word in std::mem::take(&mut self.words) {
            match word {
                Word::Break if line.is_empty() => {}
                Word::Break => {
                    line.push('\\');
                    self.continued_line(&mut line);
                    length = 0;
                }
                Word::Piece(word) => {
                    let more = word.chars().count();
                    if !line.is_empty() && length + 1 + more > width {
                        self.continued_line(&mut line);
                        length = 0;
                    }
                    if line.is_empty() {
                        line = at_line_start(word);
                    } else {
                        line.push(' ');
                        line.push_str(&word);
                    }
                    length += 1 + more;
                }
            }
        }
        if line.is_empty() {
            // A line break at the end of a paragraph breaks nothing.
            if let Some(last) = self.lines.last_mut().filter(|_| self.ended_in_break()) {
                last.pop();
            }
        } else {
            self.line(&line);
        }
    }

    fn continued_line(&mut self, line: &mut String) {
        self.line(line);
        self.gap = false;
        line.clear();
    }

    /// Writes a line after the prefixes of what is around it.
    fn line(&mut self, text: &str) {
        if self.gap && !self.lines.is_empty() {
            let used = self.around.iter().take_while(|container| container.used);
            let prefix: String = used.map(|container| container.rest.as_str()).collect();
            self.lines.push(prefix.trim_end().to_owned());
        }
        let mut line = String::new();
        for container in &mut self.around {
            line.push_str(if container.used { &container.rest } else { &container.first });
            container.used = true;
        }
        line.push_str(text);
        line.truncate(line.trim_end().len());
        self.lines.push(line);
        self.ended = None;
    }
}

/// A word that opens no block where a line starts.
fn at_line_start(word: String) -> String {
    let digits = word.trim_start_matches(|char: char| char.is_ascii_digit());
    if matches!(digits, "." | ")") && digits.len() < word.len() {
        return format!("{}\\{digits}", &word[..word.len() - digits.len()]);
    }
    let opens = word.starts_with('>') || word.chars().all(|char| "-=+#:*".contains(char));
    if opens { format!("\\{word}") } else { word }
}
