//! The data that a generator writes: an API, its servers, its security schemes and its operations.

/// What is common to all operations of an API.
#[derive(Debug)]
pub struct Api {
    /// The `User-Agent` of every request unless the client is built with another one.
    pub user_agent: &'static str,
    /// The servers; the first is the default.
    pub servers: &'static [Server],
    /// Headers of every request, such as an API version.
    pub headers: &'static [(&'static str, &'static str)],
    /// How requests can be authorised.
    pub security: &'static [SecurityScheme],
}

/// A base that paths of operations are appended to.
#[derive(Debug)]
pub struct Server {
    /// What errors call it.
    pub name: &'static str,
    /// An absolute `http` or `https` URL. If it is relative or empty, the client must be given one.
    pub url: &'static str,
}

/// A way of authorising requests.
#[derive(Debug)]
pub struct SecurityScheme {
    /// What errors call it.
    pub name: &'static str,
    /// Where its credential goes.
    pub kind: SecurityKind,
}

/// Where the credential of a security scheme goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityKind {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617).
    Basic,
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
}

/// One operation of an API.
#[derive(Debug)]
pub struct Operation {
    /// The operation's id, which every error of it names.
    pub id: &'static str,
    /// The request method.
    pub method: Method,
    /// The path template, such as `/repos/{owner}/{repo}`.
    pub path: &'static str,
    /// Which of the API's servers takes it.
    pub server: usize,
    /// The `Accept` header; empty when the description says nothing of media types.
    pub accept: &'static str,
    /// Alternatives, each a set of security schemes by index. The first one whose credentials the client has
    /// all of is used; without any the request goes out unauthorised.
    pub security: &'static [&'static [usize]],
}

/// A request method (RFC 9110, section 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the methods")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    pub(crate) fn to_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Put => http::Method::PUT,
            Self::Post => http::Method::POST,
            Self::Delete => http::Method::DELETE,
            Self::Options => http::Method::OPTIONS,
            Self::Head => http::Method::HEAD,
            Self::Patch => http::Method::PATCH,
            Self::Trace => http::Method::TRACE,
        }
    }
}
