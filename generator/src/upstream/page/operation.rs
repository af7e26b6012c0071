//! A section about an endpoint, read into the facts of an operation.

use crate::upstream::prose::sentences;
use crate::upstream::text::{Line, Span, Text};
use crate::upstream::{Prose, Sentence};

use super::block::Part;
use super::component::kebab;
use super::example::{self, Content, Request};
use super::parameter::{self, Listed};
use super::response::{self, Body};
use super::schema::Schema;
use super::section::{Endpoint, PARTS};
use super::{Reader, body};

/// What a page says of one operation.
#[derive(Debug, Default)]
pub(super) struct Operation<'a> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) method: String,
    pub(super) path: String,
    /// The heading.
    pub(super) heading: Span,
    /// The line with method and path.
    pub(super) endpoint: Span,
    pub(super) description: Vec<Line<'a>>,
    /// The headings of the lists of parameters.
    pub(super) headings: Vec<Span>,
    pub(super) headers: Vec<Listed<'a>>,
    /// Those in the path and in the query.
    pub(super) parameters: Vec<Listed<'a>>,
    pub(super) body: Option<RequestBody>,
    pub(super) statuses: Vec<Status<'a>>,
    /// The heading of the statuses.
    pub(super) status_heading: Option<Span>,
    pub(super) requests: Vec<Request>,
    pub(super) responses: Vec<Response>,
    sentences: Vec<Sentence>,
}

/// The body of a request.
#[derive(Debug)]
pub(super) struct RequestBody {
    pub(super) span: Span,
    pub(super) media_type: &'static str,
    pub(super) schema: Schema,
    pub(super) required: bool,
}

/// A status with its meaning.
#[derive(Debug)]
pub(super) struct Status<'a> {
    pub(super) code: String,
    pub(super) meaning: Vec<Line<'a>>,
    pub(super) span: Span,
}

/// What an example says of a response.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) code: String,
    pub(super) span: Span,
    pub(super) body: Body,
}

impl Operation<'_> {
    /// The words about it.
    pub(super) fn prose(&self, text: &Text<'_>) -> Prose {
        let mut sentences = self.sentences.clone();
        sentences.extend(self.statuses.iter().flat_map(|status| self::sentences(text, &status.meaning)));
        sentences.sort_by_key(|sentence| sentence.location.offset);
        Prose { method: self.method.clone(), path: self.path.clone(), sentences }
    }
}

/// Reads a section.
pub(super) fn read<'a>(reader: &mut Reader<'a>, endpoint: &Endpoint<'_>) -> Operation<'a> {
    let part = endpoint.part;
    let mut operation = Operation {
        title: part.title.clone(),
        method: endpoint.method.clone(),
        path: endpoint.path.clone(),
        heading: part.heading.clone(),
        endpoint: endpoint.span.clone(),
        description: reader.text.lines(&(endpoint.fence.span.end..part.body.end)),
        ..Operation::default()
    };
    operation.sentences = sentences(&reader.text, &operation.description);
    stray_lines(reader, &(part.body.start..endpoint.fence.span.start), "method and path come first");
    let mut seen = Vec::new();
    for part in endpoint.parts {
        if part.level == 3 {
            if seen.contains(&part.title.as_str()) {
                twice(reader, part);
            }
            seen.push(&part.title);
        }
        let section = seen.last().copied().unwrap_or_default();
        match (section, part.level) {
            ("Parameters", 3) => stray_lines(reader, &part.body, "the lists have headings of level four"),
            ("Parameters", 4) => parameters(reader, &mut operation, part),
            ("HTTP response status codes", 3) => statuses(reader, &mut operation, part),
            ("Code examples", 3 | 4) => examples(reader, &mut operation, part),
            // Below an unknown part, nothing is known.
            (section, 4..) if !PARTS.contains(&section) => {}
            _ => unknown(reader, part),
        }
    }
    body_of_examples(reader, &mut operation);
    operation
}

