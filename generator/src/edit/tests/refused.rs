//! Edits that cannot be made, and what is said about them.

use super::*;

/// `line pointer: message` of the error.
fn refused(text: &str, edits: &[Edit]) -> String {
    let error = apply(&source("api.yaml", text), edits).unwrap_err();
    assert!(!error.help.is_empty());
    format!("{} {}: {}", error.line.unwrap_or(0), error.pointer, error.message)
}

#[test]
fn edits_that_name_nothing_or_contradict_each_other_are_refused() {
    let text = "a: 1\nb:\n  c: [x]\n";
    let cases = [
        (vec![replace("/x", json!(1))], "1 /x: there is no such part"),
        (vec![remove("/b/c/1")], "3 /b/c/1: there is no such part"),
        (vec![remove("/b/c/00")], "3 /b/c/00: there is no such part"),
        (vec![remove("")], "1 /: the whole description cannot be removed"),
        (vec![replace("", json!([]))], "1 /: a description is a mapping"),
        (vec![member("/a", "$", "x", json!(1))], "1 /a: this is not a mapping"),
        (vec![member("/b", "$", "c", json!(1))], "2 /b: there is a member `c` already"),
        (vec![member("/b", "y", "x", json!(1))], "2 /b: there is no such member to stand behind"),
        (vec![member("/b", "x", "x", json!(1))], "2 /b: a member cannot stand behind itself"),
        (vec![item("/b/c", 2, json!(1))], "3 /b/c: this is not a sequence with so many items"),
        (vec![item("/b", 0, json!(1))], "2 /b: this is not a sequence with so many items"),
        (vec![remove("/b"), replace("/b/c", json!(1))], "3 /b/c: another edit changes the same part"),
        (vec![remove("/b/c/0"), remove("/b/c")], "3 /b/c: another edit changes the same part"),
        (vec![remove("/a"), remove("/a")], "1 /a: another edit changes the same part"),
        (
            vec![member("", "^", "x", json!(1)), member("", "$", "x", json!(1))],
            "1 /: there is a member `x` already",
        ),
    ];
    for (edits, expected) in cases {
        assert_eq!(refused(text, &edits), expected);
        if !expected.ends_with("a description is a mapping") {
            let value = json!({"a": 1, "b": {"c": ["x"]}});
            let mut changed = value.clone();
            assert!(apply_to_value(&mut changed, &edits).is_err());
            assert_eq!(changed, value);
        }
    }
}

#[test]
fn layouts_that_are_not_understood_are_named_with_their_line() {
    let cases = [
        ("a: 1\n---\nb: 1\n", replace("/a", json!(2)), "2 /: the text holds several YAML documents"),
        ("x: 1\n? a\n: 1\n", replace("/x", json!(2)), "2 /: a key with a mark in front of it"),
        ("x: 1\n&k a: 1\n", replace("/x", json!(2)), "2 /: a key with a mark in front of it"),
        ("x: &x\n  a: 1\ny: *x\n", replace("/y/a", json!(2)), "3 /y: an alias stands for this part"),
        (
            "x: &x\n  a: 1\ny: *x\n",
            replace("/x/a", json!(2)),
            "2 /x: an alias elsewhere stands for this part, too",
        ),
        ("x: &x 1\ny: *x\n", replace("/x", json!(2)), "1 /x: an alias elsewhere stands for this part, too"),
        ("x: &x 1\ny: *x\n", remove("/x"), "1 /: an alias elsewhere stands for this part, too"),
        ("x: !t 1\n", replace("/x", json!(2)), "1 /x: an anchor or a tag stands in front of this value"),
        (
            "x: # why\n  y\n",
            replace("/x", json!([2])),
            "2 /x: a comment stands between this value and its key",
        ),
        (
            "a: 1\nb: >\n  c",
            member("", "$", "d", json!(1)),
            "1 /: the text around it is written in a way that is not understood here",
        ),
        ("x: &x {a: 1}\ny:\n  <<: *x\n  b: 2\n", remove("/y/a"), "3 /y: a merge key brings this part in"),
        (
            "x: &x {a: 1}\ny:\n  <<: *x\n",
            member("/y", "a", "b", json!(1)),
            "3 /y: a merge key brings this part in",
        ),
        ("a: [1, # one\n  2]\n", remove("/a/0"), "1 /a: the brackets hold comments, anchors or tags"),
        ("a: [1,\n  2]\n", remove("/a/0"), "1 /a: the brackets go over several lines"),
        ("a: [!t 1]\n", item("/a", 0, json!(1)), "1 /a: the brackets hold comments, anchors or tags"),
    ];
    for (text, edit, expected) in cases {
        assert_eq!(refused(text, &[edit]), expected, "{text}");
    }
}

#[test]
fn an_error_names_its_edit_and_reads_as_a_sentence() {
    let edits = [replace("/a", json!(2)), remove("/b/x")];
    let error = apply(&source("api.yaml", "a: 1\nb: {}\n"), &edits).unwrap_err();
    assert_eq!(error.edit, Some(1));
    let expected = "cannot edit `/b/x` (line 2): there is no such part; look at the description as it is now";
    assert_eq!(error.to_string(), expected);
    assert_eq!(apply(&source("api.yaml", "a: 1"), &[]).unwrap(), "a: 1");
}
