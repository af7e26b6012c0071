//! Request bodies of several parts (`multipart/form-data`, RFC 7578), written as browsers write them.

use std::{
    fmt,
    hash::{BuildHasher, RandomState},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderName, HeaderValue, header};
use serde_json::Value;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use crate::{Body, QueryStyle, ToJson, encode, error::BoxError, upload::CHUNK};

/// A file in a request body of several parts: its content, its name and its media type.
///
/// Everything that turns into a [`Body`] turns into a part. The name is that of the body's path if it has one, else
/// `blob`, as browsers say; the media type is the one that was said, or else what the name suggests.
pub struct Part {
    content: Body,
    file_name: Option<String>,
    headers: Vec<(String, String)>,
}

impl Part {
    /// What a reader gives up to its end, wherever that is. Nobody knows the length of such a request, so it is sent in
    /// chunks, which not every server takes: [`Body::from_reader`] says the length.
    pub fn from_reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_stream(ReaderStream::with_capacity(reader, CHUNK))
    }

    /// What a stream gives up to its end, wherever that is. Nobody knows the length of such a request, so it is sent in
    /// chunks, which not every server takes: [`Body::from_stream`] says the length.
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Body::from_endless(stream).into()
    }

    /// Says what the file is called.
    #[must_use]
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Says what the media type is, whatever the name and the API suggest.
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content = self.content.with_content_type(media_type);
        self
    }

    /// Adds a header to the part, beside `Content-Disposition` and `Content-Type`.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The media type of a file of which an API takes these, as a list that can have ranges such as `image/*`.
    fn media_type(&self, taken: &str) -> String {
        let guessed = match &self.file_name {
            Some(name) => mime_guess::from_path(name).first_raw().or(self.content.content_type()),
            None => self.content.content_type(),
        };
        let said = self.content.said_type();
        let accepted =
            guessed.filter(|guessed| taken.is_empty() || list(taken).any(|it| covers(it, guessed)));
        let first = list(taken).find(|it| !it.contains('*'));
        said.or(accepted).or(first).unwrap_or("application/octet-stream").to_owned()
    }
}

impl<B: Into<Body>> From<B> for Part {
    fn from(content: B) -> Self {
        Self { content: content.into(), file_name: None, headers: Vec::new() }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Part");
        out.field("content", &self.content).field("file_name", &self.file_name).finish_non_exhaustive()
    }
}

/// The media types of a list.
fn list(types: &str) -> impl Iterator<Item = &str> {
    types.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// Whether a media type or range covers a media type.
fn covers(range: &str, media_type: &str) -> bool {
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => media_type.starts_with(start),
        None => range.eq_ignore_ascii_case(media_type),
    }
}

/// A request body of several parts. It has a length if each part has one, and can be sent again if each part can.
#[derive(Debug, Default)]
pub struct Multipart {
    fields: Vec<Field>,
    /// Headers of the parts of a name.
    headers: Vec<(String, String, String)>,
    failure: Option<String>,
}

#[derive(Debug)]
struct Field {
    /// What was set, of which the part can be one of several.
    of: String,
    name: String,
    part: Part,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl Field {
    /// A part that says nothing but its name.
    fn new(name: &str, part: Part) -> Self {
        Self { of: name.to_owned(), name: name.to_owned(), part, file_name: None, media_type: None }
    }
}

impl Multipart {
    /// Without parts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn file(mut self, name: &str, file: impl Into<Part>) -> Self {
        self.add_file(name, "", file.into());
        self
    }

