//! The policies of the runtime at a GitHub that fails: what the generated calls survive by themselves.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use fault_server::{Cut, Fault, Operation, Origin, Reply};
use github_release_assets::{AccessToken, Client, ErrorKind, RetryPolicy, TokenProvider, is_not_found};

use super::stage::{Stage, TOKEN, builder, bytes, policy};

/// The failures of one request that a list survives.
fn failures() -> [(&'static str, Fault); 10] {
    [
        ("502 with HTML", Reply::bad_gateway_html().into()),
        ("502 with JSON", Reply::bad_gateway_json().into()),
        ("429", Reply::too_many_requests().into()),
        ("a secondary limit", Reply::secondary_limit(None).into()),
        ("a secondary limit with a time", Reply::secondary_limit(Some(0)).into()),
        ("a reset before the response", Fault::cut_response(0, Cut::Reset)),
        ("a reset in the head", Fault::cut_response(30, Cut::Reset)),
        ("an end in the body", Fault::cut_response(900, Cut::Close)),
        ("a stall", Fault::cut_response(900, Cut::Stall)),
        ("500 with 100 MiB", Reply::error_body(100 << 20).into()),
    ]
}

#[tokio::test]
async fn a_list_survives_what_a_server_can_do_to_it() {
    for (what, failure) in failures() {
        let stage = Stage::new().await;
        stage.repository.add_asset(stage.release_id, "a.zip", "a");
        stage.repository.inject(failure.on(Operation::ListAssets).times(2));
        let assets = stage.release().assets().try_collect().await;
        assert_eq!(assets.unwrap_or_else(|error| panic!("{what}: {error}")).len(), 1);
        assert_eq!(stage.requests(Operation::ListAssets).len(), 3, "{what}");
    }
}

#[tokio::test]
async fn without_retries_each_failure_is_an_error_that_keeps_its_status() {
    for (what, failure) in failures() {
        let stage = Stage::new().await;
        stage.repository.add_asset(stage.release_id, "a.zip", "a");
        stage.repository.inject(failure.on(Operation::ListAssets));
        let list =
            stage.client.list_release_assets("octo", "demo", stage.release_id).retry(RetryPolicy::off());
        let error = list.await.unwrap_err();
        assert_eq!(stage.requests(Operation::ListAssets).len(), 1, "{what}");
        assert!(error.body().len() <= 64 * 1024, "{what}");
        let expected = stage.requests(Operation::ListAssets)[0].status().filter(|status| *status != 200);
        assert_eq!(error.status().filter(|status| *status != 200), expected, "{what}: {error}");
    }
}

#[tokio::test]
async fn a_write_is_repeated_only_after_a_refusal() {
    for (failure, expected) in [
        (Reply::bad_gateway_html(), 1),
        (Reply::secondary_limit(None), 2),
        (Reply::too_many_requests(), 2),
        (Reply::rate_limited_primary(0).status(429), 2),
    ] {
        let stage = Stage::new().await;
        stage.repository.inject(Fault::reply(failure).on(Operation::UploadAsset));
        let client =
            builder(&stage.github).retry(policy().longest_wait(Duration::from_secs(5))).build().unwrap();
        let upload = client.upload_release_asset("octo", "demo", stage.release_id, "a.zip", bytes(200_000));
        assert_eq!(upload.await.is_ok(), expected == 2);
        let uploads = stage.requests(Operation::UploadAsset);
        assert_eq!(uploads.len(), expected);
        assert!(uploads.iter().all(|upload| upload.body_length == 200_000), "a body is sent whole");
    }
}

#[tokio::test]
async fn a_used_up_limit_is_waited_for_if_it_is_short() {
    let stage = Stage::new().await;
    // Long enough for a busy machine to send the first request before it is over.
    stage.repository.set_rate_limit(1, Duration::from_secs(4));
    let started = Instant::now();
    let first = stage.client.list_release_assets("octo", "demo", stage.release_id).send_full().await.unwrap();
    assert_eq!(first.rate_limit().unwrap().remaining, Some(0));
    stage.release().assets().try_collect().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(3), "{:?}", started.elapsed());

    stage.repository.set_rate_limit(0, Duration::from_secs(3_000));
    let error = stage.client.get_release_asset("octo", "demo", 1).await.unwrap_err();
    assert!(error.is_rate_limit() && error.attempts() == 1, "{error}");
    assert!(error.retry_after().unwrap() > Duration::from_secs(2_900));
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let stage = Stage::new().await;
    let id = stage.repository.add_asset(stage.release_id, "a.zip", "a");
    let first = stage.client.get_release_asset("octo", "demo", id).send_full().await.unwrap();
    let etag = first.etag().unwrap();
    let same = stage.client.get_release_asset("octo", "demo", id).if_none_match(etag).await.unwrap_err();
    assert_eq!((same.kind(), same.status()), (ErrorKind::NotModified, Some(304)));
    stage.client.update_release_asset("octo", "demo", id).label("new").await.unwrap();
    let changed = stage.client.get_release_asset("octo", "demo", id).if_none_match(etag).await.unwrap();
    assert_eq!(changed.label.as_deref(), Some("new"));
}

