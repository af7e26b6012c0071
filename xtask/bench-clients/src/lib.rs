//! What the server and its clients have agreed on: names and numbers that the paths are made of.
#![forbid(unsafe_code)]

/// The owner of the repository.
pub const OWNER: &str = "octo";
/// The repository.
pub const REPO: &str = "demo";
/// The release.
pub const RELEASE: u64 = 1;
/// The asset that can be looked at and downloaded.
pub const ASSET: u64 = 1_000_000_001;
/// The file name of that asset.
pub const NAME: &str = "data.bin";
/// The file name that an upload gets. No listed asset has it, so that nobody finds the file there already.
pub const UPLOAD_NAME: &str = "upload.bin";
/// How many assets a page of the list has: as many as GitHub gives to those who do not ask for more.
pub const PAGE: usize = 30;
/// A token, because nobody uploads without one. The server does not look at it.
pub const TOKEN: &str = "ghp_000000000000000000000000000000000000";
/// The version of the API that clients ask for.
pub const API_VERSION: &str = "2026-03-10";

/// A digest as GitHub writes it: `sha256:` and 64 hexadecimal digits.
pub fn digest_text(hash: &[u8]) -> String {
    let digits = hash.iter().map(|byte| format!("{byte:02x}"));
    std::iter::once("sha256:".to_owned()).chain(digits).collect()
}
