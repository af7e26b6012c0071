//! Upload, download, list, update and delete the files of GitHub releases: gigabytes at a time, in constant
//! memory, without knowing GitHub's traps.
//!
//! # Upload a file
//!
//! ```no_run
//! use github_release_assets::{Body, Client};
//!
//! # async fn example(token: String, release_id: i64) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().token(token).build()?;
//! let asset = client
//!     .upload_release_asset("octo", "demo", release_id, "tool.tar.gz", Body::from_path("tool.tar.gz").await?)
//!     .label("Linux x86-64")
//!     .await?;
//! println!("{} is asset {}", asset.name, asset.id); // GitHub may have changed the name.
//! # Ok(())
//! # }
//! ```
//!
//! Every operation is a method of [`Client`]. What it cannot do without is an argument, everything else is a
//! method of the request that it returns. Awaiting the request gives the value; `send_full()` gives it with the
//! status and the headers, as a [`Response`]. All this runs on [tokio](https://docs.rs/tokio).
//!
//! # Download one
//!
//! ```no_run
//! # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let mut bytes = client.download_release_asset("octo", "demo", 1).await?;
//! let mut file = tokio::fs::File::create("tool.tar.gz.part").await?;
//! bytes.write_to(&mut file).await?; // An error if fewer bytes come than were announced.
//! tokio::fs::rename("tool.tar.gz.part", "tool.tar.gz").await?;
//! # Ok(())
//! # }
//! ```
//!
//! The status is checked before there is a [`ByteStream`]: the body of an error never ends up in the file.
//! A public repository needs no token.
//!
//! # List all
//!
//! ```no_run
//! # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
//! let mut assets = client.list_release_assets("octo", "demo", 1).per_page(100).items();
//! while let Some(asset) = assets.next().await.transpose()? {
//!     println!("{} {} {}", asset.id, asset.size, asset.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! `items()` goes on to the next page when it has to; awaiting the request itself gives one page.
//!
//! # Errors
//!
//! There is one type, [`Error`]. On one line it tells the operation, the status, what GitHub said, and the request
//! id that GitHub Support asks for:
//!
//! ```text
//! repos/upload-release-asset: 422 Unprocessable Entity: Validation Failed: ReleaseAsset.name already_exists (request 0F2A:5D)
//! ```
//!
//! [`Error::kind`] and [`Error::status`] say what happened. The statuses that GitHub documents for an operation are
//! an enum beside it, which [`Error::documented`] gives:
//!
//! ```no_run
//! use github_release_assets::{Client, Error, operations::UploadReleaseAssetError, types::ReleaseAsset};
//!
//! # async fn example(client: Client) -> Result<(), Error> {
//! let result: Result<ReleaseAsset, Error> =
//!     client.upload_release_asset("octo", "demo", 1, "notes.txt", "All is new.").await;
//! if let Err(error) = &result {
//!     match error.documented::<UploadReleaseAssetError>() {
//!         Some(UploadReleaseAssetError::UnprocessableEntity(Some(details))) => {
//!             for problem in details.errors.iter().flatten() {
//!                 println!("{:?} {:?}", problem.field, problem.code); // Some("name") Some(AlreadyExists)
//!             }
//!         }
//!         _ => println!("{error}"), // An undocumented status, a timeout, no connection, …
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The details are an `Option`, because a proxy can answer with HTML and the status still counts. Two questions are
//! asked so often that they have a function: [`is_already_exists`] and [`is_not_found`].
//!
//! # GitHub Enterprise Server
//!
//! ```no_run
//! # fn example(token: String) -> Result<(), github_release_assets::Error> {
//! use github_release_assets::Client;
//!
//! let client = Client::builder().enterprise_server("https://github.example.com").token(token).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! [`base_url`](ClientBuilder::base_url) and [`uploads_url`](ClientBuilder::uploads_url) set the two addresses one by
//! one, for a mirror or a test. A client with another API than github.com's uploads nothing until it knows where to:
//! it does not fall back on github.com.
//!
//! # Proxies and certificates
//!
//! The proxy that the system or `HTTPS_PROXY` names is used, and the system's certificates are trusted. Where that
//! is not enough, bring your own [`reqwest`] client. It must not follow redirects by itself: where a token may go
//! is decided here.
//!
//! ```no_run
//! use github_release_assets::{Client, reqwest};
//!
//! # fn example(pem: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! let http = reqwest::Client::builder()
//!     .redirect(reqwest::redirect::Policy::none())
//!     .proxy(reqwest::Proxy::https("http://proxy.example.com:3128")?)
//!     .tls_certs_merge([reqwest::Certificate::from_pem(pem)?])
//!     .build()?;
//! let client = Client::builder().http_client(http).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Timeouts
//!
//! A transfer may take as long as it takes, but not stand still: if no byte moves for 60 seconds, it fails with
//! [`ErrorKind::Timeout`] ([`idle_timeout`](ClientBuilder::idle_timeout)). Connecting may take 30 seconds
//! ([`connect_timeout`](ClientBuilder::connect_timeout)). [`timeout`](ClientBuilder::timeout) limits a request
//! as a whole; it is off unless you set it.
//!
//! Nobody sees the last bytes of an upload leave the buffers of the system. So after the last byte was handed over,
//! the answer may take longer, depending on the size: up to three times the idle timeout.
//!
//! # What it never does
//!
//! - It sends the token to no server but the two that the client is configured for: not to the store that a download
//!   is redirected to, and not to an `upload_url` on another host. No `Debug` output or error shows it.
//! - It sends no upload in chunks of unknown number, which GitHub refuses, and none that is longer or shorter than
//!   announced: that is an error, and not a broken asset.
//! - It holds no file in memory.
//! - It repeats no request. An upload that failed halfway can leave an empty asset that has to be deleted first, so
//!   only you can tell whether to try again.
#![forbid(unsafe_code)]

mod enterprise;
mod errors;
#[rustfmt::skip]
mod generated;
#[cfg(test)]
mod test_server;

pub use errors::{is_already_exists, is_not_found};
pub use generated::*;

/// The code of the README is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
