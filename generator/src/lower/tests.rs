//! Descriptions that nest or refer deeper than anybody writes: none may exhaust the stack or the time.

use std::fmt::Write;

use crate::{Files, Input, Options, Output, Source, generate};

/// Generates from schemas, each on a line of its own.
fn schemas(lines: impl Iterator<Item = String>) -> Output {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Deep, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    lines.for_each(|line| writeln!(text, "    {line}").unwrap());
    let options =
        Options { crate_name: "deep".to_owned(), ..Options { all_schemas: true, ..Options::default() } };
    generate(&Input {
        spec: Source { name: "deep.yaml".to_owned(), text },
        overlays: Vec::new(),
        files: Files::default(),
        options,
    })
}

fn codes(output: &Output) -> Vec<&'static str> {
    let mut codes: Vec<_> = output.diagnostics.0.iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    codes
}

#[test]
fn a_long_way_through_named_schemas_is_no_matter() {
    let link = |i: usize| {
        format!("s{i}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/s{}'}}}}}}", i + 1)
    };
    let output = schemas((0..2000).map(link).chain(["s2000: {type: string}".to_owned()]));
    assert_eq!(codes(&output), [""; 0]);
    assert!(output.files.iter().any(|file| file.path == "types/s1999.rs"));
}

#[test]
fn what_refers_or_merges_too_far_is_refused() {
    let alias = |i: usize| format!("s{i}: {{$ref: '#/components/schemas/s{}'}}", i + 1);
    let middle = |i: usize| {
        format!(
            "s{i}: {{properties: {{p: {{properties: {{q: {{$ref: '#/components/schemas/s{}/properties/p'}}}}}}}}}}",
            i + 1
        )
    };
    let part = |i: usize| {
        format!(
            "s{i}: {{allOf: [{{$ref: '#/components/schemas/s{}'}}, {{properties: {{p{i}: {{}}}}}}]}}",
            i + 1
        )
    };
    let last = || ["s400: {properties: {p: {type: string}}}".to_owned()];
    assert_eq!(codes(&schemas((0..400).map(alias).chain(last()))), ["too-deep"]);
    assert_eq!(codes(&schemas((0..400).map(middle).chain(last()))), ["too-deep"]);
    assert_eq!(codes(&schemas((0..400).map(part).chain(last()))), ["too-deep"]);
}

#[test]
fn what_nests_as_deep_as_the_parser_reads_is_lowered() {
    for (open, close) in [
        ("{properties: {p: ", "}}"),
        ("{type: array, items: ", "}"),
        ("{oneOf: [", ", {type: integer}]}"),
        ("{allOf: [", ", {properties: {x: {}}}]}"),
        ("{additionalProperties: ", "}"),
    ] {
        let nested = format!("s: {}{{type: string}}{}", open.repeat(55), close.repeat(55));
        let output = schemas([nested].into_iter());
        assert!(!output.files.is_empty(), "{open}: {:?}", output.diagnostics);
    }
}

/// A description with an operation that uses everything that operations can share, and perhaps one before it.
fn sharing(first: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3
info: {{title: Shared, version: '1'}}
paths:
{first}
  /m:
    parameters: [{{name: trace, in: query, schema: {{type: string, enum: [on, off]}}}}]
    put:
      operationId: put-m
      parameters: [{{$ref: '#/components/parameters/sort'}}]
      requestBody: {{$ref: '#/components/requestBodies/thing'}}
      responses: {{'200': {{$ref: '#/components/responses/things'}}, '404': {{$ref: '#/components/responses/gone'}}}}
components:
  parameters: {{sort: {{name: sort, in: query, schema: {{type: string, enum: [up, down]}}}}}}
  requestBodies:
    thing: {{content: {{application/json: {{schema: {{type: object, properties: {{q: {{type: string, enum: [a, b]}}}}}}}}}}}}
  responses:
    things: {{description: Yes., content: {{application/json: {{schema: {{type: object, properties: {{n: {{type: integer}}}}}}}}}}}}
    gone: {{description: No., content: {{application/json: {{schema: {{type: object, properties: {{why: {{type: string}}}}}}}}}}}}
"
    );
    let options =
        Options { crate_name: "shared".to_owned(), ..Options { all_schemas: true, ..Options::default() } };
    let output = generate(&Input {
        spec: Source { name: "s.yaml".to_owned(), text },
        overlays: Vec::new(),
        files: Files::default(),
        options,
    });
    assert_eq!(codes(&output), [""; 0]);
    let surface = crate::surface::surface(&output.files).unwrap();
    surface.lines().map(str::to_owned).collect()
}

#[test]
fn an_operation_more_renames_nothing() {
    let responses =
        "{'200': {$ref: '#/components/responses/things'}, '404': {$ref: '#/components/responses/gone'}}";
    let first = format!(
        "  /a:
    put: {{operationId: added-a, responses: {responses},
      parameters: [{{$ref: '#/components/parameters/sort'}}], requestBody: {{$ref: '#/components/requestBodies/thing'}}}}"
    );
    let (before, after) = (sharing(""), sharing(&first));
    let gone: Vec<_> = before.iter().filter(|line| !after.contains(line)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
    assert!(after.len() > before.len());
}

#[test]
fn parts_that_are_merged_again_and_again_cost_nothing() {
    let twice = |i: usize| {
        let next = format!("{{$ref: '#/components/schemas/s{}'}}", i + 1);
        format!("s{i}: {{allOf: [{next}, {next}]}}")
    };
    let output = schemas((0..60).map(twice).chain(["s60: {properties: {p: {type: string}}}".to_owned()]));
    assert_eq!(codes(&output), [""; 0]);
}
