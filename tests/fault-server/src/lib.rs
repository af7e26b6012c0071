//! A small stateful GitHub on loopback, with faults on demand.
//!
//! [`Github::start`] opens four origins on 127.0.0.1: the API, the host for uploads, the store that downloads
//! are redirected to, and one *elsewhere*, where nobody should go. They behave as GitHub does for releases
//! and their assets. Everything belongs to a [`Repository`], so tests can share a server.
//!
//! - [`Repository::add_release`] and [`Repository::add_asset`] fill it, [`Repository::assets`] looks at it.
//! - [`Repository::inject`] adds a [`Fault`]: what goes wrong, on which requests, how often. A [`Reply`] is a
//!   fault, too.
//! - [`Repository::requests`] tells what arrived, [`Repository::token_leaks`] whether a token went astray.
//! - [`Github::start_on_thread`] serves callers without a runtime, and many runtimes at once.
//!
//! Where GitHub is known to be vague, the server is strict or simple: an upload is there all at once when its
//! last byte has come, unless a fault leaves something else; the primary rate limit is one of a repository and
//! enforced only where [`Repository::set_rate_limit`] says so.
//!
//! ```
//! use fault_server::{AssetState, Cut, Fault, Github, Operation, Reply};
//!
//! # async fn example() -> std::io::Result<()> {
//! let github = Github::start().await?;
//! let repository = github.repository("octo", "demo");
//! let release = repository.add_release("v1.0.0");
//! repository.require_token("s3cr3t");
//!
//! // The first upload fails and leaves an empty asset behind, the second is reset after 1000 bytes.
//! let failure = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
//! repository.inject(failure.on(Operation::UploadAsset));
//! repository.inject(Fault::cut_request(1000, Cut::Reset).on(Operation::UploadAsset).after(1));
//!
//! // … a client uploads to `github.uploads_url()` …
//!
//! repository.settled().await;
//! assert!(repository.token_leaks("s3cr3t").is_empty());
//! for asset in repository.assets(release) {
//!     assert_eq!(asset.state, AssetState::Uploaded);
//! }
//! # Ok(())
//! # }
//! ```
#![forbid(unsafe_code)]

mod answer;
mod asset;
mod body;
mod call;
mod connection;
mod content;
mod endpoint;
mod exchange;
mod fault;
mod github;
mod json;
mod operation;
mod rate;
mod record;
mod renaming;
mod repository;
mod state;
mod sync;
mod wire;

pub use asset::{Asset, AssetState, NewAsset, NewRelease, ReleaseId};
pub use fault::{Fault, Framing, Reply};
pub use github::Github;
pub use operation::{Operation, Origin};
pub use record::{Outcome, Recorded};
pub use renaming::github_name;
pub use repository::Repository;
pub use state::{Digests, Keep};
pub use wire::Cut;