#[tokio::test]
async fn a_stall_ends_after_the_idle_timeout_and_slowness_does_not() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::cut_response(0, Cut::Stall).on(Operation::ListAssets));
    let started = Instant::now();
    let list = stage.client.list_release_assets("octo", "demo", stage.release_id).retry(RetryPolicy::off());
    assert_eq!(list.await.unwrap_err().kind(), ErrorKind::Timeout);
    let took = started.elapsed();
    assert!((Duration::from_millis(500)..Duration::from_secs(5)).contains(&took), "{took:?}");

    // Twice as long as the idle timeout, and never still for that long.
    stage.repository.add_asset(stage.release_id, "a.zip", bytes(100_000));
    stage
        .repository
        .inject(Fault::slow_response(10_000, Duration::from_millis(100)).on(Operation::FetchBytes));
    stage.release().download_to("a.zip", stage.path("a.zip")).await.unwrap();
    assert_eq!(stage.requests(Operation::FetchBytes).len(), 1);
}

#[tokio::test]
async fn redirects_that_lead_nowhere_end_and_take_no_token_along() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::redirect_loop().on(Operation::ListAssets));
    let error = stage.release().assets().try_collect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(stage.requests(Operation::ListAssets).len() <= 11);

    let elsewhere = Reply::redirect_to(stage.repository.elsewhere_url());
    for operation in
        [Operation::GetAsset, Operation::DownloadAsset, Operation::UploadAsset, Operation::UpdateAsset]
    {
        stage.repository.inject(Fault::reply(elsewhere.clone()).on(operation));
    }
    let id = stage.repository.add_asset(stage.release_id, "a.zip", "a");
    stage.client.get_release_asset("octo", "demo", id).await.unwrap_err();
    stage.client.download_release_asset("octo", "demo", id).await.unwrap();
    stage.client.upload_release_asset("octo", "demo", stage.release_id, "b.zip", "b").await.unwrap_err();
    stage.client.update_release_asset("octo", "demo", id).label("x").await.unwrap_err();
    let strays: Vec<_> = stage
        .repository
        .requests()
        .into_iter()
        .filter(|request| request.origin == Origin::Elsewhere)
        .collect();
    assert!(!strays.is_empty(), "the trap was reached");
    assert!(
        strays.iter().all(|request| request.header("authorization").is_none() && request.body_length == 0)
    );
    assert_eq!(stage.repository.token_leaks(TOKEN), [""; 0]);
}

#[tokio::test]
async fn answers_that_are_no_json_or_come_slowly_are_what_they_are() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::malformed_json(200)).on(Operation::ListAssets));
    let error = stage.release().assets().try_collect().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)));
    stage.repository.inject(Fault::slow_headers(Duration::from_millis(2)).on(Operation::ListAssets));
    assert!(stage.release().assets().try_collect().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_renamed_repository_and_pages_of_another_shape_are_followed() {
    let stage = Stage::new().await;
    for number in 0..205 {
        stage.repository.add_asset(stage.release_id, &format!("{number}.zip"), "a");
    }
    stage.repository.rename("renamed");
    assert_eq!(stage.release().assets().try_collect().await.unwrap().len(), 205);
    let targets: Vec<_> = stage.repository.requests().into_iter().map(|request| request.target).collect();
    assert!(targets.iter().any(|target| target.starts_with("/repositories/")), "{targets:?}");
    let path = stage.path("new.zip");
    std::fs::write(&path, "new").unwrap();
    stage.release().upload_file(&path).await.unwrap();
    assert_eq!(stage.repository.token_leaks(TOKEN), [""; 0]);
}

/// Gives the token that the server wants next.
struct Rotating(Arc<AtomicU32>);

impl TokenProvider for Rotating {
    async fn token(&self) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
        Ok(format!("token-{}", self.0.load(Ordering::SeqCst)).into())
    }
}

#[tokio::test]
async fn a_token_that_expires_in_the_middle_is_renewed() {
    let stage = Stage::new().await;
    let current = Arc::new(AtomicU32::new(1));
    stage.repository.require_token("token-1");
    let client: Client = builder(&stage.github).token(Rotating(current.clone())).build().unwrap();
    let release = client.find_latest_release("octo", "demo").await.unwrap();
    current.store(2, Ordering::SeqCst);
    stage.repository.require_token("token-2");
    let path = stage.path("a.zip");
    std::fs::write(&path, bytes(300_000)).unwrap();
    let done = release.upload_file(&path).await.unwrap();
    assert_eq!(done.attempts, 1, "a renewed token is no attempt of the upload");
    let refused = stage.repository.requests().iter().filter(|request| request.status() == Some(401)).count();
    assert_eq!(refused, 1);

    stage.repository.require_token("another");
    let error = client.find_latest_release("octo", "demo").await.unwrap_err();
    assert!(error.status() == Some(401) && !is_not_found(&error));
}

#[tokio::test]
async fn a_dropped_upload_is_cancelled() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::cut_request(100_000, Cut::Stall).on(Operation::UploadAsset));
    let client = builder(&stage.github).idle_timeout(Duration::from_secs(60)).build().unwrap();
    let upload = client.upload_release_asset("octo", "demo", stage.release_id, "a.zip", bytes(8 << 20));
    assert!(tokio::time::timeout(Duration::from_millis(300), upload.into_future()).await.is_err());
    // The server sees the connection go.
    tokio::time::timeout(Duration::from_secs(10), stage.repository.settled()).await.unwrap();
    assert!(stage.repository.assets(stage.release_id).is_empty());
}
