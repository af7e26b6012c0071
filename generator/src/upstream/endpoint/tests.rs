//! A small page about one endpoint of a zoo that nobody runs.

use serde_json::{Value, json};

use crate::document::Source;
use crate::upstream::{Upstream, read};

/// The page with this route and these rows.
fn page(route: &str, rows: &[&str]) -> Upstream {
    let rows: String = rows.iter().map(|row| format!("<tr>{row}</tr>\n")).collect();
    let text = format!(
        "---\nname: Feed\nexample: octokit.zoo.feedAnimal({{ cage }})\nroute: {route}\n---\n\n# Feed\n\nFeeds it. Be \
         quick.\n\n## Parameters\n\n<table>\n<tbody>\n{rows}</tbody>\n</table>\n"
    );
    read(&Source { name: "feed.md".to_owned(), text })
}

fn row(name: &str, required: &str) -> String {
    format!("<td>{name}</td><td>{required}</td><td>\n\nSaid of it.\n\n</td>")
}

/// The parameters as `place name`, those that are required with a `!`.
fn parameters(operation: &Value) -> Vec<String> {
    let list = operation["parameters"].as_array().cloned().unwrap_or_default();
    let text = |parameter: &Value, key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
    let mark = |parameter: &Value| if parameter["required"] == true { "!" } else { "" };
    list.iter().map(|one| format!("{} {}{}", text(one, "in"), text(one, "name"), mark(one))).collect()
}

#[test]
fn the_route_tells_where_each_parameter_goes() {
    let (cage, food, slow) = (row("cage", "yes"), row("food", "yes"), row("slow", "no"));
    let cases: [(&str, &str, &[&str], Value); 3] = [
        ("GET /cages/{cage}", "get", &["path cage!", "query food!", "query slow"], json!(null)),
        (
            "PUT {origin}/cages/{cage}{?slow,food}",
            "put",
            &["path cage!", "query food!", "query slow"],
            json!(null),
        ),
        ("PUT /cages/{cage}{?slow}", "put", &["path cage!", "query slow"], json!(["food"])),
    ];
    for (route, method, expected, body) in cases {
        let read = page(route, &[&cage, &food, &slow]);
        assert!(!read.diagnostics.has_errors(), "{route}: {:?}", read.diagnostics);
        let operation = &read.document["paths"]["/cages/{cage}"][method];
        let mut found = parameters(operation);
        found.sort();
        assert_eq!(found, expected, "{route}");
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema["required"], body, "{route}");
        assert_eq!(operation["operationId"], "zoo/feed-animal", "{route}");
    }
}

#[test]
fn a_row_called_data_is_a_body_of_bytes() {
    let read = page("PUT /cages/{cage}", &[&row("cage", "yes"), &row("data", "no")]);
    let body = &read.document["paths"]["/cages/{cage}"]["put"]["requestBody"];
    assert_eq!(body["required"], false);
    assert_eq!(body["content"]["application/octet-stream"]["schema"]["format"], "binary");
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let cage = row("cage", "yes");
    let cases = [
        ("PUT /cages/{cage}", vec![cage.clone(), row("food", "maybe")], "unreadable-row", 20),
        ("PUT /cages/{cage}", vec![cage.clone(), "<td>food</td>".to_owned()], "unreadable-row", 20),
        ("PUT /cages/{cage}/{door}", vec![cage.clone()], "parameter-not-listed", 4),
        ("PUT /cages/{cage}{?food}", vec![cage], "parameter-not-listed", 4),
    ];
    for (route, rows, code, line) in cases {
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let read = page(route, &rows);
        let found = read
            .diagnostics
            .0
            .iter()
            .map(|found| (found.code, found.location.as_ref().map_or(0, |location| location.line)));
        assert_eq!(found.collect::<Vec<_>>(), [(code, line)], "{route} {rows:?}");
    }
}

#[test]
fn the_words_are_those_between_title_and_table_and_those_of_the_rows() {
    let read = page("PUT /cages/{cage}", &[&row("cage", "yes")]);
    let sentences = read.prose.iter().flat_map(|prose| &prose.sentences);
    let sentences: Vec<(&str, usize)> =
        sentences.map(|sentence| (sentence.text.as_str(), sentence.location.line)).collect();
    assert_eq!(sentences, [("Feeds it.", 9), ("Be quick.", 9), ("Said of it.", 17)]);
}
