//! Markdown from a description made safe to stand in a doc comment.
//!
//! The text is parsed and written anew, so that only known constructs come out: no code but `text` blocks, no
//! link but to the web, no HTML, and nothing that rustdoc or clippy warns of.

mod escape;
mod write;

use std::cell::RefCell;
use std::collections::HashMap;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use write::Writer;

pub(super) use escape::is_harmless;

/// How much of a text is kept, in bytes.
const LIMIT: usize = 64 << 10;
/// How long a text is that descriptions tend to repeat, in bytes.
const SHORT: usize = 256;

thread_local! {
    /// The short texts that were translated on this thread, which lives no longer than a run.
    static KNOWN: RefCell<HashMap<String, Vec<String>>> = RefCell::default();
}

/// The lines of a doc comment, without its slashes, that says what the Markdown says.
///
/// Lines are wrapped at about 100 columns. A text of more than 64 KiB is cut, and says so.
pub(crate) fn lines(markdown: &str) -> Vec<String> {
    if markdown.len() > SHORT {
        return translated(markdown);
    }
    let known = KNOWN.with_borrow(|known| known.get(markdown).cloned());
    known.unwrap_or_else(|| {
        let lines = translated(markdown);
        KNOWN.with_borrow_mut(|known| known.insert(markdown.to_owned(), lines.clone()));
        lines
    })
}

fn translated(markdown: &str) -> Vec<String> {
    let kept = floor(markdown, LIMIT);
    let text = escape::clean(kept);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut translation = Translation::default();
    for event in TextMergeStream::new(Parser::new_ext(&text, options)) {
        translation.see(event);
    }
    let mut lines = translation.writer.finish();
    if kept.len() < markdown.len() {
        lines.extend([String::new(), "(The rest of this text is left out: it is too long.)".to_owned()]);
    }
    lines
}

fn floor(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// A walk over the parts of the text.
#[derive(Default)]
struct Translation {
    writer: Writer,
    /// The links and images around the next part.
    links: Vec<Link>,
    /// The raw HTML block, code block or nothing around it.
    raw: Option<String>,
    in_heading: bool,
    table: Option<Table>,
}

/// What becomes of a link or image.
enum Link {
    /// It is written with this destination; the mark tells whether it has any text.
    Kept { destination: String, mark: (usize, usize) },
    /// Only its text is.
    TextOnly,
    /// It has been written as a whole.
    Done,
}

/// The table around the next part, as far as read.
struct Table {
    /// The row under the head.
    delimiters: String,
    rows: Vec<String>,
    row: String,
}

impl Translation {
    fn see(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                if let Some(raw) = &mut self.raw {
                    raw.push_str(&text);
                }
            }
            _ if matches!(self.links.last(), Some(Link::Done)) => {}
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.code(&code),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.writer.line_break(),
            Event::Rule => self.writer.block("___"),
            // What needs an option that is off.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.writer.start_paragraph(),
            Tag::Heading { .. } => {
                self.writer.start_block();
                self.writer.atom("**");
                self.in_heading = true;
            }
            Tag::BlockQuote(_) => self.writer.start_quote(),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.writer.start_block();
                self.raw = Some(String::new());
            }
            Tag::List(start) => self.writer.start_list(start),
            Tag::Item => self.writer.start_item(),
            Tag::Table(columns) => {
                self.writer.start_block();
                let delimiters = escape::delimiters(&columns);
                self.table = Some(Table { delimiters, rows: Vec::new(), row: String::new() });
            }
            Tag::Emphasis => self.writer.atom("*"),
            Tag::Strong if !self.in_heading => self.writer.atom("**"),
            Tag::Strikethrough => self.writer.atom("~~"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url),
            Tag::Image { dest_url, .. } => self.start_link(LinkType::Inline, &dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.writer.end_paragraph(),
            TagEnd::Heading(_) => {
                self.in_heading = false;
                self.writer.atom("**");
                self.writer.end_heading();
            }
            TagEnd::BlockQuote(_) => self.writer.end_quote(),
            TagEnd::CodeBlock => {
                let code = self.raw.take().unwrap_or_default();
                self.writer.block(&escape::code_block(&code));
            }
            TagEnd::HtmlBlock => {
                let html = self.raw.take().unwrap_or_default();
                self.html(&html);
                self.writer.end_paragraph();
            }
            TagEnd::List(_) => self.writer.end_list(),
            TagEnd::Item => self.writer.end_item(),
            TagEnd::Table => {
                let rows = self.table.take().map(|table| table.rows).unwrap_or_default();
                self.writer.block(&rows.join("\n"));
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(matches!(tag, TagEnd::TableHead)),
            TagEnd::Emphasis => self.writer.atom("*"),
            TagEnd::Strong if !self.in_heading => self.writer.atom("**"),
            TagEnd::Strikethrough => self.writer.atom("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let kept = self.links.iter().find_map(|link| match link {
            Link::Kept { mark, .. } => Some(*mark),
            _ => None,
        });
        // A link starts with a word, if it has any.
        let text = if kept == Some(self.writer.mark()) { text.trim_start() } else { text };
        self.writer.text(&escape::text(text, kept.is_none()));
    }

    fn code(&mut self, code: &str) {
        let code = escape::code(code);
        let code = if self.table.is_some() { code.replace('|', "\\|") } else { code };
        // The backticks of two spans in a row would be one longer run.
        if self.writer.unwrite("`") {
            self.writer.atom("`");
            self.writer.text(" ");
        }
        self.writer.atom(&code);
    }

    /// HTML is shown as it is written, but for line breaks and comments.
    fn html(&mut self, html: &str) {
        for (index, line) in escape::html_lines(html).iter().enumerate() {
            if index > 0 {
                self.writer.line_break();
            }
            self.text(line);
        }
    }

    fn start_link(&mut self, kind: LinkType, destination: &str) {
        let inside = self.links.iter().any(|link| !matches!(link, Link::TextOnly));
        let link = match escape::destination(destination) {
            Some(destination) if !inside && kind == LinkType::Autolink => {
                self.writer.atom(&format!("<{destination}>"));
                Link::Done
            }
            Some(destination) if !inside => {
                // After an exclamation mark it would be an image.
                if self.writer.unwrite("!") {
                    self.writer.atom("\\!");
                }
                self.writer.atom("[");
                self.writer.start_whole();
                Link::Kept { destination, mark: self.writer.mark() }
            }
            _ => Link::TextOnly,
        };
        self.links.push(link);
    }

    fn end_link(&mut self) {
        if let Some(Link::Kept { destination, mark }) = self.links.pop() {
            self.writer.end_whole();
            if self.writer.mark() == mark {
                self.writer.unwrite("[");
                self.writer.atom(&format!("<{destination}>"));
            } else {
                self.writer.atom(&format!("]({destination})"));
            }
        }
    }

    fn end_cell(&mut self) {
        let cell = self.writer.take_words();
        if let Some(table) = &mut self.table {
            table.row.extend(["| ", &cell, if cell.is_empty() { "" } else { " " }]);
        }
    }

    fn end_row(&mut self, is_head: bool) {
        if let Some(table) = &mut self.table {
            table.rows.push(std::mem::take(&mut table.row) + "|");
            if is_head {
                table.rows.push(std::mem::take(&mut table.delimiters));
            }
        }
    }
}

#[cfg(test)]
mod tests;
