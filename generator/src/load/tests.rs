//! What can be read, what is refused where, and where things are found.

use serde_json::json;

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

fn yaml(text: &str) -> Value {
    parse(&source("api.yaml", text)).unwrap()
}

/// `code line:column message` of the error.
fn refused(name: &str, text: &str) -> String {
    let error = parse(&source(name, text)).unwrap_err();
    let location = error.location.unwrap();
    assert!(error.help.is_some());
    format!("{} {}:{} {}", error.code, location.line, location.column, error.message)
}

/// `line:column underlined` of each pointer.
fn found(name: &str, text: &str, pointers: &[&str]) -> Vec<String> {
    let source = source(name, text);
    let pointers: Vec<Pointer> = pointers.iter().map(|text| Pointer::parse(text).unwrap()).collect();
    let locations = locate(&source, &pointers.iter().collect::<Vec<_>>());
    let show = |location: Option<Location>| {
        let Location { line, column, offset, length, .. } = location.unwrap();
        format!("{line}:{column} {}", &text[offset..offset + length])
    };
    locations.into_iter().map(show).collect()
}

#[test]
fn yaml_scalars_become_what_json_has_for_them() {
    let value = yaml(
        "200: true\ntrue: ~\n1.10: !custom 3\nbig: 123456789012345678901234567890\nno: .nan\ndate: 2020-01-01\n~: 0x10\n",
    );
    let expected = json!({
        "200": true, "true": null, "1.10": 3, "big": 1.2345678901234568e29, "no": ".nan",
        "date": "2020-01-01", "~": 16,
    });
    assert_eq!(value, expected);
    assert_eq!(value.as_object().unwrap().keys().next().unwrap(), "200", "the order is that of the text");
}

