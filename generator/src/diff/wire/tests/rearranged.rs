use serde_json::json;

use super::{LIBRARY, coded, compare, conformed, edited, parse};
use crate::diff::Change;
use crate::document::Source;
use crate::load;

/// Edits that arrange the library in another way and change nothing on the wire.
const REARRANGED: &[(&str, &str)] = &[
    (
        "a component inline",
        r#"/components/schemas/book/properties/owner = {"type": "object", "nullable": true, "required": ["login"], "properties": {"mail": {"type": "string", "nullable": true, "format": "email"}, "age": {"type": "integer"}, "login": {"type": "string"}}}"#,
    ),
    (
        "a component under another name",
        r##"/components/schemas/person = {"allOf": [{"$ref": "#/components/schemas/reader"}]} ;; /components/schemas/book/properties/reader = {"$ref": "#/components/schemas/person"}"##,
    ),
    (
        "null by a union",
        r##"/components/schemas/book/properties/owner = {"anyOf": [{"enum": [null]}, {"$ref": "#/components/schemas/reader"}]}"##,
    ),
    (
        "null in a type list",
        r#"/components/schemas/reader/properties/mail = {"type": ["string", "null"], "format": "email"}"#,
    ),
    (
        "an allOf of one",
        r##"/components/schemas/book/properties/reader = {"allOf": [{"allOf": [{"$ref": "#/components/schemas/reader"}]}]}"##,
    ),
    (
        "parts of an object",
        r#"/components/schemas/reader = {"allOf": [{"required": ["login"], "properties": {"login": {"type": "string"}}}, {"type": "object", "properties": {"mail": {"type": "string", "format": "email", "nullable": true}, "age": {"type": "integer"}}}]}"#,
    ),
    (
        "values and required names in another order",
        r#"/components/schemas/book/required = ["state", "reader", "title"] ;; /components/schemas/book/properties/state/enum = ["lent", "open"]"#,
    ),
    (
        "variants in another order",
        r##"/paths/~1events/put/requestBody/content/application~1json/schema = {"anyOf": [{"$ref": "#/components/schemas/lost"}, {"$ref": "#/components/schemas/lent"}]}"##,
    ),
    (
        "a parameter inline",
        r#"/paths/~1shelves~1{shelf}~1books/get/parameters/0 = {"in": "query", "name": "page", "required": false, "description": "Which page.", "style": "form", "schema": {"type": "integer", "default": 1, "maximum": 100}}"#,
    ),
    (
        "a response as a component",
        r##"/components/responses = {"none": {"description": "No shelf.", "content": {"application/json; charset=utf-8": {"schema": {"$ref": "#/components/schemas/fault"}}}}} ;; /paths/~1shelves~1{shelf}~1books/get/responses/404 = {"$ref": "#/components/responses/none"}"##,
    ),
    ("other tags", r#"/paths/~1events/post/tags = ["news"]"#),
    ("security said again", r#"/paths/~1events/post/security = [{"token": ["read"]}]"#),
    ("a required flag that was so", r#"/components/parameters/page/required = false"#),
    ("a header's case", r#"/paths/~1shelves~1{shelf}~1books/get/parameters/3/name = "x-trace""#),
    ("a component that nobody uses", r#"/components/schemas/unused = {"type": "string"}"#),
    ("an explode that a single value does not need", r#"/components/parameters/page/explode = false"#),
];

fn shown(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|one| format!("{} | {} | {}", coded(one), one.subject, one.message)).collect()
}

#[test]
fn another_arrangement_is_no_change() {
    let library = edited("");
    for (name, edits) in REARRANGED {
        let other = edited(edits);
        assert_eq!(shown(&compare(&library, &other)), [""; 0], "{name}");
        assert_eq!(shown(&compare(&other, &library)), [""; 0], "{name}, back");
    }
}

#[test]
fn a_change_of_a_shared_schema_is_one_change_with_its_operations() {
    let other = edited(r#"/components/schemas/reader/properties/age/type = "string""#);
    let changes = compare(&edited(""), &other);
    assert_eq!(shown(&changes), ["B type-changed | schema `reader`, `age` | `integer` → `string`"]);
    assert_eq!(changes[0].operations, ["add-book", "list-books"]);
    let pointer = "/components/schemas/reader/properties/age";
    assert_eq!(changes[0].new.as_ref().map(|at| at.as_str()), Some(pointer));
}

#[test]
fn a_schema_that_travels_both_ways_is_judged_in_both() {
    let request = r##"/paths/~1covers~1{book}/get/requestBody = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/book"}}}}"##;
    let old = edited(request);
    let new = edited(&format!(
        "{request} ;; /components/schemas/book/properties/state/enum = [\"open\", \"lost\"]"
    ));
    assert_eq!(
        shown(&compare(&old, &new)),
        [
            "B request-enum-value-removed | schema `book`, `state` | `lent` is no longer accepted",
            "A request-enum-value-added | schema `book`, `state` | `lost` is accepted now",
            "N response-enum-value-added | schema `book`, `state` | `lost` may come now",
            "N response-enum-value-removed | schema `book`, `state` | `lent` no longer comes",
        ]
    );
    let typed = edited(&format!("{request} ;; /components/schemas/book/properties/title/type = \"integer\""));
    let both = compare(&old, &typed);
    assert_eq!(shown(&both), ["B type-changed | schema `book`, `title` | `string` → `integer`"]);
    assert_eq!(both[0].operations, ["get-cover", "list-books"]);
}

#[test]
fn an_operation_elsewhere_is_the_same_one() {
    let text = |from: &str, to: &str| conformed(parse(&LIBRARY.replace(from, to)));
    let moved = compare(&edited(""), &text("  /events:", "  /news:"));
    assert_eq!(
        shown(&moved),
        [
            "B operation-moved | address | `POST /events` → `POST /news`",
            "B operation-moved | address | `PUT /events` → `PUT /news`"
        ]
    );
    let renamed = compare(&edited(""), &text("shelf}/books:", "place}/books:"));
    assert_eq!(
        shown(&renamed)[..1],
        ["N path-parameter-renamed | path parameter `place` | was called `shelf`"]
    );
}

#[test]
fn a_redirect_without_a_success_is_the_answer() {
    let other = edited(
        r#"/paths/~1covers~1{book}/get/responses/302 - ;; /paths/~1covers~1{book}/get/responses/404 = {"description": "No."}"#,
    );
    assert_eq!(
        shown(&compare(&edited(""), &other))[0],
        "B response-redirect-is-answer-changed | response | the bytes of a redirect → nothing"
    );
}

#[test]
fn circles_and_references_to_nowhere_come_to_an_end() {
    let schema = |name: &str, inner: serde_json::Value| {
        conformed(json!({
            "openapi": "3.0.3", "info": {}, "components": {"schemas": {
                "a": {"allOf": [{"$ref": "#/components/schemas/b"}, {"properties": {name: {"$ref": "#/components/schemas/a"}}}]},
                "b": {"allOf": [{"$ref": "#/components/schemas/a"}, inner]},
                "c": {"$ref": "#/components/schemas/d"}, "d": {"$ref": "#/components/schemas/c"},
                "e": {"oneOf": [{"$ref": "#/components/schemas/e"}]},
                "f": {"properties": {"c": {"$ref": "#/components/schemas/c"}, "e": {"$ref": "#/components/schemas/e"},
                      "n": {"$ref": "#/nowhere"}, "x": {"$ref": "other.yaml"}, name: {"$ref": "#/components/schemas/a"}}},
            }},
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json":
                {"schema": {"$ref": "#/components/schemas/f"}}}}}}}},
        }))
    };
    let old = schema("one", json!({"properties": {"one": {"type": "object"}}}));
    let new = schema("two", json!({"properties": {"two": {"type": "object"}}}));
    assert_eq!(compare(&old, &old.clone()), []);
    assert!(compare(&old, &new).iter().any(|change| change.code == "response-property-added"));
}

