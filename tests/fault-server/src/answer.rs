//! Answers, and the shapes of GitHub's errors.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Version};
use serde_json::{Value, json};

use crate::body::{Ending, ServedBody};
use crate::call::Call;
use crate::content::{Pieces, sha256_hex};
use crate::wire::Control;

const DOCUMENTATION: &str = "https://docs.github.com/rest";

/// An answer that is not bound to a connection yet.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) pieces: Pieces,
    pub(crate) ending: Ending,
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn new(status: u16) -> Self {
        Self { status, headers: HeaderMap::new(), pieces: Pieces::default(), ending: Ending::Length }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status).typed("application/json; charset=utf-8", body.to_string())
    }

    /// A JSON answer that can be asked for again by its entity tag.
    pub(crate) fn tagged_json(call: &Call, body: &Value) -> Self {
        let answer = Self::json(200, body);
        let tag = format!("W/\"{}\"", sha256_hex(body.to_string().as_bytes()));
        let known = call.header("if-none-match").unwrap_or_default();
        let is_known = known
            .split(',')
            .map(str::trim)
            .any(|known| known == "*" || known.trim_start_matches("W/") == tag.trim_start_matches("W/"));
        let answer = if is_known { Self::new(304) } else { answer };
        answer.header(ETAG.as_str(), tag)
    }

    pub(crate) fn text(status: u16, body: &'static str) -> Self {
        Self::new(status).typed("text/plain; charset=utf-8", body)
    }

    /// What the store says when something is wrong.
    pub(crate) fn xml(status: u16, code: &str, message: &str) -> Self {
        let body = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
             <Error><Code>{code}</Code><Message>{message}</Message></Error>"
        );
        Self::new(status).typed("application/xml", body)
    }

    fn typed(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        let mut answer = self.header(CONTENT_TYPE.as_str(), media_type);
        answer.pieces = Pieces::from(body.into());
        answer
    }

    /// Sets a header; one that cannot be is left out.
    pub(crate) fn header(mut self, name: &str, value: impl ToString) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn set(&mut self, name: &str, value: impl ToString) {
        let name = name.parse::<HeaderName>();
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value.to_string())) {
            self.headers.insert(name, value);
        }
    }

    /// Binds the answer to its connection.
    pub(crate) fn respond(self, control: &Control) -> Response<ServedBody> {
        // What is neither chunked nor has a length is of the version before there were chunks.
        let is_old = self.ending == Ending::Connection;
        let mut response = Response::new(ServedBody::new(self.pieces, self.ending, control.clone()));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        *response.headers_mut() = self.headers;
        if is_old {
            *response.version_mut() = Version::HTTP_10;
        }
        response
    }
}

/// Errors.
impl Answer {
    pub(crate) fn error(status: u16, message: &str) -> Self {
        let body =
            json!({ "message": message, "documentation_url": DOCUMENTATION, "status": status.to_string() });
        Self::json(status, &body)
    }

    pub(crate) fn not_found() -> Self {
        Self::error(404, "Not Found")
    }

    /// A 422 about one field of an asset.
    pub(crate) fn invalid(call: &Call, code: &str, field: &str, message: Option<&str>) -> Self {
        let mut error = json!({ "resource": "ReleaseAsset", "code": code, "field": field });
        if let (Some(message), Some(error)) = (message, error.as_object_mut()) {
            error.insert("message".to_owned(), message.into());
        }
        let body = json!({
            "message": "Validation Failed",
            "request_id": call.request_id,
            "documentation_url": DOCUMENTATION,
            "errors": [error],
        });
        Self::json(422, &body)
    }

    /// What an upload without a length is answered with.
    pub(crate) fn bad_length(call: &Call) -> Self {
        Self::json(400, &json!({ "message": "Bad Content-Length: ", "request_id": call.request_id }))
    }

    /// Where a renamed repository is now.
    pub(crate) fn moved(status: u16, url: &str) -> Self {
        let message = if status == 301 { "Moved Permanently" } else { "Temporary Redirect" };
        Self::json(status, &json!({ "message": message, "url": url, "documentation_url": DOCUMENTATION }))
            .header(LOCATION.as_str(), url)
    }
}