#[test]
fn merge_keys_and_aliases_are_written_out() {
    let value = yaml(
        "base: &base {a: 1, b: 2}\nother: &other\n  b: 3\n  c: 4\nx:\n  <<: [*base, *other]\n  a: 0\ny: *base\n",
    );
    assert_eq!(value["x"], json!({"a": 0, "b": 2, "c": 4}));
    assert_eq!(value["y"], json!({"a": 1, "b": 2}));
    assert_eq!(parse(&source("a.json", r#"{"<<": 1}"#)).unwrap(), json!({"<<": 1}));
    assert_eq!(
        refused("a.yaml", "x:\n  <<: 3\n"),
        "yaml-syntax 2:3 the value of a merge key `<<` is neither a mapping nor a sequence of mappings"
    );
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_read_over() {
    assert_eq!(yaml("\u{feff}a: 1\r\nb:\r\n  - c\r\n"), json!({"a": 1, "b": ["c"]}));
    assert_eq!(parse(&source("a.json", "\u{feff}{\"a\": 1}")).unwrap(), json!({"a": 1}));
    assert_eq!(
        found("a.yaml", "\u{feff}a: 1\r\nb:\r\n  - c\r\n", &["/a", "/b", "/b/0"]),
        ["1:1 a", "2:1 b", "3:5 c"]
    );
    assert_eq!(found("a.json", "\u{feff}{\"a\": 1}", &["/a"]), ["1:2 \"a\""]);
}

#[test]
fn json_is_told_from_yaml_by_name_and_start() {
    assert_eq!(parse(&source("api", "{\"a\":\t1}")).unwrap(), json!({"a": 1}));
    assert_eq!(yaml("{a: 1, b: [x]}"), json!({"a": 1, "b": ["x"]}));
    assert!(refused("API.JSON", "{a: 1}").starts_with("json-syntax 1:2 not JSON: key must be a string"));
    assert!(refused("a.json", "a: 1").starts_with("json-syntax 1:1"));
}

#[test]
fn syntax_errors_say_where() {
    assert_eq!(refused("a.json", "{\n  \"ä\": 1 2}"), "json-syntax 2:10 not JSON: expected `,` or `}`");
    assert!(refused("a.json", "").starts_with("json-syntax 1:1 "));
    assert!(refused("a.json", "{\"a\": [").starts_with("json-syntax 1:7 not JSON: EOF while parsing"));
    assert_eq!(
        refused("a.yaml", "ä: 1\nb:\n  - c\n d: 2\n"),
        "yaml-syntax 4:2 not YAML: did not find expected key while parsing a block mapping"
    );
    assert_eq!(refused("a.yaml", "a: 1\nb: *x\n"), "yaml-syntax 2:4 not YAML: unknown anchor");
    assert_eq!(
        refused("a.yaml", "ä: \u{1}\n"),
        "yaml-syntax 1:4 not YAML: control characters are not allowed"
    );
    assert!(refused("a.yaml", "a: 1\n[x]: 2\n").starts_with("yaml-syntax 2:1 not YAML: "));
    assert_eq!(refused("a.yaml", " # nothing\n"), "yaml-syntax 2:1 the text is empty");
    assert_eq!(
        refused("a.yaml", "ä: 1\n---\nb: 2\n"),
        "yaml-syntax 2:1 the text holds several YAML documents"
    );
}

#[test]
fn the_root_must_be_a_mapping() {
    assert_eq!(
        refused("a.yaml", "# x\n- a\n"),
        "not-a-description 2:1 the root is a sequence, not a mapping"
    );
    assert_eq!(refused("a.json", " 3"), "not-a-description 1:2 the root is a number, not a mapping");
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    let message = "the key `a` stands twice in one mapping";
    assert_eq!(refused("a.yaml", "x:\n  a: 1\n  b: 2\n  'a': 3\n"), format!("yaml-syntax 4:3 {message}"));
    assert_eq!(refused("a.json", "{\"x\":\n  {\"a\": 1, \"a\": 3}}"), format!("json-syntax 2:13 {message}"));
    assert!(refused("a.yaml", "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n").starts_with("yaml-syntax"));
}

#[test]
fn hostile_texts_are_refused_in_time() {
    let nested = "[".repeat(100_000);
    assert!(refused("a.json", &format!("{{\"a\": {nested}")).contains("recursion limit"));
    assert!(refused("a.yaml", &format!("a: {nested}")).ends_with("recursion limit exceeded"));
    assert!(refused("a.yaml", &"- ".repeat(100_000)).ends_with("recursion limit exceeded"));
    assert_eq!(yaml(&format!("a: 'x {nested}'"))["a"], format!("x {nested}"));
    let mut laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        laughs.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert!(refused("a.yaml", &laughs).ends_with("multiply it beyond all measure"));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(10_000));
    assert!(refused("a.yaml", &long).starts_with("yaml-syntax 2:5 the aliases"));
    assert!(refused("a.yaml", "a: &a [*a]\n").starts_with("yaml-syntax"));
}

#[test]
fn members_are_found_at_their_key_and_items_at_their_start() {
    let text = "openapi: 3.0.3\npaths:\n  /ä/{b}:\n    get:\n      responses:\n        200: {description: ok}\n      tags:\n        - x\n        - name: y\n          'k': [1, {q: 2}]\n";
    let pointers = [
        "",
        "/paths/~1ä~1{b}/get/responses/200",
        "/paths/~1ä~1{b}/get/responses/200/description",
        "/paths/~1ä~1{b}/get/tags/0",
        "/paths/~1ä~1{b}/get/tags/1",
        "/paths/~1ä~1{b}/get/tags/1/k",
        "/paths/~1ä~1{b}/get/tags/1/k/1",
        "/paths/~1ä~1{b}",
    ];
    let expected = [
        "1:1 openapi: 3.0.3",
        "6:9 200",
        "6:15 description",
        "8:11 x",
        "9:11 name: y",
        "10:11 'k'",
        "10:20 {",
        "3:3 /ä/{b}",
    ];
    assert_eq!(found("a.yaml", text, &pointers), expected);
    let json = "{\"openapi\": \"3.0.3\",\n \"ä\": {\"a\\/b\": [1,\n  {\"$ref\": 2}, \"ö\"]}}";
    let pointers = ["", "/openapi", "/ä", "/ä/a~1b", "/ä/a~1b/0", "/ä/a~1b/1", "/ä/a~1b/1/$ref", "/ä/a~1b/2"];
    let expected = [
        "1:1 {",
        "1:2 \"openapi\"",
        "2:2 \"ä\"",
        "2:8 \"a\\/b\"",
        "2:17 1",
        "3:3 {",
        "3:4 \"$ref\"",
        "3:16 \"ö\"",
    ];
    assert_eq!(found("a.json", json, &pointers), expected);
    assert_eq!(found("a.yaml", json, &pointers), expected);
}

#[test]
fn what_is_not_spelt_out_is_found_at_the_nearest_part_around_it() {
    let text = "a: &a {x: {y: 1}}\nb: *a\nc:\n  <<: *a\n";
    let pointers = ["/b/x/y", "/c/x/y", "/nowhere/0", "/a/x/z", "/c/<<"];
    assert_eq!(
        found("a.yaml", text, &pointers),
        ["2:1 b", "3:1 c", "1:1 a: &a {x: {y: 1}}", "1:8 x", "4:3 <<"]
    );
    assert_eq!(found("a.json", "{\"a\": [1]}", &["/a/1/x", "/b"]), ["1:2 \"a\"", "1:1 {"]);
}
