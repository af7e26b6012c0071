//! Small pages about a zoo that nobody runs, and what is read from them.

mod document;
mod parameter;
mod report;
mod response;

use serde_json::Value;

use crate::document::Source;
use crate::upstream::Upstream;

/// A page with this text.
fn read(text: &str) -> Upstream {
    super::read(&Source { name: "zoo.md".to_owned(), text: text.to_owned() })
}

/// A page with one endpoint, `PUT /cages/{cage}`, and these parts of its section.
fn endpoint(parts: &str) -> Upstream {
    read(&format!(
        "# Zoo\n\n> [!NOTE]\n> `Authorization: Bearer <T>` and `X-GitHub-Api-Version: 2030-01-02`.\n\n## Set a cage\n\n\
         ```\nPUT /cages/{{cage}}\n```\n\nSets it.\n\n{parts}\n"
    ))
}

/// That endpoint with the schema of its response, below the path and a server.
fn response(schema: &str) -> Upstream {
    endpoint(&format!("{PATH}{EXAMPLE}**Response schema (Status: 200):**\n\n{schema}"))
}

const PATH: &str =
    "### Parameters\n\n#### Path and query parameters\n\n- **`cage`** (string) (required)\n  Which one.\n\n";
const EXAMPLE: &str = "### HTTP response status codes\n\n- **200** - OK\n\n### Code examples\n\n#### Example\n\n\
     **Request:**\n\n```curl\ncurl -L \\\n  -X PUT \\\n  https://zoo.test/cages/CAGE\n```\n\n";

/// The operation of [`endpoint`].
fn operation(read: &Upstream) -> &Value {
    at(read, "/paths/~1cages~1{cage}/put")
}

fn at<'a>(read: &'a Upstream, pointer: &str) -> &'a Value {
    read.document.pointer(pointer).unwrap_or(&Value::Null)
}

/// What was reported: the codes with their lines.
fn reports(read: &Upstream) -> Vec<(&'static str, usize)> {
    let line = |place: &Option<crate::Location>| place.as_ref().map_or(0, |place| place.line);
    read.diagnostics.0.iter().map(|found| (found.code, line(&found.location))).collect()
}

/// What was reported: the codes alone.
fn codes(read: &Upstream) -> Vec<&'static str> {
    reports(read).into_iter().map(|(code, _)| code).collect()
}
