//! Descriptions of several texts, as their callers give them.

use super::{Files, bundle, wanted_files};
use crate::document::Document;
use crate::load;
use crate::{Diagnostics, Input, Options, Output, Source, generate};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// What comes of a description whose rest this is, with these files beside it.
fn run(rest: &str, files: &[(&str, &str)], options: Options) -> Output {
    let texts = files.iter().map(|(path, text)| ((*path).to_owned(), Ok(source(path, text))));
    let files = Files { description: "api.yaml".to_owned(), texts: texts.collect() };
    let spec = source("api.yaml", &format!("{HEAD}{rest}"));
    generate(&Input {
        spec,
        overlays: Vec::new(),
        files,
        options: Options { crate_name: "t".to_owned(), ..options },
    })
}

/// The codes and places of what was found.
fn found(output: &Output) -> Vec<String> {
    let place = |diagnostic: &crate::Diagnostic| {
        let at = diagnostic.location.as_ref().map(|at| format!("{}:{}:{}", at.source, at.line, at.column));
        format!("{} {} {}", diagnostic.code, at.unwrap_or_default(), diagnostic.pointer)
    };
    output.diagnostics.0.iter().map(place).collect()
}

#[test]
fn wanted_are_the_files_of_all_references_within_the_folder() {
    let text = "a: {$ref: x.yaml}\nb: {$ref: '#/a'}\nc: {$ref: ../y.json#/p}\nd: {$ref: ../../z.yaml}\n\
                e: {$ref: 'https://example.com/a.yaml'}\nf: {$ref: ../api.yaml#/q}\ng: {$ref: ./x.yaml#/r}\n\
                h: {mapping: {cat: cat.yaml, dog: Dog}}\ni: {$ref: 'a%20b.yaml'}\nj: {$ref: here.yaml#/k}\n";
    let wanted = wanted_files("parts/here.yaml", &source("here.yaml", text));
    assert_eq!(wanted, ["api.yaml", "parts/a b.yaml", "parts/cat.yaml", "parts/x.yaml", "y.json"]);
    assert!(wanted_files("a.yaml", &source("a.yaml", "a: {$ref: '#/b'}\nb: {$ref: \"#/a\"}\n")).is_empty());
    assert!(wanted_files("a.yaml", &source("a.yaml", "a: [$ref: b.yaml")).is_empty());
}

#[test]
fn names_are_those_of_the_description_or_of_the_files() {
    let rest = "components:\n  schemas:\n    Named: {$ref: parts.yaml#/Inner}\n    \
                Uses: {type: object, properties: {a: {$ref: parts.yaml#/Inner}, b: {$ref: whole-part.yaml}}}\n";
    let files = [
        ("parts.yaml", "Inner: {type: object, properties: {x: {type: string}}}\n"),
        ("whole-part.yaml", "type: object\nproperties: {y: {$ref: parts.yaml#/Inner}}\n"),
    ];
    let output = run(rest, &files, Options { all_schemas: true, ..Options::default() });
    assert_eq!(found(&output), [""; 0]);
    for line in [
        "struct Named",
        "  a: Named, optional",
        "  b: WholePart, optional",
        "struct WholePart",
        "  y: Named, optional",
    ] {
        assert!(output.outline.lines().any(|found| found == line), "{line}:\n{}", output.outline);
    }
    assert!(!output.outline.contains("Inner"), "{}", output.outline);
}

#[test]
fn two_things_of_one_name_are_an_error_unless_numbered() {
    let rest = "components:\n  schemas:\n    A: {type: object, properties: {x: {$ref: b.yaml}, y: {$ref: c/b.yaml}}}\n";
    let files = [("b.yaml", "type: string\n"), ("c/b.yaml", "type: integer\n")];
    let output = run(rest, &files, Options { all_schemas: true, ..Options::default() });
    assert_eq!(found(&output), ["name-collision api.yaml:5:59 /components/schemas/A/properties/y/$ref"]);
    assert_eq!(output.diagnostics.0[0].related[0].location.as_ref().unwrap().source, "b.yaml");
    let output = run(
        rest,
        &files,
        Options { number_collisions: true, ..Options { all_schemas: true, ..Options::default() } },
    );
    assert_eq!(found(&output), [""; 0]);
    assert!(output.outline.contains("alias B2 = i64"), "{}", output.outline);
}

#[test]
fn a_reference_that_nobody_follows_may_lead_nowhere() {
    let rest = "paths:\n  /a: {get: {operationId: a, responses: {'204': {description: d}}}}\n  \
                /b: {get: {operationId: b, responses: {'204': {$ref: none.yaml}}}}\n";
    let include = |pattern: &str| Options {
        include: vec![pattern.to_owned()],
        ..Options { all_schemas: true, ..Options::default() }
    };
    assert_eq!(found(&run(rest, &[], include("a"))), [""; 0]);
    assert_eq!(
        found(&run(rest, &[], include("b"))),
        ["unreadable-file api.yaml:5:50 /paths/~1b/get/responses/204/$ref"]
    );
}

#[test]
fn what_a_later_stage_finds_in_a_file_is_shown_there() {
    let rest = "components: {schemas: {A: {$ref: 'd/a.json'}, B: {$ref: 'd/a.json', description: moved}}}\n";
    let text = "{\n  \"properties\": {\n    \"p\": {\"type\": [\"object\", \"string\"],\n      \"properties\": {\"q\": {\"$ref\": \"#/none\"}}}}}\n";
    let output = run(rest, &[("d/a.json", text)], Options { all_schemas: true, ..Options::default() });
    assert_eq!(found(&output), ["dangling-reference d/a.json:4:28 /properties/p/properties/q/$ref"]);
}

#[test]
fn circles_of_files_end() {
    let rest =
        "paths: {/a: {$ref: 'p.yaml'}}\ncomponents: {schemas: {A: {$ref: 'a.yaml'}, C: {$ref: 'c.yaml'}}}\n";
    let files = [
        ("a.yaml", "allOf: [{$ref: b.yaml}]\n"),
        ("b.yaml", "allOf: [{$ref: a.yaml}]\n"),
        ("c.yaml", "$ref: d.yaml\n"),
        ("d.yaml", "$ref: c.yaml\n"),
        ("p.yaml", "$ref: api.yaml#/paths/~1a\n"),
    ];
    let found = found(&run(rest, &files, Options { all_schemas: true, ..Options::default() }));
    let codes: Vec<&str> = found.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(codes, ["reference-cycle", "reference-cycle", "all-of-cycle", "all-of-cycle"], "{found:#?}");
}

#[test]
fn a_part_is_taken_over_once_however_often_it_is_named() {
    let uses: String = (0..2_000).map(|index| format!("  /p{index}: {{$ref: item.yaml}}\n")).collect();
    let members: String = (0..2_000).map(|index| format!("    m{index}: a member\n")).collect();
    let item = source("item.yaml", &format!("get:\n  x-members:\n{members}  responses: {{}}\n"));
    let spec = source("api.yaml", &format!("{HEAD}paths:\n{uses}"));
    let length = spec.text.len() + item.text.len();
    let texts = [("item.yaml".to_owned(), Ok(item))].into();
    let files = Files { description: "api.yaml".to_owned(), texts };
    let mut document = Document::new(load::parse(&spec).unwrap(), spec);
    bundle(&mut document, &files, false, &mut Diagnostics::default());
    assert_eq!(document.unresolved, []);
    assert!(document.root.to_string().len() < 2 * length);
}
