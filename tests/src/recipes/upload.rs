//! `upload_file`: what it does when nothing goes wrong, and before anything is sent.

mod answer;
mod attempts;
mod leftover;
#[cfg(target_os = "linux")]
mod memory;
mod recognise;

use std::sync::{Arc, Mutex};

use fault_server::{AssetState, Cut, Fault, NewAsset, Operation, Reply};
use github_release_assets::{Digest, TransferError, Verified};
use serde_json::json;

use super::{Stage, TOKEN, policy, until};

#[tokio::test]
async fn a_file_is_sent_once_and_verified() {
    let stage = Stage::new().await;
    let path = stage.file("tool.tar.gz", "new");
    let done = stage.target().upload_file(&path).label("Linux x86-64").await.unwrap();
    let asset = stage.only_asset();
    assert_eq!((asset.name.as_str(), asset.label.as_deref()), ("tool.tar.gz", Some("Linux x86-64")));
    assert_eq!((asset.content_type.as_str(), &asset.bytes.unwrap()[..]), ("application/gzip", &b"new"[..]));
    assert_eq!((done.asset.id, done.attempts, &done.cleaned_up[..]), (asset.id, 1, &[][..]));
    assert_eq!(done.verified, Verified::Digest(Digest::of_bytes(b"new")));
    assert_eq!(
        (done.renamed_from, done.recognised, done.already_there, done.replaced),
        (None, false, false, None)
    );
    let asked: Vec<_> = stage.repository.requests().iter().map(|request| request.operation).collect();
    assert_eq!(asked, [Operation::ListAssets, Operation::UploadAsset], "no more requests than it takes");
    assert!(stage.repository.token_leaks(TOKEN).is_empty());
}

#[tokio::test]
async fn name_and_type_can_be_set() {
    let stage = Stage::new().await;
    let path = stage.file("tool", "new");
    let release = stage.target();
    let named = release.upload_file(&path).name("tool.zip").await.unwrap();
    assert_eq!(
        (named.asset.name.as_str(), named.asset.content_type.as_str()),
        ("tool.zip", "application/zip")
    );
    let path = stage.file("tool.json", "new");
    let typed = release.upload_file(&path).name("manifest").content_type("text/x-own").await.unwrap();
    assert_eq!(typed.asset.content_type, "text/x-own");
    let guessed = release.upload_file(&path).name("another").await.unwrap();
    assert_eq!(guessed.asset.content_type, "application/json", "the file has an extension");
    let plain = release.upload_file(stage.file("plain", "new")).await.unwrap();
    assert_eq!(plain.asset.content_type, "application/octet-stream");
}

#[tokio::test]
async fn a_name_that_github_changes_is_told() {
    let stage = Stage::new().await;
    let path = stage.file("Résumé (final).pdf", "new");
    let done = stage.target().upload_file(&path).await.unwrap();
    assert_eq!(done.asset.name, "Resume.final.pdf");
    assert_eq!(done.renamed_from.as_deref(), Some("Résumé (final).pdf"));
    let again = stage.target().upload_file(&path).await.unwrap();
    assert!(again.already_there, "the asset is known under its other name");
    assert_eq!(again.renamed_from.as_deref(), Some("Résumé (final).pdf"));
}

#[tokio::test]
async fn nothing_is_asked_for_a_file_that_github_would_not_take() {
    let stage = Stage::new().await;
    let release = stage.target();
    let large = stage.path("large.bin");
    std::fs::File::create(&large).unwrap().set_len(2_147_483_649).unwrap();
    let error = release.upload_file(stage.file("empty", "")).await.unwrap_err();
    assert!(matches!(error, TransferError::EmptyFile { .. }), "{error}");
    let error = release.upload_file(&large).await.unwrap_err();
    assert!(matches!(error, TransferError::TooLarge { size: 2_147_483_649, .. }), "{error}");
    let error = release.upload_file(stage.folder.path()).await.unwrap_err();
    assert!(matches!(error, TransferError::NotAFile { .. }), "{error}");
    let error = release.upload_file(stage.path("none")).await.unwrap_err();
    assert!(matches!(error, TransferError::ReadFile { .. }), "{error}");
    let error = release.upload_file(stage.file("日本", "new")).await.unwrap_err();
    assert!(matches!(error, TransferError::NameUnusable { .. }), "{error}");
    assert!(stage.repository.requests().is_empty());
}

#[tokio::test]
async fn a_full_release_is_an_error_before_anything_is_sent() {
    let stage = Stage::new().await;
    for index in 0..999 {
        stage.repository.add_asset(stage.release_id, &format!("{index}.txt"), "old");
    }
    let there = stage.file("7.txt", "old");
    let path = stage.file("tool.zip", "new");
    stage.target().upload_file(&path).await.expect("there is room for one");
    let error = stage.target().upload_file(stage.file("more.zip", "new")).await.unwrap_err();
    assert!(matches!(error, TransferError::ReleaseFull { count: 1000, adding: 1 }), "{error}");
    assert_eq!(stage.count(Operation::UploadAsset), 1);
    assert!(stage.target().upload_file(&there).await.unwrap().already_there);
}

