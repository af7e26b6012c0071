//! What actions do, what they may not do, and where changed parts are said to come from.

use serde_json::{Value, json};

use super::*;
use crate::diagnostic::Severity;
use crate::pointer::Pointer;

const API: &str = "\
openapi: 3.0.3
info:
  title: Shop
paths:
  /a:
    get:
      tags: [one, two]
      parameters:
        - name: x
        - name: y
        - name: z
";

/// The description with these actions applied, and `code line:column message` of what was wrong.
fn apply_all(actions: &str) -> (Document, Vec<String>) {
    let api = Source { name: "api.yaml".to_owned(), text: API.to_owned() };
    let root = load::parse(&api).unwrap();
    let mut document = Document::new(root, api);
    let errors = add(&mut document, "overlay: 1.0.0", actions);
    (document, errors)
}

fn add(document: &mut Document, version: &str, actions: &str) -> Vec<String> {
    let text = format!("{version}\ninfo: {{title: t, version: 1.0.0}}\nactions:\n{actions}");
    let mut diagnostics = Diagnostics::default();
    apply(document, Source { name: "overlay.yaml".to_owned(), text }, &mut diagnostics);
    document.locate(&mut diagnostics);
    let show = |diagnostic: &Diagnostic| {
        assert_eq!(diagnostic.severity, Severity::Error);
        assert!(diagnostic.help.is_some());
        let location = diagnostic.location.as_ref().unwrap();
        assert_eq!(location.source, "overlay.yaml");
        format!("{} {}:{} {}", diagnostic.code, location.line, location.column, diagnostic.message)
    };
    diagnostics.0.iter().map(show).collect()
}

fn get(document: &Document, pointer: &str) -> Value {
    document.root.pointer(pointer).cloned().unwrap_or_default()
}

/// `file:line:column` of a part.
fn place(document: &Document, pointer: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(Diagnostic::error(&Pointer::parse(pointer).unwrap(), "x", "x"));
    document.locate(&mut diagnostics);
    let location = diagnostics.0[0].location.clone().unwrap();
    format!("{}:{}:{}", location.source, location.line, location.column)
}

#[test]
fn an_update_merges_appends_and_replaces() {
    let (document, errors) = apply_all(
        "\
- target: $
  update:
    info: {title: Market, version: 1.0.0}
    paths: {/a: {get: {tags: [three]}}}
- target: $.paths.*.get.parameters
  update: {name: w}
- target: $..parameters[?@.name == 'y']
  update: {in: query}
",
    );
    assert_eq!(errors, [""; 0]);
    assert_eq!(get(&document, "/info"), json!({"title": "Market", "version": "1.0.0"}));
    assert_eq!(get(&document, "/paths/~1a/get/tags"), json!(["one", "two", "three"]));
    let parameters = json!([{"name": "x"}, {"name": "y", "in": "query"}, {"name": "z"}, {"name": "w"}]);
    assert_eq!(get(&document, "/paths/~1a/get/parameters"), parameters);
    assert_eq!(place(&document, "/info"), "api.yaml:2:1", "merged into, so still its own");
    assert_eq!(place(&document, "/info/title"), "overlay.yaml:6:12");
    assert_eq!(place(&document, "/paths/~1a/get/tags/2"), "overlay.yaml:7:31");
    assert_eq!(place(&document, "/paths/~1a/get/parameters/3/name"), "overlay.yaml:9:12");
    assert_eq!(place(&document, "/paths/~1a/get/parameters/1/in"), "overlay.yaml:11:12");
    assert_eq!(place(&document, "/paths/~1a/get/parameters/1/name"), "api.yaml:10:11");
}

#[test]
fn a_removal_keeps_the_order_and_the_places_of_what_is_left() {
    let (mut document, errors) = apply_all(
        "\
- target: $.paths['/a'].get.parameters
  update: {name: w}
- target: $..parameters[?@.name == 'y']
  update: {in: query}
- target: $.paths['/a'].get.parameters[0, 0, 2]
  remove: true
- target: $.openapi
  remove: true
",
    );
    assert_eq!(errors, [""; 0]);
    assert_eq!(
        get(&document, "/paths/~1a/get/parameters"),
        json!([{"name": "y", "in": "query"}, {"name": "w"}])
    );
    assert_eq!(document.root.as_object().unwrap().keys().collect::<Vec<_>>(), ["info", "paths"]);
    assert_eq!(place(&document, "/paths/~1a/get/parameters/0/name"), "api.yaml:10:11");
    assert_eq!(place(&document, "/paths/~1a/get/parameters/0/in"), "overlay.yaml:7:12");
    assert_eq!(place(&document, "/paths/~1a/get/parameters/1/name"), "overlay.yaml:5:12");
    let errors = add(&mut document, "overlay: 1.1.0", "- target: $.paths['/a']..*\n  remove: true\n");
    assert_eq!(errors, [""; 0]);
    assert_eq!(get(&document, "/paths"), json!({"/a": {}}));
}

