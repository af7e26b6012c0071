//! Upload, download, list, update and delete the files of GitHub releases: gigabytes at a time, in constant
//! memory, and right in the end whatever goes wrong on the way.
//!
//! # Upload a file
//!
//! ```no_run
//! use github_release_assets::Client;
//!
//! # async fn example(token: String) -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder().token(token).build()?;
//! let release = client.find_release("octo", "demo", "v1.2.0").await?;
//! let done = release.upload_file("dist/tool.tar.gz").label("Linux x86-64").await?;
//! println!("{} is asset {}", done.asset.name, done.asset.id); // GitHub may have changed the name.
//! # Ok(())
//! # }
//! ```
//!
//! [`upload_file`](Release::upload_file) uploads exactly once: after a 502 or a broken connection it finds out whether
//! the file has arrived, deletes the empty asset that may have been left, and tries again; at last it compares size and
//! digest. [`find_latest_release`](Client::find_latest_release) and [`release`](Client::release), for a draft whose id
//! you have, are the other ways to a [`Release`]. All this runs on [tokio](https://docs.rs/tokio), or
//! [without async](#without-async).
//!
//! # Replace one without losing the old one
//!
//! ```no_run
//! # async fn example(release: github_release_assets::Release) -> Result<(), Box<dyn std::error::Error>> {
//! let done = release.replace_file("dist/tool.tar.gz").await?;
//! # Ok(())
//! # }
//! ```
//!
//! The new file is uploaded under another name and verified before the old asset is touched; then the two change
//! places. What a crash leaves is put right by the next run. See [`replace_file`](Release::replace_file).
//!
//! # Download one
//!
//! ```no_run
//! # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let release = client.find_latest_release("octo", "demo").await?;
//! let bar = |progress: github_release_assets::Progress| eprint!("\r{} of {:?}", progress.bytes, progress.total);
//! release.download_to("tool.tar.gz", "out/tool.tar.gz").on_progress(bar).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The bytes go to `tool.tar.gz.part`; where the connection breaks off, [the download](Download) goes on from there,
//! also in the next run. The file gets its name when size and digest are right, and never otherwise. A public repository
//! needs no token.
//!
//! # Many at once
//!
//! ```no_run
//! # async fn example(release: github_release_assets::Release) -> Result<(), Box<dyn std::error::Error>> {
//! for report in release.upload_all(["dist/tool.tar.gz", "dist/tool.zip"]).concurrency(4).await? {
//!     println!("{}: {:?}", report.path.display(), report.result.map(|done| done.asset.id));
//! }
//! release.download_all("out").filter(|asset| asset.name.ends_with(".zip")).await?;
//! # Ok(())
//! # }
//! ```
//!
//! One that fails does not stop the others; each has its own report. [`file_name`] says beforehand how GitHub will
//! rewrite a name, and which files would collide.
//!
//! # The calls of the API
//!
//! Every operation of GitHub's API for release assets is a method of [`Client`]. What it cannot do without is an
//! argument, everything else is a method of the request that it returns. Awaiting the request gives the value;
//! `send_full()` gives it with the status and the headers, as a [`Response`], which knows its
//! [`rate_limit`](Response::rate_limit), [`etag`](Response::etag), [`link`](Response::link) and
//! [`request_id`](Response::request_id).
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
//! A request with `.if_none_match(etag)` does not count against the limit if nothing has changed:
//!
//! ```no_run
//! # async fn example(client: github_release_assets::Client, etag: &str) -> Result<(), github_release_assets::Error> {
//! match client.get_release_asset("octo", "demo", 1).if_none_match(etag).await {
//!     Ok(asset) => println!("downloaded {} times", asset.download_count),
//!     Err(error) if error.is_not_modified() => println!("as before"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Retries and limits
//!
//! A request is sent again, after a delay that grows, where that does no harm: after a failure to connect and after the
//! refusal of a rate limit always; after 5xx and broken connections only if it changes nothing or changes the same thing
//! once or twice, so no upload by itself. `Retry-After` and the reset of a used-up limit are waited for, up to two
//! minutes. [`RetryPolicy`] has the numbers:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use github_release_assets::{Client, RetryPolicy};
//!
//! # async fn example(token: String) -> Result<(), github_release_assets::Error> {
//! let client = Client::builder()
//!     .token(token)
//!     .retry(RetryPolicy::default().attempts(6).longest_wait(Duration::from_secs(3600)))
//!     .write_interval(Duration::from_secs(1)) // One change a second, as GitHub advises,
//!     .max_concurrent_requests(8)             // and no more than this at a time, for all clones together.
//!     .build()?;
//! client.get_release_asset("octo", "demo", 1).retry(RetryPolicy::off()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Tokens that expire
//!
//! [`token`](ClientBuilder::token) takes a text, or a [`TokenProvider`] that is asked for a token when there is none,
//! a minute before it expires, and once after GitHub has refused it with 401.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use github_release_assets::{AccessToken, Client, TokenProvider, jiff::Timestamp};
//!
//! struct Installation;
//!
//! impl TokenProvider for Installation {
//!     async fn token(&self) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
//!         let token = String::from("ghs_…"); // Here goes the request for a token of the installation.
//!         Ok(AccessToken::from(token).expires_at(Timestamp::now() + Duration::from_secs(3600)))
//!     }
//! }
//!
//! # fn example() -> Result<(), github_release_assets::Error> {
//! let client = Client::builder().token(Installation).build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! The calls have one type, [`Error`]. On one line it tells the operation, the status, what GitHub said, and the request
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
//! asked so often that they have a function: [`is_already_exists`] and [`is_not_found`]. The transfers of files have
//! [`TransferError`], whose variants say what to do next.
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
//! # Without async
//!
//! With the feature `blocking`, wherever there is an `.await` there can be a `.wait()`, in programs that have no
//! runtime; a list is an iterator, and a download a reader.
//!
//! ```
//! # #[cfg(feature = "blocking")]
//! # fn example(token: String) -> Result<(), Box<dyn std::error::Error>> {
//! use github_release_assets::{Client, blocking::Wait};
//!
//! let client = Client::builder().token(token).build()?;
//! let release = client.find_release("octo", "demo", "v1.2.0").wait()?;
//! release.upload_file("dist/tool.tar.gz").wait()?;
//! for asset in release.assets() {
//!     println!("{}", asset?.name);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `rustls` (default): TLS by rustls with its own cryptography, which needs a C compiler. `rustls-no-provider`: the
//!   same, with a cryptography that your program installs before it builds a client, which panics without one:
//!   `rustls::crypto::ring::default_provider().install_default()`. `native-tls`: the TLS library of the system.
//! - `http2`, `system-proxy` (default): what their names say.
//! - `blocking`: the calls without async.
//!
//! # Traces
//!
//! Every attempt of a request is a span `request` of [tracing](https://docs.rs/tracing), with `operation`, `method`,
//! `path` (the template), `attempt`, `status` and `duration_ms`; repetitions are events. No trace holds a token or the
//! query of a URL.
//!
//! # What is not here
//!
//! Releases are found, not made: creating, publishing and deleting them, and finding drafts, are for another client.
//! [`Client::runtime`] sends requests of your own to the same servers, with the same token and policies.
//!
//! # What it never does
//!
//! - It sends the token to no server but the two that the client is configured for: not to the store that a download
//!   is redirected to, and not to an `upload_url` on another host. No `Debug` output, error or trace shows it.
//! - It sends no upload in chunks of unknown number, which GitHub refuses, and none that is longer or shorter than
//!   announced: that is an error, and not a broken asset.
//! - It holds no file in memory.
//! - It never sends an upload a second time without knowing what has become of the first, and never deletes an asset
//!   that is complete, except what `replace_file` has put another in the place of, and what is called as its own
//!   temporary assets are, `NAME.replacement-new` and `NAME.replacement-old`.
#![forbid(unsafe_code)]

mod digest;
mod download;
mod download_all;
mod enterprise;
mod errors;
pub mod file_name;
#[rustfmt::skip]
mod generated;
mod release;
mod replace;
#[cfg(test)]
mod test_server;
mod transfer_error;
mod upload;
mod upload_all;

#[cfg(feature = "blocking")]
pub use client_runtime::blocking;
pub use digest::{Digest, Verified};
pub use download::{Download, Downloaded};
pub use download_all::{DownloadAll, DownloadReport};
pub use errors::{is_already_exists, is_not_found};
pub use generated::*;
pub use release::Release;
pub use replace::{ReplaceFile, Replaced};
pub use transfer_error::{Direction, TransferError};
pub use upload::{UploadFile, Uploaded};
pub use upload_all::{UploadAll, UploadItem, UploadReport};

/// The code of the README is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
