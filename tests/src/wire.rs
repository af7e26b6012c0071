//! The GitHub client against servers of our own, on real sockets.

mod connection;
mod delete;
mod download;
mod error;
mod list;
#[cfg(target_os = "linux")]
mod memory;
mod peer;
mod redirect;
mod release;
mod request;
mod timeout;
mod update;
mod upload;
mod value;

/// The server that the tests of the runtime talk to.
#[path = "../../generator/runtime/tests/wire/server.rs"]
#[allow(dead_code, reason = "each of the two uses what it needs")]
mod server;

use std::sync::LazyLock;

use github_release_assets::{Client, ClientBuilder, Error, RetryPolicy, reqwest};
use serde_json::{Value, json};

use server::{Received, Reply, Server};

const TOKEN: &str = "ghp_s3cr3tT0ken";
const JSON: &str = "application/json; charset=utf-8";

/// Reading the certificates of the system takes time, so most tests share what has read them.
static CONNECTIONS: LazyLock<reqwest::Client> =
    LazyLock::new(|| reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap());

/// A client with a token, both of whose servers are at one URL; it sends nothing twice.
fn builder(url: &str) -> ClientBuilder {
    let builder = Client::builder().base_url(url).uploads_url(url).token(TOKEN);
    builder.retry(RetryPolicy::off()).http_client(CONNECTIONS.clone())
}

fn client(server: &Server) -> Client {
    builder(&server.url("")).build().unwrap()
}

/// An asset as GitHub shows it.
fn asset() -> Value {
    let user = "https://api.github.com/users/octo";
    json!({
        "url": "https://api.github.com/repos/octo/demo/releases/assets/7",
        "browser_download_url": "https://github.com/octo/demo/releases/download/v1/tool.tar.gz",
        "id": 7,
        "node_id": "RA_7",
        "name": "tool.tar.gz",
        "label": "Linux x86-64",
        "state": "uploaded",
        "content_type": "application/gzip",
        "size": 3,
        "digest": "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "download_count": 0,
        "created_at": "2026-03-10T12:00:00Z",
        "updated_at": "2026-03-10T12:00:01.5+01:00",
        "uploader": {
            "login": "octo",
            "id": 1,
            "node_id": "U_1",
            "avatar_url": "https://avatars.githubusercontent.com/u/1",
            "gravatar_id": "",
            "url": user,
            "html_url": "https://github.com/octo",
            "followers_url": format!("{user}/followers"),
            "following_url": format!("{user}/following{{/other_user}}"),
            "gists_url": format!("{user}/gists{{/gist_id}}"),
            "starred_url": format!("{user}/starred{{/owner}}{{/repo}}"),
            "subscriptions_url": format!("{user}/subscriptions"),
            "organizations_url": format!("{user}/orgs"),
            "repos_url": format!("{user}/repos"),
            "events_url": format!("{user}/events{{/privacy}}"),
            "received_events_url": format!("{user}/received_events"),
            "type": "User",
            "site_admin": false,
        },
    })
}

/// The asset with some of its fields replaced.
fn asset_with(changes: Value) -> Value {
    let mut asset = asset();
    let changes = changes.as_object().unwrap().clone();
    asset.as_object_mut().unwrap().extend(changes);
    asset
}

/// The answer that gives an asset.
fn ok(asset: &Value) -> Reply {
    Reply::new("200 OK", &[("content-type", JSON)], asset.to_string())
}

/// The answer to an upload.
fn created() -> Reply {
    Reply::new("201 Created", &[("content-type", JSON)], asset().to_string())
}

/// The headers of a request, their names in lower case, sorted.
fn headers(received: &Received) -> Vec<(String, String)> {
    let lines = received.head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let mut headers: Vec<_> = lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    headers.sort();
    headers
}

/// Everything that an error and its causes can print.
fn shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}