fn twice(reader: &mut Reader<'_>, part: &Part) {
    reader
        .error("listed-twice", &part.heading, format!("the section has this part already: {}", part.title))
        .help("what it says is taken as well where it says something else");
}

fn unknown(reader: &mut Reader<'_>, part: &Part) {
    let message = format!("this part of a section is not known: {}", part.title);
    reader.error("unknown-section", &part.heading, message).help("nothing is read from it");
}

fn stray_lines(reader: &mut Reader<'_>, span: &Span, help: &str) {
    for line in reader.text.lines(span) {
        if !line.text.is_empty() {
            reader.unreadable(&line.span, help);
        }
    }
}

fn parameters<'a>(reader: &mut Reader<'a>, operation: &mut Operation<'a>, part: &Part) {
    let lines = reader.text.lines(&part.body);
    let heading = reader.text.slice(&part.heading).trim();
    if operation.headings.iter().any(|other| reader.text.slice(other).trim() == heading) {
        twice(reader, part);
    }
    let known = ["Headers", "Path and query parameters", "Body parameters"];
    if !known.contains(&part.title.as_str()) {
        unknown(reader, part);
        return;
    }
    let listed = parameter::read(reader, lines);
    let mut all: Vec<&Listed<'_>> = listed.iter().collect();
    while let Some(next) = all.pop() {
        operation.sentences.extend(sentences(&reader.text, &next.words));
        all.extend(&next.children);
    }
    if listed.is_empty() {
        let message = format!("the list is empty: {}", part.title);
        reader.error("empty-list", &part.heading, message);
    }
    operation.headings.push(part.heading.clone());
    match part.title.as_str() {
        "Headers" => operation.headers.extend(listed),
        "Body parameters" if operation.body.is_none() && !listed.is_empty() => {
            let (schema, required) = body::read(reader, &part.heading, listed);
            let media_type = "application/json";
            operation.body = Some(RequestBody { span: part.heading.clone(), media_type, schema, required });
        }
        "Body parameters" => {}
        _ => operation.parameters.extend(listed),
    }
}

fn statuses<'a>(reader: &mut Reader<'a>, operation: &mut Operation<'a>, part: &Part) {
    operation.status_heading.get_or_insert(part.heading.clone());
    for line in reader.text.lines(&part.body) {
        if let Some(status) = status(&line) {
            if operation.statuses.iter().any(|other| other.code == status.code) {
                reader.error(
                    "listed-twice",
                    &line.span,
                    format!("the status {} is listed twice", status.code),
                );
            } else {
                operation.statuses.push(status);
            }
        } else if let Some(last) =
            operation.statuses.last_mut().filter(|_| !line.text.starts_with(['-', '*']))
        {
            // Blank lines end no meaning: it is plain text.
            if !(line.text.is_empty() && last.meaning.is_empty()) {
                last.meaning.push(line);
            }
        } else if !line.text.is_empty() {
            reader.unreadable(&line.span, "a status reads as in: - **200** - OK");
        }
    }
}

fn status<'a>(line: &Line<'a>) -> Option<Status<'a>> {
    let text = line.text.strip_prefix(['-', '*'])?.trim_start().strip_prefix("**")?;
    let (code, rest) = text.split_once("**")?;
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let rest = rest.trim();
    let meaning = if rest.is_empty() { "" } else { rest.strip_prefix("- ")?.trim_start() };
    let span = line.span.end - meaning.len()..line.span.end;
    let words = Line { text: meaning, span, indent: line.indent };
    let meaning = if meaning.is_empty() { Vec::new() } else { vec![words] };
    is_code.then(|| Status { code: code.to_owned(), meaning, span: line.span.clone() })
}

