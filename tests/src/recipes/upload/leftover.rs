//! What failed uploads leave behind is deleted, and nothing else.

use fault_server::{AssetState, Fault, Operation, Reply};
use github_release_assets::TransferError;
use serde_json::json;

use super::Stage;

#[tokio::test]
async fn leftovers_of_earlier_uploads_are_deleted_first() {
    for state in [AssetState::Starter, AssetState::New] {
        let stage = Stage::new().await;
        for index in 0..120 {
            stage.repository.add_asset(stage.release_id, &format!("{index}.txt"), "old");
        }
        let leftover = stage.repository.add_leftover(stage.release_id, "my.tool.zip", state.clone());
        stage.repository.add_leftover(stage.release_id, "tool.zip", state);
        let done = stage.target().upload_file(stage.file("my tool.zip", "new")).await.unwrap();
        assert_eq!((done.attempts, done.cleaned_up), (1, vec![leftover]));
        let asset = stage.repository.asset(stage.release_id, "my.tool.zip").unwrap();
        assert_eq!((asset.id, &asset.bytes.unwrap()[..]), (done.asset.id, &b"new"[..]));
        assert_eq!(stage.content().len(), 122, "another file's leftover was left alone");
    }
}

/// The list shows a leftover that is complete by the time that it is to be deleted.
async fn completed_meanwhile(content: &str) -> (Stage, i64) {
    let stage = Stage::new().await;
    let id = stage.repository.add_asset(stage.release_id, "tool.zip", content.to_owned());
    let mut list = stage.shown().await;
    list[0]["state"] = json!("starter");
    list[0]["size"] = json!(0);
    stage.repository.inject(Fault::reply(Reply::json(200, &list)).on(Operation::ListAssets));
    (stage, id)
}

#[tokio::test]
async fn what_was_completed_meanwhile_is_not_deleted() {
    let (stage, id) = completed_meanwhile("new").await;
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.asset.id, done.already_there, done.cleaned_up), (id, true, vec![]));
    let (stage, id) = completed_meanwhile("other").await;
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert!(matches!(&error, TransferError::NameTaken { asset } if asset.id == id), "{error}");
    assert_eq!((stage.only_asset().id, stage.count(Operation::DeleteAsset)), (id, 0));
}

#[tokio::test]
async fn what_was_renamed_meanwhile_is_not_deleted() {
    let stage = Stage::new().await;
    let id = stage.repository.add_leftover(stage.release_id, "another.zip", AssetState::Starter);
    let mut list = stage.shown().await;
    list[0]["name"] = json!("tool.zip");
    stage.repository.inject(Fault::reply(Reply::json(200, &list)).on(Operation::ListAssets));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.cleaned_up), (1, vec![]));
    assert!(stage.assets().iter().any(|asset| asset.id == id));
}

#[tokio::test]
async fn a_leftover_of_an_attempt_is_deleted_before_the_next() {
    for state in [AssetState::Starter, AssetState::New] {
        for reply in
            [Reply::bad_gateway_html(), Reply::bad_gateway_json(), Reply::bad_gateway_partial_asset()]
        {
            let stage = Stage::new().await;
            stage.repository.inject(Fault::reply(reply).leaving(state.clone()).on(Operation::UploadAsset));
            let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
            assert_eq!((done.attempts, done.cleaned_up.len(), done.recognised), (2, 1, false));
            assert_eq!(stage.only_asset().id, done.asset.id);
            assert_eq!(stage.uploads(), [Some(502), Some(201)]);
            assert_eq!(stage.count(Operation::GetAsset), 1, "there is nothing to wait for");
        }
    }
}

#[tokio::test]
async fn a_leftover_that_the_answer_names_is_deleted_whatever_its_name_is() {
    let stage = Stage::new().await;
    stage.repository.set_renaming(|name| format!("{}.own-rule", name.len()));
    let earlier = stage.repository.add_leftover(stage.release_id, "7.own-rule", AssetState::Starter);
    let fault = Fault::reply(Reply::bad_gateway_partial_asset()).leaving(AssetState::Starter);
    stage.repository.inject(fault.on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.cleaned_up.len()), (2, 1));
    assert_eq!((done.asset.name.as_str(), done.renamed_from.as_deref()), ("8.own-rule", Some("tool.zip")));
    let left: Vec<_> = stage.assets().iter().map(|asset| asset.id).collect();
    assert_eq!(left, [earlier, done.asset.id]);
}

#[tokio::test]
async fn an_id_that_was_there_before_is_not_taken_for_the_upload() {
    let stage = Stage::new().await;
    let earlier = stage.repository.add_leftover(stage.release_id, "another.zip", AssetState::Starter);
    let partial = json!({ "id": earlier, "state": "starter", "name": "tool.zip" });
    stage.repository.inject(Fault::reply(Reply::json(502, &partial)).on(Operation::UploadAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.cleaned_up), (2, vec![]));
    assert_eq!(stage.content().len(), 2);
}

#[tokio::test]
async fn the_last_attempt_leaves_nothing_behind() {
    let stage = Stage::new().await;
    let fault = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter).always();
    stage.repository.inject(fault.on(Operation::UploadAsset));
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).attempts(3).await.unwrap_err();
    assert!(matches!(error, TransferError::GaveUp { attempts: 3, .. }), "{error}");
    assert_eq!((stage.uploads().len(), stage.content()), (3, vec![]));
}

#[tokio::test]
async fn deleting_is_repeated_where_it_fails() {
    let stage = Stage::new().await;
    let leftover = stage.repository.add_leftover(stage.release_id, "tool.zip", AssetState::Starter);
    // The first time it is carried out without an answer, so that the second is answered with 404.
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::DeleteAsset));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.cleaned_up, stage.count(Operation::DeleteAsset)), (vec![leftover], 2));
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_an_error_that_leaves_nothing() {
    let stage = Stage::new().await;
    let path = stage.file("tool.zip", vec![7; 4_000_000]);
    let (repository, id, growing) = (stage.repository.clone(), stage.release_id, path.clone());
    let begun = std::sync::Once::new();
    let grow = move |_| {
        begun.call_once(|| {
            repository.add_leftover(id, "tool.zip", AssetState::Starter);
            std::fs::File::options().append(true).open(&growing).unwrap().set_len(5_000_000).unwrap();
        });
    };
    let error = stage.target().upload_file(&path).on_progress(grow).await.unwrap_err();
    assert!(matches!(&error, TransferError::ReadFile { path: of, .. } if *of == path), "{error}");
    assert_eq!((stage.count(Operation::UploadAsset), stage.content()), (1, vec![]));
}
