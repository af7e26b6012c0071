//! Lines that come, go and change.

use super::*;

const POND: &str = "\
# About ponds.
kind: pond # the kind

fish:
  # The oldest.
  carp:
    age: 3
    colours:
      - red # like a brick
      # none is blue
      - gold
    # nothing more of the carp
  # Eats everything.
  pike: {age: 5, teeth: [1, 2]}

notes: |
  a: 1
  # no comment
ends: []
";

/// `POND` with one part replaced.
fn pond(old: &str, new: &str) -> String {
    assert_eq!(POND.matches(old).count(), 1, "{old}");
    POND.replacen(old, new, 1)
}

#[test]
fn values_are_replaced_where_they_stand() {
    let cases = [
        (replace("/kind", json!("lake")), "kind: pond #", "kind: lake #"),
        (replace("/fish/carp/age", json!("3")), "age: 3", "age: \"3\""),
        (replace("/fish/carp/colours/0", json!("on")), "- red", "- \"on\""),
        (replace("/notes", json!("one line")), "notes: |\n  a: 1\n  # no comment", "notes: one line"),
        (replace("/notes", json!("b\n\nc\n")), "  a: 1\n  # no comment\n", "  b\n\n  c\n"),
        (replace("/kind", json!({"a": [1]})), "kind: pond # the kind", "kind: # the kind\n  a:\n    - 1"),
        (replace("/fish/carp/colours/1", json!({"a": 1, "b": {}})), "- gold", "- a: 1\n        b: {}"),
        (replace("/ends", json!([["x"], "y"])), "ends: []", "ends:\n  - - x\n  - \"y\""),
        (replace("/fish/pike", json!(null)), "{age: 5, teeth: [1, 2]}", "null"),
        (replace("/fish/pike/teeth/0", json!("a, b")), "[1, 2]", "[\"a, b\", 2]"),
        (
            replace("/fish/carp/colours", json!(["red"])),
            "      - red # like a brick\n      # none is blue\n      - gold\n",
            "      - red\n",
        ),
    ];
    for (edit, old, new) in cases {
        assert_eq!(edited(POND, std::slice::from_ref(&edit)), pond(old, new), "{edit:?}");
    }
}

#[test]
fn lines_are_added_at_the_place_asked_for() {
    let cases = [
        (member("", "^", "a", json!(1)), "kind: pond", "a: 1\nkind: pond"),
        (member("", "kind", "a", json!(1)), "# the kind\n", "# the kind\na: 1\n"),
        (member("", "notes", "a", json!(1)), "# no comment\n", "# no comment\na: 1\n"),
        (member("", "$", "a", json!("")), "ends: []\n", "ends: []\na: \"\"\n"),
        (member("/fish", "^", "a", json!(1)), "  # The oldest.", "  a: 1\n  # The oldest."),
        (member("/fish", "carp", "200", json!(1)), "  # Eats", "  \"200\": 1\n  # Eats"),
        (
            member("/fish/carp", "age", "a", json!({"b": "#c"})),
            "age: 3\n",
            "age: 3\n    a:\n      b: \"#c\"\n",
        ),
        (member("/fish/pike", "age", "b", json!(true)), "age: 5,", "age: 5, b: true,"),
        (item("/fish/carp/colours", 0, json!("x")), "      - red", "      - x\n      - red"),
        (item("/fish/carp/colours", 1, json!("x")), "a brick\n", "a brick\n      - x\n"),
        (
            item("/fish/carp/colours", 2, json!({"a": 1, "b": 2})),
            "gold\n",
            "gold\n      - a: 1\n        b: 2\n",
        ),
        (item("/ends", 0, json!({"a": ["b"]})), "ends: []", "ends:\n  - a:\n      - b"),
        (item("/fish/pike/teeth", 2, json!(3)), "[1, 2]", "[1, 2, 3]"),
    ];
    for (edit, old, new) in cases {
        assert_eq!(edited(POND, std::slice::from_ref(&edit)), pond(old, new), "{edit:?}");
    }
}

