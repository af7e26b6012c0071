//! The server over raw sockets: what GitHub does, and what goes wrong on demand.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod assets;
mod download;
mod download_fault;
mod fault;
mod lifetime;
mod program;
mod raw;
mod record;
mod releases;
mod reply;
mod rules;
mod upload;
mod upload_fault;
