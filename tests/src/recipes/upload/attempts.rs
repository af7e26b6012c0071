//! When a file is sent again, and when not.

use std::time::{Duration, Instant};

use fault_server::{AssetState, Cut, Fault, Operation, Reply};
use github_release_assets::{TransferError, runtime::RetryPolicy};
use serde_json::json;

use super::Stage;

#[tokio::test]
async fn an_upload_that_breaks_off_is_sent_again() {
    let content: Vec<u8> = (0..600_000_u32).map(|index| (index % 251) as u8).collect();
    for cut in [Cut::Reset, Cut::Close] {
        for after in [0, 1, 200_000, 600_000] {
            let stage = Stage::new().await;
            stage.repository.inject(Fault::cut_request(after, cut).on(Operation::UploadAsset));
            let done = stage.target().upload_file(stage.file("tool.zip", &content)).await.unwrap();
            assert_eq!((done.attempts, done.recognised), (2, false), "{cut:?} after {after}");
            assert_eq!(stage.only_asset().bytes.unwrap(), content, "{cut:?} after {after}");
        }
    }
}

#[tokio::test]
async fn an_upload_that_stands_still_is_sent_again() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::cut_request(100_000, Cut::Stall).on(Operation::UploadAsset));
    let release = stage.target_of(stage.builder().idle_timeout(Duration::from_millis(200)));
    let done = release.upload_file(stage.file("tool.zip", vec![7; 2_000_000])).await.unwrap();
    assert_eq!((done.attempts, done.asset.id), (2, stage.only_asset().id));
}

#[tokio::test]
async fn it_gives_up_after_so_many_attempts() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).always().on(Operation::UploadAsset));
    for (attempts, sent) in [(1, 1), (2, 3), (0, 4)] {
        let upload = stage.target().upload_file(stage.file("tool.zip", "new")).attempts(attempts);
        let error = upload.await.unwrap_err();
        assert!(
            matches!(error, TransferError::GaveUp { attempts: of, .. } if of == attempts.max(1)),
            "{error}"
        );
        assert_eq!(error.api_error().and_then(|error| error.status()), Some(502));
        assert_eq!(stage.uploads().len(), sent);
    }
    stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert_eq!(stage.uploads().len(), 4 + 5, "five are the default");
}

#[tokio::test]
async fn a_refusal_is_an_error_at_once() {
    for status in [400, 401, 403, 404, 409, 413, 422] {
        let stage = Stage::new().await;
        let body =
            json!({ "errors": [{ "resource": "ReleaseAsset", "code": "custom", "field": "file_count" }] });
        stage.repository.inject(Fault::reply(Reply::json(status, &body)).on(Operation::UploadAsset));
        let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
        assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(status)), "{error}");
        assert_eq!((stage.uploads(), stage.count(Operation::ListAssets)), (vec![Some(status)], 1));
    }
}

#[tokio::test]
async fn a_limit_is_waited_for_and_is_no_attempt() {
    let stage = Stage::new().await;
    for reply in [Reply::secondary_limit(None), Reply::too_many_requests()] {
        stage.repository.inject(Fault::reply(reply).on(Operation::UploadAsset));
    }
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, stage.uploads()), (1, vec![Some(403), Some(429), Some(201)]));
}

#[tokio::test]
async fn a_pause_that_the_server_asks_for_is_made() {
    let stage = Stage::new().await;
    let busy = Reply::new(503).header("retry-after", 1);
    stage.repository.inject(Fault::reply(busy).on(Operation::UploadAsset));
    let start = Instant::now();
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!(done.attempts, 2);
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn pauses_are_those_of_the_clients_policy() {
    let stage = Stage::new().await;
    let pause = Duration::from_millis(400);
    let policy = RetryPolicy::default().first_delay(pause).longest_delay(pause);
    let release = stage.target_of(stage.builder().retry(policy));
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).on(Operation::UploadAsset));
    let start = Instant::now();
    release.upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert!(start.elapsed() >= pause / 2, "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_tried_again() {
    let stage = Stage::new().await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let release = stage.target_of(stage.builder().uploads_url(format!("http://{closed}")));
    let error = release.upload_file(stage.file("tool.zip", "new")).attempts(2).await.unwrap_err();
    assert!(matches!(error, TransferError::GaveUp { attempts: 2, .. }), "{error}");
    assert!(error.api_error().is_some_and(|error| error.is_connect()), "{error}");
    assert_eq!(stage.count(Operation::ListAssets), 1, "there is nothing to look for");
}

#[tokio::test]
async fn a_list_that_fails_after_an_attempt_is_no_end() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::UploadAsset));
    stage
        .repository
        .inject(Fault::reply(Reply::bad_gateway_html()).after(1).times(4).on(Operation::ListAssets));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.attempts, done.recognised), (2, true));
    assert_eq!((stage.uploads(), stage.only_asset().id), (vec![Some(502), Some(422)], done.asset.id));
}

#[tokio::test]
async fn a_leftover_that_cannot_be_deleted_is_an_error() {
    let stage = Stage::new().await;
    stage.repository.add_leftover(stage.release_id, "tool.zip", AssetState::Starter);
    stage.repository.inject(Fault::reply(Reply::new(403)).on(Operation::DeleteAsset));
    let error = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap_err();
    assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(403)), "{error}");
    assert_eq!(stage.uploads(), []);
}

#[tokio::test]
async fn a_list_that_cannot_be_read_after_an_attempt_is_no_end() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out().on(Operation::UploadAsset));
    stage.repository.inject(Fault::reply(Reply::malformed_json(200)).after(1).on(Operation::ListAssets));
    let done = stage.target().upload_file(stage.file("tool.zip", "new")).await.unwrap();
    assert_eq!((done.recognised, stage.only_asset().id), (true, done.asset.id));
}
