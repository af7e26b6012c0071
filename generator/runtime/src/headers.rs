//! The headers of a response.

use std::{fmt, sync::Arc, time::Duration};

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_LENGTH, TRANSFER_ENCODING},
};

use serde_json::Value;

use crate::{FromJson, RateLimit, link, rate};

/// The headers of a response. Names are matched without regard to case; values that are not UTF-8 are left
/// out.
#[derive(Clone, Default)]
pub struct Headers {
    map: HeaderMap,
    /// Those of the API's own answer, where it has redirected to somebody else who knows nothing of limits and ids.
    of_api: Option<Arc<HeaderMap>>,
}

/// Values that `Debug` does not show: credentials, and locations, because these can be signed.
const SECRET: [&str; 5] = ["authorization", "cookie", "location", "proxy-authorization", "set-cookie"];

impl Headers {
    pub(crate) fn new(map: HeaderMap) -> Self {
        Self { map, of_api: None }
    }

    /// The same, after a redirect that an API has answered with these.
    pub(crate) fn after(mut self, redirect: &Self) -> Self {
        self.of_api = Some(redirect.of_api.clone().unwrap_or_else(|| Arc::new(redirect.map.clone())));
        self
    }

    /// The first value of a header that only the API sends.
    pub(crate) fn of_api(&self, name: &str) -> Option<&str> {
        self.get(name).or_else(|| self.of_api.as_ref()?.get(name).and_then(text))
    }

    /// The first value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// All values of a header, in the order received.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.map.get_all(name).iter().filter_map(text)
    }

    /// All headers: names in lower case, and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.map.iter().filter_map(|(name, value)| Some((name.as_str(), text(value)?)))
    }

    /// The first value of a header as a type: text, a number, a flag, or JSON; or all its values as a list with commas, or
    /// as an object (`key,value` or `key=value`). `None` if there is no such header, or if its value is something else.
    pub fn read<T: FromJson>(&self, name: &str) -> Option<T> {
        let text = self.get(name)?;
        // A list can be spread over several lines (RFC 9110, 5.3).
        let all = self.get_all(name).collect::<Vec<_>>().join(",");
        let of_text = |text: &str| Value::from(text);
        let of_json = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        // What looks like a number is one only where no text is wanted.
        let items = || all.split(',').map(str::trim).filter(|item| !item.is_empty());
        let lists = [items().map(of_text).collect(), items().map(of_json).collect()];
        let objects = [object(items(), of_text), object(items(), of_json)];
        let readings = [of_text(text), of_json(text)].into_iter().chain(lists);
        let mut readings = readings.chain(objects.into_iter().flatten());
        readings.find_map(|value| T::from_json(&value).ok())
    }

    /// The `ETag`: what the content of the response is recognised by (RFC 9110, 8.8.3).
    pub fn etag(&self) -> Option<&str> {
        self.get("etag")
    }

    /// The target of the first `Link` with this relation, such as `next` or `last`, as written (RFC 8288).
    pub fn link(&self, relation: &str) -> Option<String> {
        link::target(self, relation)
    }

    /// The state of the rate limit, if the server tells it; that of the API where it has redirected elsewhere.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        rate::state(self)
    }

    /// How long `Retry-After` asks to wait (RFC 9110, 10.2.3).
    pub fn retry_after(&self) -> Option<Duration> {
        rate::retry_after(self)
    }

    /// The id under which the server logged the request, from `x-github-request-id` or `x-request-id`; that of the API
    /// where it has redirected elsewhere.
    pub fn request_id(&self) -> Option<&str> {
        self.of_api("x-github-request-id").or_else(|| self.of_api("x-request-id"))
    }
}

/// The object that the items of a header are in style simple: `key=value` each where it explodes, else in pairs.
fn object<'a>(items: impl Iterator<Item = &'a str>, read: impl Fn(&str) -> Value) -> Option<Value> {
    let items: Vec<&str> = items.collect();
    let pairs: Option<Vec<(&str, &str)>> = match items.iter().all(|item| item.contains('=')) {
        true => items.iter().map(|item| item.split_once('=')).collect(),
        false => {
            let (pairs, []) = items.as_chunks::<2>() else { return None };
            Some(pairs.iter().map(|[key, value]| (*key, *value)).collect())
        }
    };
    Some(pairs?.into_iter().map(|(key, value)| (key.to_owned(), read(value))).collect())
}

fn text(value: &HeaderValue) -> Option<&str> {
    str::from_utf8(value.as_bytes()).ok()
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value)| (name, if SECRET.contains(&name) { "…" } else { value });
        f.debug_map().entries(self.iter().map(shown)).finish()
    }
}

/// Whether a header says where a body ends: another value than the true one would break the connection.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
    [CONTENT_LENGTH, TRANSFER_ENCODING].contains(name)
}
