//! `replace_file`: what it does when nothing is in the way, and when the upload fails.

mod crash;
mod swap;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use fault_server::{AssetState, Cut, Fault, NewAsset, Operation, Recorded, Reply};
use github_release_assets::{Digest, TransferError, Verified};
use serde_json::{Value, json};

use super::{Stage, until};

/// The names that were given by renaming, in order.
fn renames(stage: &Stage) -> Vec<String> {
    let name = |request: &Recorded| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        body["name"].as_str().unwrap_or_default().to_owned()
    };
    stage.requests(Operation::UpdateAsset).iter().map(name).collect()
}

#[tokio::test]
async fn the_old_asset_stays_until_the_new_one_is_verified() {
    let stage = Stage::new().await;
    let old = stage.repository.put_asset(stage.release_id, NewAsset::new("tool.zip", "old").label("Linux"));
    let done = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap();
    let asset = stage.only_asset();
    assert_eq!(
        (asset.id, asset.name.as_str(), &asset.bytes.unwrap()[..]),
        (done.asset.id, "tool.zip", &b"new"[..])
    );
    assert_eq!(asset.label.as_deref(), Some("Linux"), "the label of the old asset is kept");
    assert_eq!(asset.content_type, "application/zip", "the temporary name says nothing of the type");
    assert_eq!((done.asset.name.as_str(), done.asset.label.as_deref()), ("tool.zip", Some("Linux")));
    assert_eq!((done.old, done.attempts, done.cleaned_up), (Some(old), 1, vec![]));
    assert_eq!(
        (done.mended, done.already_there, done.recognised, done.renamed_from),
        (false, false, false, None)
    );
    assert_eq!(done.verified, Verified::Digest(Digest::of_bytes(b"new")));
    let upload = stage.requests(Operation::UploadAsset).remove(0);
    assert!(upload.target.contains("name=tool.zip.replacement-new&"), "{}", upload.target);
    assert_eq!(renames(&stage), ["tool.zip.replacement-old", "tool.zip"]);
    let asked: Vec<_> = stage.repository.requests().iter().map(|request| request.operation).collect();
    let wanted = "[ListAssets, UploadAsset, UpdateAsset, UpdateAsset, GetAsset, DeleteAsset]";
    assert_eq!(format!("{asked:?}"), wanted);
}

#[tokio::test]
async fn a_new_label_takes_the_place_of_the_old_one() {
    let stage = Stage::new().await;
    stage.repository.put_asset(stage.release_id, NewAsset::new("tool.zip", "old").label("Linux"));
    let done = stage.target().replace_file(stage.file("tool.zip", "new")).label("Mac").await.unwrap();
    assert_eq!(done.asset.label.as_deref(), Some("Mac"));
    assert_eq!(stage.only_asset().label.as_deref(), Some("Mac"));
}

#[tokio::test]
async fn a_file_of_a_new_name_is_uploaded() {
    let stage = Stage::new().await;
    let done = stage.target().replace_file(stage.file("my tool.zip", "new")).label("Mac").await.unwrap();
    assert_eq!((done.old, done.attempts, done.renamed_from.as_deref()), (None, 1, Some("my tool.zip")));
    assert_eq!((done.asset.name.as_str(), done.asset.label.as_deref()), ("my.tool.zip", Some("Mac")));
    assert_eq!((stage.only_asset().id, renames(&stage)), (done.asset.id, vec![]));
}

#[tokio::test]
async fn what_can_be_set_for_an_upload_can_be_set_for_a_replacement() {
    let stage = Stage::new().await;
    let old = stage.repository.add_asset(stage.release_id, "tool", "old");
    let heard = Arc::new(AtomicU64::new(0));
    let hear = heard.clone();
    let replacement =
        stage.target().replace_file(stage.file("file", "new")).name("tool").content_type("text/x-own");
    let done = replacement.on_progress(move |it| hear.store(it.bytes, Relaxed)).await.unwrap();
    assert_eq!((done.old, stage.only_asset().name.as_str()), (Some(old), "tool"));
    assert_eq!((stage.only_asset().content_type.as_str(), heard.load(Relaxed)), ("text/x-own", 3));
}

