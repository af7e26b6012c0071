//! What became of an attempt without an answer is found out from the list.

use std::time::Duration;

use fault_server::{AssetState, Cut, Fault, NewAsset, Operation, Reply};
use github_release_assets::{Digest, TransferError, Verified};
use serde_json::json;

use super::{Stage, policy, until};

/// Uploads a file while a fault waits, and expects that the first attempt is recognised.
async fn recognised(fault: Fault) {
    let stage = Stage::new().await;
    let shown = format!("{fault:?}");
    stage.repository.inject(fault.on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("a tool.zip", "new")).await.expect(&shown);
    assert_eq!((done.attempts, done.recognised, done.already_there), (1, true, false), "{shown}");
    assert_eq!(done.verified, Verified::Digest(Digest::of_bytes(b"new")), "{shown}");
    assert_eq!(done.renamed_from.as_deref(), Some("a tool.zip"), "{shown}");
    assert_eq!((stage.only_asset().id, stage.uploads().len()), (done.asset.id, 1), "{shown}");
}

#[tokio::test]
async fn an_upload_that_was_stored_without_a_good_answer_is_recognised() {
    for status in [408, 500, 502, 503, 504] {
        recognised(Fault::reply(Reply::new(status)).carried_out()).await;
    }
    for reply in [Reply::bad_gateway_html(), Reply::bad_gateway_json(), Reply::bad_gateway_partial_asset()] {
        recognised(Fault::reply(reply).carried_out()).await;
    }
}

#[tokio::test]
async fn an_upload_whose_answer_was_lost_is_recognised() {
    for cut in [Cut::Reset, Cut::Close] {
        for after in [0, 20, 400] {
            recognised(Fault::cut_response(after, cut)).await;
        }
    }
}

#[tokio::test]
async fn an_upload_whose_answer_cannot_be_read_is_recognised() {
    recognised(Fault::reply(Reply::malformed_json(201)).carried_out()).await;
    recognised(Fault::reply(Reply::new(201).body("<html>")).carried_out()).await;
    recognised(Fault::reply(Reply::json(201, &json!({}))).carried_out()).await;
}

#[tokio::test]
async fn an_upload_whose_answer_never_comes_is_recognised() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::cut_response(0, Cut::Stall).on(Operation::UploadAsset));
    let release = stage.target_of(stage.builder().idle_timeout(Duration::from_millis(100)));
    let done = release.upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.recognised, stage.only_asset().id), (1, true, done.asset.id));
}

#[tokio::test]
async fn an_upload_that_is_stored_after_its_failure_is_recognised_when_the_next_is_refused() {
    let stage = Stage::new().await;
    // The pause before the next attempt is longer than GitHub takes.
    let pause = Duration::from_millis(600);
    let release = stage.target_of(stage.builder().retry(policy().first_delay(pause).longest_delay(pause)));
    let late = Fault::reply(Reply::bad_gateway_html()).carried_out_late(Duration::from_millis(60));
    stage.repository.inject(late.on(Operation::UploadAsset));
    let done = release.upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.recognised, done.cleaned_up), (2, true, vec![]));
    assert_eq!(stage.uploads(), [Some(502), Some(422)]);
    assert_eq!(stage.only_asset().id, done.asset.id);
}

#[tokio::test]
async fn a_name_that_github_changes_in_another_way_is_recognised_by_the_content() {
    for (file, rule, name) in [
        ("my tool.zip", (|name| name.replace(' ', "_")) as fn(&str) -> String, "my_tool.zip"),
        ("🎉pdf", |name| name.replace('🎉', "-"), "-pdf"),
    ] {
        let stage = Stage::new().await;
        stage.repository.set_renaming(rule);
        stage
            .repository
            .inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::UploadAsset));
        let done = stage.target().upload_file(stage.file(file, "new")).await.unwrap();
        assert_eq!((done.asset.name.as_str(), done.attempts, done.recognised), (name, 1, true));
        assert_eq!(done.renamed_from.as_deref(), Some(file));
    }
}

#[tokio::test]
async fn a_leftover_of_a_name_that_github_changes_in_another_way_is_deleted_once_it_is_in_the_way() {
    let stage = Stage::new().await;
    stage.repository.set_renaming(|name| name.replace(' ', "_"));
    let fault = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
    stage.repository.inject(fault.on(Operation::UploadAsset));
    let other = stage.repository.add_leftover(stage.release_id, "other_tool.zip", AssetState::Starter);
    let done = stage.target().upload_file(stage.file("my tool.zip", "new")).await.unwrap();
    assert_eq!((stage.uploads(), done.cleaned_up.len()), (vec![Some(502), Some(422), Some(201)], 1));
    let left: Vec<_> = stage.assets().iter().map(|asset| asset.id).collect();
    assert_eq!(left, [other, done.asset.id]);
}

#[tokio::test]
async fn an_older_asset_of_a_name_that_github_changes_in_another_way_is_recognised() {
    let stage = Stage::new().await;
    stage.repository.set_renaming(|name| name.replace(' ', "_"));
    let id = stage.repository.add_asset(stage.release_id, "my_tool.zip", "new");
    let done = stage.target().upload_file(stage.file("my tool.zip", "new")).await.unwrap();
    assert_eq!((done.asset.id, done.recognised, stage.uploads()), (id, true, vec![Some(422)]));
    let error = stage.target().upload_file(stage.file("my tool.zip", "odd")).await.unwrap_err();
    assert_eq!(error.api_error().and_then(|error| error.status()), Some(422), "{error}");
}