#[test]
fn lines_are_removed_with_the_comments_that_belong_to_them() {
    let cases = [
        (vec![remove("/kind")], "kind: pond # the kind\n\n", ""),
        (vec![remove("/notes")], "notes: |\n  a: 1\n  # no comment\n", ""),
        (vec![remove("/ends")], "ends: []\n", ""),
        (vec![remove("/fish/pike")], "  # Eats everything.\n  pike: {age: 5, teeth: [1, 2]}\n", ""),
        (vec![remove("/fish/pike/age")], "{age: 5, teeth", "{teeth"),
        (vec![remove("/fish/carp/colours/1")], "      # none is blue\n      - gold\n", ""),
        (vec![remove("/fish/carp/colours/0")], "      - red # like a brick\n", ""),
        (
            vec![remove("/fish/carp/colours/0"), remove("/fish/carp/colours/1")],
            "colours:\n      - red # like a brick\n      # none is blue\n      - gold\n",
            "colours: []\n",
        ),
        (
            vec![remove("/fish/carp")],
            "  # The oldest.\n  carp:\n    age: 3\n    colours:\n      - red # like a brick\n      # none is blue\n      - gold\n    # nothing more of the carp\n",
            "",
        ),
    ];
    for (edits, old, new) in cases {
        assert_eq!(edited(POND, &edits), pond(old, new), "{edits:?}");
    }
}

#[test]
fn the_line_of_a_dash_keeps_its_dash() {
    let text = "l:\n  - a: 1\n    # of b\n    b: 2\n  - - x\n    - y\n";
    check(vec![
        (text, vec![remove("/l/0/a")], "l:\n  # of b\n  - b: 2\n  - - x\n    - y\n"),
        (text, vec![remove("/l/0/b")], "l:\n  - a: 1\n  - - x\n    - y\n"),
        (text, vec![remove("/l/0/a"), remove("/l/0/b")], "l:\n  - {}\n  - - x\n    - y\n"),
        (text, vec![remove("/l/1/0")], "l:\n  - a: 1\n    # of b\n    b: 2\n  - - y\n"),
        (
            text,
            vec![remove("/l/0/a"), member("/l/0", "a", "c", json!({"d": 1}))],
            "l:\n  - c:\n      d: 1\n    # of b\n    b: 2\n  - - x\n    - y\n",
        ),
        (
            text,
            vec![
                member("/l/0", "^", "c", json!([1])),
                item("/l/1", 0, json!("w")),
                item("/l", 0, json!("v")),
            ],
            "l:\n  - v\n  - c:\n      - 1\n    a: 1\n    # of b\n    b: 2\n  - - w\n    - x\n    - y\n",
        ),
    ]);
}

#[test]
fn several_edits_of_neighbours_go_together_in_any_order() {
    let text = "m:\n  a: 1\n  b: 2\n  c:\n    d: 3\nz: 0\n";
    let mut edits = vec![
        remove("/m/a"),
        replace("/m/b", json!({"x": 1})),
        member("/m", "a", "a2", json!(1)),
        member("/m", "c", "f", json!(5)),
        member("/m/c", "$", "e", json!(4)),
        member("", "m", "p", json!([])),
        member("/m", "a2", "a3", json!(1)),
    ];
    let expected = "m:\n  a2: 1\n  a3: 1\n  b:\n    x: 1\n  c:\n    d: 3\n    e: 4\n  f: 5\np: []\nz: 0\n";
    for _ in 0..edits.len() {
        assert_eq!(edited(text, &edits), expected);
        edits.rotate_left(1);
    }
    edits.reverse();
    assert_eq!(edited(text, &edits), expected);
    let in_order = [member("/m", "b", "x", json!(1)), member("/m", "b", "y", json!(2))];
    assert!(edited(text, &in_order).contains("  b: 2\n  x: 1\n  \"y\": 2\n  c:"));
    let moved = [remove("/m/b"), member("/m", "$", "b", json!(9))];
    assert_eq!(edited(text, &moved), "m:\n  a: 1\n  c:\n    d: 3\n  b: 9\nz: 0\n");
}
