//! Operations: which there are, what they are called, and what belongs to each.

use openapiv3::{ExternalDocumentation, Operation as Described};

use super::body::Given;
use super::path::Template;
use super::response::{Answer, Way};
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, Home, Operation, Shape, Success, UrlTemplate};
use crate::names::assign::{Assigner, Scope};
use crate::names::{MethodName, ModuleName};
use crate::pattern::matches;
use crate::pointer::Pointer;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Where an operation stands.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The operation itself.
    pub(super) pointer: Pointer,
    /// The path item that it belongs to.
    pub(super) item: Pointer,
    pub(super) path: String,
    /// The query parameters that stand behind the path: the name of each, and of its variable.
    pub(super) query: Vec<(String, String)>,
    /// In capitals.
    pub(super) http_method: String,
    pub(super) id: String,
}

/// A method of the client while it is lowered; an operation is one for each way to call it.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) spot: Spot,
    /// What the names of the method are pinned by: the operation, with the suffix if it has one.
    pub(super) at: Pointer,
    pub(super) described: Described,
    pub(super) method: MethodName,
    pub(super) module: ModuleName,
    /// The arguments and setters of the request.
    pub(super) arguments: Scope,
}

impl Draft {
    /// Says in the summary what tells the method from the main one.
    fn say(&mut self, what: &str) {
        let summary = docs::text(self.described.summary.as_deref());
        self.described.summary = summary.map(|summary| format!("{summary}, {what}"));
    }

    /// Where an inline schema of the operation stands: in the operation, or in something that operations share, whose
    /// types are nobody's own, so that no other operation can change what they are called.
    pub(super) fn site(&self, names: &Assigner, at: &Pointer, part: &str) -> Site {
        if at.strip_prefix(&self.spot.pointer).is_some() {
            let words = format!("{} {part}", self.method.as_str().trim_start_matches("r#"));
            return Site { words, home: Home::Operations(self.module.clone()) };
        }
        let parts: Vec<String> = at.parts().collect();
        let words = match parts.as_slice() {
            [components, section, name, ..] if components == "components" && section != "pathItems" => {
                let kind = match section.as_str() {
                    "parameters" => "parameter",
                    "requestBodies" => "body",
                    "headers" => "header",
                    _ => "response",
                };
                format!("{name} {kind}")
            }
            _ => format!("{} {part}", self.spot.path),
        };
        let home = Home::Types(names.module_of_words(&words));
        Site { words, home }
    }
}