#[tokio::test]
async fn without_a_digest_another_name_is_not_recognised() {
    let stage = Stage::new().await;
    stage.repository.set_renaming(|name| name.replace(' ', "_"));
    let stored = Fault::null_digest();
    stage.repository.inject(stored.with_cut_response(0, Cut::Reset));
    let error = stage.target().upload_file(stage.file("my tool.zip", "new")).await.unwrap_err();
    assert_eq!(error.api_error().and_then(|error| error.status()), Some(422), "{error}");
    assert_eq!(
        (stage.uploads(), stage.only_asset().name.as_str()),
        (vec![Some(201), Some(422)], "my_tool.zip")
    );
}

/// Uploads `tool-a.zip` without success while `name` comes into being with some content.
async fn beside(name: &'static str, content: &'static str) -> (Stage, i64) {
    let stage = Stage::new().await;
    stage.repository.inject(
        Fault::reply(Reply::bad_gateway_html())
            .delayed(Duration::from_millis(300))
            .on(Operation::UploadAsset),
    );
    let upload = tokio::spawn(stage.target().upload_file(stage.file("tool-a.zip", "new")).into_future());
    until("the upload begins", || stage.count(Operation::UploadAsset) == 1).await;
    let other = stage.repository.add_asset(stage.release_id, name, content);
    let done = upload.await.unwrap().unwrap();
    assert_ne!(done.asset.id, other);
    assert_eq!((done.attempts, done.recognised, stage.content().len()), (2, false, 2));
    (stage, other)
}

#[tokio::test]
async fn the_same_content_under_a_foreign_name_is_another_file() {
    beside("tool-b.zip", "new").await;
}

#[tokio::test]
async fn other_content_under_a_similar_name_is_another_file() {
    beside("toola.zip", "old").await;
}

#[tokio::test]
async fn another_file_that_takes_the_name_meanwhile_is_left_alone() {
    for content in ["other", "odd"] {
        let stage = Stage::new().await;
        let id = stage.repository.add_asset(stage.release_id, "tool.zip", content);
        stage.repository.inject(Fault::reply(Reply::json(200, &json!([]))).on(Operation::ListAssets));
        let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
        assert!(matches!(&error, TransferError::NameTaken { asset } if asset.id == id), "{error}");
        assert_eq!((stage.uploads(), stage.only_asset().id), (vec![Some(422)], id));
    }
}

#[tokio::test]
async fn the_same_file_of_another_program_is_as_good() {
    let stage = Stage::new().await;
    let id = stage.repository.add_asset(stage.release_id, "tool.zip", "new");
    stage.repository.inject(Fault::reply(Reply::json(200, &json!([]))).on(Operation::ListAssets));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.asset.id, done.recognised, stage.uploads()), (id, true, vec![Some(422)]));
}

#[tokio::test]
async fn a_new_asset_of_the_name_and_size_is_enough_where_there_are_no_digests() {
    let stage = Stage::new().await;
    let stored = Fault::null_digest().with_cut_response(0, Cut::Reset);
    stage.repository.inject(stored);
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.verified, done.recognised, done.attempts), (Verified::SizeOnly, true, 1));
    assert_eq!(stage.count(Operation::GetAsset), 3, "it was looked at again");
}

#[tokio::test]
async fn an_asset_that_was_there_before_is_not_taken_for_the_upload_without_a_digest() {
    let stage = Stage::new().await;
    let id = stage.repository.put_asset(stage.release_id, NewAsset::new("other.zip", "new").digest(None));
    let waiting = Fault::reply(Reply::bad_gateway_html()).delayed(Duration::from_millis(300));
    stage.repository.inject(waiting.on(Operation::UploadAsset));
    let upload = tokio::spawn(stage.target().upload_file(stage.file("tool.zip", "new")).into_future());
    until("the upload begins", || stage.count(Operation::UploadAsset) == 1).await;
    stage.client.update_release_asset("octo", "demo", id).name("tool.zip").await.unwrap();
    let error = upload.await.unwrap().unwrap_err();
    assert!(matches!(&error, TransferError::NameTaken { asset } if asset.id == id), "{error}");
}

#[tokio::test]
async fn a_name_that_is_taken_by_nothing_is_looked_for_and_then_told() {
    let stage = Stage::new().await;
    let body =
        json!({ "errors": [{ "resource": "ReleaseAsset", "code": "already_exists", "field": "name" }] });
    stage.repository.inject(Fault::reply(Reply::json(422, &body)).always().on(Operation::UploadAsset));
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(422)), "{error}");
    assert_eq!(stage.uploads().len(), 1);
    assert_eq!(stage.count(Operation::ListAssets), 7, "once before, once after, five times more");
}

#[tokio::test]
async fn what_takes_the_name_is_recognised_when_the_list_shows_it_late() {
    let stage = Stage::new().await;
    let id = stage.repository.add_asset(stage.release_id, "tool.zip", "new");
    stage.repository.inject(Fault::reply(Reply::json(200, &json!([]))).times(4).on(Operation::ListAssets));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.asset.id, done.recognised, stage.uploads().len()), (id, true, 1));
}
