//! The runtime on real sockets: what is sent, byte for byte, and what is made of every kind of answer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod api;
mod download;
mod encoding;
mod error;
mod page;
mod redirect;
mod request;
mod server;
mod upload;
mod values;