#[tokio::test]
async fn an_asset_under_its_rewritten_name_is_replaced() {
    let stage = Stage::new().await;
    let old = stage.repository.add_asset(stage.release_id, "my.tool.zip", "old");
    let done = stage.target().replace_file(stage.file("my tool.zip", "new")).await.unwrap();
    assert_eq!((done.old, done.renamed_from.as_deref()), (Some(old), Some("my tool.zip")));
    assert_eq!(renames(&stage), ["my.tool.zip.replacement-old", "my.tool.zip"]);
    assert_eq!(stage.content(), [("my.tool.zip".to_owned(), "new".to_owned())]);
}

#[tokio::test]
async fn an_asset_whose_name_was_kept_is_replaced() {
    let stage = Stage::new().await;
    stage.repository.set_renaming(str::to_owned);
    let old = stage.repository.add_asset(stage.release_id, "tool~1.zip", "old");
    let done = stage.target().replace_file(stage.file("tool~1.zip", "new")).await.unwrap();
    assert_eq!((done.old, done.asset.name.as_str()), (Some(old), "tool~1.zip"));
    assert_eq!(stage.content(), [("tool~1.zip".to_owned(), "new".to_owned())]);
}

#[tokio::test]
async fn the_same_file_is_not_replaced() {
    let stage = Stage::new().await;
    let id = stage.repository.put_asset(stage.release_id, NewAsset::new("tool.zip", "new").label("Linux"));
    let path = stage.file("tool.zip", "new");
    let done = stage.target().replace_file(&path).await.unwrap();
    assert_eq!((done.asset.id, done.already_there, done.attempts, done.old), (id, true, 0, None));
    let done = stage.target().replace_file(&path).label("Linux").await.unwrap();
    assert_eq!((done.asset.id, stage.count(Operation::UpdateAsset)), (id, 0));
    let done = stage.target().replace_file(&path).label("Mac").await.unwrap();
    assert_eq!(
        (done.asset.label.as_deref(), stage.only_asset().label.as_deref()),
        (Some("Mac"), Some("Mac"))
    );
    assert_eq!(stage.uploads(), []);
}

#[tokio::test]
async fn a_leftover_under_the_name_is_deleted_and_the_file_uploaded() {
    for state in [AssetState::Starter, AssetState::New] {
        let stage = Stage::new().await;
        let leftover = stage.repository.add_leftover(stage.release_id, "tool.zip", state);
        let done = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap();
        assert_eq!((done.old, done.cleaned_up), (None, vec![leftover]));
        assert_eq!(stage.content(), [("tool.zip".to_owned(), "new".to_owned())]);
    }
}

#[tokio::test]
async fn an_upload_that_fails_leaves_the_old_asset() {
    let faults = [
        Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter),
        Fault::reply(Reply::new(403)),
        Fault::wrong_digest(),
        Fault::stored_short(1),
    ];
    for fault in faults {
        let stage = Stage::new().await;
        let old = stage.repository.add_asset(stage.release_id, "tool.zip", "old");
        stage.repository.inject(fault.always().on(Operation::UploadAsset));
        let path = stage.file("tool.zip", "new");
        stage.target().replace_file(&path).attempts(2).await.unwrap_err();
        assert_eq!(stage.repository.asset(stage.release_id, "tool.zip").unwrap().id, old);
        assert_eq!(stage.count(Operation::UpdateAsset), 0);
        stage.repository.clear_faults();
        let done = stage.target().replace_file(&path).await.unwrap();
        assert_eq!((done.old, stage.only_asset().id), (Some(old), done.asset.id), "the next makes up for it");
    }
}

