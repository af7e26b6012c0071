//! A description and its sources, both of a zoo that nobody runs: what is found, and what the description becomes.

mod decision;

use crate::document::Source;
use crate::upstream::{self, Upstream};

use super::{Decision, Lock, Outcome, Request, sync, words};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /animals:
    get:
      operationId: zoo/list
      parameters:
        - name: kind
          in: query
          schema:
            type: string
            enum: [cat, owl]
        - $ref: '#/components/parameters/page'
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: array
                items:
                  $ref: '#/components/schemas/animal'
    post:
      operationId: zoo/add
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                name:
                  type: string
          application/x-www-form-urlencoded:
            schema:
              type: object
              properties:
                name:
                  type: string
      responses:
        '204':
          description: Added.
components:
  parameters:
    page:
      name: page
      in: query
      schema:
        type: integer
  schemas:
    # Whoever lives here.
    animal:
      title: Animal
      type: object
      required:
        - keeper
      properties:
        keeper:
          nullable: true
          allOf:
            - $ref: '#/components/schemas/keeper'
        friend:
          $ref: '#/components/schemas/keeper'
        food:
          oneOf:
            - $ref: '#/components/schemas/keeper'
            - type: string
        cage:
          allOf:
            - $ref: '#/components/schemas/keeper'
            - type: object
              required:
                - name
              properties:
                roof:
                  type: boolean
    keeper:
      title: Keeper
      type: object
      properties:
        name:
          type: string
";

fn source(name: &str, text: &str) -> Upstream {
    upstream::read(&Source { name: name.to_owned(), text: text.to_owned() })
}

/// Brings `spec` up to date with sources.
fn run(spec: &str, sources: &[Upstream], lock: &Lock, decisions: &[Decision]) -> Outcome {
    let spec = Source { name: "spec.yaml".to_owned(), text: spec.to_owned() };
    let request = Request {
        spec: &spec,
        overlays: &[],
        upstreams: sources,
        lock,
        decisions,
        select: &[],
        id_prefix: "",
        with_words: false,
        date: None,
    };
    sync(&request).expect("a description that can be read")
}

/// The drift, a line each: name, ours, theirs.
fn drift(outcome: &Outcome) -> Vec<String> {
    let line = |drift: &super::Drift| {
        let aspect = drift.fact.aspect;
        format!(
            "{}: {} -> {}",
            drift.fact.name(),
            words(aspect, &drift.fact.ours),
            words(aspect, &drift.says)
        )
    };
    outcome.report.drift.iter().map(line).collect()
}

/// An edit of the source: what it replaces by what, the drift, and what the description then has and has not.
type Case = (&'static str, &'static str, &'static [&'static str], &'static str, &'static str);

const CASES: [Case; 12] = [
    ("enum: [cat, owl]", "enum: [owl, cat]", &[], "enum: [cat, owl]", "[owl"),
    (
        "            type: string\n            enum: [cat, owl]",
        "            type: array\n            items: {type: string}",
        &["zoo/list: query parameter `kind`: type: string -> array"],
        "items:",
        "enum:",
    ),
    (
        "          nullable: true\n",
        "",
        &["schema `animal`: `keeper`: nullable: or null -> never null"],
        "# Whoever lives here.",
        "nullable",
    ),
    (
        "          nullable: true\n          allOf:\n            - $ref: '#/components/schemas/keeper'\n",
        "          anyOf:\n            - $ref: '#/components/schemas/keeper'\n            - enum: [null]\n",
        &[],
        "allOf",
        "anyOf",
    ),
    (
        "        friend:\n          $ref: '#/components/schemas/keeper'\n",
        "        friend:\n          anyOf:\n            - $ref: '#/components/schemas/keeper'\n            - type: array\n              items: {type: string}\n",
        &["schema `animal`: `friend`: type: object -> one of several"],
        "title: Keeper",
        "/friend",
    ),
    (
        "          oneOf:\n",
        "          anyOf:\n",
        &["schema `animal`: `food`: choice: oneOf -> anyOf"],
        "anyOf:",
        "oneOf:",
    ),
    (
        "            - type: string\n",
        "            - type: integer\n",
        &["schema `animal`: `food`: variants: Keeper, string -> Keeper, integer"],
        "- type: integer",
        "- type: string",
    ),
    (
        "      required:\n        - keeper\n",
        "",
        &["schema `animal`: `keeper`: required: required -> optional"],
        "title: Animal",
        "        - keeper\n",
    ),
    (
        "        friend:\n",
        "        age:\n          type: integer\n        born:\n          type: string\n        friend:\n",
        &[
            "schema `animal`: `age`: listed: not listed -> listed",
            "schema `animal`: `born`: listed: not listed -> listed",
        ],
        "        age:\n          type: integer\n        born:\n          type: string\n        friend:",
        "required:\n        - age",
    ),
    (
        "        friend:\n          $ref: '#/components/schemas/keeper'\n",
        "        friend:\n          type: string\n",
        &["schema `animal`: `friend`: type: object -> string"],
        "        friend:\n          type: string",
        "title: Gone",
    ),
    ("              required:\n                - name\n", "", &[], "                - name\n", "title: Gone"),
    (
        "        type: integer\n  schemas:",
        "        type: integer\n        default: 1\n  schemas:",
        &["query parameter `page`: default: none -> 1"],
        "        default: 1\n",
        "title: Gone",
    ),
];

