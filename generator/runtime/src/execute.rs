//! Sending: the one way from a prepared request to a response.

use std::{future::poll_fn, sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue, Method, header};
use url::Url;

use crate::{
    Body, Client, Error, ErrorKind, Headers, Operation, RawResponse, Secret,
    error::{KEPT_BODY, root_cause},
    limits::Limits,
    redirect,
    response::Head,
    stream::ByteStream,
    upload::Watch,
    uri,
};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 10;

/// A request with everything decided.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// All headers but `Content-Length`, credentials included.
    pub(crate) headers: HeaderMap,
    /// Credentials that go into the query: the name, and the encoded pair.
    pub(crate) secret_query: Vec<(String, Secret)>,
    pub(crate) body: Option<Body>,
    /// How long an execution may take in all.
    pub(crate) timeout: Option<Duration>,
}

/// Sends a request and follows redirects. A status other than 2xx is an error.
///
/// Afterwards the request is the one that was answered, and can be sent again if its body can.
pub(crate) async fn execute(request: &mut Prepared) -> Result<RawResponse, Error> {
    let operation = request.operation.id;
    let limits = Limits::start(request.client.0.idle_timeout, request.timeout);
    for _ in 0..=MAX_REDIRECTS {
        let mut response = exchange(request, limits).await.map_err(|error| error.of(operation))?;
        let status = response.head.status;
        if redirect::is_redirect(status) {
            redirect::follow(request, &response.head)?;
        } else if status.is_success() {
            return Ok(response);
        } else {
            // A failure while reading the body of an error does not hide its status.
            let (body, truncated) = response.body.read_some(KEPT_BODY).await;
            return Err(Error::from_status(&response.head, body, truncated));
        }
    }
    let text = format!("more than {MAX_REDIRECTS} redirects, the last to {}", uri::shown(&request.url));
    Err(Error::new(ErrorKind::Redirect, text).of(operation))
}

/// Sends a request once.
async fn exchange(request: &mut Prepared, limits: Limits) -> Result<RawResponse, Error> {
    let watch = Watch::start();
    let url = secret_url(request);
    let mut message = reqwest::Request::new(request.method.clone(), url.clone());
    *message.headers_mut() = request.headers.clone();
    if let Some(length) = content_length(request) {
        message.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Some(body) = &mut request.body {
        let mut upload = body.open(watch.clone()).await?;
        // Reading begins before anything is sent: a source that fails at once, or that is not empty though it
        // should be, leaves no trace on the server.
        limits.wait(&watch, poll_fn(|cx| upload.poll_ready(cx))).await??;
        *message.body_mut() = Some(reqwest::Body::wrap(upload));
    }
    let sent = limits.wait(&watch, request.client.0.http.execute(message)).await;
    let response = match (sent, watch.take_failure()) {
        (Ok(Ok(response)), Some(failure)) if response.status().is_success() => return Err(failure),
        // A server that has answered knows better than a source that broke off then.
        (Ok(Ok(response)), _) => response,
        (_, Some(failure)) => return Err(failure),
        (Ok(Err(error)), None) => return Err(transport(request, error)),
        (Err(timeout), None) => return Err(timeout),
    };
    if *response.url() != url {
        let text = "the HTTP client follows redirects: build it with `redirect::Policy::none()`";
        return Err(Error::new(ErrorKind::Configuration, text));
    }
    Ok(received(request, response, limits))
}

/// The length that a request announces. A method that is expected to have a body announces its absence
/// (RFC 9110, 8.6).
fn content_length(request: &Prepared) -> Option<u64> {
    let expected = matches!(request.method, Method::POST | Method::PUT | Method::PATCH);
    request.body.as_ref().map(Body::len).or(expected.then_some(0))
}

/// The URL with the credentials that go into its query.
fn secret_url(request: &Prepared) -> Url {
    let mut url = request.url.clone();
    for (name, pair) in &request.secret_query {
        // The link to a next page, or a redirect, can repeat them.
        let own = url.query().unwrap_or_default();
        if !own.split('&').any(|own| own.split('=').next() == Some(name)) {
            url = uri::with_query(url, pair.expose());
        }
    }
    url
}

fn received(request: &Prepared, response: reqwest::Response, limits: Limits) -> RawResponse {
    let (parts, body) = http::Response::from(response).into_parts();
    let head = Arc::new(Head {
        operation: request.operation.id,
        status: parts.status,
        headers: Headers::new(parts.headers),
    });
    let has_body = request.method != Method::HEAD;
    RawResponse { body: ByteStream::new(head.clone(), body, has_body, limits), head }
}

fn transport(request: &Prepared, error: reqwest::Error) -> Error {
    let place = uri::shown(&request.url);
    let cause = root_cause(&error);
    let (kind, text) = match error.is_connect() {
        true => (ErrorKind::Connect, format!("cannot connect to {place}: {cause}")),
        false => (ErrorKind::Transport, format!("the request to {place} failed: {cause}")),
    };
    Error::new(kind, text).because(error.without_url())
}
