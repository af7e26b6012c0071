//! Operations: which there are, what they are called, and what belongs to each.

use openapiv3::{ExternalDocumentation, Operation as Described};

use super::body::LoweredBody;
use super::response::Answer;
use super::{Lowerer, Site, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, Home, Operation, Parameter, Shape, Success, Type, TypeKind, UrlTemplate};
use crate::names::assign::Scope;
use crate::names::{MethodName, ModuleName};
use crate::pointer::Pointer;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An operation while it is lowered.
pub(super) struct Draft {
    pub(super) pointer: Pointer,
    pub(super) item: Pointer,
    pub(super) path: String,
    pub(super) http_method: String,
    pub(super) id: String,
    pub(super) described: Described,
    pub(super) method: MethodName,
    pub(super) module: ModuleName,
    /// The arguments and setters of the request.
    pub(super) arguments: Scope,
}

impl Draft {
    /// Where the inline schemas of the operation stand.
    pub(super) fn site(&self, part: &str) -> Site {
        let words = format!("{} {part}", self.method.as_str().trim_start_matches("r#"));
        Site { words, home: Home::Operations(self.module.clone()) }
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
            let item = match self.resolver.read_through::<serde_json::Value>(&paths.join(path)) {
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
                let included = self.is_included(&id);
                ids.push(id.clone());
                if included {
                    self.operation(&pointer, &item, path, method, id, setters, &mut operations);
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

    #[expect(clippy::too_many_arguments, reason = "each is a fact of where the operation stands")]
    fn operation(
        &mut self,
        pointer: &Pointer,
        item: &Pointer,
        path: &str,
        http_method: &str,
        id: String,
        setters: &mut Scope,
        operations: &mut Vec<Operation>,
    ) {
        let described = match self.resolver.read::<Described>(pointer) {
            Ok(described) => described,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return;
            }
        };
        let prefix = self.options.strip_prefix.as_deref().unwrap_or_default();
        let raw = id.strip_prefix(prefix).unwrap_or(&id).to_owned();
        let method = self.names.method(
            &mut self.method_names,
            self.diagnostics,
            pointer,
            &[&id, pointer.as_str()],
            &raw,
        );
        let draft = Draft {
            pointer: pointer.clone(),
            item: item.clone(),
            path: path.to_owned(),
            http_method: http_method.to_uppercase(),
            id,
            described,
            module: self.names.operation_module(&method),
            method,
            arguments: Scope::default(),
        };
        let server = self.server(pointer, item, setters);
        let answer = self.answer(&draft);
        for extra in self.extra_answers(&draft, &answer) {
            let key = format!("{}#{}", draft.id, extra.suffix);
            let raw = format!("{raw} {}", extra.suffix);
            let at = pointer.join(extra.suffix);
            let method = self.names.method(&mut self.method_names, self.diagnostics, &at, &[&key], &raw);
            let module = self.names.operation_module(&method);
            let draft = Draft {
                method,
                module,
                arguments: Scope::default(),
                described: draft.described.clone(),
                ..clone_place(&draft)
            };
            let mut operation = self.finish(draft, server, extra.answer, false);
            operation.docs.summary =
                operation.docs.summary.map(|summary| format!("{summary}, as {}", extra.suffix));
            operations.push(operation);
        }
        let accept_setter = !matches!(&answer.success, Success::One(Shape::Bytes));
        operations.push(self.finish(draft, server, answer, accept_setter));
    }

    /// Puts an operation together.
    fn finish(&mut self, mut draft: Draft, server: usize, answer: Answer, accept_setter: bool) -> Operation {
        let pointer = draft.pointer.clone();
        let request =
            self.names.request(&mut self.request_names, self.diagnostics, &pointer, draft.method.as_str());
        let url_template = self.url_template(&mut draft);
        let (mut parameters, accept) = self.parameters(&mut draft);
        let LoweredBody { body, content_type_setter } = self.body(&mut draft, &parameters);
        if content_type_setter {
            parameters.retain(|parameter: &Parameter| !parameter.wire.eq_ignore_ascii_case("content-type"));
        }
        let errors = self.errors(&draft);
        let pages = self.is_paged(&draft, &answer);
        let accept_value = match &accept {
            Some(accept) if accept_setter => accept.default.clone().unwrap_or(answer.accept),
            _ => answer.accept,
        };
        Operation {
            docs: docs_of(&draft.described),
            deprecated: draft.described.deprecated,
            security: self.security(&draft.pointer),
            pointer: draft.pointer,
            id: draft.id,
            module: draft.module,
            method: draft.method,
            request,
            http_method: draft.http_method,
            path: draft.path,
            server,
            accept: accept_value,
            accept_setter: accept.filter(|_| accept_setter).map(|accept| accept.parameter),
            parameters,
            body,
            success: answer.success,
            errors,
            pages,
            url_template,
        }
    }

    /// Whether the answer is one page of a list that goes on in a `Link` header (RFC 8288).
    fn is_paged(&mut self, draft: &Draft, answer: &Answer) -> bool {
        let Success::One(Shape::Json(ty)) = &answer.success else {
            return false;
        };
        let is_list = match ty {
            Type::Array(_) => true,
            Type::Named(name) => {
                matches!(self.types.get(name).map(|def| &def.kind), Some(TypeKind::Alias(Type::Array(_))))
            }
            _ => false,
        };
        is_list && draft.http_method == "GET" && answer.has_link_header
    }

    /// The extension `x-url-template`: a setter for a URL that an earlier response hands out.
    fn url_template(&mut self, draft: &mut Draft) -> Option<UrlTemplate> {
        let at = draft.pointer.join("x-url-template");
        let value = self.resolver.value(&at)?;
        let text = |field: &str| value.get(field).and_then(|value| value.as_str()).map(str::to_owned);
        let Some(raw) = text("setter") else {
            let message = "`x-url-template` needs the name of a `setter`";
            self.diagnostics
                .push(Diagnostic::error(&at, "invalid-extension", message).help("add `setter: NAME`"));
            return None;
        };
        let setter = self.names.setter(&mut draft.arguments, self.diagnostics, &at, &raw);
        Some(UrlTemplate { setter, docs: Docs { description: text("description"), ..Docs::default() } })
    }
}

/// The parts of a draft that say where the operation stands, without what was described and named.
fn clone_place(draft: &Draft) -> Draft {
    Draft {
        pointer: draft.pointer.clone(),
        item: draft.item.clone(),
        path: draft.path.clone(),
        http_method: draft.http_method.clone(),
        id: draft.id.clone(),
        described: Described::default(),
        method: draft.method.clone(),
        module: draft.module.clone(),
        arguments: Scope::default(),
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

/// Whether a text matches a pattern in which `*` stands for any characters and `?` for one.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // `reachable[i]` says whether the pattern so far matches the first `i` characters.
    let mut reachable = vec![false; text.len() + 1];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    for part in pattern {
        let before = reachable.clone();
        let mut any = false;
        for (index, reached) in reachable.iter_mut().enumerate() {
            let previous = index.checked_sub(1).and_then(|index| before.get(index)).copied().unwrap_or(false);
            any |= before.get(index).copied().unwrap_or(false);
            let same = index
                .checked_sub(1)
                .and_then(|index| text.get(index))
                .is_some_and(|char| part == '?' || *char == part);
            *reached = if part == '*' { any } else { previous && same };
        }
    }
    reachable.last().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_match_whole_ids() {
        assert!(matches("repos/*-asset", "repos/get-release-asset"));
        assert!(matches("*", ""));
        assert!(matches("get?", "gets"));
        assert!(!matches("repos/*-asset", "repos/list-release-assets"));
        assert!(!matches("get", "gets"));
    }
}
