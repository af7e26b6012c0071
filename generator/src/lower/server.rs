//! Servers: the default one, and those of single operations, each with a setter.

use openapiv3::{Server as Described, ServerVariable};

use super::operation::Spot;
use super::{Lowerer, docs};
use crate::diagnostic::Diagnostic;
use crate::ir::{Docs, Server};
use crate::names::assign::Scope;
use crate::pointer::Pointer;

/// The servers found so far; the first is the default.
#[derive(Debug, Default)]
pub(super) struct Servers(Vec<Server>);

impl Servers {
    pub(super) fn into_list(self) -> Vec<Server> {
        self.0
    }
}

impl Lowerer<'_> {
    /// The first server of the description is the default of every operation.
    pub(super) fn root_server(&mut self, setters: &mut Scope) {
        let at = Pointer::root().join("servers");
        let first = at.join(0);
        let (url, mut docs) = match self.read_server(&first) {
            Some(server) => (absolute(&self.expanded(&first, &server), ""), docs_of(&server)),
            None => (String::new(), Docs::default()),
        };
        let said = self.resolver.value(&first.join("url")).and_then(|url| url.as_str()).unwrap_or_default();
        if url.is_empty() && !said.trim().is_empty() {
            docs.facts.push(format!("The description only says `{}`.", said.replace('`', "")));
        }
        let others = self.resolver.value(&at).and_then(|list| list.as_array()).map_or(0, Vec::len);
        for index in 1..others {
            if let Some(other) = self.read_server(&at.join(index)) {
                let other = self.expanded(&at.join(index), &other).replace('`', "");
                docs.facts.push(format!("The description also names `{other}`."));
            }
        }
        let setter = self.names.setter(setters, self.diagnostics, &first, "base_url");
        self.servers.0.push(Server { name: "default".to_owned(), setter, url, docs });
    }

    /// The server of an operation: its own, its path's, or the default.
    pub(super) fn server(&mut self, spot: &Spot, setters: &mut Scope) -> usize {
        for owner in [&spot.pointer, &spot.item] {
            let at = owner.join("servers").join(0);
            if let Some(server) = self.read_server(&at) {
                return self.named_server(&at, &server, setters);
            }
        }
        0
    }

    fn named_server(&mut self, at: &Pointer, described: &Described, setters: &mut Scope) -> usize {
        let default = self.servers.0.first().map(|server| server.url.clone()).unwrap_or_default();
        let url = absolute(&self.expanded(at, described), &default);
        if let Some(index) = self.servers.0.iter().position(|server| server.url == url) {
            return index;
        }
        let name = label(&url);
        let mut raw = format!("{name} url");
        if self.names.has_setter(setters, &raw) {
            // Another server of that host, or of a host that starts alike.
            raw = format!("{} url", url.split_once("://").map_or(url.as_str(), |(_, rest)| rest));
        }
        let setter = self.names.setter(setters, self.diagnostics, at, &raw);
        self.servers.0.push(Server { name, setter, url, docs: docs_of(described) });
        self.servers.0.len() - 1
    }

    /// The URL with the defaults of its variables; empty where one has none.
    fn expanded(&mut self, at: &Pointer, server: &Described) -> String {
        let mut url = server.url.clone();
        for (name, variable) in server.variables.iter().flatten() {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        if !url.contains('{') {
            return url;
        }
        let message = format!(
            "the URL `{url}` has a variable without a default; the user of the client has to set the URL"
        );
        self.diagnostics.push(
            Diagnostic::warning(&at.join("url"), "undeclared-variable", message)
                .help("declare the variable with its default under `variables`"),
        );
        String::new()
    }

    fn read_server(&mut self, at: &Pointer) -> Option<Described> {
        self.resolver.value(at)?;
        let server = self.resolver.read::<Described>(at);
        match server {
            Ok(server) => Some(server),
            Err(_) => {
                let message = "the server has no `url`; it is ignored";
                self.diagnostics
                    .push(Diagnostic::warning(at, "server-without-url", message).help("add its `url`"));
                None
            }
        }
    }
}

/// What a variable of a URL can be.
fn variable_fact(name: &str, variable: &ServerVariable) -> String {
    let clean = |text: &str| text.replace('`', "");
    let default = format!("`{}` in the URL is `{}` by default", clean(name), clean(&variable.default));
    match variable.enumeration.as_slice() {
        [] => format!("{default}."),
        values => {
            let values: Vec<String> = values.iter().map(|value| format!("`{}`", clean(value))).collect();
            format!("{default}, and one of {}.", values.join(", "))
        }
    }
}

/// An absolute URL without a trailing slash; a relative one is taken from `base`, and is empty without one.
fn absolute(url: &str, base: &str) -> String {
    let url = url.trim().trim_end_matches('/');
    if url.starts_with("http://") || url.starts_with("https://") {
        return url.to_owned();
    }
    let origin_end = base.find("://").map(|start| {
        base.get(start + 3..).and_then(|rest| rest.find('/')).map_or(base.len(), |end| start + 3 + end)
    });
    match (origin_end.and_then(|end| base.get(..end)), url) {
        (None, _) => String::new(),
        (Some(origin), "") => origin.to_owned(),
        (Some(origin), path) => format!("{origin}/{}", path.trim_start_matches('/')),
    }
}

/// The first label of a URL's host: `uploads` of `https://uploads.example.com`.
fn label(url: &str) -> String {
    let host = url.split("://").nth(1).unwrap_or_default();
    let label = host.split(['.', ':', '/']).next().unwrap_or_default();
    if label.is_empty() { "other".to_owned() } else { label.to_owned() }
}

fn docs_of(server: &Described) -> Docs {
    let facts =
        server.variables.iter().flatten().map(|(name, variable)| variable_fact(name, variable)).collect();
    Docs { description: docs::text(server.description.as_deref()), facts, ..Docs::default() }
}
