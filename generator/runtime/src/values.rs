//! Values of schemas that Rust's own types do not express.

mod base64;
mod date_time;
mod maybe;

pub use base64::{Base64, InvalidBase64};
pub use date_time::{DateTime, InvalidDateTime};
pub use maybe::Maybe;
