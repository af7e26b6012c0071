//! Descriptions that want to do harm: each is refused at a place, or gives code that is only code.
//!
//! Nothing here is timed: what takes more than its share of time or memory does not come to an end.

mod command_line;
mod places;
mod sizes;

use generator::{Diagnostics, Files, Input, Options, Output, Source, generate, surface};
use serde_json::{Value, json};

/// Runs the generator on a text, and checks that what comes out does no harm.
fn survived(name: &str, text: String) -> Output {
    let spec = Source { name: name.to_owned(), text };
    let options = Options { crate_name: "pets".to_owned(), number_collisions: true, ..Options::default() };
    let input = Input { spec, overlays: Vec::new(), files: Files::default(), options };
    let output = generate(&input);
    complete(&output.diagnostics);
    assert_eq!(output.files.is_empty(), output.diagnostics.has_errors(), "{:?}", output.diagnostics);
    surface::surface(&output.files).unwrap_or_else(|error| panic!("not Rust: {error:?}"));
    for file in &output.files {
        let hostile = file.contents.chars().find(|char| is_hostile(*char));
        assert!(hostile.is_none(), "{}: {hostile:?} in\n{}", file.path, file.contents);
        let length = file.path.rsplit('/').next().map_or(0, str::len);
        assert!(length <= 143, "a file name of {length} bytes: {}", file.path);
    }
    output
}

/// Runs the generator on a tree.
fn survived_tree(tree: &Value) -> Output {
    survived("api.json", tree.to_string())
}

/// The error that a text is refused with, as `CODE LINE:COLUMN MESSAGE`.
fn refused(name: &str, text: String) -> String {
    let output = survived(name, text);
    let first = output.diagnostics.0.first().expect("an error");
    let place = first.location.as_ref().expect("a place");
    format!("{} {}:{} {}", first.code, place.line, place.column, first.message)
}

/// A character that rustc refuses in a source file, or that nobody sees there.
fn is_hostile(char: char) -> bool {
    let hides = matches!(char, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}');
    let turns = matches!(char, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    let breaks = matches!(char, '\u{2028}' | '\u{2029}') || char.is_control() && char != '\n';
    hides || turns || breaks
}

/// Checks that each diagnostic says what, where and what to do.
pub(crate) fn complete(diagnostics: &Diagnostics) {
    for diagnostic in &diagnostics.0 {
        let is_code = |code: &str| code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        assert!(!diagnostic.code.is_empty() && is_code(diagnostic.code), "{diagnostic:?}");
        assert_ne!(diagnostic.code, "internal", "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty() && diagnostic.message.len() < 4_000, "{diagnostic:?}");
        assert!(diagnostic.help.as_ref().is_some_and(|help| !help.is_empty()), "{diagnostic:?}");
        // An option stands in no description, so there is no line to show.
        let is_placed = diagnostic.location.as_ref().is_some_and(|at| at.line > 0 && at.column > 0);
        assert!(is_placed != diagnostic.is_elsewhere, "{diagnostic:?}");
    }
}

/// A description of one operation that gives the schema `S`.
fn of_schemas(schemas: Value) -> Value {
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/S" } } });
    let mut description = of_operation(json!({
        "operationId": "a", "responses": { "200": { "description": "Yes.", "content": content } }
    }));
    description["components"] = json!({ "schemas": schemas });
    description
}

/// A description of one operation.
fn of_operation(operation: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://api.example.com" }],
        "paths": { "/a": { "post": operation } },
    })
}