impl Lowerer<'_> {
    /// All operations that are asked for.
    pub(super) fn operations(&mut self, setters: &mut Scope) -> Vec<Operation> {
        let paths = Pointer::root().join("paths");
        let keys: Vec<&str> = self.resolver.keys(&paths).filter(|key| !key.starts_with("x-")).collect();
        let mut operations = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for path in keys {
            let item = match self.resolver.value_through(&paths.join(path)) {
                Ok((item, _)) => item,
                Err(diagnostic) => {
                    self.diagnostics.push(diagnostic);
                    continue;
                }
            };
            let resolver = self.resolver;
            for method in METHODS.iter().filter(|method| resolver.value(&item.join(method)).is_some()) {
                let pointer = item.join(method);
                let id = self.operation_id(&pointer, method, path);
                ids.push(id.clone());
                let template =
                    if self.is_included(&id) { self.path_template(&paths.join(path), path) } else { None };
                if let Some(Template { path, query }) = template {
                    let http_method = method.to_uppercase();
                    let spot = Spot { pointer, item: item.clone(), path, query, http_method, id };
                    operations.extend(self.operation(spot, setters));
                }
            }
        }
        self.check_include(&ids);
        operations
    }

    /// The operation id, or its method and path where it has none.
    fn operation_id(&self, pointer: &Pointer, method: &str, path: &str) -> String {
        let id = self.resolver.value(&pointer.join("operationId")).and_then(|id| id.as_str());
        docs::text(id).unwrap_or_else(|| format!("{method} {path}"))
    }

    fn is_included(&self, id: &str) -> bool {
        self.options.include.is_empty() || self.options.include.iter().any(|pattern| matches(pattern, id))
    }

    /// A pattern that selects nothing is a mistake, not an empty client.
    fn check_include(&mut self, ids: &[String]) {
        for pattern in &self.options.include {
            if !ids.iter().any(|id| matches(pattern, id)) {
                let message = format!("no operation id matches `{pattern}`");
                let shown: Vec<&str> = ids.iter().take(5).map(String::as_str).collect();
                self.diagnostics.push(
                    Diagnostic::error(&Pointer::root().join("paths"), "include-no-match", message)
                        .help(format!("operation ids are such as {}", shown.join(", "))),
                );
            }
        }
    }

    /// The methods of an operation: the main one, one for each other way to answer, and one for each other way to give
    /// its body. The two do not multiply: each of the others does the rest like the main one.
    fn operation(&mut self, spot: Spot, setters: &mut Scope) -> Vec<Operation> {
        let described = match self.resolver.read::<Described>(&spot.pointer) {
            Ok(described) => described,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return Vec::new();
            }
        };
        let server = self.server(&spot, setters);
        let main = self.draft(&spot, None, described.clone());
        let bodies = self.bodies(&main);
        let answer = self.answer(&main, &main, None);
        let accept_setter = !matches!(&answer.success, Success::One(Shape::Bytes));
        let ways = self.other_ways(&main);
        let mut others: Vec<(Draft, Answer, Option<&Given>, bool)> = Vec::new();
        for Way { suffix, description } in &ways {
            let mut draft = self.draft(&spot, Some(suffix), described.clone());
            let answer = self.answer(&main, &draft, Some(suffix));
            draft.say(&format!("as {suffix}"));
            draft.described.description = description.clone().or(draft.described.description);
            others.push((draft, answer, bodies.first(), false));
        }
        for given in bodies.iter().skip(1) {
            // What an operation gives had the name before what it takes.
            let is_taken = ways.iter().any(|way| way.suffix == given.suffix);
            let suffix = format!("{}{}", given.suffix, if is_taken { "_body" } else { "" });
            let mut draft = self.draft(&spot, Some(&suffix), described.clone());
            let answer = self.answer(&main, &draft, None);
            draft.say(&format!("sent as {}", given.shown()));
            others.push((draft, answer, Some(given), accept_setter));
        }
        others.insert(0, (main, answer, bodies.first(), accept_setter));
        let finished = others.into_iter().map(|(draft, answer, given, accept_setter)| {
            self.finish(draft, server, answer, given, accept_setter)
        });
        finished.collect()
    }

    /// A method of an operation: the main one, or one whose name ends in a suffix.
    fn draft(&mut self, spot: &Spot, suffix: Option<&str>, described: Described) -> Draft {
        let prefix = self.options.strip_prefix.as_deref().unwrap_or_default();
        let raw = spot.id.strip_prefix(prefix).unwrap_or(&spot.id);
        let (at, key, raw) = match suffix {
            Some(suffix) => {
                (spot.pointer.join(suffix), format!("{}#{suffix}", spot.id), format!("{raw} {suffix}"))
            }
            None => (spot.pointer.clone(), spot.id.clone(), raw.to_owned()),
        };
        let keys = [key.as_str(), at.as_str()];
        let method = self.names.method(&mut self.method_names, self.diagnostics, &at, &keys, &raw);
        let module = self.names.operation_module(&method);
        Draft { spot: spot.clone(), at, described, method, module, arguments: Scope::default() }
    }

    /// Puts an operation together.
    fn finish(
        &mut self,
        mut draft: Draft,
        server: usize,
        answer: Answer,
        given: Option<&Given>,
        accept_setter: bool,
    ) -> Operation {
        let raw = draft.method.as_str();
        let request = self.names.request(&mut self.request_names, self.diagnostics, &draft.at, raw);
        let url_template = self.url_template(&mut draft);
        let (parameters, accept) = self.parameters(&mut draft);
        let body = given.map(|given| self.body(&mut draft, given, &parameters));
        let errors = self.errors(&draft);
        let headers = self.success_headers(&draft);
        // One page of a list goes on in a `Link` header (RFC 8288).
        let is_one = matches!(answer.success, Success::One(Shape::Json(_)));
        let pages = is_one && answer.is_list && answer.has_link_header && draft.spot.http_method == "GET";
        let accept_value = match &accept {
            Some(accept) if accept_setter => accept.default.clone().unwrap_or(answer.accept),
            _ => answer.accept,
        };
        Operation {
            docs: docs_of(&draft.described),
            deprecated: draft.described.deprecated,
            security: self.security(&draft.spot.pointer),
            pointer: draft.spot.pointer,
            id: draft.spot.id,
            module: draft.module,
            gate: self.gate_of(&draft.described.tags),
            method: draft.method,
            request,
            http_method: draft.spot.http_method,
            path: draft.spot.path,
            server,
            accept: accept_value,
            accept_setter: accept.filter(|_| accept_setter).map(|accept| accept.parameter),
            parameters,
            body,
            success: answer.success,
            errors,
            headers,
            pages,
            url_template,
        }
    }

    /// The extension `x-url-template`: a setter for a URL that an earlier response hands out.
    fn url_template(&mut self, draft: &mut Draft) -> Option<UrlTemplate> {
        let at = draft.spot.pointer.join("x-url-template");
        let value = self.resolver.value(&at)?;
        let text = |field: &str| value.get(field).and_then(|value| value.as_str()).map(str::to_owned);
        let Some(raw) = text("setter") else {
            let message = "`x-url-template` needs the name of a `setter`";
            self.diagnostics
                .push(Diagnostic::error(&at, "invalid-extension", message).help("add `setter: NAME`"));
            return None;
        };
        let setter = self.names.argument(&mut draft.arguments, self.diagnostics, &at, &raw);
        Some(UrlTemplate { setter, docs: Docs { description: text("description"), ..Docs::default() } })
    }
}

fn docs_of(described: &Described) -> Docs {
    let url = described.external_docs.as_ref().map(|docs: &ExternalDocumentation| docs.url.clone());
    Docs {
        summary: docs::text(described.summary.as_deref()),
        description: docs::text(described.description.as_deref()),
        url: url.filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        facts: Vec::new(),
    }
}
