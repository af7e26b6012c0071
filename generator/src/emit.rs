//! IR to Rust tokens: knows no OpenAPI.

pub mod docs;