#[test]
fn the_worst_comes_first_and_then_the_path() {
    let other = edited(
        r#"/info/title = "Books" ;; /components/schemas/fault/properties/code = {"type": "string"} ;; /paths/~1covers~1{book}/get/operationId = "cover" ;; /security/0/token/- = "admin" ;; /paths/~1shelves~1{shelf}~1books/get/operationId = "books""#,
    );
    let changes = compare(&edited(""), &other);
    let codes: Vec<String> =
        changes.iter().map(|one| format!("{} {}", coded(one), one.operations.join("+"))).collect();
    assert_eq!(
        codes,
        [
            "B security-scope-added ",
            "A response-property-added add-book+books",
            "N operation-id-changed cover",
            "N operation-id-changed books",
            "P api-prose-changed ",
        ]
    );
}

macro_rules! fixtures {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../../../tests/fixtures/accept/", $name)))),*]
    };
}

/// The descriptions that the generator accepts.
const FIXTURES: &[(&str, &str)] = fixtures! {
    "all-of-merged.yaml"
    "all-of-narrowing.yaml"
    "all-of-recursive.yaml"
    "all-of-single.yaml"
    "arrays.yaml"
    "body-bytes.yaml"
    "body-fields.yaml"
    "body-form.yaml"
    "body-json.yaml"
    "body-text.yaml"
    "client-headers.yaml"
    "collisions-numbered.yaml"
    "deprecated.yaml"
    "enums.yaml"
    "errors.yaml"
    "formats.yaml"
    "github-shape.yaml"
    "hostile-docs.yaml"
    "hostile-names.yaml"
    "inline-names.yaml"
    "keywords.yaml"
    "left-out-operations.yaml"
    "left-out-schemas.yaml"
    "maps.yaml"
    "mended-operations.yaml"
    "mended-schemas.yaml"
    "minimal.json"
    "nothing.json"
    "null-by-union.yaml"
    "one-of-tagged.yaml"
    "one-of-untagged.yaml"
    "overlaid.yaml"
    "pages.yaml"
    "parameters-header.yaml"
    "parameters-path.yaml"
    "parameters-query.yaml"
    "parameters-same-name.yaml"
    "presence.yaml"
    "recursive.yaml"
    "redirect-only.yaml"
    "references.yaml"
    "security.yaml"
    "selection.yaml"
    "servers.yaml"
    "several-media-types.yaml"
    "several-statuses.yaml"
    "url-template.yaml"
    "yaml-spelling.yaml"
};

#[test]
fn what_is_the_same_has_no_changes() {
    for (name, text) in FIXTURES {
        let source = Source { name: (*name).to_owned(), text: (*text).to_owned() };
        let root = conformed(load::parse(&source).unwrap());
        assert_eq!(shown(&compare(&root, &root.clone())), [""; 0], "{name}");
    }
}
