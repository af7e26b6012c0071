//! An answer of success is compared with what was read.

use std::time::Duration;

use fault_server::{AssetState, Digests, Fault, Operation, Reply};
use github_release_assets::{Digest, Direction, TransferError, Verified};
use serde_json::json;

use super::{Stage, policy, until};

#[tokio::test]
async fn a_digest_that_comes_late_is_waited_for() {
    let stage = Stage::new().await;
    stage.repository.set_digests(Digests::Null);
    let delay = Duration::from_millis(300);
    let release = stage.target_of(stage.builder().retry(policy().first_delay(delay).longest_delay(delay)));
    let upload = tokio::spawn(release.upload_file(stage.file("tool.zip", "new")).into_future());
    until("it is looked at again", || stage.count(Operation::GetAsset) == 1).await;
    stage.repository.set_digests(Digests::Present);
    let done = upload.await.unwrap().unwrap();
    assert_eq!(done.verified, Verified::Digest(Digest::of_bytes(b"new")));
    assert_eq!((done.attempts, stage.count(Operation::GetAsset)), (1, 2));
}

#[tokio::test]
async fn without_a_digest_the_size_is_all() {
    for digests in [Digests::Null, Digests::Absent] {
        let stage = Stage::new().await;
        stage.repository.set_digests(digests);
        let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
        assert_eq!((done.verified, done.recognised, done.attempts), (Verified::SizeOnly, false, 1));
        assert_eq!(stage.count(Operation::GetAsset), 3, "a digest can come late");
    }
}

#[tokio::test]
async fn other_bytes_at_github_are_an_error_with_both_digests() {
    for fault in [Fault::wrong_digest(), Fault::stored_bytes_differ()] {
        let stage = Stage::new().await;
        stage.repository.inject(fault);
        let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
        let asset = stage.only_asset();
        let shown = error.to_string();
        let TransferError::DigestMismatch { id, expected, actual, direction, .. } = error else {
            panic!("{shown}")
        };
        assert_eq!((id, direction), (asset.id, Direction::Upload), "and the asset was not deleted");
        assert_eq!(expected, Digest::of_bytes(b"new"));
        assert_eq!(Some(actual.to_string()), asset.digest);
        for part in [expected.to_string(), actual.to_string(), id.to_string()] {
            assert!(shown.contains(&part), "{shown}");
        }
        assert_eq!((stage.uploads().len(), stage.count(Operation::GetAsset)), (1, 3));
    }
}

#[tokio::test]
async fn fewer_bytes_at_github_are_an_error_with_both_sizes() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::stored_short(2));
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    let TransferError::LengthMismatch { id, expected: 3, actual: 2, .. } = error else { panic!("{error}") };
    assert_eq!((stage.only_asset().id, stage.uploads().len()), (id, 1));
}

#[tokio::test]
async fn an_asset_that_does_not_become_complete_is_deleted_and_sent_again() {
    let stage = Stage::new().await;
    let starter = Reply::bad_gateway_partial_asset().status(201);
    stage.repository.inject(Fault::reply(starter).leaving(AssetState::Starter).on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.cleaned_up.len(), done.recognised), (2, 1, false));
    assert_eq!(stage.only_asset().id, done.asset.id);
    assert!(stage.count(Operation::GetAsset) >= 3, "it was given time");
}

#[tokio::test]
async fn an_asset_that_is_gone_is_sent_again() {
    let stage = Stage::new().await;
    let id = stage.repository.add_asset(stage.release_id, "tool.zip", "new");
    let mut gone = stage.shown().await[0].take();
    gone["digest"] = json!(null);
    stage.repository.remove_asset(id);
    stage.repository.inject(Fault::reply(Reply::json(201, &gone)).on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, stage.only_asset().id), (2, done.asset.id));
}

#[tokio::test]
async fn a_failing_second_look_does_not_take_back_what_is_known() {
    let stage = Stage::new().await;
    stage.repository.set_digests(Digests::Null);
    stage.repository.inject(Fault::reply(Reply::new(500)).always().on(Operation::GetAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.verified, done.asset.id), (Verified::SizeOnly, stage.only_asset().id));
}

#[tokio::test]
async fn a_digest_of_an_unknown_kind_is_not_compared() {
    let stage = Stage::new().await;
    stage.repository.set_digests(Digests::Absent);
    let mut asset = {
        let id = stage.repository.add_asset(stage.release_id, "other.zip", "new");
        let asset = stage.client.get_release_asset("octo", "demo", id).await.unwrap();
        serde_json::to_value(asset).unwrap()
    };
    asset["digest"] = json!("blake3:00");
    stage.repository.inject(Fault::reply(Reply::json(200, &asset)).always().on(Operation::GetAsset));
    stage.repository.inject(Fault::reply(Reply::json(201, &asset)).on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    // An id that was there before stands for no upload.
    assert!(matches!(done, TransferError::NameTaken { .. }), "{done}");
}
