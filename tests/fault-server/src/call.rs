//! A request as the endpoints see it.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH};
use http::{HeaderMap, Method, request};

use crate::fault::Sight;
use crate::operation::{Operation, Origin, Reference, Route};
use crate::state::{Repo, RepoState, Server};
use crate::sync::lock;

/// The head of a request, and what it names.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) server: Arc<Server>,
    pub(crate) origin: Origin,
    pub(crate) operation: Operation,
    pub(crate) method: Method,
    /// The path and the query, as sent.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) route: Route,
    pub(crate) repo: Option<Arc<Repo>>,
    pub(crate) number: u64,
    pub(crate) request_id: String,
}

/// What was read of a request's body.
#[derive(Debug, Default)]
pub(crate) struct Received {
    pub(crate) length: u64,
    pub(crate) sha256: String,
    /// Nothing where only number and digest are kept.
    pub(crate) bytes: Option<Bytes>,
}

impl Call {
    pub(crate) fn new(server: &Arc<Server>, origin: Origin, head: request::Parts) -> Self {
        let route = Route::read(origin, head.uri.path());
        let accept = head.headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let wants_bytes = accept.flat_map(|value| value.split(',')).any(|media_type| {
            media_type.split(';').next().is_some_and(|name| name.trim() == "application/octet-stream")
        });
        let number = server.new_request();
        Self {
            server: Arc::clone(server),
            origin,
            operation: route.operation(origin, &head.method, wants_bytes),
            method: head.method,
            target: head.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            headers: head.headers,
            repo: route.repository.as_ref().and_then(|reference| server.find(reference)),
            route,
            number,
            request_id: format!("FA17:{number:06X}:10000:20000:{:08X}", number.wrapping_mul(2_654_435_761)),
        }
    }

    /// The value of a header, if it is there and text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The announced length of the body.
    pub(crate) fn content_length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH.as_str())?.parse().ok()
    }

    /// The query with its question mark, or nothing.
    pub(crate) fn query(&self) -> &str {
        self.target.find('?').map_or("", |start| &self.target[start..])
    }

    /// The last parameter of this name in the query, decoded as forms are.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self.query().trim_start_matches('?').as_bytes();
        let found = url::form_urlencoded::parse(query).filter(|(key, _)| key == name).last();
        found.map(|(_, value)| value.into_owned())
    }

    /// The path and the query by the name of the repository, however they came.
    pub(crate) fn named_target(&self) -> String {
        match &self.repo {
            Some(repo) => {
                let state = lock(&repo.state);
                format!("/repos/{}/{}/{}{}", state.owner, state.name, self.route.rest, self.query())
            }
            None => self.target.clone(),
        }
    }

    /// Hands what a fault looks at to a function.
    pub(crate) fn sight<T>(&self, look: impl FnOnce(&Sight<'_>) -> T) -> T {
        let named = self.named_target();
        let targets = [self.target.as_str(), named.as_str()];
        look(&Sight { origin: self.origin, operation: self.operation, method: &self.method, targets })
    }

    /// Whether it names its repository by a name that the repository has no more.
    pub(crate) fn uses_old_name(&self, state: &RepoState) -> bool {
        match &self.route.repository {
            Some(Reference::Name { owner, name }) => {
                owner.to_lowercase() != state.owner.to_lowercase()
                    || name.to_lowercase() != state.name.to_lowercase()
            }
            _ => false,
        }
    }
}
