//! The client and how it is built.

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::{
    Api, Error, ErrorKind, RetryPolicy, Secret, Token,
    headers::is_framing,
    secret::{Credential, Given},
    throttle::Throttle,
    uri,
};

/// What requests are made with: servers, credentials, defaults and connections. Clones share all of it.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    /// By server; `None` where only the user can say what it is.
    pub(crate) servers: Vec<Option<Url>>,
    /// By security scheme.
    pub(crate) credentials: Vec<Option<Credential>>,
    /// What every request has.
    pub(crate) headers: HeaderMap,
    /// Instead of the `Accept` of operations that answer with JSON.
    pub(crate) accept: Option<HeaderValue>,
    pub(crate) idle_timeout: Duration,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
    pub(crate) throttle: Throttle,
}

impl Client {
    /// Starts building a client of an API.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder {
            api,
            servers: Vec::new(),
            credentials: Vec::new(),
            auth_scheme: "Bearer".to_owned(),
            headers: Vec::new(),
            accept: None,
            user_agent: None,
            connect_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(60),
            timeout: None,
            retry: RetryPolicy::default(),
            concurrent: None,
            write_interval: Duration::ZERO,
            http: None,
        }
    }

    /// When requests are sent again.
    pub fn retry_policy(&self) -> &RetryPolicy {
        &self.0.retry
    }

    /// Whether a URL is on a server that the client was configured with, so that it may see credentials.
    pub(crate) fn trusts(&self, url: &Url) -> bool {
        self.0.servers.iter().flatten().any(|server| server.origin() == url.origin())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let servers: Vec<_> = self.0.servers.iter().map(|server| server.as_ref().map(Url::as_str)).collect();
        f.debug_struct("Client").field("servers", &servers).finish_non_exhaustive()
    }
}

/// An HTTP client of your own, for a proxy, certificates or connection settings that [`ClientBuilder`] does
/// not have. It is made from a [`reqwest::Client`].
///
/// Build it with [`reqwest::redirect::Policy::none`]: redirects are followed here, because where a token may
/// go depends on the servers of the API. Headers that it adds by itself go to redirect targets too.
#[derive(Debug, Clone)]
pub struct HttpClient(reqwest::Client);

impl From<reqwest::Client> for HttpClient {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Builds a [`Client`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    servers: Vec<(usize, String)>,
    credentials: Vec<(usize, Given)>,
    auth_scheme: String,
    headers: Vec<(String, String)>,
    accept: Option<String>,
    user_agent: Option<String>,
    connect_timeout: Duration,
    idle_timeout: Duration,
    timeout: Option<Duration>,
    retry: RetryPolicy,
    concurrent: Option<usize>,
    write_interval: Duration,
    http: Option<HttpClient>,
}

impl ClientBuilder {
    /// The URL of one of the API's servers: `http` or `https`, with or without a path.
    ///
    /// An API whose default server (index 0) is set this way needs its other servers set, too, before operations
    /// that go there can be sent.
    pub fn server(mut self, index: usize, url: impl Into<String>) -> Self {
        self.servers.push((index, url.into()));
        self
    }

    /// The token of a bearer scheme: a text, or a [`TokenProvider`](crate::TokenProvider).
    pub fn bearer(mut self, scheme: usize, token: impl Into<Token>) -> Self {
        self.credentials.push((scheme, Given::Bearer(token.into())));
        self
    }

    /// The user and password of a basic scheme.
    pub fn basic(mut self, scheme: usize, user: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.credentials.push((scheme, Given::Basic(user.into(), password.into())));
        self
    }

    /// The key of an API key scheme.
    pub fn api_key(mut self, scheme: usize, key: impl Into<Secret>) -> Self {
        self.credentials.push((scheme, Given::ApiKey(key.into())));
        self
    }

    /// The word before a bearer token in `Authorization`, such as `token`; `Bearer` by default.
    pub fn auth_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.auth_scheme = scheme.into();
        self
    }

    /// A header of every request to the API's servers. It replaces the API's own default of that name.
    /// `Content-Length` and `Transfer-Encoding` are not for a caller to set.
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The `Accept` header of operations that answer with JSON, or that say nothing of media types, instead
    /// of the operation's own. Downloads of bytes keep theirs.
    pub fn accept(mut self, media_type: impl Into<String>) -> Self {
        self.accept = Some(media_type.into());
        self
    }

