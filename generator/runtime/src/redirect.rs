//! Redirects (RFC 9110, section 15.4).

use http::{Method, StatusCode, header};
use url::Url;

use crate::{Body, Error, ErrorKind, execute::Prepared, response::Head, uri};

/// What goes along to a server that the client was not configured with.
const HARMLESS: [header::HeaderName; 5] =
    [header::ACCEPT, header::ACCEPT_ENCODING, header::IF_RANGE, header::RANGE, header::USER_AGENT];

/// Whether a status asks for another request.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Turns a request into the one that a redirect asks for.
///
/// On the servers that the client was configured with it keeps its credentials. Elsewhere only GET and HEAD
/// go, and neither credentials nor any header but the harmless ones; what was taken off stays off.
pub(crate) fn follow(request: &mut Prepared, head: &Head) -> Result<(), Error> {
    let refuse = |text: String| Error::new(ErrorKind::Redirect, text).with_head(head);
    let to = &mut request.target;
    let target = target(&to.url, head).map_err(refuse)?;
    let place = uri::shown(&target);
    if to.url.scheme() == "https" && target.scheme() == "http" {
        return Err(refuse(format!("the redirect to {place} leaves https")));
    }
    // The method is kept where RFC 9110 asks for that, and on 301 too, where servers mean it.
    let reads = matches!(to.method, Method::GET | Method::HEAD);
    if matches!(head.status, StatusCode::FOUND | StatusCode::SEE_OTHER) && !reads {
        to.method = Method::GET;
        to.sends_body = false;
        to.headers.remove(header::CONTENT_TYPE);
    }
    let body = request.body.as_ref().filter(|_| to.sends_body);
    if body.is_some_and(Body::is_spent) {
        let text = format!("the request body was read and cannot be sent again to {place}");
        return Err(refuse(text));
    }
    if !request.client.trusts(&target) {
        if body.is_some() || !matches!(to.method, Method::GET | Method::HEAD) {
            return Err(refuse(format!("a {} request is not redirected to {place}", to.method)));
        }
        let keep = |name| to.headers.get(&name).cloned().map(|value| (name, value));
        to.headers = HARMLESS.into_iter().filter_map(keep).collect();
        to.secret_query.clear();
        to.token = None;
    }
    to.url = target;
    Ok(())
}

fn target(from: &Url, head: &Head) -> Result<Url, String> {
    let location = head.headers.get("location").ok_or("the redirect names no location")?;
    let invalid = |error| format!("the location of the redirect is not valid: {error}");
    let mut target = from.join(location).map_err(|error| invalid(error.to_string()))?;
    uri::check(&target).map_err(invalid)?;
    target.set_fragment(None);
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Api, Client, Headers, Method as Verb, Operation, Server};

    static API: Api = Api {
        user_agent: "test",
        servers: &[Server { name: "default", url: "https://api.example.org" }],
        headers: &[],
        security: &[],
    };
    static GET: Operation =
        Operation { id: "get", method: Verb::Get, path: "/", server: 0, accept: "", security: &[] };

    /// Where a GET of `https://api.example.org/` is redirected to; the error otherwise.
    fn redirected(location: &'static str) -> Result<String, Error> {
        let client = Client::builder(&API).build()?;
        let mut request = crate::Request::new(&client, &GET).prepare(false)?;
        let headers = [(header::LOCATION, header::HeaderValue::from_static(location))];
        let headers = Headers::new(headers.into_iter().collect());
        follow(&mut request, &Head { operation: "get", status: StatusCode::FOUND, headers })?;
        Ok(request.target.url.to_string())
    }

    #[test]
    fn https_is_not_left() {
        assert_eq!(redirected("https://store.example.org/x").unwrap(), "https://store.example.org/x");
        for location in ["http://api.example.org/", "http://store.example.org/x"] {
            let error = redirected(location).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Redirect);
            assert!(error.to_string().contains("leaves https"), "{error}");
        }
    }
}
