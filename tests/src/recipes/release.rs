//! Releases and their assets, found by name.

use fault_server::{AssetState, NewRelease, Operation};
use github_release_assets::{TransferError, is_not_found};

use super::stage::{Stage, TOKEN, bytes};

#[tokio::test]
async fn a_release_is_found_by_its_tag_or_as_the_latest() {
    let stage = Stage::new().await;
    let latest = stage.repository.add_release("nightly/2026 +1");
    stage.repository.add_release(NewRelease::new("v2.0.0-rc1").prerelease());

    let found = stage.client.find_release("octo", "demo", "v1.2.0").await.unwrap();
    assert_eq!((found.id(), found.owner(), found.repo()), (stage.release_id, "octo", "demo"));
    assert_eq!(found.details().unwrap().tag_name, "v1.2.0");
    let found = stage.client.find_release("octo", "demo", "nightly/2026 +1").await.unwrap();
    assert_eq!(found.id(), latest);
    let found = stage.client.find_latest_release("octo", "demo").await.unwrap();
    assert_eq!((found.id(), found.details().unwrap().tag_name.as_str()), (latest, "nightly/2026 +1"));
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let stage = Stage::new().await;
    let draft = stage.repository.add_release(NewRelease::new("v2.0.0").draft());
    assert!(is_not_found(&stage.client.find_release("octo", "demo", "v2.0.0").await.unwrap_err()));
    assert!(is_not_found(&stage.client.find_latest_release("octo", "other").await.unwrap_err()));
    let release = stage.client.release("octo", "demo", draft);
    assert!(release.details().is_none());
    assert!(release.assets().try_collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_id_is_taken_at_its_word() {
    let stage = Stage::new().await;
    assert_eq!(stage.client.release("octo", "demo", 99).id(), 99);
    assert!(stage.repository.requests().is_empty());
    let shown = format!("{:?}", stage.release());
    assert!(shown.contains("octo") && !shown.contains(TOKEN), "{shown}");
}

#[tokio::test]
async fn finding_can_be_spawned() {
    let stage = Stage::new().await;
    let (client, tag) = (stage.client.clone(), "v1.2.0".to_owned());
    let release = tokio::spawn(async move { client.find_release("octo", "demo", &tag).await }).await.unwrap();
    let latest = tokio::spawn(stage.client.find_latest_release("octo", "demo")).await.unwrap();
    assert_eq!(release.unwrap().id(), latest.unwrap().id());
}

#[tokio::test]
async fn assets_are_listed_by_the_hundred_with_leftovers() {
    let stage = Stage::new().await;
    for number in 0..150 {
        stage.repository.add_asset(stage.release_id, &format!("file-{number}.txt"), "abc");
    }
    stage.repository.add_leftover(stage.release_id, "rest.txt", AssetState::Starter);
    let assets = stage.release().assets().try_collect().await.unwrap();
    assert_eq!(assets.len(), 151);
    assert_eq!(assets[150].state.as_str(), "starter");
    assert_eq!(stage.requests(Operation::ListAssets).len(), 2);
}

#[tokio::test]
async fn an_asset_is_downloaded_by_its_name_of_before_or_after() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "my.tool.zip", bytes(3000));
    for name in ["my.tool.zip", "my (tool).zip"] {
        let file = stage.path(name);
        let got = stage.release().download_to(name, &file).await.unwrap();
        assert_eq!((got.asset.name.as_str(), got.path.as_path()), ("my.tool.zip", file.as_path()));
        assert_eq!(std::fs::read(&file).unwrap(), bytes(3000));
    }
    // The list says all that there is to know.
    assert!(stage.requests(Operation::GetAsset).is_empty());
}

#[tokio::test]
async fn the_very_name_goes_before_the_rewritten_one() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "a.b", "rewritten");
    stage.repository.add_asset(stage.release_id, "a b", "very");
    stage.release().download_to("a b", stage.path("file")).await.unwrap();
    assert_eq!(std::fs::read(stage.path("file")).unwrap(), b"very");
}

#[tokio::test]
async fn a_name_that_is_not_there_brings_the_likest_to_mind() {
    let stage = Stage::new().await;
    for name in ["notes.txt", "tool-linux.tar.gz", "tool-mac.tar.gz", "TOOL-linux.zip", "tool-windows.tar.gz"]
    {
        stage.repository.add_asset(stage.release_id, name, "abc");
    }
    let error = stage.release().download_to("tool-linuks.tar.gz", stage.path("x")).await.unwrap_err();
    let TransferError::NoSuchAsset { name, near } = &error else { panic!("{error}") };
    assert_eq!(name, "tool-linuks.tar.gz");
    assert_eq!(near, &["tool-linux.tar.gz", "tool-windows.tar.gz", "tool-mac.tar.gz"]);
    assert!(
        error.to_string().ends_with("but tool-linux.tar.gz, tool-windows.tar.gz, tool-mac.tar.gz"),
        "{error}"
    );
    let error = stage.release().download_to("zzz", stage.path("x")).await.unwrap_err();
    assert!(error.to_string().ends_with("see the names with `Release::assets`"), "{error}");
    assert!(stage.files().is_empty());
}
