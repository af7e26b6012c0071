//! One request: what generated code fills in, and how it becomes what is sent.

mod prepare;

use std::{fmt, time::Duration};

use http::HeaderMap;

use crate::{
    Body, ByteStream, Client, CookieStyle, Error, Event, FormField, FromJson, HeaderStyle, ItemStream, Items,
    Multipart, Operation, Part, PathStyle, QueryStyle, RawResponse, Response, RetryPolicy, Sending, ToJson,
    encode,
    execute::{Read, execute},
};

/// A request of an operation, being filled in.
///
/// Setters do not fail: what cannot be sent comes out as an error of kind
/// [`InvalidRequest`](crate::ErrorKind::InvalidRequest) when the request is sent. A parameter whose value is
/// null is not sent.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    client: Client,
    operation: &'static Operation,
    path: Vec<(&'static str, String)>,
    /// By parameter, encoded.
    query: Vec<(&'static str, String)>,
    headers: HeaderMap,
    /// By parameter, encoded pairs.
    cookies: Vec<(&'static str, String)>,
    accept: Option<String>,
    content_type: Option<String>,
    /// The media type that the name of a file suggests.
    guessed_type: Option<&'static str>,
    url_template: Option<String>,
    /// The body and the media type that it has unless something else is known.
    body: Option<(&'static str, Body)>,
    /// The parts of the body, where it has parts.
    parts: Option<Multipart>,
    timeout: Option<Duration>,
    retry: RetryPolicy,
    /// The first thing that went wrong.
    failure: Option<Error>,
}

impl Request {
    /// Starts a request.
    pub fn new(client: &Client, operation: &'static Operation) -> Self {
        Self {
            client: client.clone(),
            operation,
            path: Vec::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            accept: None,
            content_type: None,
            guessed_type: None,
            url_template: None,
            body: None,
            parts: None,
            timeout: client.0.timeout,
            retry: client.0.retry.clone(),
            failure: None,
        }
    }

    /// Sets a path parameter in style simple. Whatever the value holds, it is one part of one segment.
    pub fn path(&mut self, name: &'static str, value: impl ToJson) {
        self.path_styled(name, PathStyle::Simple, false, value);
    }

    /// Sets a path parameter.
    pub fn path_styled(&mut self, name: &'static str, style: PathStyle, explode: bool, value: impl ToJson) {
        let value = encode::path(name, style, explode, &value.to_json().into_value());
        self.path.extend(value.map(|value| (name, value)));
    }

    /// Sets a query parameter in style form, exploded.
    pub fn query(&mut self, name: &'static str, value: impl ToJson) {
        self.query_styled(name, QueryStyle::Form, true, value);
    }

    /// Sets a query parameter; the last value counts, and one of null takes the parameter back.
    pub fn query_styled(&mut self, name: &'static str, style: QueryStyle, explode: bool, value: impl ToJson) {
        self.put_query(name, (style, explode), encode::percent, &value);
    }

    /// Sets a query parameter whose reserved characters (RFC 3986, 2.2) stay as they are, but for those that would end
    /// its value: `#`, `&` and `+`.
    pub fn query_reserved(
        &mut self,
        name: &'static str,
        style: QueryStyle,
        explode: bool,
        value: impl ToJson,
    ) {
        self.put_query(name, (style, explode), encode::reserved, &value);
    }

    fn put_query(
        &mut self,
        name: &'static str,
        style: (QueryStyle, bool),
        encode: encode::Encode,
        value: &impl ToJson,
    ) {
        let mut encoded = String::new();
        encode::query(&mut encoded, name, style, encode, &value.to_json().into_value());
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, encoded));
    }

    /// Sets a header in style simple. It replaces what the client sets. `Content-Length` and `Transfer-Encoding`
    /// are not for a caller to set.
    pub fn header(&mut self, name: &str, value: impl ToJson) {
        self.header_styled(name, HeaderStyle::Simple, false, value);
    }

    /// Sets a header; see [`header`](Self::header).
    pub fn header_styled(&mut self, name: &str, style: HeaderStyle, explode: bool, value: impl ToJson) {
        let value = value.to_json().into_value();
        let text = match style {
            HeaderStyle::Simple => encode::plain(&value, explode),
            HeaderStyle::Json => encode::ascii_json(&value),
        };
        if let Some(text) = text {
            self.set_header(name, &text);
        }
    }

    /// Sets a cookie in style form, exploded.
    pub fn cookie(&mut self, name: &'static str, value: impl ToJson) {
        self.cookie_styled(name, CookieStyle::Form, true, value);
    }

    /// Sets a cookie.
    pub fn cookie_styled(
        &mut self,
        name: &'static str,
        style: CookieStyle,
        explode: bool,
        value: impl ToJson,
    ) {
        self.cookies.retain(|(other, _)| *other != name);
        let pairs = encode::cookie(name, style, explode, &value.to_json().into_value());
        self.cookies.extend(pairs.into_iter().map(|pair| (name, pair)));
    }

    /// Sets the `Accept` header, whatever the operation and the client say.
    pub fn accept(&mut self, media_type: impl Into<String>) {
        self.accept = Some(media_type.into());
    }

    /// Sets the `Content-Type` header, whatever the body and the operation say.
    pub fn content_type(&mut self, media_type: impl Into<String>) {
        self.content_type = Some(media_type.into());
    }

    /// Names the file that the body is, so that its media type can be guessed if nobody says it. The guess goes before
    /// that from the path of the body.
    pub fn file_name(&mut self, name: &str) {
        self.guessed_type = mime_guess::from_path(name).first_raw();
    }

    /// Sends the request to a URL that the API gave as a template (RFC 6570), such as
    /// `https://uploads.example.org/assets{?name,label}`, instead of to the operation's own. The query
    /// parameters are appended. It must be on one of the servers that the client was configured with.
    pub fn url_template(&mut self, template: impl Into<String>) {
        self.url_template = Some(template.into());
    }

    /// Sets a JSON body.
    pub fn json(&mut self, content_type: &'static str, value: impl ToJson) {
        match serde_json::to_vec(&value.to_json()) {
            Ok(json) => self.body = Some((content_type, json.into())),
            Err(error) => self.fail(&format!("the body cannot be written: {error}")),
        }
    }

    /// Sets a form as the body (`application/x-www-form-urlencoded`). Arrays repeat their name, the fields of
    /// an object inside are `name[key]`.
    pub fn form(&mut self, value: impl ToJson) {
        self.form_styled(&[], value);
    }

    /// Sets a form as the body, some of whose fields are written in a way of their own.
    pub fn form_styled(&mut self, fields: &[FormField], value: impl ToJson) {
        match encode::form(&value.to_json().into_value(), fields) {
            Some(form) => self.body = Some(("application/x-www-form-urlencoded", form.into())),
            None => self.fail("the form has no fields"),
        }
    }

    /// Sets a text as the body.
    pub fn text(&mut self, content_type: &'static str, text: impl Into<String>) {
        self.body = Some((content_type, text.into().into()));
    }

    /// Sets the body. `content_type` is what it has if neither the caller, nor the body, nor the name of the
    /// file says something else.
    pub fn body(&mut self, content_type: &'static str, body: Body) {
        self.body = Some((content_type, body));
    }

    /// Sets a body of several parts (`multipart/form-data`).
    pub fn multipart(&mut self, parts: Multipart) {
        self.parts = Some(parts);
    }

    /// Sets the part of a name in a body of several parts. `types` are the media types that the API takes, as a list;
    /// without any, the value says whether it is text or JSON.
    pub fn part(&mut self, name: &'static str, types: &'static str, value: impl ToJson) {
        let parts = self.parts.get_or_insert_default();
        parts.remove(name);
        parts.add_field(name, types, &value);
    }

    /// Sets the part of a name in a body of several parts as a query would hold it: a part for each of its pairs.
    pub fn part_styled(&mut self, name: &'static str, style: QueryStyle, explode: bool, value: impl ToJson) {
        let parts = self.parts.get_or_insert_default();
        parts.remove(name);
        parts.add_styled(name, (style, explode), &value.to_json().into_value());
    }

    /// Sets the file of a name in a body of several parts. `types` are the media types that the API takes, as a list.
    pub fn part_file(&mut self, name: &'static str, types: &'static str, file: impl Into<Part>) {
        self.part_files(name, types, [file]);
    }

    /// Sets the files of a name in a body of several parts. `types` are the media types that the API takes, as a list.
    pub fn part_files(
        &mut self,
        name: &'static str,
        types: &'static str,
        files: impl IntoIterator<Item: Into<Part>>,
    ) {
        let parts = self.parts.get_or_insert_default();
        parts.remove(name);
        files.into_iter().for_each(|file| parts.add_file(name, types, file.into()));
    }

    /// Sets a header of all parts of a name, in style simple.
    pub fn part_header(&mut self, part: &'static str, name: &'static str, value: impl ToJson) {
        if let Some(text) = encode::plain(&value.to_json().into_value(), false) {
            self.parts.get_or_insert_default().set_header(part, name, text);
        }
    }

    /// How long the request may take in all; see [`ClientBuilder::timeout`](crate::ClientBuilder::timeout).
    pub fn timeout(&mut self, total: Duration) {
        self.timeout = Some(total);
    }

    /// When the request is sent again; see [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    pub fn retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    /// Asks only for what has changed since a response with this `ETag` (RFC 9110, 13.1.2). If nothing has, the error
    /// is of kind [`NotModified`](crate::ErrorKind::NotModified).
    pub fn if_none_match(&mut self, etag: &str) {
        self.set_header("if-none-match", etag);
    }

    /// Sends the request and reads the response as JSON.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_json<T: FromJson + Send + 'static>(self) -> Sending<Response<T>> {
        Box::pin(async { self.send(false, Read::Whole).await?.json().await })
    }

    /// Sends the request and ignores what the body of the response is.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_empty(self) -> Sending<Response<()>> {
        Box::pin(async { self.send(false, Read::Later).await?.empty().await })
    }

    /// Sends the request and reads the response as text.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_text(self) -> Sending<Response<String>> {
        Box::pin(async { self.send(false, Read::Whole).await?.text().await })
    }

    /// Sends the request and gives the bytes of the response as they are, in no content coding.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_bytes(self) -> Sending<Response<ByteStream>> {
        Box::pin(async { Ok(self.send(true, Read::Later).await?.bytes()) })
    }

    /// Sends the request and gives the JSON values of the response as they arrive, see
    /// [`RawResponse::json_items`].
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_json_items<T: FromJson + 'static>(self) -> Sending<Response<ItemStream<T>>> {
        Box::pin(async { Ok(self.send(true, Read::Later).await?.json_items()) })
    }

    /// Sends the request and gives the events of the response, whose data is JSON, as they arrive.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_json_events<T: FromJson + 'static>(self) -> Sending<Response<ItemStream<Event<T>>>> {
        Box::pin(async { Ok(self.send(true, Read::Later).await?.json_events()) })
    }

    /// Sends the request and gives the events of the response, whose data is text, as they arrive.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_text_events(self) -> Sending<Response<ItemStream<Event<String>>>> {
        Box::pin(async { Ok(self.send(true, Read::Later).await?.text_events()) })
    }

    /// Sends the request and leaves reading the response to the caller.
    ///
    /// # Errors
    /// Any, see [`ErrorKind`](crate::ErrorKind); a status other than 2xx is one.
    pub fn send_raw(self) -> Sending<RawResponse> {
        self.send(true, Read::Later)
    }

    /// Gives the items of the list that the request asks for, over all pages: each page is a JSON array and
    /// names the next one in its `Link` header (RFC 8288).
    pub fn items<T: FromJson>(self) -> Items<T> {
        Items::new(self.prepare(false))
    }

    /// Boxed, so that this code exists once and not in every operation.
    fn send(self, is_download: bool, read: Read) -> Sending<RawResponse> {
        Box::pin(async move { execute(&mut self.prepare(is_download)?, read).await })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}