    /// The `User-Agent` header, instead of the API's default.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long connecting may take; 30 s by default. It has no effect on an own [`HttpClient`].
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long nothing may move in either direction; 60 s by default. Waiting for the source of an upload,
    /// and for the server to answer, counts; a caller who reads a download slowly does not.
    ///
    /// A connection that is not there within this time is given up as well, if
    /// [`connect_timeout`](Self::connect_timeout) does not do so earlier.
    ///
    /// When the last byte of an upload was handed over, the system may still be sending what it has buffered, and
    /// nobody sees that. So the server then has longer to answer: a large upload up to three times this timeout, but no
    /// more than 256 s beyond it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// How long a request may take in all, with its redirects, its repetitions, its waiting, and to the last byte of
    /// its body; without limit by default, because a large transfer takes the time that it takes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// When requests are sent again; [`RetryPolicy::default`] by default. A request can have a policy of its own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many requests the client and its clones have under way at most; without limit by default. A download is
    /// under way until its last byte was read or its stream is dropped: whoever holds as many streams as are allowed, and
    /// waits for another request before reading on, waits for ever.
    pub fn max_concurrent_requests(mut self, most: usize) -> Self {
        self.concurrent = Some(most);
        self
    }

    /// How long the client and its clones wait from one write (any method but GET, HEAD, OPTIONS and TRACE) to the
    /// next; not at all by default. GitHub
    /// [advises a second](https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests).
    pub fn write_interval(mut self, interval: Duration) -> Self {
        self.write_interval = interval;
        self
    }

    /// An HTTP client of your own; see [`HttpClient`].
    pub fn http_client(mut self, client: impl Into<HttpClient>) -> Self {
        self.http = Some(client.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Something given cannot work; the kind is [`ErrorKind::Configuration`], and the text names it.
    pub fn build(self) -> Result<Client, Error> {
        let http = match self.http {
            Some(HttpClient(client)) => client,
            None => connections(self.connect_timeout)?,
        };
        let agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("user-agent", agent)].into_iter().chain(self.api.headers.iter().copied()).chain(own)
        {
            let (name, value) = header(name, value)?;
            headers.insert(name, value);
        }
        let accept = self.accept.as_deref().map(|accept| header("accept", accept)).transpose()?;
        Ok(Client(Arc::new(Inner {
            http,
            servers: servers(self.api, &self.servers)?,
            credentials: credentials(self.api, &self.credentials, &self.auth_scheme)?,
            headers,
            accept: accept.map(|(_, value)| value),
            idle_timeout: self.idle_timeout,
            timeout: self.timeout,
            retry: self.retry,
            throttle: Throttle::new(self.concurrent, self.write_interval),
        })))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").field("servers", &self.servers).finish_non_exhaustive()
    }
}

fn connections(connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(connect_timeout);
    builder.build().map_err(|error| {
        let cause = crate::error::root_cause(&error);
        configuration(format!("the HTTP client cannot be built: {cause}")).because(error)
    })
}

/// The servers as they were given, or else as the API has them.
///
/// Once the default server is another one, the API's other servers are no guess: a request would take its token
/// to a host that the user did not name.
fn servers(api: &Api, given: &[(usize, String)]) -> Result<Vec<Option<Url>>, Error> {
    if let Some((index, _)) = given.iter().find(|(index, _)| *index >= api.servers.len()) {
        return Err(configuration(format!("the API has no server {index}")));
    }
    let own = |index| given.iter().rev().find(|(of, _)| *of == index).map(|(_, url)| url.as_str());
    let is_moved = own(0).is_some();
    let url = |(index, server): (usize, &crate::Server)| {
        let url = match own(index) {
            None if index > 0 && (is_moved || server.url.is_empty()) => return Ok(None),
            None => server.url,
            Some(url) => url,
        };
        let invalid = |error| {
            let name = server.name;
            configuration(format!(
                "the URL of server {name}: {error}: give one such as https://api.example.com"
            ))
        };
        uri::base(url).map(Some).map_err(invalid)
    };
    api.servers.iter().enumerate().map(url).collect()
}

fn credentials(
    api: &Api,
    given: &[(usize, Given)],
    auth_scheme: &str,
) -> Result<Vec<Option<Credential>>, Error> {
    let mut credentials: Vec<_> = api.security.iter().map(|_| None).collect();
    for (index, given) in given {
        let (Some(scheme), Some(place)) = (api.security.get(*index), credentials.get_mut(*index)) else {
            return Err(configuration(format!("the API has no security scheme {index}")));
        };
        let invalid = |error| configuration(format!("security scheme {}: {error}", scheme.name));
        *place = Some(Credential::new(scheme.kind, given, auth_scheme).map_err(invalid)?);
    }
    Ok(credentials)
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let invalid = || configuration(format!("the header {name} is not valid"));
    let header = (name.parse().map_err(|_| invalid())?, HeaderValue::from_str(value).map_err(|_| invalid())?);
    if is_framing(&header.0) {
        return Err(configuration(format!("the header {name} follows from the body of each request")));
    }
    Ok(header)
}

fn configuration(text: String) -> Error {
    Error::new(ErrorKind::Configuration, text)
}
