//! Path templates: what of them goes onto the wire as it stands.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Lowerer;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// What a literal of a path cannot hold (RFC 3986, section 3.3); `%` is left for what is encoded already.
const LITERAL: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'%');

/// A path as it is sent, and what a description puts behind its `?` though it belongs into parameters.
#[derive(Debug, Clone)]
pub(super) struct Template {
    /// The path with its `{variables}`, and with a query where that is always the same.
    pub(super) path: String,
    /// The query parameters that take their values from variables: the name of each, and of its variable.
    pub(super) query: Vec<(String, String)>,
}

/// What a name or a value of a query cannot hold: a slash would be taken for the end of a segment.
const QUERY: &AsciiSet = &LITERAL.add(b'/').add(b'\'').add(b'&').add(b'+');

impl Lowerer<'_> {
    /// The path of an operation as it is sent; `None` after an error.
    pub(super) fn path_template(&mut self, at: &Pointer, path: &str) -> Option<Template> {
        let mut path = path;
        if let Some((before, _)) = path.split_once('#') {
            let message = "what follows `#` in a path is never sent; it is left out";
            self.diagnostics.push(
                Diagnostic::warning(at, "path-fragment", message)
                    .help("tell operations apart by something that is sent"),
            );
            path = before;
        }
        let whole = path;
        let (path, query) = with_query(whole);
        let problem = match query {
            Some(_) => problem(path),
            None => Some((
                "the query of the path is not one of names and values",
                "describe what follows `?` as query parameters",
            )),
        };
        if let Some((message, help)) = problem {
            self.diagnostics.push(Diagnostic::error(at, "bad-path", message).help(help));
            return None;
        }
        let slash = if path.starts_with('/') {
            ""
        } else {
            let message = format!("the path `{path}` does not start with `/`; one is put before it");
            self.diagnostics
                .push(Diagnostic::warning(at, "relative-path", message).help("write it with a leading `/`"));
            "/"
        };
        let Query { constant, variables } = query?;
        if path != whole {
            let message = "the path has a query; its values are sent as they are, and its variables as query parameters";
            self.diagnostics.push(
                Diagnostic::warning(at, "path-query", message)
                    .help("describe what follows `?` as query parameters"),
            );
        }
        let mark = if constant.is_empty() { "" } else { "?" };
        Some(Template {
            path: format!("{slash}{}{mark}{}", encoded(path), constant.join("&")),
            query: variables,
        })
    }
}

/// What follows the `?` of a path.
#[derive(Debug, Default)]
struct Query {
    /// The pairs without variables, encoded.
    constant: Vec<String>,
    /// The names of the others, each with its variable.
    variables: Vec<(String, String)>,
}

/// The path without its query, and the query; `None` for one that cannot be read.
fn with_query(whole: &str) -> (&str, Option<Query>) {
    // An expression of RFC 6570, section 3.2.8, lists its variables.
    if let Some((path, names)) = whole.split_once("{?").filter(|(path, _)| !path.contains('?')) {
        let names = names.strip_suffix('}').filter(|names| !names.contains(['{', '}']));
        let variables = names.map(|names| names.split(',').map(variable_of).filter(|name| !name.is_empty()));
        let query = variables.map(|variables| Query {
            variables: variables.map(|name| (name.to_owned(), name.to_owned())).collect(),
            ..Query::default()
        });
        return (path, query);
    }
    match whole.split_once('?') {
        Some((path, query)) => (path, read_query(query)),
        None => (whole, Some(Query::default())),
    }
}

/// The name of a variable without what says how it is expanded: `*`, or `:` and how many characters of it.
fn variable_of(text: &str) -> &str {
    let text = text.trim();
    text.split_once(':').map_or(text, |(name, _)| name).trim_end_matches('*')
}

/// Reads `a=b&c={d}`; `None` where a variable is anything but a whole value or a whole name.
///
/// A variable that stands where the name does is called like it: its value there can only be an example.
fn read_query(text: &str) -> Option<Query> {
    let mut query = Query::default();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let variable = match (braced(name), braced(value)) {
            (None, Some(variable)) => Some((name, variable)),
            (Some(variable), None) if !value.contains(['{', '}']) => Some((variable, variable)),
            _ => None,
        };
        match variable {
            _ if !pair.contains(['{', '}']) => {
                query.constant.push(utf8_percent_encode(pair, QUERY).to_string());
            }
            Some((name, variable))
                if ![name, variable].iter().any(|text| text.is_empty() || text.contains(['{', '}'])) =>
            {
                query.variables.push((name.to_owned(), variable.to_owned()));
            }
            _ => return None,
        }
    }
    Some(query)
}

/// The name of a variable that is the whole text.
fn braced(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

/// Why a path cannot be sent, and what to do.
fn problem(path: &str) -> Option<(&'static str, &'static str)> {
    let mut is_open = false;
    let mut name_length = 0;
    for char in path.chars() {
        match (char, is_open) {
            ('{', false) => (is_open, name_length) = (true, 0),
            ('}', true) if name_length > 0 => is_open = false,
            ('{' | '}', _) => {
                return Some(("the braces of the path do not match", "write variables as `{name}`"));
            }
            _ => name_length += 1,
        }
    }
    if is_open {
        return Some(("the braces of the path do not match", "write variables as `{name}`"));
    }
    // What a variable is called is not sent.
    let literals: String = path
        .split('{')
        .map(|part| part.split_once('}').map_or(part, |(_, rest)| rest))
        .collect::<Vec<_>>()
        .join("x");
    let climbs = literals.split('/').any(|segment| segment == "." || segment == "..");
    climbs.then_some(("the path has a segment `.` or `..`", "write the path that is meant"))
}

/// The path with its literals percent-encoded.
fn encoded(path: &str) -> String {
    let mut text = String::new();
    for (index, part) in path.split('{').enumerate() {
        let (variable, literal) =
            if index == 0 { ("", part) } else { part.split_once('}').unwrap_or(("", part)) };
        if index > 0 {
            text.push_str(&format!("{{{variable}}}"));
        }
        text.extend(utf8_percent_encode(literal, LITERAL));
    }
    text
}
