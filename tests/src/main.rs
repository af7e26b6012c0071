//! All tests that cross a boundary: the command line, the emitted crate, a real socket.
#![forbid(unsafe_code)]

mod recorded;
mod repository;
mod snapshots;
mod wire;