    /// Adds a value: a text or a number as text, an array as a part for each item, an object as JSON. Null adds nothing.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl ToJson) -> Self {
        self.add_field(name, "", &value);
        self
    }

    /// Takes back all parts of a name.
    pub(crate) fn remove(&mut self, name: &str) {
        self.fields.retain(|field| field.of != name);
    }

    /// Adds a file that has one of these media types unless it says another one.
    pub(crate) fn add_file(&mut self, name: &str, types: &str, mut part: Part) {
        let media_type = Some(part.media_type(types));
        let known = part.file_name.take().or_else(|| part.content.file_name().map(str::to_owned));
        let file_name = Some(known.unwrap_or_else(|| "blob".to_owned()));
        self.fields.push(Field { file_name, media_type, ..Field::new(name, part) });
    }

    /// Adds a value of one of these media types; without any, the value says whether it is text or JSON.
    pub(crate) fn add_field(&mut self, name: &str, types: &str, value: &impl ToJson) {
        match value.to_json().into_value() {
            Value::Array(items) => items.iter().for_each(|item| self.add_value(name, types, item)),
            value => self.add_value(name, types, &value),
        }
    }

    /// Adds a value as a query would hold it, a part for each of its pairs.
    pub(crate) fn add_styled(&mut self, name: &str, style: (QueryStyle, bool), value: &Value) {
        for (key, text) in encode::pairs(name, style, str::to_owned, value) {
            self.fields.push(Field { name: key, ..Field::new(name, text.into()) });
        }
    }

    fn add_value(&mut self, name: &str, types: &str, value: &Value) {
        let said = list(types).find(|it| !it.contains('*'));
        let is_json = said.is_some_and(|said| said.contains("json"));
        let (text, media_type) = match value {
            Value::Null => return,
            Value::Array(_) | Value::Object(_) => (value.to_string(), said.or(Some("application/json"))),
            value if is_json => (value.to_string(), said),
            value => (encode::scalar(value), said),
        };
        let media_type = media_type.map(str::to_owned);
        self.fields.push(Field { media_type, ..Field::new(name, text.into()) });
    }

    /// Sets a header of all parts of a name.
    pub(crate) fn set_header(&mut self, part: &str, name: &str, value: String) {
        self.headers.retain(|(of, other, _)| of != part || other != name);
        self.headers.push((part.to_owned(), name.to_owned(), value));
    }

    fn fail(&mut self, text: String) {
        self.failure.get_or_insert(text);
    }

    /// The body and its boundary.
    ///
    /// # Errors
    /// A part has a value or a header that cannot be sent.
    pub(crate) fn finish(mut self) -> Result<(Body, String), String> {
        let boundary = boundary();
        let mut bodies: Vec<Body> = Vec::new();
        let mut text = String::new();
        for field in std::mem::take(&mut self.fields) {
            text.push_str(&format!("--{boundary}\r\n"));
            self.write_head(&mut text, &field);
            text.push_str("\r\n");
            bodies.extend([std::mem::take(&mut text).into(), field.part.content]);
            text.push_str("\r\n");
        }
        text.push_str(&format!("--{boundary}--\r\n"));
        bodies.push(text.into());
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok((Body::chain(bodies), boundary)),
        }
    }

    /// Writes the headers of a part.
    fn write_head(&mut self, text: &mut String, field: &Field) {
        text.push_str(&format!("Content-Disposition: form-data; name=\"{}\"", escape(&field.name)));
        if let Some(file_name) = &field.file_name {
            text.push_str(&format!("; filename=\"{}\"", escape(file_name)));
        }
        text.push_str("\r\n");
        if let Some(media_type) = &field.media_type {
            self.write_header(text, "Content-Type", media_type);
        }
        let of_name = self.headers.iter().filter(|(of, ..)| *of == field.of);
        let of_name: Vec<_> = of_name.map(|(_, name, value)| (name.clone(), value.clone())).collect();
        for (name, value) in of_name.iter().chain(&field.part.headers) {
            self.write_header(text, name, value);
        }
    }

    fn write_header(&mut self, text: &mut String, name: &str, value: &str) {
        // What a line cannot hold would start another one, or another part.
        match (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
            (Ok(known), _) if known == header::CONTENT_DISPOSITION => {
                self.fail("the header Content-Disposition of a part follows from its names".to_owned());
            }
            (Ok(_), Ok(_)) => text.push_str(&format!("{name}: {value}\r\n")),
            _ => {
                self.fail(format!("the header {name} of a part holds a character that a header cannot hold"));
            }
        }
    }
}

/// A name between quotes (WHATWG HTML, "multipart form data").
fn escape(name: &str) -> String {
    name.replace('\n', "%0A").replace('\r', "%0D").replace('"', "%22")
}

/// A text that is in no part: nobody can guess the keys that the standard library has got from the system.
fn boundary() -> String {
    let random = || RandomState::new().hash_one(());
    format!("{:016x}{:016x}", random(), random())
}
