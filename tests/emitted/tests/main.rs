//! What the emitted clients say on the wire, and whether examples come back as they were.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod examples;

#[cfg(own_descriptions)]
mod bodies;
#[cfg(own_descriptions)]
mod directions;
#[cfg(own_descriptions)]
mod echo;
#[cfg(own_descriptions)]
mod forms;
#[cfg(own_descriptions)]
mod headers;
#[cfg(own_descriptions)]
mod httpbin;
#[cfg(own_descriptions)]
mod media_types;
#[cfg(own_descriptions)]
mod names;
#[cfg(own_descriptions)]
mod parents;
#[cfg(own_descriptions)]
mod paths;
#[cfg(own_descriptions)]
mod queries;
#[cfg(own_descriptions)]
mod responses;
#[cfg(own_descriptions)]
mod security;
#[cfg(own_descriptions)]
mod unions;
