//! One request and its response, as they go over a connection.

use std::{future::poll_fn, sync::Arc};

use http::{HeaderValue, Method, header};
use url::Url;

use crate::{
    Error, ErrorKind, Headers, RawResponse, error::root_cause, execute::Prepared, limits::Limits,
    response::Head, stream::ByteStream, upload::Watch, uri,
};

/// Sends a request once.
pub(crate) async fn exchange(request: &mut Prepared, limits: Limits) -> Result<RawResponse, Error> {
    let watch = Watch::start();
    let url = secret_url(request);
    let mut message = reqwest::Request::new(request.target.method.clone(), url.clone());
    *message.headers_mut() = request.target.headers.clone();
    if let Some(length) = content_length(request) {
        message.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if let Some(body) = request.body.as_mut().filter(|_| request.target.sends_body) {
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
    let expected = matches!(request.target.method, Method::POST | Method::PUT | Method::PATCH);
    let body = request.body.as_ref().filter(|_| request.target.sends_body);
    match body {
        // Without a length the body is sent in chunks.
        Some(body) => body.known_length(),
        None => expected.then_some(0),
    }
}

/// The URL with the credentials that go into its query.
fn secret_url(request: &Prepared) -> Url {
    let mut url = request.target.url.clone();
    for (name, pair) in &request.target.secret_query {
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
    let has_body = request.target.method != Method::HEAD;
    RawResponse { body: ByteStream::new(head.clone(), body, has_body, limits), head }
}

fn transport(request: &Prepared, error: reqwest::Error) -> Error {
    let place = uri::shown(&request.target.url);
    let cause = root_cause(&error);
    let (kind, text) = match error.is_connect() {
        true => (ErrorKind::Connect, format!("cannot connect to {place}: {cause}")),
        false => (ErrorKind::Transport, format!("the request to {place} failed: {cause}")),
    };
    Error::new(kind, text).because(error.without_url())
}