#[test]
fn an_array_joins_an_array_since_version_1_1() {
    let action = "- target: $.paths['/a'].get.tags\n  update: [three]\n";
    let (mut document, _) = apply_all(action);
    assert_eq!(get(&document, "/paths/~1a/get/tags"), json!(["one", "two", ["three"]]));
    assert_eq!(add(&mut document, "overlay: 1.1.0", action), [""; 0]);
    assert_eq!(get(&document, "/paths/~1a/get/tags/3"), json!("three"));
    assert_eq!(place(&document, "/paths/~1a/get/tags/3"), "overlay.yaml:5:12");
}

#[test]
fn an_action_that_no_longer_applies_is_an_error_and_the_others_are_tried() {
    let (document, errors) = apply_all(
        "\
- target: $.paths['/b']
  remove: true
- target: $.info
  update: {title: Shop}
- target: $.paths['/a'].get
  update:
    tags: [two]
- target: $.info
  update: {version: 2.0.0}
- target: $.info
  update: {}
",
    );
    let nothing = "this update changes nothing: the description says so already";
    let expected = [
        "overlay-no-match 4:3 the target `$.paths['/b']` matches nothing".to_owned(),
        format!("overlay-no-effect 7:3 {nothing}"),
        format!("overlay-no-effect 9:3 {nothing}"),
        format!("overlay-no-effect 14:3 {nothing}"),
    ];
    assert_eq!(errors, expected);
    assert_eq!(get(&document, "/info/version"), json!("2.0.0"));
}

#[test]
fn values_of_different_kinds_do_not_merge() {
    let (_, errors) = apply_all(
        "\
- target: $.info
  update: text
- target: $
  update:
    info: [text]
- target: $.info.title
  update: {a: b}
- target: $.info.title
  update: Market
",
    );
    let expected = [
        "overlay-mismatch 5:3 a single value cannot be merged into a mapping",
        "overlay-mismatch 8:5 a sequence cannot be merged into a mapping",
        "overlay-mismatch 10:3 a mapping cannot be merged into a single value",
    ];
    assert_eq!(errors, expected);
}

#[test]
fn a_malformed_overlay_is_told_where() {
    let (mut document, errors) = apply_all(
        "\
- target: $.info[
  remove: true
- target: $.info
- update: {}
- target: $
  remove: true
- target: $.info
  remove: 1
- {target: $.info, copy: $.paths}
- text
",
    );
    let expected = [
        "overlay-target 4:3 the target is not a JSONPath: syntax error at `[`",
        "overlay-shape 6:3 the action does nothing",
        "overlay-shape 7:3 the action has no text as its `target`",
        "overlay-target 8:3 the root cannot be removed",
        "overlay-shape 11:3 `remove` is neither true nor false",
        "overlay-shape 12:3 the action does nothing",
        "overlay-shape 12:20 `copy` is unknown or not supported here",
        "overlay-shape 13:3 an action is a mapping",
    ];
    assert_eq!(errors, expected);
    let unknown = "overlay-version 1:1 the version of the overlay is unknown";
    for version in ["overlay: 2.0.0", "overlay: 1.0", "overlay: 1.2.0", "openapi: 3.0.3"] {
        assert_eq!(add(&mut document, version, "  []"), [unknown]);
    }
    assert_eq!(
        add(&mut document, "overlay: 1.0.0", "  []"),
        ["overlay-shape 3:1 the overlay has no list of actions"]
    );
    assert!(add(&mut document, "overlay: '", "")[0].starts_with("yaml-syntax "));
    assert_eq!(document.sources.len(), 8);
}

#[test]
fn actions_cannot_nest_without_end() {
    let deeper = "{a: ".repeat(60) + &"}".repeat(60);
    let (mut document, _) = apply_all(&format!("- target: $.info\n  update: {deeper}\n"));
    let deepest = format!("- target: $.info{}\n  update: {deeper}\n", ".a".repeat(59));
    assert_eq!(add(&mut document, "overlay: 1.0.0", &deepest), [""; 0]);
    let deepest = format!("- target: $..*[?!@.a]\n  update: {deeper}\n");
    let _ = add(&mut document, "overlay: 1.0.0", &deepest);
    let deepest = format!("- target: $.info{}\n  update: {{b: 1}}\n", ".a".repeat(140));
    let errors = add(&mut document, "overlay: 1.0.0", &deepest);
    assert!(errors[0].starts_with("overlay-target 4:3 "), "{errors:?}");
    let brackets = format!("- target: $[?{}@{}]\n  remove: true\n", "(".repeat(5000), ")".repeat(5000));
    assert!(add(&mut document, "overlay: 1.0.0", &brackets)[0].contains("nest more than 16 deep"));
}
