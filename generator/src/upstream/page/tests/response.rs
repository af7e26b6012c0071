//! Response lists.

use serde_json::{Value, json};

use super::{at, codes, operation, response};

fn schema(list: &str) -> (Value, Vec<&'static str>) {
    let read = response(list);
    (operation(&read)["responses"]["200"]["content"]["application/json"]["schema"].clone(), codes(&read))
}

#[test]
fn constraints_of_a_property() {
    for (what, expected) in [
        ("string, format: uri", json!({"type": "string", "format": "uri"})),
        ("format: uri", json!({"format": "uri"})),
        ("object", json!({"type": "object"})),
        (
            "integer or null, minimum: 1, maximum: 5",
            json!({"type": "integer", "nullable": true, "minimum": 1, "maximum": 5}),
        ),
        (
            "string, enum: `+1`, ``, `a, b`, `null`",
            json!({"type": "string", "nullable": true, "enum": ["+1", "", "a, b", null]}),
        ),
        ("integer, enum: `1`, `2`, default: `1`", json!({"type": "integer", "default": 1, "enum": [1, 2]})),
        (
            "string, default: `\"a, `b`\"`, deprecated",
            json!({"type": "string", "default": "a, `b`", "deprecated": true}),
        ),
        (
            "string, read-only, pattern: `^[a-z, `]{1,2}$`, minItems: 1",
            json!({"type": "string", "readOnly": true, "pattern": "^[a-z, `]{1,2}$", "minItems": 1}),
        ),
        (
            "string or integer or null, maxLength: 3, minimum: 0",
            json!({"nullable": true, "oneOf": [{"type": "string", "maxLength": 3}, {"type": "integer", "minimum": 0}]}),
        ),
        ("object, additional properties allowed", json!({"type": "object", "additionalProperties": true})),
        (
            "object, additional properties: integer or null",
            json!({"type": "object", "additionalProperties": {"type": "integer", "nullable": true}}),
        ),
        ("array, unique items", json!({"type": "array", "uniqueItems": true, "items": {}})),
        (
            "array of string, format: uri or null",
            json!({"type": "array", "nullable": true, "items": {"type": "string", "format": "uri"}}),
        ),
        (
            "array of array of integer",
            json!({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}),
        ),
    ] {
        let (schema, codes) = schema(&format!("* `x`: required, {what}"));
        assert_eq!(schema["required"], json!(["x"]), "{what}");
        assert_eq!((&schema["properties"]["x"], codes), (&expected, vec![]), "{what}");
    }
}

#[test]
fn lists_inside_are_properties_or_variants() {
    let y = "\n  * `y`: string";
    let object = json!({"type": "object", "properties": {"y": {"type": "string"}}});
    let nullable = json!({"type": "object", "nullable": true, "properties": {"y": {"type": "string"}}});
    let cat = json!({"$ref": "#/components/schemas/big-cat"});
    for (list, expected) in [
        (format!("object:{y}"), object.clone()),
        (format!("object or null:{y}"), nullable),
        (format!("array of objects or null:{y}"), json!({"type": "array", "nullable": true, "items": object})),
        (format!("`Big Cat`:{y}"), cat.clone()),
        (format!("array of `Big Cat`:{y}"), json!({"type": "array", "items": cat})),
        (
            "any of:\n  * **null**\n  * **Big Cat**\n    * `y`: string".to_owned(),
            json!({"nullable": true, "allOf": [cat]}),
        ),
        (
            "one of:\n  * **string, format: uri**\n  * **Big Cat**\n    * `y`: string\n  * **array of integer**".to_owned(),
            json!({"oneOf": [{"type": "string", "format": "uri"}, cat, {"type": "array", "items": {"type": "integer"}}]}),
        ),
        ("all of:\n  * **null**\n  * **object**\n  * **array**".to_owned(),
            json!({"nullable": true, "allOf": [{"type": "object"}, {"type": "array", "items": {}}]})),
    ] {
        let (schema, codes) = schema(&format!("* `x`: {list}"));
        assert_eq!((&schema["properties"]["x"], codes), (&expected, vec![]), "{list}");
    }
}

#[test]
fn the_top_is_a_list_a_line_or_a_line_with_a_list() {
    let cats = json!({"type": "array", "items": {"$ref": "#/components/schemas/cat"}});
    let a = json!({"type": "object", "properties": {"y": {"type": "string"}}});
    for (list, expected) in [
        ("Array of `Cat`:\n  * `y`: string".to_owned(), cats.clone()),
        ("Array of `Cat`:\n\n* `y`: string".to_owned(), cats),
        (
            "Array (minItems: 1, unique items) of objects or null:\n  * `y`: string".to_owned(),
            json!({"type": "array", "nullable": true, "minItems": 1, "uniqueItems": true, "items": a}),
        ),
        ("Array of string".to_owned(), json!({"type": "array", "items": {"type": "string"}})),
        (
            "Array of objects: any of:\n  * **string**\n  * **object**\n    * `y`: string".to_owned(),
            json!({"type": "array", "items": {"anyOf": [{"type": "string"}, a]}}),
        ),
        (
            "* one of:\n  * **object**\n    * `y`: string\n  * **string**".to_owned(),
            json!({"oneOf": [a, {"type": "string"}]}),
        ),
        ("string".to_owned(), json!({"type": "string"})),
    ] {
        let (schema, codes) = schema(&list);
        assert_eq!((schema, codes), (expected, vec![]), "{list}");
    }
    let read = response("Array of `Cat` objects: any of:\n  * **string**\n  * **integer**");
    assert_eq!(at(&read, "/components/schemas/cat/anyOf/1"), &json!({"type": "integer"}));
    assert_eq!(operation(&response(""))["responses"]["200"], json!({"description": "OK", "content": {}}));
}

#[test]
fn the_same_title_with_the_same_content_is_one_component() {
    let read = response(
        "* `a`: `Cat`:\n  * `y`: string\n  * `z`: integer\n* `b`: `Cat`:\n  * `y`: integer\n\
         * `c`: object:\n  * `z`: integer\n  * `y`: string\n* `d`: any of:\n  * **null**\n  * **Cat** (see above)\n\
         * `e`: any of:\n  * **Dog**\n  * **string**\n* `f`: array of `Dog` (see above)",
    );
    let properties =
        &operation(&read)["responses"]["200"]["content"]["application/json"]["schema"]["properties"];
    let [cat, second] = ["cat", "cat-2"].map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
    assert_eq!(properties["a"], cat);
    assert_eq!(properties["b"], second);
    assert_eq!(properties["c"], cat);
    assert_eq!(properties["d"], json!({"nullable": true, "allOf": [second]}));
    assert_eq!(properties["e"], json!({"anyOf": [{"title": "Dog"}, {"type": "string"}]}));
    assert_eq!(codes(&read), ["same-title", "unlisted-schema", "unknown-title"]);
}

#[test]
fn what_or_null_belongs_to_is_asked_once() {
    let (schema, codes) = schema("* `a`: array of string or null\n* `b`: array of integer or null");
    assert_eq!(
        schema["properties"]["b"],
        json!({"type": "array", "nullable": true, "items": {"type": "integer"}})
    );
    assert_eq!(codes, ["ambiguous-null"]);
}
