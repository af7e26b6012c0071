//! Octokit's pages, each about one endpoint: front matter with a route, prose, and an HTML table of parameters.
//!
//! Such a page tells names and whether they are required. It tells no types, statuses or schemas.

mod front_matter;
mod table;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::document::Source;
use crate::pointer::Pointer;

use super::prose::sentences;
use super::text::{Span, Text};
use super::{Kind, Prose, Upstream};
use front_matter::FrontMatter;
use table::Row;

/// The parameter that stands for a server, which a route begins with where the API tells it at run time.
const ORIGIN: &str = "origin";
/// The parameter that stands for a whole body which is no object.
const DATA: &str = "data";

/// Whether a text is such a page.
pub(super) fn is_endpoint_page(source: &Source) -> bool {
    let text = Text::new(source);
    FrontMatter::of(&text).is_some_and(|front| front.value("route").is_some())
}

/// Reads a page.
pub(super) fn read(source: &Source) -> Upstream {
    let text = Text::new(source);
    let mut page = Page {
        text: &text,
        places: BTreeMap::new(),
        diagnostics: Diagnostics::default(),
        prose: Vec::new(),
        title: String::new(),
    };
    let document = page.document();
    Upstream {
        source: source.clone(),
        kind: Kind::EndpointPage,
        title: page.title,
        document,
        places: page.places,
        prose: page.prose,
        diagnostics: page.diagnostics,
    }
}

struct Page<'a> {
    text: &'a Text<'a>,
    places: BTreeMap<Pointer, Location>,
    diagnostics: Diagnostics,
    prose: Vec<Prose>,
    title: String,
}

/// A route such as `POST {origin}/a/{b}{?c,d}`, taken apart.
struct Route {
    method: String,
    path: String,
    has_origin: bool,
    query: Vec<String>,
    /// Where it stands.
    span: Span,
}

/// Where a parameter goes, as far as the route tells.
enum Place {
    Server,
    Path,
    Query,
    Unsaid,
}

impl Page<'_> {
    fn document(&mut self) -> Value {
        let front = FrontMatter::of(self.text).unwrap_or_default();
        self.title = front.value("name").map(|(value, _)| value.to_owned()).unwrap_or_default();
        let mut document = json!({
            "openapi": "3.0.3",
            "info": { "title": self.title, "version": "unknown" },
            "paths": {},
        });
        let Some((written, span)) = front.value("route") else { return document };
        let Some(route) = Route::parse(written, span.clone()) else {
            self.error("unreadable-route", &span, format!("the route `{written}` cannot be read"));
            return document;
        };
        let at = Pointer::root().join("paths").join(&route.path).join(route.method.to_lowercase());
        self.places.insert(at.clone(), self.text.location(&span));
        let operation = self.operation(&at, &front, &route);
        document["paths"] = json!({ &route.path: { route.method.to_lowercase(): operation } });
        document
    }

    fn operation(&mut self, at: &Pointer, front: &FrontMatter<'_>, route: &Route) -> Value {
        let mut operation = Map::new();
        if let Some(id) = id(front) {
            operation.insert("operationId".to_owned(), id.into());
        }
        if let Some((name, span)) = front.value("name") {
            operation.insert("summary".to_owned(), name.into());
            self.places.insert(at.join("summary"), self.text.location(&span));
        }
        let rows = self.rows(at);
        let mut prose = sentences(self.text, &self.text.lines(&self.prose_span(front)));
        prose.extend(rows.iter().flat_map(|row| sentences(self.text, &self.text.lines(&row.description))));
        let description = self.text.slice(&self.prose_span(front)).trim().to_owned();
        operation.insert("description".to_owned(), description.into());
        self.prose.push(Prose { method: route.method.clone(), path: route.path.clone(), sentences: prose });
        self.parameters(at, route, &rows, &mut operation);
        operation.insert("responses".to_owned(), json!({ "default": { "description": "The answer." } }));
        Value::Object(operation)
    }

    fn parameters(&mut self, at: &Pointer, route: &Route, rows: &[Row], operation: &mut Map<String, Value>) {
        let has_data = rows.iter().any(|row| row.name == DATA);
        let mut parameters = Vec::new();
        let mut body = Vec::new();
        for row in rows {
            match route.place_of(&row.name) {
                Place::Server => self.place(&at.join("servers"), &row.place),
                Place::Path => {
                    parameters.push((row.name.clone(), "path", row.is_required, row.place.clone()));
                }
                Place::Query => {
                    parameters.push((row.name.clone(), "query", row.is_required, row.place.clone()));
                }
                Place::Unsaid if row.name != DATA && has_data => {
                    self.warn(
                        "parameter-not-in-route",
                        &row.place,
                        format!("the route does not name `{}`", row.name),
                    );
                    parameters.push((row.name.clone(), "query", row.is_required, row.place.clone()));
                }
                Place::Unsaid => body.push(row),
            }
        }
        for (name, place) in route.missing(rows) {
            self.error(
                "parameter-not-listed",
                &route.span,
                format!("the route names `{name}`, the table does not"),
            );
            parameters.push((name, place, place == "path", route.span.clone()));
        }
        let list = at.join("parameters");
        self.place(&list, &self.heading());
        let mut described = Vec::new();
        for (index, (name, place, required, span)) in parameters.into_iter().enumerate() {
            self.place(&list.join(index), &span);
            described.push(
                json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } }),
            );
        }
        operation.insert("parameters".to_owned(), described.into());
        match body.as_slice() {
            [] => {}
            [row] if row.name == DATA => {
                self.place(&at.join("requestBody"), &row.place);
                let content = json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } });
                operation.insert(
                    "requestBody".to_owned(),
                    json!({ "required": row.is_required, "content": content }),
                );
            }
            rows => {
                let body = self.fields(&at.join("requestBody"), rows);
                operation.insert("requestBody".to_owned(), body);
            }
        }
    }

    /// A body whose fields are listed; their types are not.
    fn fields(&mut self, at: &Pointer, rows: &[&Row]) -> Value {
        let schema = at.join("content").join("application/json").join("schema");
        let mut properties = Map::new();
        for row in rows {
            self.place(&schema.join("properties").join(&row.name), &row.place);
            properties.insert(row.name.clone(), json!({}));
        }
        let required: Vec<&str> =
            rows.iter().filter(|row| row.is_required).map(|row| row.name.as_str()).collect();
        let is_required = !required.is_empty();
        self.places.insert(at.clone(), self.text.location(&self.heading()));
        let schema = json!({ "type": "object", "properties": properties, "required": required });
        json!({ "required": is_required, "content": { "application/json": { "schema": schema } } })
    }

    fn rows(&mut self, at: &Pointer) -> Vec<Row> {
        let (rows, problems) = table::rows(self.text);
        for (span, message) in problems {
            let found = Diagnostic::error(at, "unreadable-row", message)
                .help("a row holds a name, `yes` or `no`, and a description")
                .at(self.text.location(&span));
            self.diagnostics.push(found);
        }
        rows
    }

    /// What stands between the title and the example or the table.
    fn prose_span(&self, front: &FrontMatter<'_>) -> Span {
        let rest = self.text.body().get(front.end..).unwrap_or_default();
        let end = ["\n```", "\n## "].iter().filter_map(|mark| rest.find(mark)).min().unwrap_or(rest.len());
        let before = rest.get(..end).unwrap_or_default();
        let title = before.find("\n# ").map_or(0, |title| {
            before.get(title + 1..).and_then(|after| after.find('\n')).map_or(end, |line| title + 1 + line)
        });
        front.end + title..front.end + end
    }

    /// The heading of the parameters, or the beginning of the page.
    fn heading(&self) -> Span {
        self.text.body().find("## Parameters").map_or(0..0, |start| start..start + "## Parameters".len())
    }

    fn place(&mut self, at: &Pointer, span: &Span) {
        self.places.insert(at.clone(), self.text.location(span));
    }

    fn warn(&mut self, code: &'static str, span: &Span, message: String) {
        let location = self.text.location(span);
        self.diagnostics.push(Diagnostic::warning(&Pointer::root(), code, message).at(location));
    }

    fn error(&mut self, code: &'static str, span: &Span, message: String) {
        let location = self.text.location(span);
        self.diagnostics.push(Diagnostic::error(&Pointer::root(), code, message).at(location));
    }
}

