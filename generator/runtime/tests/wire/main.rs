//! The runtime on real sockets: what is sent, byte for byte, and what is made of every kind of answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod conditional;
mod download;
mod encoding;
mod error;
mod items;
mod json;
mod multipart;
mod page;
mod redirect;
mod request;
mod retry;
mod server;
mod throttle;
mod token;
mod trace;
mod upload;
mod values;
