//! The GitHub client against recorded traffic of GitHub; see `cargo xtask ci --recorded`.
//!
//! A scenario is a row of requests that were recorded with their answers. The server takes them in that order
//! and no other way, with the recorded path, query, body and headers; more headers are no harm.

mod relay;
mod rename;
mod scenario;

use github_release_assets::{ErrorKind, operations::UploadReleaseAssetError};

use relay::Relay;
use scenario::Scenario;

const OWNER: &str = "octokit-fixture-org";
const NAME: &str = "test-upload.txt";
const CONTENT: &str = "Hello, world!\n";

#[tokio::test]
#[ignore = "it needs the server that `cargo xtask ci --recorded` starts"]
async fn release_assets() {
    const REPO: &str = "release-assets";
    let scenario = Scenario::load(REPO).await;
    let client = scenario.builder().build().unwrap();
    let release = scenario.release(REPO).await;
    let upload_url = release["upload_url"].as_str().unwrap();
    assert!(upload_url.ends_with("/assets{?name,label}"), "{upload_url}");

    let upload = client.upload_release_asset(OWNER, REPO, 0, NAME, CONTENT).label("test");
    let response = upload.upload_url(upload_url).send_full().await.unwrap();
    assert_eq!(
        (response.status(), response.request_id()),
        (201, Some("0000:00000:0000000:0000000:00000000"))
    );
    let asset = response.into_value();
    assert_eq!((asset.id, asset.name.as_str(), asset.label.as_deref()), (1000, NAME, Some("test")));
    assert_eq!(
        (asset.size, asset.content_type.as_str(), asset.state.as_str()),
        (14, "text/plain", "uploaded")
    );
    assert_eq!((asset.digest.as_deref(), asset.download_count), (None, 42));
    assert_eq!(asset.created_at.timestamp().unwrap().to_string(), "2017-10-10T16:00:00Z");
    assert_eq!(asset.uploader.as_ref().unwrap().login, "octokit-fixture-user-a");

    let list = client.list_release_assets(OWNER, REPO, 1000).send_full().await.unwrap();
    assert_eq!(list.headers().get("x-ratelimit-remaining"), Some("4999"));
    assert_eq!(list.value().as_slice(), std::slice::from_ref(&asset));
    assert_eq!(client.get_release_asset(OWNER, REPO, 1000).await.unwrap(), asset);

    let relay = Relay::start(scenario.origin()).await;
    let relayed = scenario.builder().base_url(scenario.api().replace(scenario.origin(), relay.url()));
    let update = relayed.build().unwrap().update_release_asset(OWNER, REPO, 1000);
    let updated = update.name("new-filename.txt").label("new label").await.unwrap();
    assert_eq!((updated.name.as_str(), updated.label.as_deref()), ("new-filename.txt", Some("new label")));

    let deleted = client.delete_release_asset(OWNER, REPO, 1000).send_full().await.unwrap();
    assert_eq!(deleted.status(), 204);
    scenario.is_over().await;
}

#[tokio::test]
#[ignore = "it needs the server that `cargo xtask ci --recorded` starts"]
async fn release_assets_conflict() {
    const REPO: &str = "release-assets-conflict";
    let scenario = Scenario::load(REPO).await;
    let client = scenario.builder().build().unwrap();
    let id = scenario.release(REPO).await["id"].as_i64().unwrap();
    let upload = || client.upload_release_asset(OWNER, REPO, id, NAME, CONTENT).label("test");

    let error = upload().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(422)));
    let expected = "repos/upload-release-asset: 422 Unprocessable Entity: Validation Failed: \
                    ReleaseAsset.name already_exists (request 0000:00000:0000000:0000000:00000000)";
    assert_eq!(error.to_string(), expected);
    let Some(UploadReleaseAssetError::UnprocessableEntity(Some(details))) = error.documented() else {
        panic!("{error:?}")
    };
    let problem = &details.errors.unwrap()[0];
    assert_eq!(problem.code.as_ref().map(|code| code.as_str()), Some("already_exists"));

    let mut assets = client.list_release_assets(OWNER, REPO, id).items();
    let taken = assets.next().await.unwrap().unwrap();
    assert_eq!((taken.name.as_str(), assets.next().await.is_none()), (NAME, true));
    client.delete_release_asset(OWNER, REPO, taken.id).await.unwrap();
    assert_eq!(upload().await.unwrap().id, taken.id + 1);
    scenario.is_over().await;
}