#[tokio::test]
async fn an_upload_whose_answer_was_lost_is_recognised() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    let leaving = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
    stage.repository.inject(leaving.on(Operation::UploadAsset));
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::UploadAsset));
    let done = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.recognised, stage.uploads().len()), (2, true, 2));
    assert_eq!(done.cleaned_up.len(), 1, "the leftover of the first attempt");
    assert_eq!(stage.content(), [("tool.zip".to_owned(), "new".to_owned())]);
}

#[tokio::test]
async fn a_full_release_has_no_room_for_the_new_asset() {
    let stage = Stage::new().await;
    for index in 0..999 {
        stage.repository.add_asset(stage.release_id, &format!("{index}.txt"), "old");
    }
    stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    let error = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert!(matches!(error, TransferError::ReleaseFull { count: 1000, adding: 1 }), "{error}");
    assert_eq!(stage.uploads(), []);
}

#[tokio::test]
async fn without_digests_it_is_replaced_every_time() {
    let stage = Stage::new().await;
    let old = stage.repository.put_asset(stage.release_id, NewAsset::new("tool.zip", "new").digest(None));
    let done = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.old, done.already_there), (Some(old), false));
}

#[tokio::test]
async fn a_state_that_nobody_knows_is_left_alone() {
    for name in ["tool.zip", "tool.zip.replacement-old", "tool.zip.replacement-new"] {
        let stage = Stage::new().await;
        let state = AssetState::Other("checking".to_owned());
        let id = stage.repository.put_asset(stage.release_id, NewAsset::new(name, "old").state(state));
        let error = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap_err();
        assert!(matches!(&error, TransferError::NotComplete { id: of, .. } if *of == id), "{error}");
        assert_eq!((stage.only_asset().id, stage.uploads()), (id, vec![]));
    }
}

/// Drops a replacement while its second rename is under way.
async fn dropped_between_the_renames() -> Stage {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    let slow = Fault::delay(Duration::from_millis(100)).on(Operation::UpdateAsset);
    stage.repository.inject(slow.times(2));
    let task = tokio::spawn(stage.target().replace_file(stage.file("tool.zip", "new")).into_future());
    until("the first rename is made", || stage.repository.asset(stage.release_id, "tool.zip").is_none())
        .await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    stage
}

#[tokio::test]
async fn dropping_the_future_between_the_renames_does_not_stop_there() {
    let stage = dropped_between_the_renames().await;
    let wanted = [("tool.zip".to_owned(), "new".to_owned())];
    until("the exchange is made", || stage.content() == wanted).await;
}

#[tokio::test]
async fn a_replacement_waits_for_the_renames_of_a_dropped_one() {
    let stage = dropped_between_the_renames().await;
    let done = stage.target().replace_file(stage.path("tool.zip")).await.unwrap();
    assert_eq!((done.already_there, done.mended, done.cleaned_up), (true, false, vec![]));
    assert_eq!((stage.only_asset().id, renames(&stage).len()), (done.asset.id, 2));
}

#[tokio::test]
async fn dropping_the_future_during_the_upload_stops_it() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    stage.repository.inject(Fault::cut_request(10, Cut::Stall).on(Operation::UploadAsset));
    let path = stage.file("tool.zip", vec![7; 5_000_000]);
    let task = tokio::spawn(stage.target().replace_file(path).into_future());
    until("the upload begins", || stage.count(Operation::UploadAsset) == 1).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    stage.repository.settled().await;
    assert_eq!(stage.content(), [("tool.zip".to_owned(), "old".to_owned())]);
    assert_eq!(stage.count(Operation::UpdateAsset), 0);
}

#[tokio::test]
async fn an_abandoned_upload_that_is_completed_late_is_cleared_away() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    let list = stage.shown().await;
    // It is complete now, and the list does not show it yet.
    let late = stage.repository.add_asset(stage.release_id, "tool.zip.replacement-new", "late");
    stage.repository.inject(Fault::reply(Reply::json(200, &json!(list))).on(Operation::ListAssets));
    let done = stage.target().replace_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!(done.cleaned_up, [late]);
    assert_eq!(stage.content(), [("tool.zip".to_owned(), "new".to_owned())]);
}
