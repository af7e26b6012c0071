//! Lists of parameters.

use serde_json::{Value, json};

use super::{PATH, at, codes, endpoint, operation};

/// The schema that the body parameters of a page give.
fn body(list: &str) -> (Value, Vec<&'static str>) {
    let read = endpoint(&format!("{PATH}#### Body parameters\n\n{list}"));
    let codes = codes(&read).into_iter().filter(|code| *code != "no-server").collect();
    (operation(&read)["requestBody"]["content"]["application/json"]["schema"].clone(), codes)
}

#[test]
fn a_type_with_default_and_values_becomes_a_schema() {
    for (item, expected) in [
        ("(string)\n  Default: `x, y`", json!({"type": "string", "default": "x, y"})),
        ("(integer)\n  Default: `30`", json!({"type": "integer", "default": 30})),
        ("(boolean)\n  Default: `true`", json!({"type": "boolean", "default": true})),
        ("(number or null)\n  Default: `null`", json!({"type": "number", "nullable": true, "default": null})),
        ("(string,null)", json!({"type": "string", "nullable": true})),
        (
            "(array of strings)\n  Default: `a,b`",
            json!({"type": "array", "default": ["a", "b"], "items": {"type": "string"}}),
        ),
        ("(array)", json!({"type": "array", "items": {}})),
        ("(string or integer)", json!({"oneOf": [{"type": "string"}, {"type": "integer"}]})),
        (
            "(array of strings or integers)",
            json!({"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}),
        ),
        (
            "(string)\n  Can be one of: `+1`, ``, `null`, `🐘`",
            json!({"type": "string", "nullable": true, "enum": ["+1", "", null, "🐘"]}),
        ),
        ("(integer)\n  Can be one of: `1`, `-2`", json!({"type": "integer", "enum": [1, -2]})),
        (
            "(array of strings)\n  Which. Supported values are: `cat`, `dog`",
            json!({
                "type": "array",
                "description": "Which. Supported values are: `cat`, `dog`",
                "items": {"type": "string", "enum": ["cat", "dog"]},
            }),
        ),
    ] {
        let (schema, codes) = body(&format!("- **`x`** {item}"));
        assert_eq!((&schema["properties"]["x"], codes), (&expected, vec![]), "{item}");
    }
}

#[test]
fn descriptions_go_on_at_any_column_and_over_blank_lines() {
    let list = "- **`a`** (object)\n  First\\_line.\n\nAt the start of a line:\n\nONE - 1 < *2*\n  Default: `[object Object]`\n\
                \x20   - **`b`** (string) (required)\n      Inner\n\nmore.\n      Can be one of: `x`\n    - **`c`** (boolean)\n- **`d`** (string, required)";
    for list in
        [list.to_owned(), list.replace("- **", "* **").replace('\n', "\r\n"), list.replace("    ", "\t")]
    {
        let (schema, codes) = body(&list);
        let expected = json!({
            "type": "object",
            "required": ["d"],
            "properties": {
                "a": {
                    "type": "object",
                    "description": "First_line.\n\nAt the start of a line:\n\nONE - 1 < *2*",
                    "required": ["b"],
                    "properties": {
                        "b": {"type": "string", "enum": ["x"], "description": "Inner\n\nmore."},
                        "c": {"type": "boolean"},
                    },
                },
                "d": {"type": "string"},
            },
        });
        assert_eq!((schema, codes), (expected, vec!["unreadable-default"]));
    }
}

#[test]
fn what_nests_is_properties_any_property_variants_or_items() {
    for (list, expected) in [
        (
            "- **`x`** (object)\n  - **`key`** (object)\n    A user-defined key to represent an item in `x`.\n    - **`y`** (string)",
            json!({"type": "object", "additionalProperties": {
                "type": "object", "description": "A user-defined key to represent an item in `x`.",
                "properties": {"y": {"type": "string"}},
            }}),
        ),
        (
            "- **`x`** (array of objects or null)\n  - **`y`** (string) (required)",
            json!({"type": "array", "nullable": true, "items": {
                "type": "object", "required": ["y"], "properties": {"y": {"type": "string"}},
            }}),
        ),
        (
            "- **`x`** (object)\n  - **`Big cat`** (object)\n    - **`y`** (string)\n  - **`Bird`** (object)",
            json!({"oneOf": [
                {"$ref": "#/components/schemas/big-cat"}, {"$ref": "#/components/schemas/bird"},
            ]}),
        ),
        (
            "- **`x`** (object or string)\n  - **`y`** (string)",
            json!({"oneOf": [{"type": "object", "properties": {"y": {"type": "string"}}}, {"type": "string"}]}),
        ),
    ] {
        let (schema, codes) = body(list);
        assert_eq!((&schema["properties"]["x"], codes), (&expected, vec![]), "{list}");
    }
}

#[test]
fn a_body_without_a_name_is_the_whole_body() {
    for name in ["``", "", "\\`\\`"] {
        let (schema, codes) =
            body(&format!("- **{name}** (array of objects) (required)\n  - **`y`** (string)"));
        let items = json!({"type": "object", "properties": {"y": {"type": "string"}}});
        assert_eq!((schema, codes), (json!({"type": "array", "items": items}), vec![]), "{name}");
    }
}

#[test]
fn places_of_parameters_are_headers_path_and_query() {
    let read = endpoint(
        "### Parameters\n\n#### Headers\n\n- **`accept`** (string)\n\n#### Path and query parameters\n\n\
         - **`cage`** (integer)\n\n- **`deep`** (boolean)\n",
    );
    let found: Vec<Value> = operation(&read)["parameters"].as_array().cloned().unwrap_or_default();
    let found: Vec<_> = found.iter().map(|one| (&one["in"], &one["name"], &one["required"])).collect();
    let (yes, no) = (json!(true), Value::Null);
    let [header, path, query] = ["header", "path", "query"].map(|place| json!(place));
    let [accept, cage, deep] = ["accept", "cage", "deep"].map(|name| json!(name));
    assert_eq!(found, [(&header, &accept, &no), (&path, &cage, &yes), (&query, &deep, &no)]);
    assert_eq!(codes(&read), ["no-server", "optional-path-parameter"]);
    assert_eq!(at(&read, "/servers"), &Value::Null);

    let read = endpoint("");
    // The mark says that the schema is a guess.
    let schema = json!({"type": "string"});
    let expected =
        json!([{"name": "cage", "in": "path", "required": true, "schema": schema, "x-unlisted": true}]);
    assert_eq!(operation(&read)["parameters"], expected);
    assert_eq!(codes(&read), ["no-server", "unlisted-parameter"]);
}
