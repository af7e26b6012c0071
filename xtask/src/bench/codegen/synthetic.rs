//! Descriptions of any number of operations, whose parts are all alike, so that only their number makes a difference.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

/// How many operations deal with one resource.
const OF_A_RESOURCE: usize = 5;

/// How many resources have one tag.
const OF_A_TAG: usize = 20;

/// Writes a description of so many operations.
///
/// It is written part by part, since the peak memory of a process that we start is at least what we hold.
pub(super) fn write(path: &Path, operations: usize) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let resources = operations.div_ceil(OF_A_RESOURCE);
    let head = r#"{"openapi":"3.0.3","info":{"title":"Resources","version":"1"},"#;
    write!(file, r#"{head}"servers":[{{"url":"https://api.example.com"}}],"paths":{{"#)?;
    for index in 0..resources {
        let left = operations - index * OF_A_RESOURCE;
        let comma = if index == 0 { "" } else { "," };
        let at = format!("/accounts/{{account}}/resources-{index}");
        let mut wanted = left.min(OF_A_RESOURCE);
        let mut take = |methods: [(&str, Value); 2]| -> Value {
            let taken = wanted.min(methods.len());
            wanted -= taken;
            methods.into_iter().take(taken).map(|(method, value)| (method.to_owned(), value)).collect()
        };
        let all = take([("get", operation("list", index)), ("post", operation("create", index))]);
        let one = take([("get", operation("get", index)), ("patch", operation("update", index))]);
        write!(file, r#"{comma}"{at}":{all}"#)?;
        if left > 2 {
            write!(file, r#","{at}/{{id}}":{one}"#)?;
        }
        if left >= OF_A_RESOURCE {
            let restart = json!({ "post": operation("restart", index) });
            write!(file, r#","{at}/{{id}}/restart":{restart}"#)?;
        }
    }
    write!(file, r#"}},"components":{{"schemas":{{"#)?;
    for index in 0..resources {
        let comma = if index == 0 { "" } else { "," };
        write!(file, r#"{comma}"Resource{index}":{},"#, resource(index))?;
        write!(file, r#""Resource{index}Request":{}"#, request(index))?;
    }
    write!(file, "}}}}}}")?;
    file.flush()
}

fn operation(verb: &str, index: usize) -> Value {
    let of_one = !["list", "create"].contains(&verb);
    let parameter = |name: &str, place: &str, kind: &str| {
        json!({ "name": name, "in": place, "required": place == "path", "schema": { "type": kind },
            "description": format!("The {name} of what is asked for.") })
    };
    let mut parameters = vec![parameter("account", "path", "string")];
    if of_one {
        parameters.push(parameter("id", "path", "integer"));
    }
    let reference = json!({ "$ref": format!("#/components/schemas/Resource{index}") });
    let mut answer = reference.clone();
    if verb == "list" {
        parameters.extend([parameter("page", "query", "integer"), parameter("filter", "query", "string")]);
        answer = json!({ "type": "array", "items": reference });
    }
    let mut operation = json!({
        "operationId": format!("resource-{index}/{verb}"),
        "tags": [format!("tag-{}", index / OF_A_TAG)],
        "summary": format!("What `{verb}` does with a resource"),
        "description": "Does it at once, and answers when it is done. Asking twice changes nothing.",
        "parameters": parameters,
        "responses": {
            "200": { "description": "Done.", "content": { "application/json": { "schema": answer } } },
            "404": { "description": "There is none." },
        },
    });
    if ["create", "update"].contains(&verb) {
        let schema = json!({ "$ref": format!("#/components/schemas/Resource{index}Request") });
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

/// A schema with an object in it, an enum, and a reference to the one before it.
///
/// The first of a tag refers to itself: a chain through all tags would make every type one of every tag, and what is
/// written would grow with their product.
fn resource(index: usize) -> Value {
    let previous = if index.is_multiple_of(OF_A_TAG) { index } else { index - 1 };
    let owner = json!({ "type": "object", "required": ["login"], "properties": {
        "login": { "type": "string" }, "site_admin": { "type": "boolean" }, "url": { "type": "string", "format": "uri" },
    } });
    json!({ "type": "object", "description": "A resource.", "required": ["id", "name", "state"], "properties": {
        "id": { "type": "integer", "format": "int64", "description": "What it is known by." },
        "name": { "type": "string", "description": "What people call it." },
        "state": { "type": "string", "enum": ["open", "closed", "unknown"] },
        "created_at": { "type": "string", "format": "date-time" },
        "labels": { "type": "array", "items": { "type": "string" } },
        "owner": owner,
        "previous": { "$ref": format!("#/components/schemas/Resource{previous}") },
    } })
}

fn request(index: usize) -> Value {
    json!({ "type": "object", "description": format!("What resource {index} is made of."), "required": ["name"],
        "properties": {
            "name": { "type": "string" },
            "draft": { "type": "boolean", "default": false },
            "labels": { "type": "array", "items": { "type": "string" } },
            "settings": { "type": "object", "additionalProperties": { "type": "string" } },
        } })
}
