//! Releases: found by being the latest or by their tag, and read whatever they lack.

use github_release_assets::{
    ErrorKind,
    operations::{GetLatestReleaseError, GetReleaseAssetError, GetReleaseByTagError},
    types::{Release, ReleaseAssetState},
};
use serde_json::{Value, json};

use super::{JSON, Reply, Server, TOKEN, asset, asset_with, client, created, ok};

/// A release as GitHub shows it.
fn release() -> Value {
    let url = "https://api.github.com/repos/octo/demo";
    json!({
        "url": format!("{url}/releases/1"),
        "html_url": "https://github.com/octo/demo/releases/tag/v1",
        "assets_url": format!("{url}/releases/1/assets"),
        "upload_url": "https://uploads.github.com/repos/octo/demo/releases/1/assets{?name,label}",
        "tarball_url": format!("{url}/tarball/v1"),
        "zipball_url": format!("{url}/zipball/v1"),
        "id": 1,
        "node_id": "RE_1",
        "tag_name": "v1",
        "target_commitish": "main",
        "name": "Version 1",
        "body": "- All is new.",
        "draft": false,
        "prerelease": false,
        "immutable": false,
        "created_at": "2026-03-09T12:00:00Z",
        "published_at": "2026-03-10T11:00:00Z",
        "updated_at": "2026-03-10T12:00:02Z",
        "author": asset()["uploader"],
        "assets": [asset()],
        "mentions_count": 2,
        "discussion_url": "https://github.com/octo/demo/discussions/3",
        "reactions": {
            "url": format!("{url}/releases/1/reactions"),
            "total_count": 5,
            "+1": 4,
            "-1": 1,
            "laugh": 0,
            "confused": 0,
            "heart": 0,
            "hooray": 0,
            "eyes": 0,
            "rocket": 0,
        },
    })
}

/// The release with some of its fields replaced.
fn release_with(changes: Value) -> Value {
    let mut release = release();
    let changes = changes.as_object().unwrap().clone();
    release.as_object_mut().unwrap().extend(changes);
    release
}

/// An object without some of its fields.
fn without<const N: usize>(names: [&str; N], mut json: Value) -> Value {
    json.as_object_mut().unwrap().retain(|name, _| !names.contains(&name.as_str()));
    json
}

async fn received(json: &Value) -> Release {
    let server = Server::with([ok(json)]).await;
    client(&server).get_latest_release("octo", "demo").await.unwrap()
}

#[tokio::test]
async fn a_release_is_found_without_an_id() {
    let server = Server::with([ok(&release()), ok(&release())]).await;
    let client = client(&server);
    let latest = client.get_latest_release("octo", "demo").send_full().await.unwrap();
    let tagged = client.get_release_by_tag("octo", "demo", "v1").send_full().await.unwrap();
    assert_eq!((latest.status(), tagged.status()), (200, 200));
    assert_eq!(latest.value(), tagged.value());
    let got = server.received();
    assert_eq!(got[0].line(), "GET /repos/octo/demo/releases/latest");
    assert_eq!(got[1].line(), "GET /repos/octo/demo/releases/tags/v1");
    for got in got {
        assert_eq!(got.header("accept"), Some("application/vnd.github+json"));
        assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        assert_eq!(got.header("x-github-api-version"), Some("2026-03-10"));
        assert!(got.body.is_empty());
    }
}

#[tokio::test]
async fn a_tag_is_one_segment_whatever_it_holds() {
    for (tag, encoded) in [
        ("v1.2.0-rc.1", "v1.2.0-rc.1"),
        ("release/1.0", "release%2F1.0"),
        ("@octo/tool@1.0.0", "%40octo%2Ftool%401.0.0"),
        ("1.0+linux", "1.0%2Blinux"),
        ("v1#build", "v1%23build"),
        ("50%", "50%25"),
        ("a/../b", "a%2F..%2Fb"),
        ("ünï", "%C3%BCn%C3%AF"),
        ("latest", "latest"),
    ] {
        let server = Server::with([ok(&release_with(json!({ "tag_name": tag })))]).await;
        let release = client(&server).get_release_by_tag("octo", "demo", tag).await.unwrap();
        assert_eq!(release.tag_name, tag);
        assert_eq!(server.only().target(), format!("/repos/octo/demo/releases/tags/{encoded}"));
    }
}

#[tokio::test]
async fn a_release_is_written_as_it_was_read() {
    let null = json!({
        "tarball_url": null,
        "zipball_url": null,
        "node_id": null,
        "name": null,
        "body": null,
        "published_at": null,
        "updated_at": null,
        "author": null,
    });
    let optional = ["body", "immutable", "updated_at", "mentions_count", "discussion_url", "reactions"];
    for json in [
        release(),
        release_with(null),
        release_with(json!({ "id": i64::MAX, "draft": true, "created_at": "some day", "assets": [] })),
        release_with(json!({ "body_html": "<p>All is new.</p>", "body_text": "All is new." })),
        without(optional, release()),
    ] {
        let value = received(&json).await;
        assert_eq!(serde_json::to_value(&value).unwrap(), json);
        assert_eq!(serde_json::from_value::<Release>(json).unwrap(), value);
    }
}

