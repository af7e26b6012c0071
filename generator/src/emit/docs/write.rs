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
    /// Whether all that follows belongs to one word, as the text of a link does.
    whole: bool,
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
        if self.whole {
            let words: Vec<&str> = text.split_whitespace().collect();
            let space = |is_there: bool| if is_there && !words.is_empty() { " " } else { "" };
            self.atom(space(text.starts_with(char::is_whitespace)));
            self.atom(&words.join(" "));
            self.atom(if text.ends_with(char::is_whitespace) { " " } else { "" });
            return;
        }
        self.glued &= !text.starts_with(char::is_whitespace);
        for word in text.split_whitespace() {
            self.atom(word);
            self.glued = false;
        }
        self.glued = !text.is_empty() && !text.ends_with(char::is_whitespace);
    }

    /// Adds a piece that is never wrapped.
    pub(super) fn atom(&mut self, piece: &str) {
        match self.words.last_mut() {
            _ if piece.is_empty() => return,
            Some(Word::Piece(word)) if self.glued => word.push_str(piece),
            _ => self.words.push(Word::Piece(piece.to_owned())),
        }
        self.glued = true;
    }

    pub(super) fn line_break(&mut self) {
        if self.whole {
            return self.text(" ");
        }
        self.words.push(Word::Break);
        self.glued = false;
    }

    /// Starts a word that is not wrapped until its end.
    pub(super) fn start_whole(&mut self) {
        self.whole = true;
    }

    pub(super) fn end_whole(&mut self) {
        self.whole = false;
    }

    /// The count of the words and the length of the last, which anything that is added changes.
    pub(super) fn mark(&self) -> (usize, usize) {
        let last = self.words.last().map_or(0, |word| match word {
            Word::Piece(word) => word.len(),
            Word::Break => 0,
        });
        (self.words.len(), last)
    }

    /// Takes back this end of the word that the next piece belongs to, if that is its end.
    pub(super) fn unwrite(&mut self, end: &str) -> bool {
        let Some(Word::Piece(word)) = self.words.last_mut().filter(|_| self.glued) else {
            return false;
        };
        let kept = word.strip_suffix(end).map(str::len);
        word.truncate(kept.unwrap_or(word.len()));
        kept.is_some()
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
        for line in text.split('\n') {
            self.line(line);
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
        // An item without text is left out; the list may then start with a number that needs the gap.
        self.gap = self.around.pop().is_some_and(|item| item.loose || !item.used);
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
        let prefix: usize = self.around.iter().map(|container| container.rest.len()).sum();
        let width = WIDTH.saturating_sub(prefix);
        // A line break at the end of a paragraph breaks nothing.
        while matches!(self.words.last(), Some(Word::Break)) {
            self.words.pop();
        }
        let mut line = String::new();
        let mut length = 0;
        for word in std::mem::take(&mut self.words) {
            let Word::Piece(word) = word else {
                if !line.is_empty() {
                    line.push('\\');
                    self.line(&std::mem::take(&mut line));
                }
                continue;
            };
            let more = word.chars().count();
            if !line.is_empty() && length + 1 + more > width {
                self.line(&std::mem::take(&mut line));
            }
            if line.is_empty() {
                line = at_line_start(word);
                length = more;
            } else {
                line.extend([" ", &word]);
                length += 1 + more;
            }
        }
        if !line.is_empty() {
            self.line(&line);
        }
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
        self.gap = false;
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
