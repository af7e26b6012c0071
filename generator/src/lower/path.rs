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

impl Lowerer<'_> {
    /// The path of an operation as it is sent, with its `{variables}`; `None` after an error.
    pub(super) fn path_template(&mut self, at: &Pointer, path: &str) -> Option<String> {
        let mut path = path;
        if let Some((before, _)) = path.split_once('#') {
            let message = "what follows `#` in a path is never sent; it is left out";
            self.diagnostics.push(
                Diagnostic::warning(at, "path-fragment", message)
                    .help("tell operations apart by something that is sent"),
            );
            path = before;
        }
        let problem = problem(path);
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
        Some(format!("{slash}{}", encoded(path)))
    }
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
            ('?', false) => {
                return Some(("the path has a query", "describe what follows `?` as query parameters"));
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
