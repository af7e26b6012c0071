//! The habits of a text: indentation, line ends, blank lines; and how new values are written.

use super::*;

#[test]
fn new_lines_follow_the_habits_of_the_text() {
    check(vec![
        // Dashes below their key, and four spaces.
        (
            "a:\n    b: 1\n    c:\n    - x\n    # end\nd: 1\n",
            vec![item("/a/c", 1, json!("y")), member("", "$", "e", json!({"f": [1]}))],
            "a:\n    b: 1\n    c:\n    - x\n    - \"y\"\n    # end\nd: 1\ne:\n    f:\n    - 1\n",
        ),
        // Carriage returns.
        (
            "a: 1\r\nb:\r\n  - c\r\n",
            vec![item("/b", 0, json!("x\ny\n")), member("", "a", "d", json!({"e": 1}))],
            "a: 1\r\nd:\r\n  e: 1\r\nb:\r\n  - |\r\n    x\r\n    y\r\n  - c\r\n",
        ),
        // No line break at the end, before a byte order mark.
        ("a: 1\nb: 2", vec![member("", "$", "c", json!(3))], "a: 1\nb: 2\nc: 3"),
        ("a: 1\nb: 2", vec![remove("/b")], "a: 1"),
        ("\u{feff}a: 1\nb: 2\n", vec![remove("/a")], "\u{feff}b: 2\n"),
        ("\u{feff}# b: 2\na: 1\n", vec![remove("/a")], "\u{feff}# b: 2\n{}\n"),
        ("\u{feff}a: 1\n", vec![member("", "^", "c", json!(3))], "\u{feff}c: 3\na: 1\n"),
        // Members that blank lines set apart.
        (
            "m:\n  a: 1\n\n  # of b\n  b: 2\n\n  c: 3\n\nn: 1\n",
            vec![
                member("/m", "a", "x", json!(1)),
                member("/m", "$", "y1", json!(2)),
                member("/m", "^", "w", json!(0)),
            ],
            "m:\n  w: 0\n\n  a: 1\n\n  x: 1\n\n  # of b\n  b: 2\n\n  c: 3\n\n  y1: 2\n\nn: 1\n",
        ),
        ("a: 1\n\nb: 2\n\nc: 3\n", vec![remove("/b")], "a: 1\n\nc: 3\n"),
        ("a: 1\n\nb: 2\n\nc: 3\n", vec![remove("/c")], "a: 1\n\nb: 2\n"),
        ("a: 1\n\nb: 2\n\nc: 3\n", vec![remove("/a"), remove("/b")], "c: 3\n"),
        ("a: 1\n\nb: 2\nc: 3\n", vec![remove("/b")], "a: 1\n\nc: 3\n"),
        // Directives, markers and what stands behind them.
        (
            "%YAML 1.2\n---\na: 1\n...\n# b: 2\n",
            vec![member("", "$", "c", json!(3))],
            "%YAML 1.2\n---\na: 1\nc: 3\n...\n# b: 2\n",
        ),
    ]);
}

#[test]
fn strange_but_valid_layouts_are_understood() {
    check(vec![
        ("'a: b' : 1\n\"c # d\":\t2\n", vec![replace("/c # d", json!(3))], "'a: b' : 1\n\"c # d\":\t3\n"),
        ("a: one\n  two # x\nb: 1\n", vec![replace("/a", json!("three"))], "a: three # x\nb: 1\n"),
        (
            "a:\n  one\n\n  two\nb: 1\n",
            vec![member("", "a", "c", json!(1))],
            "a:\n  one\n\n  two\nc: 1\nb: 1\n",
        ),
        ("a: 'it''s\n  # no: comment'\nb: 1\n", vec![remove("/a")], "b: 1\n"),
        ("a:\nb: # none\nc: 1\n", vec![replace("/b", json!("x"))], "a:\nb: x # none\nc: 1\n"),
        ("a:\n  -\n  - x\n", vec![replace("/a/0", json!({"b": 1}))], "a:\n  - b: 1\n  - x\n"),
        ("a: >- # why\n  x\n\n  - y: 1\n\nb: 1\n", vec![replace("/a", json!(1))], "a: 1 # why\n\nb: 1\n"),
        ("a: |2\n   x\n  y\nb: 1\n", vec![remove("/b")], "a: |2\n   x\n  y\n"),
        ("a: {b: 'x] # y', c: \"}\"} # z\n", vec![remove("/a/b")], "a: {c: \"}\"} # z\n"),
        ("a: { b: 1 }\n", vec![member("/a", "$", "c", json!({"d": [1]}))], "a: { b: 1, c: { d: [ 1 ] } }\n"),
        (
            "a:\n  - b: 1\n # odd\n  - c: 2\n      # odder\nd: 1\n",
            vec![item("/a", 1, json!(3))],
            "a:\n  - b: 1\n  - 3\n # odd\n  - c: 2\n      # odder\nd: 1\n",
        ),
        (
            "x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n",
            vec![member("/y", "$", "c", json!(3))],
            "x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n  c: 3\n",
        ),
        (
            "a:\n  - b: 1\n # odd\n  - c: 2\n      # odder\nd: 1\n",
            vec![remove("/a/1")],
            "a:\n  - b: 1\n # odd\nd: 1\n",
        ),
        ("x: &x 1\ny: *x\n", vec![replace("/y", json!(2))], "x: &x 1\ny: 2\n"),
        ("a: !t\n  b: 1\n", vec![replace("/a/b", json!(2))], "a: !t\n  b: 2\n"),
        ("---\na: 1\n", vec![replace("", json!({"b": {"c": 1}}))], "---\nb:\n  c: 1\n"),
        ("{a: 1}\n", vec![member("", "$", "b", json!(2))], "{a: 1, b: 2}\n"),
    ]);
}