#[tokio::test]
async fn a_release_has_what_a_tool_needs() {
    let release = received(&release()).await;
    assert_eq!(
        (release.id, release.tag_name.as_str(), release.name.as_deref()),
        (1, "v1", Some("Version 1"))
    );
    assert_eq!(release.body.value().map(String::as_str), Some("- All is new."));
    assert_eq!((release.draft, release.prerelease, release.immutable), (false, false, Some(false)));
    assert_eq!(release.published_at.unwrap().as_str(), "2026-03-10T11:00:00Z");
    assert_eq!(release.author.unwrap().login, "octo");
    assert_eq!((release.assets.len(), release.assets[0].id), (1, 7));
    let reactions = release.reactions.unwrap();
    assert_eq!((reactions.total_count, reactions.plus_1, reactions.minus_1), (5, 4, 1));
}

#[tokio::test]
async fn what_is_null_or_missing_is_none() {
    for name in ["author", "name", "node_id", "published_at", "tarball_url", "zipball_url"] {
        for json in [release_with(json!({ name: null })), without([name], release())] {
            let release = received(&json).await;
            let written = serde_json::to_value(&release).unwrap();
            assert_eq!(written[name], Value::Null, "{name}");
        }
    }
    let null = received(&release_with(json!({ "body": null, "updated_at": null, "immutable": null }))).await;
    assert!(null.body.is_null() && null.updated_at.is_null() && null.immutable.is_none());
    let missing = received(&without(["body", "updated_at", "immutable"], release())).await;
    assert!(missing.body.is_absent() && missing.updated_at.is_absent() && missing.immutable.is_none());
}

/// Answers of 2015, and of an Enterprise Server that is as old, have none of these fields.
#[tokio::test]
async fn a_release_of_an_old_server_is_read() {
    let new = ["node_id", "immutable", "updated_at", "mentions_count", "discussion_url", "reactions"];
    let user = without(["node_id"], asset()["uploader"].take());
    let asset = without(["node_id", "digest"], asset_with(json!({ "uploader": user })));
    let json = without(new, release_with(json!({ "author": user, "assets": [asset] })));
    let release = received(&json).await;
    let asset = &release.assets[0];
    let author = release.author.as_ref().unwrap();
    assert_eq!((&release.node_id, &asset.node_id, &author.node_id), (&None, &None, &None));
    assert_eq!((&asset.digest, release.immutable), (&None, None));
}

#[tokio::test]
async fn one_odd_asset_does_not_spoil_a_release() {
    let odd = asset_with(json!({ "state": "quarantined", "size": 0, "label": null, "uploader": null }));
    let assets = json!([asset(), without(["digest"], odd)]);
    let release = received(&release_with(json!({ "assets": assets, "planet": "earth" }))).await;
    let states: Vec<_> = release.assets.iter().map(|asset| &asset.state).collect();
    let unknown = ReleaseAssetState::Unknown("quarantined".to_owned());
    assert_eq!(states, [&ReleaseAssetState::Uploaded, &unknown]);
}

#[tokio::test]
async fn another_form_of_the_notes_can_be_asked_for() {
    let json = without(["body"], release_with(json!({ "body_html": "<p>All is new.</p>" })));
    let server = Server::with([ok(&json)]).await;
    let html = "application/vnd.github.html+json";
    let release = client(&server).get_release_by_tag("octo", "demo", "v1").accept(html).await.unwrap();
    assert_eq!(server.only().header("accept"), Some(html));
    assert!(release.body.is_absent());
    assert_eq!(release.body_html.as_deref(), Some("<p>All is new.</p>"));
}

#[tokio::test]
async fn its_upload_url_takes_an_upload() {
    let server = Server::start().await;
    let template = server.url("/repositories/1300192/releases/1/assets{?name,label}");
    server.reply(ok(&release_with(json!({ "upload_url": template }))));
    server.reply(created());
    let client = client(&server);
    let release = client.get_release_by_tag("octo", "old-name", "v1").await.unwrap();
    let upload = client.upload_release_asset("octo", "old-name", release.id, "a b.txt", "abc");
    upload.upload_url(&release.upload_url).await.unwrap();
    let got = server.received();
    assert_eq!(got[1].line(), "POST /repositories/1300192/releases/1/assets?name=a%20b.txt");
}

#[tokio::test]
async fn no_such_release_is_a_typed_error() {
    let page = "https://docs.github.com/rest/releases/releases#get-a-release-by-tag-name";
    let body = json!({ "message": "Not Found", "documentation_url": page, "status": "404" }).to_string();
    let not_found = || Reply::new("404 Not Found", &[("content-type", JSON)], body.as_str());
    let server = Server::with([not_found(), not_found()]).await;
    let client = client(&server);

    let error = client.get_latest_release("octo", "demo").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(404)));
    assert_eq!(error.to_string(), "repos/get-latest-release: 404 Not Found: Not Found");
    let Some(GetLatestReleaseError::NotFound(Some(details))) = error.documented() else {
        panic!("{error:?}")
    };
    assert_eq!(details.documentation_url.as_deref(), Some(page));

    let error = client.get_release_by_tag("octo", "demo", "v2-draft").await.unwrap_err();
    let Some(GetReleaseByTagError::NotFound(Some(details))) = error.documented() else { panic!("{error:?}") };
    assert_eq!((details.message.as_deref(), details.status.as_deref()), (Some("Not Found"), Some("404")));
    assert!(error.documented::<GetLatestReleaseError>().is_none(), "of another operation");
    assert!(error.documented::<GetReleaseAssetError>().is_none(), "of another operation");
}
