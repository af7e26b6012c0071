//! Security schemes, and which of them an operation wants.

use openapiv3::{APIKeyLocation, SecurityScheme as Described};
use serde_json::Value;

use super::style::{is_header_name, is_set_by_the_client};
use super::{Lowerer, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, SecurityKind, SecurityScheme};
use crate::names::assign::Scope;
use crate::pointer::Pointer;

/// The schemes that the client can use.
#[derive(Debug, Default)]
pub(super) struct Schemes(Vec<SecurityScheme>);

impl Schemes {
    pub(super) fn into_list(self) -> Vec<SecurityScheme> {
        self.0
    }
}

impl Lowerer<'_> {
    /// The schemes of the description; a description without any gets a bearer token, which is not sent unless set.
    pub(super) fn security_schemes(&mut self, setters: &mut Scope) {
        let at = Pointer::root().join("components").join("securitySchemes");
        let keys: Vec<&str> = self.resolver.keys(&at).collect();
        for key in &keys {
            self.scheme(&at.join(key), key, setters);
        }
        if keys.is_empty() {
            let setter = self.names.setter(setters, self.diagnostics, &at, "token");
            let description = "The description declares no way to authenticate; this one is the most common.";
            let docs = Docs { description: Some(description.to_owned()), ..Docs::default() };
            self.security.0.push(SecurityScheme {
                name: "bearer".to_owned(),
                setter,
                kind: SecurityKind::Bearer,
                docs,
            });
        }
    }

    fn scheme(&mut self, at: &Pointer, name: &str, setters: &mut Scope) {
        if self.is_of_the_connection(at) {
            return;
        }
        let (at, described) = match self.resolver.read_through::<Described>(at) {
            Ok(found) => found,
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                return;
            }
        };
        let (kind, description) = match described {
            Described::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                (SecurityKind::Bearer, description)
            }
            Described::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
                (SecurityKind::Basic, description)
            }
            Described::HTTP { scheme, .. } => {
                let message = format!(
                    "HTTP authentication `{scheme}` is not supported; the client has no setter for it"
                );
                self.diagnostics.push(
                    Diagnostic::warning(&at, "unsupported-security", message)
                        .help("authenticate in the `HttpClient` that is handed to the builder"),
                );
                return;
            }
            Described::APIKey { location, name, description, .. } => {
                let kind = match location {
                    APIKeyLocation::Header => SecurityKind::Header(name),
                    APIKeyLocation::Query => SecurityKind::Query(name),
                    APIKeyLocation::Cookie => SecurityKind::Cookie(name),
                };
                (kind, description)
            }
            Described::OAuth2 { description, .. } | Described::OpenIDConnect { description, .. } => {
                (SecurityKind::Bearer, description)
            }
        };
        if let SecurityKind::Header(header) = &kind
            && let Some(diagnostic) = header_of_no_key(&at, header)
        {
            self.diagnostics.push(diagnostic);
            return;
        }
        let setter = self.names.setter(setters, self.diagnostics, &at, &self.setter_words(&kind, name));
        let docs = Docs { description: docs::text(description.as_deref()), ..Docs::default() };
        self.security.0.push(SecurityScheme { name: name.to_owned(), setter, kind, docs });
    }

    /// What the setter of a scheme is called; a second one of a kind is told apart by its name.
    fn setter_words(&self, kind: &SecurityKind, name: &str) -> String {
        let is_second = self.security.0.iter().any(|scheme| scheme.kind == *kind);
        match kind {
            SecurityKind::Bearer if !is_second => "token".to_owned(),
            SecurityKind::Bearer => format!("{name} token"),
            SecurityKind::Basic if !is_second => "basic auth".to_owned(),
            SecurityKind::Basic => format!("{name} basic auth"),
            _ => name.to_owned(),
        }
    }

    /// Whether a scheme of OpenAPI 3.1 is about certificates, which are no part of a request.
    fn is_of_the_connection(&mut self, at: &Pointer) -> bool {
        let found = self.resolver.value_through(at).ok();
        let found = found.filter(|(_, scheme)| scheme.get("type").is_some_and(|kind| kind == "mutualTLS"));
        if let Some((at, _)) = &found {
            let message = "mutual TLS belongs to the connection; the client has no setter for it";
            self.diagnostics.push(
                Diagnostic::warning(at, "unsupported-security", message)
                    .help("set the certificate in the `HttpClient` that is handed to the builder"),
            );
        }
        found.is_some()
    }

    /// The alternatives of an operation: its own, the description's, or any scheme where neither says.
    pub(super) fn security(&mut self, operation: &Pointer) -> Vec<Vec<usize>> {
        let own = operation.join("security");
        let root = Pointer::root().join("security");
        let Some(at) = [own, root].into_iter().find(|at| self.resolver.value(at).is_some()) else {
            return (0..self.security.0.len()).map(|index| vec![index]).collect();
        };
        let Some(Value::Array(alternatives)) = self.resolver.value(&at) else {
            return Vec::new();
        };
        let mut lowered: Vec<Vec<usize>> = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let names: Vec<&String> =
                alternative.as_object().into_iter().flat_map(|object| object.keys()).collect();
            let indices: Option<Vec<usize>> = names
                .iter()
                .map(|name| self.security.0.iter().position(|scheme| scheme.name == **name))
                .collect();
            match indices {
                Some(indices) => lowered.push(indices),
                None => self.unknown_scheme(&at.join(index), &names),
            }
        }
        // Going without a credential is possible when no other alternative is.
        lowered.sort_by_key(Vec::is_empty);
        lowered
    }

    fn unknown_scheme(&mut self, at: &Pointer, names: &[&String]) {
        let schemes = Pointer::root().join("components").join("securitySchemes");
        let Some(name) = names.iter().find(|name| self.resolver.value(&schemes.join(name)).is_none()) else {
            return;
        };
        let message = format!("there is no security scheme `{name}`; this alternative is left out");
        self.diagnostics.push(
            Diagnostic::warning(at, "unknown-security", message)
                .help("define it under `components/securitySchemes`"),
        );
    }
}

/// Why a header cannot hold a key, if it cannot.
fn header_of_no_key(at: &Pointer, header: &str) -> Option<Diagnostic> {
    if !is_header_name(header) {
        let message = format!("no header can be called {header:?}; the client has no setter for it");
        let diagnostic = Diagnostic::warning(at, "invalid-header-name", message);
        return Some(diagnostic.help("give the name of the header: letters, digits and `-`"));
    }
    is_set_by_the_client(header).then(|| {
        let message = format!("the client sets the header `{header}` itself; it has no setter for it");
        Diagnostic::warning(at, "own-header", message).help("give the name of the header that holds the key")
    })
}
