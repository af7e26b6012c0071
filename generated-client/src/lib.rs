//! Upload, download, list, update and delete GitHub release assets.
#![forbid(unsafe_code)]

#[rustfmt::skip]
mod generated;

pub use generated::*;
