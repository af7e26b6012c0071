//! Too deep, too long, too many.

use serde_json::{Map, Value, json};

use super::{of_operation, of_schemas, refused, survived, survived_tree};

/// How deep or long something is that is read at once.
const MANY: usize = 100_000;

/// How many things stand beside one another.
const CROWD: usize = 20_000;

/// So many schemas `S0`, `S1`, …, each made from the name of the next one; `S` is the first.
fn chain(length: usize, link: impl Fn(Value) -> Value) -> Value {
    let to = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
    let mut schemas: Map<String, Value> =
        (0..length).map(|index| (format!("S{index}"), link(to(index + 1)))).collect();
    schemas.insert(format!("S{length}"), json!({ "type": "string" }));
    schemas.insert("S".to_owned(), to(0));
    of_schemas(schemas.into())
}

#[test]
fn what_nests_without_end_is_refused() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(MANY), close.repeat(MANY));
    for text in [
        deep("[", "]"),
        deep("{a: ", "}"),
        deep("a: [", ""),
        deep("a: {a: ", ""),
        deep("- ", ""),
        deep("? ", ""),
        deep("&a ", ""),
        deep("!a ", ""),
        deep("*", ""),
        deep("a: ", ""),
        (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
    ] {
        assert!(refused("api.yaml", text.clone()).starts_with("yaml-syntax 1"), "{}", &text[..20]);
    }
    for text in [deep("[", "]"), deep("{\"a\":", "}"), "[".repeat(MANY), "{\"a\":".repeat(MANY)] {
        let found = refused("api.json", text);
        assert!(
            found.starts_with("json-syntax 1:") && found.ends_with("recursion limit exceeded"),
            "{found}"
        );
    }
}

