//! Odd texts and numbers, in every place that takes one.

use serde_json::{Value, json};

use super::{of_operation, of_schemas, refused, survived, survived_tree};

/// Texts that end comments, literals and lines, turn or hide what stands beside them, or are names of something.
const TEXTS: [&str; 38] = [
    "",
    " ",
    "\0",
    "'\"",
    "\n",
    "\r",
    "\r\n",
    "*/",
    "/*",
    "//",
    "```",
    "```rust\npanic!()\n```",
    "\"#",
    "\"##",
    "#",
    "\\",
    "{",
    "}",
    "{}",
    "\u{202e}\u{2066}",
    "\u{200b}\u{feff}",
    "\u{2028}\u{85}",
    "\u{1b}[31m",
    "\u{7f}",
    "!!!",
    "😀😀",
    "名前",
    "\u{301}",
    "a\u{200d}b",
    "..",
    "../x",
    "self",
    "Self",
    "crate",
    "_",
    "__",
    "0",
    "-1",
];

/// A description with a text in every place.
fn everywhere(text: &str) -> Value {
    let named = json!({ text: { "type": "string", "enum": [text], "pattern": text, "description": text } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": text, "version": text, "description": text },
        "servers": [{ "url": "https://api.example.com", "description": text }],
        "tags": [{ "name": text, "description": text }],
        "paths": {
            "/a": { "post": {
                "operationId": text, "tags": [text], "summary": text, "description": text,
                "parameters": [
                    { "name": text, "in": "query", "description": text,
                      "schema": { "type": "string", "enum": [text, "ok"], "default": text } },
                    { "name": text, "in": "cookie", "schema": { "type": "string" } },
                    { "name": text, "in": "header", "schema": { "type": "string" } },
                ],
                "requestBody": { "content": { "application/json": {
                    "schema": { "type": "object", "properties": named }
                } } },
                "responses": {
                    "200": { "description": text, "headers": { text: { "schema": { "type": "string" } } },
                        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/S" } } } },
                    "404": { "description": text, "content": { text: {} } },
                },
                "externalDocs": { "url": text },
            } },
        },
        "components": {
            "schemas": {
                "S": { "type": "object", "title": text, "description": text, "properties": named, "required": [text] },
                text: { "oneOf": [{ "type": "object", "title": text, "properties": named }, { "type": "string" }] },
            },
            "securitySchemes": { text: { "type": "apiKey", "in": "query", "name": text, "description": text } },
        },
    })
}

#[test]
fn a_text_is_a_text_wherever_it_stands() {
    for text in TEXTS {
        let output = survived_tree(&everywhere(text));
        assert!(!output.files.is_empty(), "{text:?}: {:?}", output.diagnostics);
    }
}

#[test]
fn odd_paths_and_servers_do_no_harm() {
    for text in TEXTS.into_iter().chain([
        "/{",
        "/}",
        "/{}",
        "/{{a}}",
        "/{a}{b}",
        "/{a}/{a}",
        "/{a*}",
        "/{+a}",
        "a",
        "//",
        "/a?b=c",
        "/a#b",
        "/..",
        "/%2e%2e",
        "http://example.com/x",
        "https://[",
        "https://a b",
        "javascript:alert(1)",
        "https://{a}{b}.c",
        "https://a@b:c@d",
        "https://a:99999",
        "file:///etc",
    ]) {
        let mut path = of_operation(json!({}));
        let operation = json!({
            "operationId": "a",
            "parameters": [{ "name": "a", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": { "204": { "description": "Yes." } },
        });
        path["paths"] = json!({ text: { "get": operation } });
        survived_tree(&path);
        let mut server = of_operation(json!({ "operationId": "a", "responses": {} }));
        server["servers"] =
            json!([{ "url": text }, { "url": "https://{a}", "variables": { "a": { "default": text } } }]);
        survived_tree(&server);
    }
}

#[test]
fn odd_headers_and_media_types_do_no_harm() {
    for text in TEXTS.into_iter().chain([
        "a b",
        "a:b",
        ":authority",
        "Content-Type",
        "Transfer-Encoding",
        "\r\nX: y",
        "a/b/c",
        "text/*",
        "*/*",
        "application/json\r\nX: y",
        "application/json; charset=\"",
        "é/é",
        "multipart/form-data; boundary=x",
    ]) {
        let schema = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let mut description = of_operation(json!({
            "operationId": "a",
            "parameters": [{ "name": text, "in": "header", "schema": { "type": "string" } }],
            "requestBody": { "required": true, "content": { text: { "schema": schema } } },
            "responses": { "200": { "description": "Yes.", "content": { text: { "schema": schema } },
                "headers": { text: { "schema": { "type": "string" } } } } },
        }));
        survived_tree(&description);
        description["components"]["securitySchemes"]["key"] =
            json!({ "type": "apiKey", "in": "header", "name": text });
        survived_tree(&description);
    }
}

#[test]
fn odd_numbers_do_no_harm() {
    for number in [
        "99999999999999999999999999",
        "18446744073709551616",
        "-9223372036854775809",
        "1e999",
        "-1e999",
        "1e-999",
        ".nan",
        ".inf",
        "-.inf",
        "0x1fffffffffffffffffff",
        "0o7777777777777777777777777",
        "1_000",
    ] {
        for keyword in ["minimum", "maximum", "default", "multipleOf", "maxLength", "example"] {
            for kind in ["integer", "number", "string"] {
                let schema = format!("{{type: {kind}, {keyword}: {number}, enum: [{number}, 1]}}");
                let whole = of_schemas(json!({ "S": "HERE" })).to_string();
                survived("api.yaml", format!("# YAML\n{}", whole.replace("\"HERE\"", &schema)));
            }
        }
    }
}

#[test]
fn odd_patterns_do_no_harm() {
    let deep = "(".repeat(5_000) + &")".repeat(5_000);
    for pattern in ["(a+)+$", "(", "[", "\\", "(?<!a)", "a{1000000000}", "\\p{L}", &deep] {
        let mut description = of_schemas(json!({ "S": { "type": "string", "pattern": pattern } }));
        survived_tree(&description);
        description["openapi"] = "3.1.0".into();
        description["components"]["schemas"]["S"] =
            json!({ "patternProperties": { pattern: { "type": "string" } } });
        survived_tree(&description);
    }
}

#[test]
fn half_a_character_is_refused_where_it_stands() {
    let whole = of_schemas(json!({ "S": { "type": "string", "description": "HERE" } })).to_string();
    for half in ["\\ud800", "\\udc00", "\\ud800x", "\\ud800\\ud800"] {
        let found = refused("api.json", whole.replace("HERE", half));
        assert!(found.starts_with("json-syntax 1:"), "{found}");
    }
    let found = refused("api.yaml", format!("# YAML\n{}", whole.replace("HERE", "\\ud800")));
    assert!(found.starts_with("yaml-syntax 2:"), "{found}");
}
