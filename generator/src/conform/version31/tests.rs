//! Schemas of 3.1 and what they are in 3.0.

use serde_json::{Value, json};

use crate::conform::conform;
use crate::diagnostic::Diagnostics;
use crate::document::Origins;
use crate::pointer::Pointer;

/// A schema after the stage, with where its parts came from and the codes of warnings.
fn rewritten(schema: Value) -> (Value, Origins, Vec<&'static str>) {
    let mut root = json!({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "components": {"schemas": {"S": schema}}
    });
    let (mut origins, mut diagnostics) = (Origins::default(), Diagnostics::default());
    assert!(conform(&mut root, &mut origins, &mut diagnostics));
    let codes = diagnostics.0.iter().map(|diagnostic| diagnostic.code).collect();
    (root["components"]["schemas"]["S"].take(), origins, codes)
}

#[test]
fn schemas_are_said_in_the_words_of_3_0() {
    let table = [
        (json!({"type": ["string", "null"]}), json!({"nullable": true, "type": "string"})),
        (json!({"type": ["string"]}), json!({"type": "string"})),
        (json!({"type": ["null"]}), json!({"nullable": true, "enum": [null]})),
        (json!({"type": "null"}), json!({"nullable": true, "enum": [null]})),
        (
            json!({"type": ["integer", "string", "null"], "minimum": 1, "pattern": "a", "format": "int32"}),
            json!({"nullable": true, "oneOf": [
                {"type": "integer", "format": "int32", "minimum": 1}, {"type": "string", "pattern": "a"}
            ]}),
        ),
        (
            json!({"type": ["integer", "string"], "enum": [1, "a", 2]}),
            json!({"oneOf": [{"type": "integer", "enum": [1, 2]}, {"type": "string", "enum": ["a"]}]}),
        ),
        (json!({"type": ["string", "object"], "allOf": [{}]}), json!({"allOf": [{}]})),
        (json!({"const": "a"}), json!({"enum": ["a"], "type": "string"})),
        (json!({"const": 1.5, "enum": [1.5, 2]}), json!({"enum": [1.5], "type": "number"})),
        (json!({"const": null}), json!({"enum": [null]})),
        (json!({"exclusiveMinimum": 1, "minimum": 0}), json!({"minimum": 1, "exclusiveMinimum": true})),
        (json!({"exclusiveMaximum": 9, "maximum": 5}), json!({"maximum": 5})),
        (json!(true), json!({})),
        (json!({"prefixItems": [{"type": "string"}], "items": false}), json!({"items": {"type": "string"}})),
        (json!({"prefixItems": [true, {"type": "string"}]}), json!({})),
        (
            json!({"prefixItems": [{"type": "string"}], "items": {"type": "number"}}),
            json!({"items": {"anyOf": [{"type": "string"}, {"type": "number"}]}}),
        ),
        (json!({"items": true}), json!({})),
        (
            json!({"patternProperties": {"^a": {"type": "string"}, "^b": {"type": "string"}}}),
            json!({"additionalProperties": {"type": "string"}}),
        ),
        (json!({"patternProperties": {"^a": {}}}), json!({"additionalProperties": true})),
        (
            json!({"patternProperties": {"^a": false}, "additionalProperties": false}),
            json!({"additionalProperties": false}),
        ),
        (json!({"$ref": "#/x"}), json!({"$ref": "#/x"})),
        (json!({"$ref": "#/x", "title": "t"}), json!({"title": "t", "allOf": [{"$ref": "#/x"}]})),
        (json!({"oneOf": [{"$ref": "#/x", "title": "t"}]}), json!({"oneOf": [{"$ref": "#/x"}]})),
        (
            json!({"oneOf": [{"$ref": "#/x", "required": ["a"]}]}),
            json!({"oneOf": [{"required": ["a"], "allOf": [{"$ref": "#/x"}]}]}),
        ),
        (json!({"contentEncoding": "base64"}), json!({"type": "string", "format": "byte"})),
        (json!({"contentMediaType": "image/png"}), json!({"type": "string", "format": "binary"})),
        (json!({"type": "string", "contentMediaType": "text/csv"}), json!({"type": "string"})),
        (
            json!({"then": {"properties": {"a": {"type": "string"}}}, "properties": {"b": {}}}),
            json!({"properties": {"b": {}, "a": {"type": "string"}}}),
        ),
    ];
    for (schema, expected) in table {
        let (found, _, codes) = rewritten(schema.clone());
        assert_eq!(found, expected, "of {schema}");
        assert!(codes.is_empty(), "{codes:?} of {schema}");
    }
}

#[test]
fn what_is_not_said_is_warned_of() {
    for (schema, code) in [
        (json!(false), "nothing-allowed"),
        (json!({"then": {"$ref": "#/x"}}), "condition-left-out"),
        (json!({"dependentSchemas": {"a": {"anyOf": []}}}), "condition-left-out"),
    ] {
        assert_eq!(rewritten(schema.clone()).2, [code], "{schema}");
    }
}

#[test]
fn every_part_keeps_its_place() {
    let schema = json!({
        "type": ["object", "array"],
        "properties": {"p": {"prefixItems": [{"type": ["string", "null"]}, {"$ref": "#/x", "required": ["a"]}]}},
        "items": {"patternProperties": {"^a/b": {"type": "string"}}},
    });
    let (_, origins, _) = rewritten(schema);
    for (now, then) in [
        ("/oneOf/0/properties/p", "/properties/p"),
        ("/oneOf/0/properties/p/items/anyOf/1/allOf/0/$ref", "/properties/p/prefixItems/1/$ref"),
        ("/oneOf/1/items/additionalProperties/type", "/items/patternProperties/^a~1b/type"),
    ] {
        let at = |rest: &str| Pointer::parse(&format!("/components/schemas/S{rest}")).unwrap();
        assert_eq!(origins.of(&at(now)), (0, at(then)), "{now}");
    }
}
