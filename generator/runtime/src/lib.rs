//! What every generated client links: requests, responses, errors, bodies and streams.
//!
//! Generated code holds data (an [`Api`] and its [`Operation`]s) and calls a [`Request`]; URLs, encoding,
//! headers, redirects, errors, streaming and pagination live here, once, and know no endpoint.
//!
//! ```no_run
//! use client_runtime as rt;
//!
//! static API: rt::Api = rt::Api {
//!     user_agent: "things/1.0",
//!     servers: &[rt::Server { name: "default", url: "https://api.example.org" }],
//!     headers: &[],
//!     security: &[rt::SecurityScheme { name: "token", kind: rt::SecurityKind::Bearer }],
//! };
//! static GET_THING: rt::Operation = rt::Operation {
//!     id: "things/get",
//!     method: rt::Method::Get,
//!     path: "/things/{name}",
//!     server: 0,
//!     accept: "application/json",
//!     security: &[&[0]],
//! };
//!
//! # async fn get(token: String) -> Result<(), rt::Error> {
//! let client = rt::Client::builder(&API).bearer(0, token).build()?;
//! let mut request = rt::Request::new(&client, &GET_THING);
//! request.path("name", "a/b");
//! let thing: rt::Response<rt::Value> = request.send_json().await?;
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod client;
mod encode;
mod error;
mod exchange;
mod execute;
mod file;
mod framing;
mod headers;
mod item_stream;
#[doc(hidden)]
pub mod json;
mod limits;
mod link;
mod multipart;
mod page;
mod progress;
mod rate;
mod redirect;
mod request;
mod response;
mod retry;
mod secret;
mod stream;
mod throttle;
mod token;
mod upload;
mod uri;
mod values;

use std::pin::Pin;

pub use api::{Api, Method, Operation, SecurityKind, SecurityScheme, Server};
pub use body::Body;
pub use client::{Client, ClientBuilder, HttpClient};
pub use encode::{CookieStyle, FormField, HeaderStyle, PathStyle, QueryStyle};
pub use error::{DocumentedError, Error, ErrorBody, ErrorKind};
pub use file::FileStream;
pub use headers::Headers;
pub use item_stream::{Event, ItemStream};
pub use json::{FromJson, Json, Mismatch, ToJson};
pub use multipart::{Multipart, Part};
pub use page::Items;
pub use progress::Progress;
pub use rate::RateLimit;
pub use request::Request;
pub use response::{RawResponse, Response};
pub use retry::RetryPolicy;
pub use secret::Secret;
pub use stream::ByteStream;
pub use token::{AccessToken, Token, TokenProvider};
pub use values::{Base64, DateTime, InvalidBase64, InvalidDateTime, Maybe};

pub use bytes::Bytes;
pub use futures_core::Stream;
pub use jiff;
pub use reqwest;
#[doc(hidden)]
pub use serde;
pub use serde_json::{Map, Value};

/// A future that is boxed and can move between threads, such as what a request builder turns into.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request on its way: nothing happens before it is awaited.
pub type Sending<T> = BoxFuture<Result<T, Error>>;

/// The value of a response without its status and headers.
pub fn value<T: 'static>(response: Sending<Response<T>>) -> Sending<T> {
    Box::pin(async { response.await.map(Response::into_value) })
}
