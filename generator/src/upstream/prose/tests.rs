//! Where sentences end, and where they only seem to.

use crate::document::Source;
use crate::upstream::text::Text;

use super::sentences;

fn split(written: &str) -> Vec<(String, usize, usize)> {
    let source = Source { name: "page.md".to_owned(), text: written.to_owned() };
    let text = Text::new(&source);
    let lines = text.lines(&(0..text.body().len()));
    let sentences = sentences(&text, &lines).into_iter();
    sentences.map(|found| (found.text, found.location.line, found.location.column)).collect()
}

fn texts(written: &str) -> Vec<String> {
    split(written).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn a_sentence_ends_with_its_punctuation_and_knows_its_place() {
    let found = split("Feed it. Then\nwait!  Is it\nfed? \"Yes.\" It is");
    let expected = [
        ("Feed it.", 1, 1),
        ("Then wait!", 1, 10),
        ("Is it fed?", 2, 8),
        ("\"Yes.\"", 3, 6),
        ("It is", 3, 13),
    ];
    assert_eq!(found, expected.map(|(text, line, column)| (text.to_owned(), line, column)));
}

#[test]
fn some_full_stops_end_nothing() {
    for sentence in [
        "Use a tool, e.g. Feeder, i.e. one (etc. and so on) of v1.0 or v2.",
        "The name without the .git extension, such as feed.json, stays.",
        "See https://example.test/a.b?c=d. or wait... until then vs. Now",
        "Takes no. 5 of the U.S. Feeders (max. 100).",
    ] {
        let count = if sentence.contains("https") { 2 } else { 1 };
        assert_eq!(texts(sentence).len(), count, "{sentence}: {:?}", texts(sentence));
    }
}

#[test]
fn blank_lines_and_colons_at_line_ends_separate() {
    assert_eq!(
        texts("Notes:\nThe first\n\nThe second: a\nthird"),
        ["Notes:", "The first", "The second: a third"]
    );
    assert_eq!(texts("Needs `a\\_b` and c\\_d."), ["Needs `a\\_b` and c_d."]);
    assert_eq!(texts(" \n\n"), [""; 0]);
}
