//! The commands of code examples: which server, which values, which body.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::upstream::text::{Line, Span};

use super::Reader;
use super::block::Fence;

/// A request as an example makes it.
#[derive(Debug)]
pub(super) struct Request {
    /// Where it goes: scheme, host and, when there is one, the path before the operation's own.
    pub(super) server: String,
    /// The line of the address.
    pub(super) span: Span,
    /// The values in the path and in the query, by the names of their parameters.
    pub(super) values: Vec<(String, String)>,
    /// What it sends.
    pub(super) body: Option<(Content, Span)>,
}

/// What an example sends.
#[derive(Debug)]
pub(super) enum Content {
    /// This value.
    Json(Value),
    /// The bytes of a file.
    File,
}

/// Reads a `curl` command for an operation.
pub(super) fn read(reader: &mut Reader<'_>, fence: &Fence, method: &str, path: &str) -> Option<Request> {
    let command = command(reader, fence);
    match &command.method {
        Some(line) if line.text != method => {
            let message = format!("the example uses {}, the operation is {method}", line.text);
            reader.error("example-method", &line.span, message).help("one of the two is wrong");
        }
        Some(_) => {}
        None => {
            reader.error("incomplete-example", &fence.span, "the example has no method").help("-X names it");
        }
    }
    if !command.is_curl {
        reader.error("incomplete-example", &fence.span, "the example has no `curl`").help("it comes first");
    }
    let Some(address) = command.address else {
        reader
            .error("incomplete-example", &fence.span, "the example has no address")
            .help("nothing says where the request goes");
        return None;
    };
    let (server, values) = located(reader, &address, path)?;
    Some(Request { server, span: address.span, values, body: command.body })
}

/// The parts of a command.
#[derive(Default)]
struct Command<'a> {
    is_curl: bool,
    method: Option<Line<'a>>,
    address: Option<Line<'a>>,
    body: Option<(Content, Span)>,
}

fn command<'a>(reader: &mut Reader<'a>, fence: &Fence) -> Command<'a> {
    let mut command = Command::default();
    for line in reader.text.lines(&fence.content) {
        let text = line.text.strip_suffix('\\').unwrap_or(line.text).trim_end();
        let start = line.span.start;
        if let Some(data) = text.strip_prefix("-d ") {
            // It goes on to the end, over lines that may look like anything.
            let start = start + text.len() - data.len();
            command.body = self::data(reader, &(start..fence.content.end));
            break;
        }
        let named = |text: &'a str, start| Line { text, span: start..start + text.len(), indent: 0 };
        let (place, found) = match text.strip_prefix("-X ") {
            Some(name) => (&mut command.method, named(name, start + "-X ".len())),
            None if text.starts_with("http") => (&mut command.address, named(text, start)),
            None if text == "curl -L" && !command.is_curl => {
                command.is_curl = true;
                continue;
            }
            None if is_known(text) => continue,
            None => {
                reader.unreadable(
                    &line.span,
                    "an example is a `curl -L` command with -X, an address, -H and -d",
                );
                continue;
            }
        };
        if place.replace(found).is_some() {
            reader.unreadable(&line.span, "the command has such a part already");
        }
    }
    command
}

/// Whether a line says nothing that the page does not say elsewhere.
fn is_known(text: &str) -> bool {
    let is_header = text.strip_prefix("-H ").is_some_and(|header| {
        let name = header.trim_matches(['"', '\'']).split(':').next().unwrap_or_default();
        ["accept", "authorization", "x-github-api-version", "content-type"]
            .contains(&name.to_ascii_lowercase().as_str())
    });
    is_header || text.is_empty()
}

/// Reads what stands behind `-d`, between the first and the last quote.
fn data(reader: &mut Reader<'_>, span: &Span) -> Option<(Content, Span)> {
    let written = reader.text.slice(span).trim();
    let text = written.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match text.and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        Some(Value::String(file)) if file.starts_with('@') => Some((Content::File, span.clone())),
        Some(value) => Some((Content::Json(value), span.clone())),
        None => {
            let first = written.lines().next().unwrap_or_default();
            reader
                .warning("unreadable-example", span, format!("the body of the example is not JSON: {first}"))
                .help("no example values are taken from it");
            None
        }
    }
}

/// Splits an address at the path of the operation, and finds the values in it.
fn located(
    reader: &mut Reader<'_>,
    address: &Line<'_>,
    path: &str,
) -> Option<(String, Vec<(String, String)>)> {
    let (before, query) = address.text.split_once('?').unwrap_or((address.text, ""));
    let Some((server, mut values)) = split(before, path) else {
        let message = format!("the address does not end with the path of the operation: {}", address.text);
        reader.error("example-address", &address.span, message).help(format!("the path is {path}"));
        return None;
    };
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let decoded =
            |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
        values.push((decoded(name), decoded(value)));
    }
    // A value that is its parameter's name in capitals stands for any.
    values.retain(|(name, value)| *value != name.to_ascii_uppercase().replace('-', "_"));
    Some((server, values))
}

/// Finds the path of the operation at the end of an address. A value may have slashes.
fn split(address: &str, path: &str) -> Option<(String, Vec<(String, String)>)> {
    let start = address.find("://").map(|at| at + 3)?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let (host, rest) = address[start..].split_once('/').unwrap_or((&address[start..], ""));
    let found: Vec<&str> = rest.split('/').collect();
    let surplus = found.len().checked_sub(segments.len())?;
    // What is too much belongs to the server, or else to one of the values.
    (0..=surplus).find_map(|inside| {
        let (base, found) = found.split_at(surplus - inside);
        let values = (0..segments.len()).find_map(|longest| aligned(&segments, found, longest, inside))?;
        let base: String = base.iter().map(|segment| format!("/{segment}")).collect();
        Some((format!("{}{host}{base}", &address[..start]), values))
    })
}

/// The values of a path's parameters, when the segment `longest` has this many slashes.
fn aligned(
    segments: &[&str],
    found: &[&str],
    longest: usize,
    slashes: usize,
) -> Option<Vec<(String, String)>> {
    let mut rest = found;
    let mut values = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let (taken, after) = rest.split_at_checked(if index == longest { slashes + 1 } else { 1 })?;
        values.extend(matched(segment, &taken.join("/"))?);
        rest = after;
    }
    Some(values)
}

/// Matches one segment of a path with one of an address; capitals stand for any value.
fn matched(segment: &str, text: &str) -> Option<Vec<(String, String)>> {
    let Some((before, rest)) = segment.split_once('{') else {
        return (segment == text).then(Vec::new);
    };
    let (name, after) = rest.split_once('}')?;
    let is_placeholder = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    if is_placeholder || after.contains('{') {
        return Some(Vec::new());
    }
    let value = text.strip_prefix(before)?.strip_suffix(after)?;
    Some(vec![(name.to_owned(), percent_decode_str(value).decode_utf8_lossy().into_owned())])
}
