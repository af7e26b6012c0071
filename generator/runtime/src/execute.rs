//! Sending: the one way from a prepared request to a response.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use tracing::{Instrument, Span, debug, field, info_span, warn};
use url::Url;

use crate::{
    Body, Client, Error, ErrorKind, Headers, Operation, RawResponse, RetryPolicy, Secret,
    error::KEPT_BODY,
    exchange::exchange,
    limits::Limits,
    rate::{self, Refusal},
    redirect,
    token::Provided,
    uri,
};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 10;

/// A request with everything decided.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    /// Where the request goes, which redirects change.
    pub(crate) target: Target,
    pub(crate) body: Option<Body>,
    /// How long an execution may take in all.
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: RetryPolicy,
}

/// Where a request goes and what goes along.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// All headers but `Content-Length`, credentials included.
    pub(crate) headers: HeaderMap,
    /// Credentials that go into the query: the name, and the encoded pair.
    pub(crate) secret_query: Vec<(String, Secret)>,
    /// A token that is asked for when the request is sent.
    pub(crate) token: Option<Arc<Provided>>,
    /// Whether the request's body, if it has one, goes along.
    pub(crate) sends_body: bool,
}

/// When the body of a response is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// At once, so that a body that breaks off can be asked for again.
    Whole,
    /// By the caller.
    Later,
}

/// Sends a request, follows redirects, and sends it again where its policy says so. A status other than 2xx is an
/// error.
///
/// Afterwards the request is the one that was answered, and can be sent again if its body can.
pub(crate) async fn execute(request: &mut Prepared, read: Read) -> Result<RawResponse, Error> {
    let limits = Limits::start(request.client.0.idle_timeout, request.timeout);
    let first = request.target.clone();
    let mut refused_token = None;
    // A token that is renewed is no failure of the server's.
    let (mut attempts, mut failed) = (0, 0);
    loop {
        attempts += 1;
        let span = span(request, attempts);
        let result = attempt(request, read, limits, refused_token.as_ref()).instrument(span.clone()).await;
        let error = match result {
            Ok(response) => return Ok(response),
            Err(error) => error.of(request.operation.id).after(attempts),
        };
        let token = refused(request, &error).filter(|_| refused_token.is_none());
        let wait = match &token {
            Some(_) => Some(Duration::ZERO),
            None => {
                failed += 1;
                request.retry.again(&first.method, &error, failed)
            }
        };
        refused_token = refused_token.or(token);
        let is_spent = request.body.as_ref().is_some_and(Body::is_spent);
        let Some(wait) = wait.filter(|wait| !is_spent && limits.allows(*wait)) else { return Err(error) };
        span.in_scope(|| warn!(wait_ms = millis(wait), %error, "sending the request again"));
        tokio::time::sleep(wait).await;
        // From the beginning: where a redirect led may no longer be right.
        request.target = first.clone();
    }
}

fn span(request: &Prepared, attempt: u32) -> Span {
    info_span!(
        "request",
        operation = request.operation.id,
        method = %request.target.method,
        path = request.operation.path,
        attempt,
        status = field::Empty,
        duration_ms = field::Empty,
    )
}

/// The token that the server has refused, if another one can be asked for.
fn refused(request: &Prepared, error: &Error) -> Option<HeaderValue> {
    let is_refused = error.status() == Some(StatusCode::UNAUTHORIZED.as_u16());
    request.target.token.as_ref().filter(|_| is_refused)?;
    request.target.headers.get(header::AUTHORIZATION).cloned()
}

/// Sends a request once, as far as redirects lead it.
async fn attempt(
    request: &mut Prepared,
    read: Read,
    limits: Limits,
    refused_token: Option<&HeaderValue>,
) -> Result<RawResponse, Error> {
    let start = Instant::now();
    let throttle = &request.client.0.throttle;
    let (operation, origin) = (request.operation.id, request.target.url.origin());
    let entered = throttle.enter(&request.retry, &request.target.method, operation, &origin);
    let permit = limits.within(entered).await?;
    if let Some(token) = &request.target.token {
        let authorization = limits.within_idle(token.authorization(refused_token)).await??;
        request.target.headers.insert(header::AUTHORIZATION, authorization);
    }
    let result = match follow(request, limits).await {
        Ok(response) if read == Read::Whole => response.whole().await,
        Ok(mut response) => {
            response.body.keep(permit);
            Ok(response)
        }
        Err(error) => Err(error),
    };
    tell(&result, start);
    heed(request, &result);
    result
}

/// Writes down what became of an attempt.
fn tell(result: &Result<RawResponse, Error>, start: Instant) {
    let (span, duration_ms) = (Span::current(), millis(start.elapsed()));
    let status = result.as_ref().map_or_else(Error::status, |response| Some(response.status()));
    span.record("status", status);
    span.record("duration_ms", duration_ms);
    match result {
        Ok(_) => debug!(status, duration_ms, "answered"),
        Err(error) => debug!(status, duration_ms, %error, "failed"),
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Keeps what the refusal of a limit says for the requests that come after.
fn heed(request: &Prepared, result: &Result<RawResponse, Error>) {
    let (throttle, origin) = (&request.client.0.throttle, request.target.url.origin());
    let operation = Some(request.operation.id);
    let Err(error) = result else { return };
    let Some(refusal) = rate::refusal(error) else { return };
    // What is too long for this request may not be for others.
    let wait = error.retry_after().or_else(|| request.retry.wait_after(error, 1)).unwrap_or_default();
    let closed = if refusal == Refusal::Exhausted { operation } else { None };
    throttle.close(origin, closed, wait);
}

/// Sends a request and follows redirects.
async fn follow(request: &mut Prepared, limits: Limits) -> Result<RawResponse, Error> {
    let mut of_api: Option<Headers> = None;
    for _ in 0..=MAX_REDIRECTS {
        let mut response = exchange(request, limits).await?;
        let status = response.head.status;
        if redirect::is_redirect(status) || status.is_success() {
            heed_last(request, &response.head.headers);
        }
        if redirect::is_redirect(status) {
            if request.client.trusts(&request.target.url) {
                of_api = Some(response.head.headers.clone());
            }
            redirect::follow(request, &response.head)?;
        } else if status.is_success() {
            let elsewhere = !request.client.trusts(&request.target.url);
            return Ok(match of_api.filter(|_| elsewhere) {
                Some(headers) => response.after(&headers),
                None => response,
            });
        } else {
            // A failure while reading the body of an error does not hide its status.
            let (body, truncated) = response.body.read_some(KEPT_BODY).await;
            return Err(Error::from_status(&response.head, body, truncated));
        }
    }
    let place = uri::shown(&request.target.url);
    let text = format!("more than {MAX_REDIRECTS} redirects, the last to {place}");
    Err(Error::new(ErrorKind::Redirect, text))
}

/// Keeps for the requests that come after that this one was the last that a limit allows.
fn heed_last(request: &Prepared, headers: &Headers) {
    if let Some(wait) = rate::until_reset(headers) {
        let origin = request.target.url.origin();
        request.client.0.throttle.close(origin, Some(request.operation.id), wait);
    }
}
