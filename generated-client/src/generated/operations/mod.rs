// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! One module for each operation: its request, its errors, its inline types.

mod delete_release_asset;
mod download_release_asset;
mod get_latest_release;
mod get_release_asset;
mod get_release_by_tag;
mod list_release_assets;
mod update_release_asset;
mod upload_release_asset;
pub use delete_release_asset::*;
pub use download_release_asset::*;
pub use get_latest_release::*;
pub use get_release_asset::*;
pub use get_release_by_tag::*;
pub use list_release_assets::*;
pub use update_release_asset::*;
pub use upload_release_asset::*;