#[test]
fn schemas_in_schemas_are_lowered_or_refused() {
    for (open, close) in [
        (r#"{"type":"object","properties":{"a":"#, "}}"),
        (r#"{"allOf":[{"type":"object","properties":{"x":{"type":"string"}}},"#, "]}"),
        (r#"{"oneOf":[{"type":"integer"},"#, "]}"),
        (r#"{"anyOf":["#, "]}"),
        (r#"{"type":"array","items":"#, "}"),
        (r#"{"additionalProperties":"#, "}"),
        (r#"{"not":"#, "}"),
    ] {
        let nested = |depth: usize| {
            let whole = of_schemas(json!({ "S": "HERE" })).to_string();
            let schema = format!("{}{{\"type\":\"string\"}}{}", open.repeat(depth), close.repeat(depth));
            survived("api.json", whole.replace("\"HERE\"", &schema))
        };
        assert!(!nested(40).diagnostics.has_errors(), "{open}");
        assert_eq!(nested(MANY).diagnostics.0[0].code, "json-syntax", "{open}");
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    for wrap in [
        |items: &[String]| format!("[{}]", items.join(", ")),
        |items: &[String]| {
            let members = items.iter().enumerate().map(|(index, item)| format!("k{index}: {item}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        },
        |items: &[String]| format!("{{<<: [{}]}}", items.join(", ")),
    ] {
        let mut text = "x0: &x0 {a: b}\n".to_owned();
        for index in 1..20 {
            let aliases = vec![format!("*x{}", index - 1); 9];
            text.push_str(&format!("x{index}: &x{index} {}\n", wrap(&aliases)));
        }
        let found = refused("api.yaml", text);
        assert!(found.contains("multiply"), "{found}");
    }
}

#[test]
fn references_end_somewhere() {
    let codes = |tree: &Value| {
        let codes = survived_tree(tree).diagnostics.0.into_iter().map(|diagnostic| diagnostic.code);
        codes.collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(codes(&chain(2_000, |next| next)), ["too-deep"]);
    assert_eq!(survived_tree(&chain(MANY, |next| next)).diagnostics.0.len(), 1);
    assert!(codes(&chain(2_000, |next| json!({ "properties": { "next": next } }))).is_empty());
    assert!(codes(&chain(2_000, |next| json!({ "type": "array", "items": next }))).is_empty());
    for both in ["allOf", "oneOf", "anyOf"] {
        assert!(codes(&chain(60, |next| json!({ both: [next.clone(), next] }))).is_empty(), "{both}");
    }
    let twice = chain(60, |next| json!({ "properties": { "a": &next, "b": next } }));
    assert!(codes(&twice).is_empty());

    let to = |target: &str| json!({ "$ref": target });
    assert_eq!(codes(&of_schemas(json!({ "S": to("#/components/schemas/S") }))), ["reference-cycle"]);
    let own = json!({ "properties": { "a": to("#/components/schemas/S/properties/a") } });
    assert_eq!(codes(&of_schemas(json!({ "S": own }))), ["reference-cycle"]);
    let far = format!("#/components/schemas/S{}", "/properties/a".repeat(MANY));
    assert_eq!(codes(&of_schemas(json!({ "S": to(&far) }))), ["dangling-reference"]);
    for odd in ["#", "#/paths", "#/info/title", "#/openapi", "", "#//", "#/%00", "#/~2", "file:///etc/passwd"]
    {
        codes(&of_schemas(json!({ "S": to(odd) })));
    }
}

#[test]
fn what_is_no_schema_is_read_as_one_in_time() {
    // Reading fails at the innermost text, and each level would try again.
    let nested = (0..55).fold(json!("text"), |inner, _| json!({ "additionalProperties": inner }));
    let mut description = of_schemas(json!({ "S": { "$ref": "#/paths" }, "T": { "$ref": "#/x-schemas/T" } }));
    description["paths"]["additionalProperties"] = nested.clone();
    description["x-schemas"] = json!({ "T": nested });
    survived_tree(&description);
}

#[test]
fn long_texts_are_cut_and_long_lines_read() {
    let mut description = of_schemas(json!({ "S": { "type": "string" } }));
    description["info"]["description"] = "word ".repeat(10 << 20).into();
    let text = description.to_string();
    assert!(text.len() > 50 << 20 && !text.contains('\n'));
    let size = |name: &str, text: String| {
        let output = survived(name, text);
        output.files.iter().map(|file| file.contents.len()).max().expect("files")
    };
    assert!(size("api.json", text.clone()) < 200_000);
    assert!(size("api.yaml", format!("# YAML\n{text}")) < 200_000);

    for markup in
        ["*", "`", "[", "> ", "![", "<", "|", "- ", "1. ", "[a](", "> - ", "<!--", "~~", "\\", "a_ "]
    {
        let description = markup.repeat(60_000 / markup.len());
        survived_tree(&of_schemas(json!({ "S": { "type": "string", "description": description } })));
    }
}

#[test]
fn long_names_give_files_that_can_be_written() {
    let long = "long_name_".repeat(10_000);
    let mut description = of_operation(json!({
        "operationId": long, "tags": [long],
        "parameters": [{ "name": long, "in": "query", "schema": { "type": "string", "enum": [long] } }],
        "responses": { "200": { "description": "Yes.", "content": {
            "application/json": { "schema": { "$ref": format!("#/components/schemas/{long}") } }
        } } },
    }));
    let named = json!({ "type": "object", "properties": { long.clone(): { "type": "string" } } });
    description["components"]["schemas"] = json!({ long.clone(): named, format!("{long}2"): named });
    description["paths"]["/b"]["get"] =
        json!({ "operationId": format!("{long}2"), "responses": { "204": { "description": "Yes." } } });
    let output = survived_tree(&description);
    assert!(!output.files.is_empty(), "{:?}", output.diagnostics);
}

#[test]
fn many_of_everything_come_through() {
    let numbered = |name: &str| (0..CROWD).map(|index| format!("{name}{index}")).collect::<Vec<_>>();
    let names = numbered("p");
    let properties: Map<String, Value> =
        names.iter().map(|name| (name.clone(), json!({ "type": "string" }))).collect();
    let all = json!({ "type": "object", "properties": properties, "required": names });
    let wrong: Map<String, Value> =
        names.iter().map(|name| (name.clone(), json!({ "type": "string", "required": true }))).collect();
    let alike: Vec<String> = (0..CROWD / 4).map(|index| format!("a{}", "-".repeat(index % 100))).collect();
    for (schema, warnings) in [
        (json!({ "type": "string", "enum": names }), 0),
        (json!({ "type": "integer", "enum": (0..CROWD).collect::<Vec<_>>() }), 0),
        (json!({ "type": "string", "enum": alike }), 1),
        (all, 0),
        (json!({ "type": "object", "properties": wrong }), CROWD),
    ] {
        let output = survived_tree(&of_schemas(json!({ "S": schema })));
        assert_eq!(output.diagnostics.0.len(), warnings);
        assert!(!output.files.is_empty());
    }
}
