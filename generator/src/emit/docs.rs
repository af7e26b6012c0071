//! Markdown from a description made safe to stand in a doc comment.

/// The lines of a doc comment that says what the Markdown says.
pub fn lines(markdown: &str) -> Vec<String> {
    markdown.lines().map(str::to_owned).collect()
}
