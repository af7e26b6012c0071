//! All tests that cross a boundary: the command line, the emitted crate, a real socket.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod hostile;
mod recipes;
mod recorded;
mod repository;
mod snapshots;
mod wire;
