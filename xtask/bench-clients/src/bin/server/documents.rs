//! The JSON of a release and of its assets, with every field that GitHub's have.

use bench_clients::{ASSET, NAME, OWNER, PAGE, RELEASE, REPO, UPLOAD_NAME};
use serde_json::{Value, json};

/// The size and digest of the asset that is more than a name.
pub(crate) struct Content<'a> {
    pub(crate) size: u64,
    pub(crate) digest: &'a str,
}

/// The asset.
pub(crate) fn asset(api: &str, content: &Content<'_>) -> Value {
    numbered(api, ASSET, NAME, content)
}

/// What an upload becomes, an asset that is not in the list.
pub(crate) fn uploaded(api: &str, content: &Content<'_>) -> Value {
    numbered(api, ASSET + PAGE as u64, UPLOAD_NAME, content)
}

/// A page of assets, the first of which is the asset.
pub(crate) fn page(api: &str, content: &Content<'_>) -> Value {
    let other = |number: usize| {
        let name = format!("tool-1.2.3-x86_64-unknown-linux-{number}.tar.gz");
        numbered(api, ASSET + number as u64, &name, content)
    };
    std::iter::once(asset(api, content)).chain((1..PAGE).map(other)).collect()
}

/// The release, without its assets.
pub(crate) fn release(api: &str) -> Value {
    let url = format!("{api}/repos/{OWNER}/{REPO}/releases/{RELEASE}");
    let web = format!("{api}/{OWNER}/{REPO}/releases");
    json!({
        "url": url,
        "html_url": format!("{web}/tag/v1.2.3"),
        "assets_url": format!("{url}/assets"),
        "upload_url": format!("{url}/assets{{?name,label}}"),
        "tarball_url": format!("{api}/repos/{OWNER}/{REPO}/tarball/v1.2.3"),
        "zipball_url": format!("{api}/repos/{OWNER}/{REPO}/zipball/v1.2.3"),
        "id": RELEASE,
        "node_id": "RE_kwDOAAAAAc4AAAAB",
        "tag_name": "v1.2.3",
        "target_commitish": "main",
        "name": "1.2.3",
        "body": "",
        "draft": false,
        "prerelease": false,
        "immutable": false,
        "created_at": "2026-01-02T03:04:05Z",
        "published_at": "2026-01-02T03:04:05Z",
        "updated_at": "2026-01-02T03:04:05Z",
        "author": user(api),
        "assets": [],
    })
}

fn numbered(api: &str, id: u64, name: &str, content: &Content<'_>) -> Value {
    json!({
        "url": format!("{api}/repos/{OWNER}/{REPO}/releases/assets/{id}"),
        "id": id,
        "node_id": format!("RA_kwDOAAAAAc4{id:08x}"),
        "name": name,
        "label": null,
        "uploader": user(api),
        "content_type": "application/octet-stream",
        "state": "uploaded",
        "size": content.size,
        "digest": content.digest,
        "download_count": 42,
        "created_at": "2026-01-02T03:04:05Z",
        "updated_at": "2026-01-02T03:04:06Z",
        "browser_download_url": format!("{api}/{OWNER}/{REPO}/releases/download/v1.2.3/{name}"),
    })
}

fn user(api: &str) -> Value {
    let url = format!("{api}/users/octocat");
    json!({
        "login": "octocat",
        "id": 583231,
        "node_id": "MDQ6VXNlcjU4MzIzMQ==",
        "avatar_url": format!("{api}/u/583231?v=4"),
        "gravatar_id": "",
        "url": url,
        "html_url": format!("{api}/octocat"),
        "followers_url": format!("{url}/followers"),
        "following_url": format!("{url}/following{{/other_user}}"),
        "gists_url": format!("{url}/gists{{/gist_id}}"),
        "starred_url": format!("{url}/starred{{/owner}}{{/repo}}"),
        "subscriptions_url": format!("{url}/subscriptions"),
        "organizations_url": format!("{url}/orgs"),
        "repos_url": format!("{url}/repos"),
        "events_url": format!("{url}/events{{/privacy}}"),
        "received_events_url": format!("{url}/received_events"),
        "type": "User",
        "user_view_type": "public",
        "site_admin": false,
    })
}
