//! Prose into sentences, so that a change of wording can be told sentence by sentence.

use super::Sentence;
use super::text::{Line, Text, plain};

/// The sentences of some lines.
///
/// A sentence ends with its punctuation, before a blank line, and at a line that ends in a colon. The full stops of
/// abbreviations, versions, file names and addresses end none.
pub(crate) fn sentences(text: &Text<'_>, lines: &[Line<'_>]) -> Vec<Sentence> {
    let words = words(lines);
    let mut sentences = Vec::new();
    let mut first = 0;
    for (index, word) in words.iter().enumerate() {
        if !is_end(word, words.get(index + 1)) {
            continue;
        }
        let sentence = &words[first..=index];
        first = index + 1;
        let written: Vec<&str> = sentence.iter().map(|word| word.text).collect();
        let start = sentence.first().map_or(word.start, |word| word.start);
        sentences.push(Sentence {
            text: plain(&written.join(" ")),
            location: text.location(&(start..word.start + word.text.len())),
        });
    }
    sentences
}

struct Word<'a> {
    text: &'a str,
    start: usize,
    /// Which line it stands in.
    line: usize,
    /// Which paragraph it stands in.
    paragraph: usize,
}

fn words<'a>(lines: &[Line<'a>]) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    let mut paragraph = 0;
    for (number, line) in lines.iter().enumerate() {
        paragraph += usize::from(line.text.is_empty());
        let mut at = 0;
        for piece in line.text.split_inclusive(char::is_whitespace) {
            let text = piece.trim_end();
            if !text.is_empty() {
                words.push(Word { text, start: line.span.start + at, line: number, paragraph });
            }
            at += piece.len();
        }
    }
    words
}

fn is_end(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let Some(next) = next.filter(|next| next.paragraph == word.paragraph) else {
        return true;
    };
    if next.line != word.line && word.text.ends_with(':') {
        return true;
    }
    let bare = word.text.trim_end_matches(['"', '\'', ')', ']', '”', '’', '*', '_', '`', '\\']);
    if bare.ends_with(['!', '?']) {
        return true;
    }
    bare.ends_with('.') && !is_abbreviation(bare, next.text)
}

/// Abbreviations that a sentence may end with, so that the next word has to tell.
const SOMETIMES: [&str; 9] = ["etc", "no", "max", "min", "approx", "incl", "resp", "fig", "al"];
/// Abbreviations that never end a sentence.
const NEVER: [&str; 6] = ["vs", "cf", "ca", "dr", "mr", "ms"];

fn is_abbreviation(word: &str, next: &str) -> bool {
    let word = word.trim_start_matches(['"', '\'', '(', '[', '“', '‘', '*', '_', '`', '\\']);
    let stem = word.trim_end_matches('.').to_ascii_lowercase();
    let is_ellipsis = word.ends_with("..");
    let goes_on = next.starts_with(|char: char| char.is_lowercase() || char.is_ascii_digit());
    // `e.g.`, `i.e.` and `U.S.`: single letters, each with a full stop.
    let is_letters = stem.contains('.') && stem.split('.').all(|letter| letter.chars().count() == 1);
    is_letters
        || NEVER.contains(&stem.as_str())
        || goes_on && (is_ellipsis || SOMETIMES.contains(&stem.as_str()))
}

#[cfg(test)]
mod tests;