#[test]
fn strings_are_plain_only_where_all_readers_agree() {
    let cases = [
        ("plain text", "plain text"),
        ("it's \"so\"", "it's \"so\""),
        ("a:b#c", "a:b#c"),
        ("https://x.example/{a}?b=[c]", "https://x.example/{a}?b=[c]"),
        ("200", "\"200\""),
        ("on", "\"on\""),
        ("NULL", "\"NULL\""),
        ("2026-03-10", "\"2026-03-10\""),
        ("12:30:45", "\"12:30:45\""),
        ("0x1F", "\"0x1F\""),
        ("1e3", "\"1e3\""),
        (".5", "\".5\""),
        ("+1", "\"+1\""),
        ("- x", "\"- x\""),
        ("#/components/x", "\"#/components/x\""),
        ("", "\"\""),
        (" a", "\" a\""),
        ("a ", "\"a \""),
        ("a: b", "\"a: b\""),
        ("a #b", "\"a #b\""),
        ("a:", "\"a:\""),
        ("<<", "\"<<\""),
        ("a\tb\u{7}\u{2028}\\", "\"a\\tb\\x07\\u2028\\\\\""),
        ("a\nb\n", "|\n  a\n  b"),
        ("a\n\n- b", "|-\n  a\n\n  - b"),
        ("a\nb\n\n", "\"a\\nb\\n\\n\""),
        (" a\nb", "\" a\\nb\""),
        ("a\n  \nb", "\"a\\n  \\nb\""),
        ("a\r\nb", "\"a\\x0d\\nb\""),
    ];
    for (text, written) in cases {
        let edits = [replace("/a", json!(text)), member("", "$", "c", json!({"d": text}))];
        let nested = written.replace("\n  ", "\n    ");
        assert_eq!(edited("a: 1\nb: 2\n", &edits), format!("a: {written}\nb: 2\nc:\n  d: {nested}\n"));
    }
    let numbers = json!([1.5, 1e100, -2.5e-9, 18446744073709551615_u64, null, false]);
    let written = "a:\n  - 1.5\n  - 1.0e+100\n  - -2.5e-9\n  - 18446744073709551615\n  - null\n  - false\n";
    assert_eq!(edited("a: 1\n", &[replace("/a", numbers)]), written);
}

#[test]
fn json_is_printed_with_its_own_indentation() {
    let cases = [
        (
            "{\n    \"b\": [1],\n    \"a\": {}\n}\n",
            "{\n    \"b\": [\n        1,\n        2\n    ],\n    \"a\": {}\n}\n",
        ),
        ("\u{feff}{\r\n\t\"b\": []\r\n}", "\u{feff}{\r\n\t\"b\": [\r\n\t\t2\r\n\t]\r\n}"),
        ("{\"b\":[1]}\n", "{\"b\":[1,2]}\n"),
    ];
    for (text, expected) in cases {
        let index = if text.contains("[1]") { 1 } else { 0 };
        for name in ["api.json", "api"] {
            assert_eq!(apply(&source(name, text), &[item("/b", index, json!(2))]).unwrap(), expected);
        }
    }
}