impl Route {
    /// `METHOD`, then an RFC 6570 template of which `{name}` and `{?name,name}` are known.
    fn parse(written: &str, span: Span) -> Option<Self> {
        let (method, template) = written.split_once(' ')?;
        let template = template.trim();
        let (template, query) = match template.split_once("{?") {
            Some((path, query)) => (path, query.strip_suffix('}')?),
            None => (template, ""),
        };
        let (path, has_origin) = match template.strip_prefix("{origin}") {
            Some(path) => (path, true),
            None => (template, false),
        };
        let is_method = !method.is_empty() && method.chars().all(|char| char.is_ascii_uppercase());
        (is_method && path.starts_with('/')).then(|| Self {
            method: method.to_owned(),
            path: path.to_owned(),
            has_origin,
            query: query.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            span,
        })
    }

    /// Where a parameter of this name goes. What the route of a request without a body does not name is in the query.
    fn place_of(&self, name: &str) -> Place {
        if name == ORIGIN && self.has_origin {
            Place::Server
        } else if self.path.contains(&format!("{{{name}}}")) {
            Place::Path
        } else if self.query.iter().any(|known| known == name)
            || ["GET", "HEAD", "DELETE"].contains(&self.method.as_str())
        {
            Place::Query
        } else {
            Place::Unsaid
        }
    }

    /// What the route names and no row does, and where it goes.
    fn missing(&self, rows: &[Row]) -> Vec<(String, &'static str)> {
        let in_path =
            self.path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name);
        let in_path = in_path.map(|name| (name.to_owned(), "path"));
        let in_query = self.query.iter().map(|name| (name.clone(), "query"));
        in_path.chain(in_query).filter(|(name, _)| !rows.iter().any(|row| row.name == *name)).collect()
    }
}

/// The id of the operation: `octokit.repos.uploadReleaseAsset(` calls `repos/upload-release-asset`.
fn id(front: &FrontMatter<'_>) -> Option<String> {
    let (example, _) = front.value("example")?;
    let call = example.split('(').next()?;
    let mut parts = call.rsplit('.');
    let (method, scope) = (parts.next()?, parts.next()?);
    Some(format!("{}/{}", kebab(scope), kebab(method)))
}

fn kebab(camel: &str) -> String {
    let mut kebab = String::new();
    for char in camel.chars() {
        if char.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(char.to_ascii_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests;
