// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! The types of the API's named schemas.

mod basic_error;
mod reaction_rollup;
mod release;
mod release_asset;
mod simple_user;
mod validation_error;
pub use basic_error::*;
pub use reaction_rollup::*;
pub use release::*;
pub use release_asset::*;
pub use simple_user::*;
pub use validation_error::*;
