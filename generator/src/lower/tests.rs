//! Descriptions that nest or refer deeper than anybody writes: none may exhaust the stack or the time.

use std::fmt::Write;

use crate::{Input, Options, Output, Source, generate};

/// Generates from schemas, each on a line of its own.
fn schemas(lines: impl Iterator<Item = String>) -> Output {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Deep, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    lines.for_each(|line| writeln!(text, "    {line}").unwrap());
    let options = Options { crate_name: "deep".to_owned(), ..Options::default() };
    generate(&Input { spec: Source { name: "deep.yaml".to_owned(), text }, overlays: Vec::new(), options })
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
        assert_eq!(codes(&output), [""; 0], "{open}");
        assert!(!output.files.is_empty(), "{open}");
    }
}