/// Reads the requests and responses of examples; each request is fenced, each response is a list.
fn examples<'a>(reader: &mut Reader<'a>, operation: &mut Operation<'a>, part: &Part) {
    let mut requests = 0;
    let mut lists: Vec<(String, Span, Vec<Line<'a>>)> = Vec::new();
    let mut is_open = false;
    for line in reader.text.lines(&part.body) {
        if part.fences.iter().any(|fence| fence.span.contains(&line.span.start)) {
            continue;
        }
        if line.text == "**Request:**" {
            is_open = false;
            requests += 1;
        } else if let Some(code) = response_code(line.text) {
            is_open = true;
            lists.push((code.to_owned(), line.span, Vec::new()));
        } else if let Some((_, _, lines)) = lists.last_mut().filter(|_| is_open) {
            lines.push(line);
        } else if !line.text.is_empty() {
            reader
                .unreadable(&line.span, "an example has **Request:** and **Response schema (Status: 200):**");
        }
    }
    let is_example = part.level == 4 || requests > 0;
    if requests != part.fences.len() || requests != lists.len() || is_example && requests == 0 {
        reader
            .error(
                "incomplete-example",
                &part.heading,
                format!("a part of the example is missing: {}", part.title),
            )
            .help("an example has **Request:**, a command, and **Response schema (Status: 200):**");
    }
    for fence in &part.fences {
        if fence.language == "curl" {
            operation.requests.extend(example::read(reader, fence, &operation.method, &operation.path));
        } else {
            reader.unreadable(&fence.span, "an example is fenced as `curl`");
        }
    }
    for (code, span, lines) in lists {
        let body = response::read(reader, &span, lines);
        operation.responses.push(Response { code, span, body });
    }
}

fn response_code(text: &str) -> Option<&str> {
    let code = text.strip_prefix("**Response schema (Status: ")?.strip_suffix("):**")?;
    (code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// A body that no list has, when an example sends the content of a file.
fn body_of_examples(reader: &mut Reader<'_>, operation: &mut Operation<'_>) {
    if operation.body.is_some() {
        return;
    }
    let Some((content, span)) = operation.requests.iter().find_map(|request| request.body.as_ref()) else {
        return;
    };
    if let Content::Json(_) = content {
        reader
            .warning("unlisted-body", span, "the example sends a body that the page does not list")
            .help("the description has no request body for the operation");
        return;
    }
    reader
        .warning("body-from-example", span, "only the example says that the body is the content of a file")
        .help("it is described as application/octet-stream");
    let mut schema = Schema::of_type("string", span);
    schema.set("format", "binary".into());
    let media_type = "application/octet-stream";
    operation.body = Some(RequestBody { span: span.clone(), media_type, schema, required: false });
}

/// Gives each operation its id; leaves out those whose method and path are another's.
pub(super) fn name(reader: &mut Reader<'_>, operations: &mut Vec<Operation<'_>>) {
    let mut named: Vec<Operation<'_>> = Vec::new();
    for mut operation in std::mem::take(operations) {
        let (method, path) = (&operation.method, &operation.path);
        if named.iter().any(|other| other.method == *method && other.path == *path) {
            let message = format!("{method} {path} has a section already");
            reader.error("listed-twice", &operation.endpoint, message).help("this one is left out");
            continue;
        }
        let words = operation.title.trim().trim_end_matches('.');
        let words = words.split_whitespace().filter(|word| !is_article(word));
        let id = match kebab(&words.collect::<Vec<_>>().join(" ")) {
            id if id.is_empty() => kebab(&format!("{method} {path}")),
            id => id,
        };
        let is_taken = |id: &str| named.iter().any(|other| other.id == id);
        operation.id = free(&id, is_taken);
        if operation.id != id {
            let message =
                format!("`{id}` is the id of an operation already, so this one is `{}`", operation.id);
            reader.warning("same-operation-id", &operation.heading, message).help("titles are to differ");
        }
        named.push(operation);
    }
    *operations = named;
}

fn is_article(word: &str) -> bool {
    ["a", "an", "the"].contains(&word.to_ascii_lowercase().as_str())
}

/// The name, or the name with the first number that makes it free.
pub(super) fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(name) {
        return name.to_owned();
    }
    let numbered = (2_usize..).map(|number| format!("{name}-{number}"));
    numbered.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

/// The meaning of a status.
pub(super) fn meaning(status: &Status<'_>) -> String {
    parameter::description(&status.meaning).unwrap_or_default()
}
