//! The renames of a replacement, and what becomes of them where requests fail.

use fault_server::{Cut, Fault, Operation, Reply};
use github_release_assets::{Replaced, TransferError};
use serde_json::json;

use super::{Stage, renames};

/// A release with an old asset, and faults.
async fn scene(faults: Vec<Fault>) -> (Stage, i64) {
    let stage = Stage::new().await;
    let old = stage.repository.add_asset(stage.release_id, "tool.zip", "old");
    for fault in faults {
        stage.repository.inject(fault);
    }
    (stage, old)
}

async fn replace(stage: &Stage) -> Result<Replaced, TransferError> {
    stage.target().replace_file(stage.file("tool.zip", "new")).attempts(2).await
}

/// Expects the new content under the name and nothing else.
fn assert_replaced(stage: &Stage, done: &Replaced, old: i64) {
    assert_eq!((stage.only_asset().id, done.old), (done.asset.id, Some(old)));
    assert_eq!(stage.content(), [("tool.zip".to_owned(), "new".to_owned())]);
}

/// Expects the old asset under the name, and the new one under the name that it can be used from.
fn assert_undone(stage: &Stage) {
    let wanted = [("tool.zip", "old"), ("tool.zip.replacement-new", "new")];
    assert_eq!(stage.content(), wanted.map(|(name, content)| (name.to_owned(), content.to_owned())));
}

fn patch(fault: Fault) -> Fault {
    fault.on(Operation::UpdateAsset)
}

#[tokio::test]
async fn a_rename_whose_answer_was_lost_is_made_once() {
    for position in [0, 1] {
        for fault in [
            Fault::cut_response(0, Cut::Reset),
            Fault::cut_response(30, Cut::Close),
            Fault::reply(Reply::bad_gateway_html()).carried_out(),
            Fault::reply(Reply::malformed_json(200)).carried_out(),
        ] {
            let (stage, old) = scene(vec![patch(fault).after(position)]).await;
            let done = replace(&stage).await.unwrap();
            assert_replaced(&stage, &done, old);
            assert!(!done.mended);
        }
    }
}

#[tokio::test]
async fn a_first_rename_that_was_made_unseen_is_undone_although_the_last_try_was_refused() {
    let refused = || Fault::reply(Reply::rate_limited_primary(3_000));
    let (stage, _) = scene(vec![
        patch(Fault::reply(Reply::bad_gateway_html()).carried_out()),
        patch(refused()),
        // Nor can it be seen what has become of the asset.
        refused().on(Operation::GetAsset).times(1),
    ])
    .await;
    let error = replace(&stage).await.unwrap_err();
    assert_eq!(error.api_error().unwrap().status(), Some(403), "{error}");
    assert_undone(&stage);
}

#[tokio::test]
async fn a_rename_that_was_made_is_found_out_although_the_next_try_is_refused() {
    for position in [0, 1] {
        let (stage, old) = scene(vec![
            patch(Fault::reply(Reply::bad_gateway_html()).carried_out().after(position)),
            patch(Fault::reply(Reply::new(404)).after(position + 1)),
        ])
        .await;
        let done = replace(&stage).await.unwrap();
        assert_replaced(&stage, &done, old);
        assert_eq!(stage.count(Operation::UpdateAsset), 3);
    }
}

#[tokio::test]
async fn a_rename_that_fails_is_made_again() {
    for position in [0, 1] {
        for fault in [Fault::cut_request(0, Cut::Reset), Fault::reply(Reply::bad_gateway_html())] {
            // Once more than the client repeats a request by itself.
            let (stage, old) = scene(vec![patch(fault).after(position).times(5)]).await;
            let done = replace(&stage).await.unwrap();
            assert_replaced(&stage, &done, old);
        }
    }
}

#[tokio::test]
async fn a_first_rename_that_is_refused_changes_nothing() {
    let (stage, old) = scene(vec![patch(Fault::reply(Reply::new(403)))]).await;
    let error = replace(&stage).await.unwrap_err();
    assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(403)), "{error}");
    assert_undone(&stage);
    assert_eq!(stage.count(Operation::UpdateAsset), 1);
    let done = replace(&stage).await.unwrap();
    assert_replaced(&stage, &done, old);
    assert_eq!((done.attempts, stage.uploads().len()), (0, 1), "the new asset is used");
}

#[tokio::test]
async fn a_first_rename_of_which_nobody_knows_is_undone() {
    let (stage, _) = scene(vec![
        patch(Fault::reply(Reply::bad_gateway_html()).carried_out()).times(8),
        Fault::reply(Reply::new(500)).on(Operation::GetAsset).times(8),
    ])
    .await;
    let error = replace(&stage).await.unwrap_err();
    assert!(matches!(error, TransferError::GaveUp { attempts: 2, .. }), "{error}");
    assert_undone(&stage);
}

