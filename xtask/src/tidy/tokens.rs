//! Rust source as a flat row of tokens with their lines: comments and the insides of texts are not in it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The tokens of a file.
#[derive(Debug)]
pub(super) struct Code {
    tokens: Vec<Token>,
}

#[derive(Debug)]
struct Token {
    text: String,
    line: usize,
    /// For the opening of a group: the index of its closing.
    close: Option<usize>,
}

impl Code {
    /// Reads a source; gives the line of the trouble if it is not made of Rust tokens.
    pub(super) fn parse(text: &str) -> Result<Self, usize> {
        let stream: TokenStream =
            text.parse().map_err(|error: proc_macro2::LexError| error.span().start().line)?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        Ok(Self { tokens })
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The text of the token at an index: one character if it is punctuation; empty outside of the row.
    pub(super) fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &token.text)
    }

    /// The line of the token at an index.
    pub(super) fn line(&self, index: usize) -> usize {
        self.tokens.get(index).map_or(0, |token| token.line)
    }

    /// The index of the token that closes the group which opens at an index.
    pub(super) fn close(&self, index: usize) -> Option<usize> {
        self.tokens.get(index)?.close
    }

    /// Whether the tokens from an index on are these.
    pub(super) fn is_at(&self, index: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(offset, text)| self.text(index + offset) == *text)
    }

    /// The index after the token at this one, or after the group that it opens.
    pub(super) fn next(&self, index: usize) -> usize {
        self.close(index).unwrap_or(index) + 1
    }
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    for tree in stream {
        let TokenTree::Group(group) = tree else {
            tokens.push(Token { text: tree.to_string(), line: tree.span().start().line, close: None });
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => ("", ""),
        };
        let opening = tokens.len();
        tokens.push(Token { text: open.to_owned(), line: group.span_open().start().line, close: None });
        flatten(group.stream(), tokens);
        let closing = tokens.len();
        tokens.push(Token { text: close.to_owned(), line: group.span_close().end().line, close: None });
        tokens[opening].close = Some(closing);
    }
}
