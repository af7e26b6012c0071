//! What gates become in the emitted files.

use std::fmt::Write;

use crate::{Files, Input, Options, Source, generate};

/// Whether the type that operations of so many tags answer with is compiled always.
fn is_always_compiled(tags: usize) -> bool {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Tags, version: '1'}\ncomponents: {schemas: {Pet: {type: object, \
                    properties: {name: {type: string}}}}}\npaths:\n"
            .to_owned();
    for tag in 0..tags {
        let answer =
            "{description: Yes., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}";
        writeln!(
            text,
            "  /p{tag}: {{get: {{operationId: o{tag}, tags: [t{tag}], responses: {{'200': {answer}}}}}}}"
        )
        .unwrap();
    }
    let spec = Source { name: "tags.yaml".to_owned(), text };
    let options = Options { crate_name: "tags".to_owned(), tag_features: true, ..Options::default() };
    let output = generate(&Input { spec, overlays: Vec::new(), files: Files::default(), options });
    assert_eq!(output.features.len(), tags);
    let types = output.files.iter().find(|file| file.path == "types/mod.rs").unwrap();
    !types.contents.contains("feature = \"t0\"")
}

#[test]
fn what_more_features_reach_than_a_gate_lists_is_compiled_always() {
    assert!(!is_always_compiled(super::MAX_FEATURES));
    assert!(is_always_compiled(super::MAX_FEATURES + 1));
}
