use super::count::{Counted, operations};
use super::tree::Node;
use generator::{Files, Source};

fn counted(text: &str, others: &[(&str, &str)]) -> Vec<String> {
    let text_of = |text: &str| Source { name: String::new(), text: text.to_owned() };
    let files = Files {
        description: "spec/root.yaml".to_owned(),
        texts: others.iter().map(|(path, text)| ((*path).to_owned(), Ok(text_of(text)))).collect(),
    };
    let shown = |one: &Counted| format!("{} {}", one.http_method, one.path);
    operations(&Node::read(text).expect("a text that can be read"), &files).iter().map(shown).collect()
}

#[test]
fn only_methods_of_paths_count() {
    let text = "
paths:
  x-note: {get: {}}
  /a: {summary: A, parameters: [], servers: [], x-get: {}, get: {}, post: null, query: {}}
  /b: {description: {}}
webhooks: {w: {post: {}}}
components: {pathItems: {p: {get: {}}}}
";
    assert_eq!(counted(text, &[]), ["GET /a", "QUERY /a"]);
}

#[test]
fn path_items_are_found_wherever_they_are() {
    let text = "
shared: &shared {get: {}, put: {}}
paths:
  /merged: {<<: *shared, get: {}}
  /here: {$ref: '#/components/pathItems/p~1q', get: {}}
  /there: {$ref: '../parts.yaml#/a~1%7Bb%7D'}
  /back: {$ref: 'more/items.json'}
  /circle: {$ref: '#/paths/~1circle'}
  /nowhere: {$ref: 'nothing.yaml'}
components: {pathItems: {p/q: {get: {}, post: {}}}}
";
    let others = [
        ("parts.yaml", "'a/{b}': {$ref: 'spec/root.yaml#/components/pathItems/p~1q'}"),
        ("spec/more/items.json", r#"{"head": {}, "/other": {"get": {}}}"#),
    ];
    let expected =
        ["GET /merged", "PUT /merged", "GET /here", "POST /here", "GET /there", "POST /there", "HEAD /back"];
    assert_eq!(counted(text, &others), expected);
}

#[test]
fn numbers_of_any_size_and_tags_do_not_matter() {
    let text = "a: [18446744073709551616, -9223372036854775809, 1e999, .nan, ~, !tag x]\n2: b\npaths: {/a: {get: {}}}";
    assert_eq!(counted(text, &[]), ["GET /a"]);
    assert_eq!(counted("{\"paths\": {\"/a\": {\"get\": {}}}}", &[]), ["GET /a"]);
    assert_eq!(Node::read("a: {"), None);
}