#[test]
fn each_change_of_a_source_is_told_and_taken_in_with_no_other() {
    for (old, new, expected, has, has_not) in CASES {
        assert!(SPEC.contains(old), "{old}");
        let sources = [source("official.yaml", &SPEC.replacen(old, new, 1))];
        let outcome = run(SPEC, &sources, &Lock::default(), &[]);
        assert_eq!(drift(&outcome), expected, "{new}");
        assert!(outcome.report.conflicts.is_empty() && outcome.left.is_empty(), "{new}: {outcome:#?}");
        assert!(outcome.text.contains(has), "no `{has}` in\n{}", outcome.text);
        assert!(!outcome.text.contains(has_not), "`{has_not}` in\n{}", outcome.text);
        let again = run(&outcome.text, &sources, &outcome.lock, &[]);
        assert!(again.report.is_clean(), "{new}: {:?}", drift(&again));
        assert_eq!(again.text, outcome.text, "{new}");
    }
}

#[test]
fn a_new_part_brings_the_component_that_it_refers_to_unless_ours_has_one_of_its_title() {
    let new = "        friend:\n          $ref: '#/components/schemas/keeper'\n";
    let with = |reference: &str| {
        format!("{new}        nurse:\n          $ref: '#/components/schemas/{reference}'\n")
    };
    let text = SPEC.replacen(new, &with("vet"), 1)
        + "    vet:\n      title: Vet\n      type: object\n      properties:\n        id: {type: integer}\n";
    let outcome = run(SPEC, &[source("official.yaml", &text)], &Lock::default(), &[]);
    assert!(
        outcome.text.contains("#/components/schemas/vet") && outcome.text.contains("title: Vet"),
        "{}",
        outcome.text
    );
    let text = SPEC.replacen(new, &with("nullable-keeper"), 1)
        + "    nullable-keeper:\n      title: Keeper\n      nullable: true\n      type: object\n      properties:\n        name: {type: string}\n";
    let outcome = run(SPEC, &[source("official.yaml", &text)], &Lock::default(), &[]);
    assert!(!outcome.text.contains("nullable-keeper"), "{}", outcome.text);
    assert_eq!(outcome.text.matches("nullable: true").count(), 2, "{}", outcome.text);
}

#[test]
fn no_two_facts_have_one_name() {
    let text = SPEC.replace(
        "                name:\n                  type: string\n",
        "                name:\n                  type: integer\n",
    );
    let outcome = run(SPEC, &[source("official.yaml", &text)], &Lock::default(), &[]);
    let names: Vec<String> = outcome.report.drift.iter().map(|drift| drift.fact.name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_ne!(names[0], names[1]);
    assert!(names.iter().all(|name| name.starts_with("zoo/add: body, `name` (/paths/")), "{names:?}");
}

#[test]
fn an_operation_is_gone_only_when_no_source_of_its_kind_tells_of_it() {
    let whole = [source("official.yaml", SPEC)];
    let lock = run(SPEC, &whole, &Lock::default(), &[]).lock;
    let start = SPEC.find("    post:\n").expect("the second operation");
    let end = SPEC.find("components:\n").expect("what is behind it");
    let first = format!("{}{}", &SPEC[..start], &SPEC[end..]);
    let second = SPEC.replacen(
        "    get:\n      operationId: zoo/list\n",
        "    put:\n      operationId: zoo/other\n",
        1,
    );
    let gone = run(SPEC, &[source("official.yaml", &first)], &lock, &[]);
    assert_eq!(drift(&gone), ["zoo/add: listed: listed -> not listed"]);
    assert!(!gone.text.contains("zoo/add"), "{}", gone.text);
    let moved = [source("official.yaml", &first), source("more.yaml", &second)];
    let outcome = run(SPEC, &moved, &lock, &[]);
    assert!(outcome.report.is_clean(), "{:?}", drift(&outcome));
    assert_eq!(outcome.report.new_operations.len(), 1);
}