#[tokio::test]
async fn a_file_that_is_there_is_not_sent_again() {
    let stage = Stage::new().await;
    // On the second page of the list.
    for index in 0..150 {
        stage.repository.add_asset(stage.release_id, &format!("{index}.txt"), "old");
    }
    let id = stage.repository.add_asset(stage.release_id, "tool.zip", "new");
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.asset.id, done.attempts, done.already_there, done.recognised), (id, 0, true, false));
    assert_eq!(done.verified, Verified::Digest(Digest::of_bytes(b"new")));
    assert_eq!(stage.count(Operation::UploadAsset), 0);
}

#[tokio::test]
async fn a_name_that_is_taken_is_an_error_before_anything_is_sent() {
    let stage = Stage::new().await;
    let path = stage.file("tool.zip", "new");
    let same_size = NewAsset::new("tool.zip", "old");
    let no_digest = NewAsset::new("tool.zip", "new").digest(None);
    for asset in [same_size, no_digest, NewAsset::new("tool.zip", "older")] {
        let id = stage.repository.put_asset(stage.release_id, asset);
        let error = stage.target().upload_file(&path).await.unwrap_err();
        assert!(matches!(&error, TransferError::NameTaken { asset } if asset.id == id), "{error}");
        assert!(error.to_string().contains("`replace_file`"), "{error}");
        assert!(stage.repository.remove_asset(id), "it was left alone");
    }
    assert_eq!(stage.count(Operation::UploadAsset), 0);
}

#[tokio::test]
async fn a_state_that_nobody_knows_is_left_alone() {
    let stage = Stage::new().await;
    let state = AssetState::Other("checking".to_owned());
    stage.repository.put_asset(stage.release_id, NewAsset::new("tool.zip", "new").state(state));
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert!(
        matches!(&error, TransferError::NotComplete { state, .. } if state.as_str() == "checking"),
        "{error}"
    );
    assert_eq!((stage.count(Operation::UploadAsset), stage.only_asset().name.as_str()), (0, "tool.zip"));
}

#[tokio::test]
async fn a_release_that_was_looked_up_has_its_own_upload_url() {
    let stage = Stage::new().await;
    let client = stage.client.clone();
    let details = client.get_release_by_tag("octo", "demo", "v1.2.0").await.unwrap();
    let mut details = serde_json::to_value(details).unwrap();
    let elsewhere = stage.repository.add_release("v2.0.0");
    let uploads = stage.github.uploads_url();
    details["upload_url"] =
        json!(format!("{uploads}/repos/octo/demo/releases/{elsewhere}/assets{{?name,label}}"));
    stage.repository.inject(Fault::reply(Reply::json(200, &details)).on(Operation::ReleaseByTag));
    let release = client.find_release("octo", "demo", "v1.2.0").await.unwrap();
    let done = release.upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!(stage.repository.asset(elsewhere, "tool.zip").unwrap().id, done.asset.id);
}

#[tokio::test]
async fn progress_is_told_for_each_attempt() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).on(Operation::UploadAsset));
    let content = vec![7; 300_000];
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hear = heard.clone();
    let done = stage
        .release()
        .upload_file(stage.file("tool.zip", &content))
        .on_progress(move |progress| hear.lock().unwrap().push((progress.bytes, progress.total)))
        .await
        .unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(done.attempts, 2);
    assert!(heard.iter().all(|(_, total)| *total == Some(300_000)));
    assert_eq!(heard.iter().filter(|(bytes, _)| *bytes == 300_000).count(), 2);
    assert_eq!(heard.windows(2).filter(|pair| pair[1].0 <= pair[0].0).count(), 1, "it starts again once");
}

#[tokio::test]
async fn dropping_the_future_stops_the_transfer() {
    let stage = Stage::new().await;
    let stall = Fault::cut_request(1000, Cut::Stall).on(Operation::UploadAsset);
    stage.repository.inject(stall);
    let task =
        tokio::spawn(stage.target().upload_file(stage.file("tool.zip", vec![7; 5_000_000])).into_future());
    until("the upload begins", || stage.count(Operation::UploadAsset) == 1).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    stage.repository.settled().await;
    assert_eq!(stage.count(Operation::UploadAsset), 1);
    assert!(stage.content().is_empty());
}

#[tokio::test]
async fn a_renamed_repository_is_found() {
    let stage = Stage::new().await;
    stage.repository.rename("renamed");
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((stage.only_asset().id, done.attempts), (done.asset.id, 1));
}

#[tokio::test]
async fn the_policy_of_the_client_is_not_that_of_the_upload() {
    let stage = Stage::new().await;
    let release = stage.target_of(stage.builder().retry(policy().any_method(true)));
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::UploadAsset));
    let done = release.upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.recognised, stage.uploads()), (1, true, vec![Some(502)]));
    assert_eq!(stage.shown().await.as_array().unwrap().len(), 1);
}
