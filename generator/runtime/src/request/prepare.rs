//! How a request that was filled in becomes one that can be sent.

use std::sync::Arc;

use http::{HeaderName, HeaderValue, header};
use url::Url;

use super::Request;
use crate::{
    Error, ErrorKind, Multipart, Secret,
    execute::{Prepared, Target},
    headers::is_framing,
    secret::Credential,
    token::Provided,
    uri,
};

/// Credentials that are added when the request is sent.
struct Authorised {
    secret_query: Vec<(String, Secret)>,
    token: Option<Arc<Provided>>,
}

impl Request {
    /// Decides everything; `is_download` says that the bytes of the response are wanted as they are.
    pub(crate) fn prepare(mut self, is_download: bool) -> Result<Prepared, Error> {
        self.finish_parts();
        let url = self.url();
        // From the weakest to the strongest: a later value replaces an earlier one.
        let own = std::mem::replace(&mut self.headers, self.client.0.headers.clone());
        self.set_defaults(is_download);
        let Authorised { secret_query, token } = self.authorise();
        let token = token.filter(|_| !own.contains_key(header::AUTHORIZATION));
        self.headers.extend(own);
        self.set_choices();
        match (self.failure, url) {
            (Some(failure), _) => Err(failure),
            (None, Err(text)) => Err(Error::new(ErrorKind::InvalidRequest, text).of(self.operation.id)),
            (None, Ok(url)) => Ok(Prepared {
                target: Target {
                    method: self.operation.method.to_http(),
                    url,
                    headers: self.headers,
                    secret_query,
                    token,
                    sends_body: self.body.is_some(),
                },
                body: self.body.map(|(_, body)| body),
                timeout: self.timeout,
                retry: self.retry,
                operation: self.operation,
                client: self.client,
            }),
        }
    }

    fn url(&self) -> Result<Url, String> {
        let pairs = self.query.iter().map(|(_, pairs)| pairs.as_str()).filter(|pairs| !pairs.is_empty());
        let query = pairs.collect::<Vec<_>>().join("&");
        let Some(template) = &self.url_template else {
            let server = self.client.0.servers.get(self.operation.server).and_then(Option::as_ref);
            let server =
                server.ok_or("the client has another default server than the API, and no URL of the one for this operation: \
                     set that on the client, too")?;
            return uri::join(server, &uri::expand(self.operation.path, &self.path)?, &query);
        };
        let url =
            uri::from_template(template, &query).map_err(|error| format!("the URL template: {error}"))?;
        match self.client.trusts(&url) {
            true => Ok(url),
            false => {
                let origin = url.origin().ascii_serialization();
                Err(format!(
                    "the URL template: {origin} is not a server that the client was configured with: set it on the \
                     client, if requests and the token may go there"
                ))
            }
        }
    }

    /// Makes a body of its parts.
    fn finish_parts(&mut self) {
        match self.parts.take().map(Multipart::finish) {
            Some(Ok((body, boundary))) => {
                let content_type = format!("multipart/form-data; boundary={boundary}");
                self.body = Some(("multipart/form-data", body.with_content_type(content_type)));
            }
            Some(Err(text)) => self.fail(&text),
            None => {}
        }
    }

    /// What the operation and the body say.
    fn set_defaults(&mut self, is_download: bool) {
        let operation = self.operation.accept;
        match self.client.0.accept.clone() {
            Some(accept) if operation.is_empty() || operation.contains("json") => {
                self.headers.insert(header::ACCEPT, accept);
            }
            _ => self.set_header("accept", if operation.is_empty() { "*/*" } else { operation }),
        }
        if is_download {
            // A coding that is undone on the way would change what was asked for.
            self.headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        }
        if let Some((default, body)) = &self.body {
            // Without a word of the caller's, `content_type` is what the path suggests.
            let known = body.said_type().or(self.guessed_type).or(body.content_type());
            let content_type = known.unwrap_or(default).to_owned();
            self.set_header("content-type", &content_type);
        }
    }

    /// Adds the credentials of the first alternative that the client has all credentials of; gives those that are
    /// added when the request is sent.
    fn authorise(&mut self) -> Authorised {
        let client = self.client.clone();
        let credential = |scheme: &usize| client.0.credentials.get(*scheme).and_then(Option::as_ref);
        let all = |schemes: &&[usize]| schemes.iter().map(credential).collect::<Option<Vec<_>>>();
        let mut later = Authorised { secret_query: Vec::new(), token: None };
        let mut cookies: Vec<String> =
            std::mem::take(&mut self.cookies).into_iter().map(|(_, pair)| pair).collect();
        let alternatives = self.operation.security.iter().filter(|schemes| !schemes.is_empty());
        for credential in alternatives.filter_map(all).next().unwrap_or_default() {
            match credential {
                Credential::Header(name, value) => {
                    self.headers.insert(name, value.clone());
                }
                Credential::Provided(token) => later.token = Some(token.clone()),
                Credential::Query(name, pair) => later.secret_query.push((name.clone(), pair.clone())),
                Credential::Cookie(pair) => cookies.push(pair.expose().to_owned()),
            }
        }
        if !cookies.is_empty() {
            self.set_header("cookie", &cookies.join("; "));
        }
        later
    }

    /// What the caller chose for this request.
    fn set_choices(&mut self) {
        if let Some(accept) = self.accept.take() {
            self.set_header("accept", &accept);
        }
        if let Some(content_type) = self.content_type.take() {
            self.set_header("content-type", &content_type);
        }
    }

    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(framing), _) if is_framing(&framing) => {
                self.fail(&format!("the header {name} follows from the body of the request"));
            }
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            _ => self.fail(&format!("the header {name} holds a character that a header cannot hold")),
        }
    }

    /// Keeps the first failure until the request is sent.
    pub(super) fn fail(&mut self, text: &str) {
        let operation = self.operation.id;
        self.failure.get_or_insert_with(|| Error::new(ErrorKind::InvalidRequest, text).of(operation));
    }
}