#[tokio::test]
async fn a_second_rename_that_fails_for_good_is_undone() {
    for (status, times) in [(403, 1), (502, 8)] {
        let (stage, old) = scene(vec![patch(Fault::reply(Reply::new(status)).after(1)).times(times)]).await;
        let error = replace(&stage).await.unwrap_err();
        assert_eq!(error.api_error().and_then(|error| error.status()), Some(status), "{error}");
        assert_undone(&stage);
        assert_eq!(renames(&stage).last().unwrap(), "tool.zip");
        let done = replace(&stage).await.unwrap();
        assert_replaced(&stage, &done, old);
    }
}

#[tokio::test]
async fn a_second_rename_that_turns_out_to_be_made_is_not_undone() {
    // The looks after its two attempts fail; then also the one before the undoing, which is refused.
    for (failing_looks, tries) in [(8, 9), (12, 10)] {
        let (stage, old) = scene(vec![
            patch(Fault::reply(Reply::bad_gateway_html()).carried_out().after(1)).times(8),
            Fault::reply(Reply::new(500)).on(Operation::GetAsset).times(failing_looks),
        ])
        .await;
        let done = replace(&stage).await.unwrap();
        assert_replaced(&stage, &done, old);
        assert_eq!(stage.count(Operation::UpdateAsset), tries);
    }
}

#[tokio::test]
async fn an_exchange_that_cannot_be_undone_says_where_both_are() {
    let (stage, old) = scene(vec![patch(Fault::reply(Reply::new(403)).after(1)).always()]).await;
    let error = replace(&stage).await.unwrap_err();
    let shown = error.to_string();
    let TransferError::SwapInterrupted { name, old: of_old, new, source } = error else { panic!("{shown}") };
    assert_eq!((name.as_str(), of_old), ("tool.zip", old));
    assert_eq!(source.api_error().and_then(|error| error.status()), Some(403), "the cause is told");
    assert!(shown.contains(&old.to_string()) && shown.contains(&new.to_string()), "{shown}");
    let wanted = [("tool.zip.replacement-new", "new"), ("tool.zip.replacement-old", "old")];
    assert_eq!(stage.content(), wanted.map(|(name, content)| (name.to_owned(), content.to_owned())));
    stage.repository.clear_faults();
    let done = replace(&stage).await.unwrap();
    assert_replaced(&stage, &done, old);
    assert_eq!((done.asset.id, done.mended), (new, true));
}

#[tokio::test]
async fn a_new_asset_that_is_shown_otherwise_under_its_name_is_taken_back() {
    let (stage, _) = scene(vec![]).await;
    let other = stage.repository.add_asset(stage.release_id, "other.zip", "longer than new");
    let asset = stage.client.get_release_asset("octo", "demo", other).await.unwrap();
    stage.repository.remove_asset(other);
    let mut wrong = serde_json::to_value(asset).unwrap();
    wrong["name"] = json!("tool.zip");
    stage.repository.inject(patch(Fault::reply(Reply::json(200, &wrong)).carried_out().after(1)));
    stage.repository.inject(Fault::reply(Reply::json(200, &wrong)).on(Operation::GetAsset).times(3));
    let error = replace(&stage).await.unwrap_err();
    assert!(matches!(error, TransferError::LengthMismatch { expected: 3, actual: 15, .. }), "{error}");
    assert_undone(&stage);
}

#[tokio::test]
async fn a_new_asset_that_is_shown_well_at_last_is_kept() {
    let (stage, old) = scene(vec![]).await;
    let asset = stage.client.get_release_asset("octo", "demo", old).await.unwrap();
    let mut wrong = serde_json::to_value(asset).unwrap();
    wrong["state"] = json!("starter");
    stage.repository.inject(patch(Fault::reply(Reply::json(200, &wrong)).carried_out().after(1)));
    stage.repository.inject(Fault::reply(Reply::json(200, &wrong)).on(Operation::GetAsset).times(2));
    let done = replace(&stage).await.unwrap();
    assert_replaced(&stage, &done, old);
}

#[tokio::test]
async fn a_name_that_github_does_not_give_is_an_error_that_is_undone() {
    let (stage, _) = scene(vec![]).await;
    stage.repository.set_renaming(|name| name.replace("-old", ""));
    let error = replace(&stage).await.unwrap_err();
    assert!(matches!(error, TransferError::NameUnusable { .. }), "{error}");
    assert_undone(&stage);
}

#[tokio::test]
async fn an_old_asset_that_cannot_be_deleted_is_told_and_mended() {
    let (stage, old) = scene(vec![Fault::reply(Reply::new(403)).on(Operation::DeleteAsset).always()]).await;
    let error = replace(&stage).await.unwrap_err();
    let shown = error.to_string();
    let TransferError::OldRemains { asset, old: of_old, .. } = error else { panic!("{shown}") };
    assert_eq!((of_old, asset.name.as_str()), (old, "tool.zip"));
    assert_eq!(stage.repository.asset(stage.release_id, "tool.zip").unwrap().id, asset.id);
    stage.repository.clear_faults();
    let done = replace(&stage).await.unwrap();
    assert_eq!((done.asset.id, done.already_there, done.mended), (asset.id, true, true));
    assert_eq!((done.cleaned_up, stage.only_asset().id), (vec![old], asset.id));
}
