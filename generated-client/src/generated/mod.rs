// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! GitHub release assets
//!
//! Manage the files that are attached to releases on GitHub: look at them, download, change, delete,
//! list and upload them, and find the release that they belong to.
//!
//! Most endpoints take three headers with every request: `Authorization: Bearer <YOUR-TOKEN>`,
//! `Accept: application/vnd.github+json` and `X-GitHub-Api-Version: 2026-03-10`.

#![allow(
    clippy::disallowed_names,
    clippy::large_enum_variant,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::type_complexity,
    deprecated,
    reason = "the shape of the API decides these"
)]

mod client;
pub mod operations;
pub mod types;
pub use client::{Client, ClientBuilder};
pub use client_runtime as runtime;
pub use client_runtime::{
    AccessToken, Base64, Body, ByteStream, Bytes, DateTime, DocumentedError, Error,
    ErrorKind, FileStream, Headers, HttpClient, Items, Maybe, Progress, RateLimit,
    Response, RetryPolicy, Secret, Stream, Token, TokenProvider, Value, jiff, reqwest,
};
