//! Which servers the examples of a page use.

use serde_json::{Map, Value, json};

use crate::upstream::text::Span;

use super::operation::Operation;

/// The server that most examples use, with the first line that does.
pub(super) fn usual<'o>(operations: &'o [Operation<'_>]) -> Option<(&'o str, &'o Span)> {
    let mut found: Vec<(&str, &Span, usize)> = Vec::new();
    for request in operations.iter().flat_map(|operation| &operation.requests) {
        match found.iter_mut().find(|(server, ..)| *server == request.server) {
            Some((_, _, count)) => *count += 1,
            None => found.push((&request.server, &request.span, 1)),
        }
    }
    // Of equally many, the first on the page.
    let most = found.iter().map(|(_, _, count)| *count).max()?;
    found.into_iter().find(|(_, _, count)| *count == most).map(|(server, span, _)| (server, span))
}

/// The servers of an operation, when they are not the usual one.
pub(super) fn own<'o>(operation: &'o Operation<'_>, usual: Option<&str>) -> Vec<(&'o str, &'o Span)> {
    let mut found: Vec<(&str, &Span)> = Vec::new();
    for request in &operation.requests {
        if found.iter().all(|(server, _)| *server != request.server) {
            found.push((&request.server, &request.span));
        }
    }
    let is_usual = matches!(found.as_slice(), [(only, _)] if Some(*only) == usual);
    if is_usual { Vec::new() } else { found }
}

/// The object of a server; capitals for a host and names in braces are variables.
pub(super) fn object(address: &str) -> Value {
    let url = address.replacen("http(s)://", "https://", 1).replacen("//HOSTNAME", "//{hostname}", 1);
    let mut variables = Map::new();
    for piece in url.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}') {
            let default = if name == "hostname" { "HOSTNAME" } else { name };
            variables.insert(name.to_owned(), json!({"default": default}));
        }
    }
    match variables.is_empty() {
        true => json!({"url": url}),
        false => json!({"url": url, "variables": variables}),
    }
}
