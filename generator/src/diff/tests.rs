//! Whole comparisons: what two descriptions come to.

use super::{Comparison, Impact, Incomparable, Level, compare};
use crate::{Files, Input, Options, Source};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /animals:
    get:
      operationId: zoo/list
      responses:
        '200':
          description: All.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/animal'}}}}
    post:
      operationId: zoo/add
      parameters:
        - {name: keeper, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
      responses: {'204': {description: Added.}}
  /gates:
    get: {operationId: gates/list, responses: {'204': {description: None.}}}
components:
  schemas:
    animal: {type: object, required: [name], properties: {name: {type: string}, label: {type: string}}}
";

fn input(text: &str, include: &[&str]) -> Input {
    let include = include.iter().map(|pattern| (*pattern).to_owned()).collect();
    let options = Options { crate_name: "zoo".to_owned(), include, ..Options::default() };
    Input {
        spec: Source { name: "zoo.yaml".to_owned(), text: text.to_owned() },
        overlays: Vec::new(),
        files: Files::default(),
        options,
    }
}

fn with(include: &[&str], replacements: &[(&str, &str)]) -> Result<Comparison, Incomparable> {
    let mut text = SPEC.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    compare(&input(SPEC, include), &input(&text, include))
}

/// The Rust changes, one per line, each with the operations that it is about.
fn rust(replacements: &[(&str, &str)]) -> Vec<String> {
    let found = with(&[], replacements).expect("two descriptions").rust;
    let told = |change: super::RustChange| {
        format!("{:?} {} | `{}` {}", change.impact, change.operations.join(" "), change.item, change.message)
    };
    found.into_iter().map(told).collect()
}

#[test]
fn the_same_description_has_no_changes() {
    let found = with(&[], &[]).expect("two descriptions");
    assert_eq!((found.changes.len(), found.rust.len(), found.verdict.level), (0, 0, Level::None));
    assert_eq!(found.rust_missing, None);

    // Headers of one name are told apart by their order.
    let twice = "x-client-headers: [{name: A, default: x}, {name: a, default: y}]\npaths:";
    let text = SPEC.replacen("paths:", twice, 1);
    let found = compare(&input(&text, &[]), &input(&text, &[])).expect("two descriptions");
    assert!(found.changes.is_empty(), "{:?}", found.changes);
}

#[test]
fn a_change_of_a_type_names_the_operations_that_reach_it() {
    let found = rust(&[("label: {type: string}", "digest: {type: string}")]);
    let expected = [
        "Breaking zoo/list | `Animal::label` is gone",
        "Addition zoo/list | `Animal::digest: Option<String>` is new",
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_operation_comes_and_goes_in_one_line() {
    let gone = rust(&[(
        "    get: {operationId: gates/list, responses: {'204': {description: None.}}}\n",
        "    {}\n",
    )]);
    assert_eq!(gone, ["Breaking gates/list | `Client::gates_list()` is gone, with 4 setters"]);
    let operation = "  /keys/{id}:\n    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]\n    get: {operationId: keys/get, responses: {'204': {description: It is.}, '404': {description: It is not.}}}\n";
    let new = rust(&[("  /gates:\n", &format!("{operation}  /gates:\n"))]);
    let expected =
        "Addition keys/get | `Client::keys_get(id: i64)` is new, with 4 setters and the type `KeysGetError`";
    assert_eq!(new, [expected]);
}

#[test]
fn an_inline_type_that_comes_to_be_shared_does_not_change() {
    let order = "schema: {type: string, enum: [asc, desc]}";
    let old = SPEC.replace("schema: {type: string}}\n", &format!("{order}}}\n"));
    let get = format!("parameters: [{{name: o, in: query, {order}}}], responses");
    let new = old.replace(
        "responses: {'204': {description: None.}}",
        &format!("{get}: {{'204': {{description: None.}}}}"),
    );
    assert_ne!(old, new);
    let found = compare(&input(&old, &[]), &input(&new, &[])).expect("two descriptions").rust;
    let told: Vec<String> = found
        .iter()
        .map(|change| format!("{:?} `{}` {}", change.impact, change.item, change.message))
        .collect();
    let expected = ["Addition `GatesList::o(…)` is new", "Addition `GatesListO` is new, with 3 variants"];
    assert_eq!(told, expected);
}

#[test]
fn a_setter_that_becomes_an_argument_is_one_change() {
    let required = ("in: query, schema", "in: query, required: true, schema");
    let new = rust(&[required]);
    let expected = "Breaking zoo/add | `Client::zoo_add(…)` argument `keeper: &str` added, which was a setter, as the only one";
    assert_eq!(new, [expected]);
    let text = SPEC.replace(required.0, required.1);
    let back = compare(&input(&text, &[]), &input(SPEC, &[])).expect("two descriptions").rust;
    let told: Vec<&str> = back.iter().map(|change| change.message.as_str()).collect();
    assert_eq!(told, ["argument `keeper: &str` became the setter `ZooAdd::keeper(…)`"]);
}

#[test]
fn a_type_that_is_sent_and_received_names_its_fields_and_its_setters() {
    let inline = "{type: object, properties: {name: {type: string}}}";
    let old = SPEC.replace(inline, "{$ref: '#/components/schemas/animal'}");
    let label = "label: {type: string}";
    let told = |new: &str| {
        let found = compare(&input(&old, &[]), &input(new, &[])).expect("two descriptions").rust;
        let about = found.into_iter().filter(|change| change.item.starts_with("Animal::"));
        about.map(|change| format!("{} {}", change.item, change.message)).collect::<Vec<_>>()
    };
    let gone = told(&old.replace(&format!(", {label}"), ""));
    assert_eq!(gone, ["Animal::label is gone", "Animal::label(…) is gone"]);
    let new = told(&old.replace(label, "label: {type: string}, age: {type: integer}"));
    assert_eq!(new, ["Animal::age(…) is new", "Animal::age: Option<i64> is new"]);
    let required = told(&old.replace("required: [name]", "required: [name, label]"));
    assert!(
        required.contains(&"Animal::label has the type `String` instead of `Option<String>`".to_owned()),
        "{required:?}"
    );
}

#[test]
fn only_the_operations_that_are_included_are_compared() {
    let edits = [
        ("label: {type: string}", "mark: {type: string}"),
        ("gates/list, ", "gates/list, deprecated: true, "),
    ];
    let found = with(&["gates/*"], &edits).expect("two descriptions");
    let operations: Vec<&String> = found.changes.iter().flat_map(|change| &change.operations).collect();
    assert!(operations.iter().all(|id| *id == "gates/list"), "{operations:?}");
    let items: Vec<&str> = found.rust.iter().map(|change| change.item.as_str()).collect();
    assert_eq!(items, ["Client::gates_list()"]);
}

#[test]
fn a_pattern_has_to_match_on_one_side_only() {
    let renamed = [("gates/list", "doors/list")];
    let found = with(&["doors/*"], &renamed).expect("two descriptions");
    assert!(found.rust.iter().all(|change| change.impact == Impact::Addition), "{:?}", found.rust);
    assert!(found.rust.iter().any(|change| change.item == "Client::doors_list()"), "{:?}", found.rust);
    let nowhere = with(&["windows/*"], &renamed).expect_err("nothing to compare");
    assert_eq!(nowhere.new.0.first().map(|found| found.code), Some("include-no-match"));
}

#[test]
fn a_side_without_a_client_is_compared_on_the_wire() {
    let found = with(&[], &[("  /gates:\n", "  /gates/{missing:\n")]).expect("two descriptions");
    assert_eq!(found.rust, []);
    let missing = found.rust_missing.expect("a reason");
    assert!(missing.starts_with("no client can be generated from the new description: "), "{missing}");
    assert!(found.old_diagnostics.0.is_empty());
    assert!(found.new_diagnostics.0.first().is_some_and(|error| error.location.is_some()));
}

#[test]
fn an_operation_without_a_client_is_not_taken_for_one_that_is_gone() {
    let edit = ("  /gates:\n", "  /gates/{missing:\n");
    let found = with(&["gates/*"], &[edit]).expect("two descriptions");
    assert!(found.rust_missing.is_some());
    assert!(found.changes.iter().all(|change| change.code != "operation-removed"), "{:?}", found.changes);
}

#[test]
fn what_cannot_be_read_cannot_be_compared() {
    let broken = with(&[], &[("openapi: 3.0.3", "openapi: 3.0.3\nopenapi")]).expect_err("no description");
    assert!(!broken.old.has_errors());
    assert!(broken.new.0.first().is_some_and(|error| error.location.is_some()));
}
