//! Assets, releases and accounts in JSON.

use jiff::{Timestamp, Unit};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::asset::{AssetState, Release, Stored};
use crate::state::{Digests, Repo, RepoState, Server};

/// What has to be encoded in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// An asset, with all fields that GitHub gives it.
pub(crate) fn asset(server: &Server, state: &RepoState, asset: &Stored) -> Value {
    let api = repository_url(server, state);
    let tag = state.release(asset.release).map_or("", |release| release.new.tag.as_str());
    let mut value = json!({
        "url": format!("{api}/releases/assets/{}", asset.id),
        "id": asset.id,
        "node_id": format!("RA_kwDO{:x}", asset.id),
        "name": asset.name,
        "label": asset.label,
        "uploader": if asset.has_uploader { account(server, &state.owner) } else { Value::Null },
        "content_type": asset.content_type,
        "state": asset.state.as_str(),
        "size": asset.content.size(),
        "digest": match state.settings.digests {
            Digests::Present => asset.digest.clone(),
            Digests::Null | Digests::Absent => None,
        },
        "download_count": asset.download_count,
        "created_at": time(asset.created_at),
        "updated_at": time(asset.updated_at),
        "browser_download_url":
            format!("{}/releases/download/{}/{}", web_url(state), encode(tag), encode(&asset.name)),
    });
    if let (Digests::Absent, Some(fields)) = (state.settings.digests, value.as_object_mut()) {
        fields.shift_remove("digest");
    }
    value
}

/// A release, with its complete assets.
pub(crate) fn release(server: &Server, repo: &Repo, state: &RepoState, release: &Release) -> Value {
    let api = repository_url(server, state);
    let (id, tag) = (release.id, encode(&release.new.tag));
    let assets: Vec<Value> = state
        .assets_of(id)
        .filter(|asset| asset.state == AssetState::Uploaded)
        .map(|stored| asset(server, state, stored))
        .collect();
    json!({
        "url": format!("{api}/releases/{id}"),
        "assets_url": format!("{api}/releases/{id}/assets"),
        "upload_url": format!(
            "{}/repos/{}/{}/releases/{id}/assets{{?name,label}}",
            server.urls.uploads, encode(&state.owner), encode(&state.name),
        ),
        "html_url": format!("{}/releases/tag/{tag}", web_url(state)),
        "id": id,
        "author": account(server, &state.owner),
        "node_id": format!("RE_kwDO{:x}{id:x}", repo.id),
        "tag_name": release.new.tag,
        "target_commitish": "main",
        "name": release.new.tag,
        "draft": release.new.draft,
        "immutable": release.new.immutable,
        "prerelease": release.new.prerelease,
        "created_at": time(release.created_at),
        "updated_at": time(release.created_at),
        "published_at": (!release.new.draft).then(|| time(release.created_at)),
        "assets": assets,
        "tarball_url": (!release.new.draft).then(|| format!("{api}/tarball/{tag}")),
        "zipball_url": (!release.new.draft).then(|| format!("{api}/zipball/{tag}")),
        "body": format!("What is new in {}.", release.new.tag),
    })
}

/// An account.
fn account(server: &Server, login: &str) -> Value {
    let url = format!("{}/users/{}", server.urls.api, encode(login));
    json!({
        "login": login,
        "id": 4711,
        "node_id": "U_kgDOExample",
        "avatar_url": "https://avatars.githubusercontent.com/u/4711?v=4",
        "gravatar_id": "",
        "url": url,
        "html_url": format!("https://github.com/{}", encode(login)),
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

fn repository_url(server: &Server, state: &RepoState) -> String {
    format!("{}/repos/{}/{}", server.urls.api, encode(&state.owner), encode(&state.name))
}

fn web_url(state: &RepoState) -> String {
    format!("https://github.com/{}/{}", encode(&state.owner), encode(&state.name))
}

/// A text as it stands in a segment of a path, or in a query.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// A moment, to the second.
fn time(moment: Timestamp) -> String {
    moment.round(Unit::Second).unwrap_or(moment).to_string()
}
