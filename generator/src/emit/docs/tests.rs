//! Descriptions, harmless and nasty, and what becomes of them.

use super::lines;

fn written(markdown: &str) -> String {
    lines(markdown).join("\n")
}

#[test]
fn known_constructs_are_kept() {
    let markdown = "\
# A *heading*

Some _emphasis_, __strength__, ~~no~~ and `co|de` over
two lines.  
A [link](https://example.com/a_(b)?x=1&y=2 \"title\") and <https://example.com>.

* one

  more
* two
    1. x
    2. y
> quoted
> > twice

| a | b |
|---|:-:|
| `x\\|y` | z\\|z |

```json
{ \"a\": 1 }
```

---
";
    let expected = "\
**A *heading***

Some *emphasis*, **strength**, ~~no~~ and `co|de` over two lines.\\
A [link](https://example.com/a_%28b%29?x=1&y=2) and <https://example.com>.

- one

  more

- two

  1. x
  2. y

> quoted
>
> > twice

| a | b |
| --- | :-: |
| `x\\|y` | z\\|z |

```text
{ \"a\": 1 }
```

___";
    assert_eq!(written(markdown), expected);
}

#[test]
fn long_lines_are_wrapped_but_not_in_code_or_links() {
    let word = "x".repeat(30);
    let markdown = format!("- {word} {word} `{word} {word}` [{word} {word}](https://example.com)\n");
    let expected = format!("- {word} {word}\n  `{word} {word}`\n  [{word} {word}](https://example.com)");
    assert_eq!(written(&markdown), expected);
    let markdown = format!("{} - b", "a ".repeat(50));
    assert_eq!(written(&markdown), format!("{}\n\\- b", "a ".repeat(50).trim_end()));
}

#[test]
fn nothing_in_a_text_is_markup() {
    assert_eq!(
        written("a [Vec] [`String`] [x][y] [^1] - [ ] <T> 1 < 2 & &copy;"),
        "a \\[Vec\\] \\[`String`\\] \\[x\\]\\[y\\] \\[^1\\] - \\[ \\] \\<T> 1 \\< 2 & ©"
    );
    assert_eq!(
        written("snake_case _x 2 * 3 ` | ~ \\\\ --f"),
        "snake_case \\_x 2 \\* 3 \\` \\| \\~ \\\\ -\\-f"
    );
    assert_eq!(
        written("\\# a\n\n1\\. b\n\n\\- c\n\n\\> d\n\n\\===\n\n+"),
        "\\# a\n\n1\\. b\n\n\\- c\n\n\\> d\n\n\\==="
    );
    assert_eq!(written("    fn main() {}\n"), "```text\nfn main() {}\n```");
    assert_eq!(written("````rust,should_panic\n```\n````"), "````text\n```\n````");
    assert_eq!(written("`` a`b `` ` `"), "``a`b``");
}

#[test]
fn only_links_to_the_web_stay() {
    assert_eq!(written("[a](/rest/x) [b](#c) [d](Vec) [e](javascript:x)"), "a b d e");
    assert_eq!(written("[a](mailto:a@b.c) <a@b.c> [](http://x.y)"), "[a](mailto:a@b.c) a@b.c <http://x.y>");
    assert_eq!(
        written("![alt](/x.png) ![alt](https://x.y/z.png) [![b](/i)](http://x.y)"),
        "alt [alt](https://x.y/z.png) [b](http://x.y)"
    );
    assert_eq!(
        written("see (https://x.y/a_b), http:// or `http://x`."),
        "see (<https://x.y/a_b>), http:// or `http://x`."
    );
    assert_eq!(written("wow![a](http://x.y)"), "wow[a](http://x.y)");
    assert_eq!(written("wow\\![http://x.y b](http://x.y)"), "wow\\![http://x.y b](http://x.y)");
}

#[test]
fn html_is_text_but_for_breaks_and_comments() {
    assert_eq!(written("a<br>b <b>c</b><!-- d -->"), "a\\\nb \\<b>c\\</b>");
    assert_eq!(written("<p>\na<BR />b\n<!-- d\n-->\n</p>\n"), "\\<p> a\\\nb \\</p>");
    assert_eq!(written("<!-- nothing -->"), "");
}

#[test]
fn characters_that_deceive_are_dropped() {
    assert_eq!(
        written("a\u{0}b\u{1b}c\u{202e}d\u{feff}e\u{85}f\u{2028}g\r\nh\u{a0}i &#0;&#x202e;"),
        "abcde f g h i \u{fffd}"
    );
    assert_eq!(written("`a\u{202e}b`\n\n```\n\tc\u{7}\r\n```"), "`ab`\n\n```text\n    c\n```");
}

#[test]
fn empty_parts_leave_no_trace() {
    for nothing in ["", " \n\t\n", "#", "- \n- \n", ">", "[](/x)", "` `", "<br>", "[x]: http://y.z"] {
        assert_eq!(lines(nothing), [""; 0], "{nothing:?}");
    }
    assert_eq!(written("# a\n1. \n2. b"), "**a**\n\n2. b");
}

#[test]
fn lists_that_differ_stay_apart() {
    assert_eq!(written("- a\n- b\n\n* c\n"), "- a\n- b\n\n* c");
    assert_eq!(written("3. a\n   - b\n   - c\n4. d"), "3. a\n   - b\n   - c\n4. d");
}

#[test]
fn hostile_texts_end_in_time() {
    let long = lines(&"word ".repeat(10_000_000));
    assert!(long.iter().map(String::len).sum::<usize>() < 70_000);
    assert_eq!(long[long.len() - 1], "(The rest of this text is left out: it is too long.)");
    assert_eq!(written(&("> ".repeat(10_000) + "deep")), "> ".repeat(8) + "deep");
    assert_eq!(written(&("- ".repeat(10_000) + "deep")), "- ".repeat(8) + "deep");
    assert_eq!(lines(&"[".repeat(60_000)).len(), 1);
    assert_eq!(lines(&("http://a".to_owned() + &")".repeat(60_000))).len(), 1);
}
