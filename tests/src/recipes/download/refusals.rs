//! When a download is given up.

use std::time::Duration;

use fault_server::{Cut, Fault, Framing, Github, Operation, Origin, Reply};
use github_release_assets::{Client, TransferError};
use serde_json::json;

use super::{NAME, SIZE, Scene};
use crate::recipes::stage::{builder, policy};

/// A client with a policy of its own.
fn client(github: &Github, policy: github_release_assets::RetryPolicy) -> Client {
    builder(github).retry(policy).build().unwrap()
}

#[tokio::test]
async fn it_gives_up_after_so_many_failures_without_getting_further() {
    for (attempts, fault) in [
        (1, Fault::reply(Reply::bad_gateway_html()).at(Origin::Store)),
        (5, Fault::reply(Reply::bad_gateway_html()).at(Origin::Store)),
        (3, Fault::cut_response(0, Cut::Reset).at(Origin::Store)),
        (7, Fault::expired_location()),
    ] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(fault.always());
        let error = scene.download().attempts(attempts).await.unwrap_err();
        let TransferError::BrokenOff { path, bytes, size, attempts: told, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!((path, *bytes, *size, *told), (&scene.file(), 0, SIZE as u64, attempts));
        assert_eq!(scene.asked(), attempts as usize);
        assert!(error.api_error().is_some());
        assert!(scene.stage.files().is_empty());
    }
}

#[tokio::test]
async fn five_failures_are_enough() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::reply(Reply::new(500)).at(Origin::Store).always());
    assert!(matches!(scene.download().await, Err(TransferError::BrokenOff { attempts: 5, .. })));
    assert_eq!(scene.asked(), 5);
}

#[tokio::test]
async fn the_count_begins_anew_when_it_gets_further() {
    let scene = Scene::new().await;
    let gone = || Reply::new(404).body("<Error/>");
    let fails = |times| Fault::reply(gone()).on(Operation::FetchBytes).times(times);
    for _ in 0..2 {
        scene.stage.repository.inject(fails(2));
        scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    }
    scene.stage.repository.inject(fails(2));
    let got = scene.download().attempts(3).await.unwrap();
    scene.check(&got);
    assert_eq!(scene.asked(), 9);
}

#[tokio::test]
async fn the_same_bytes_again_are_no_progress() {
    let scene = Scene::new().await;
    // Neither a range nor the whole ever gets beyond this.
    let weak = Reply::new(200).header("etag", "W/\"1\"").body(crate::recipes::stage::bytes(SIZE));
    let fault = Fault::reply(weak).on(Operation::FetchBytes).with_cut_response(100_000, Cut::Close);
    scene.stage.repository.inject(fault.always());
    let error = scene.download().attempts(3).await.unwrap_err();
    assert!(matches!(error, TransferError::BrokenOff { attempts: 3, .. }), "{error}");
    // The first one got further than nothing.
    assert_eq!(scene.asked(), 4);
}

#[tokio::test]
async fn responses_that_end_well_and_too_early_are_another_size() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    scene.stage.repository.inject(Fault::truncated(0, Framing::Chunked).always());
    let error = scene.download().attempts(3).await.unwrap_err();
    let TransferError::LengthMismatch { expected, actual, .. } = error else { panic!("{error}") };
    assert_eq!((expected, actual), (SIZE as u64, 100_000));
    assert_eq!(scene.asked(), 4);
    // They may be right, and the rest may come another day.
    assert_eq!(scene.stage.files(), ["tool.bin.part", "tool.bin.part.json"]);
}

#[tokio::test]
async fn a_refusal_is_an_error_at_once_and_keeps_the_part() {
    let not_found = json!({ "message": "Not Found" });
    for (reply, status) in [
        (Reply::json(401, &json!({ "message": "Bad credentials" })), 401),
        (Reply::new(401), 401),
        (Reply::json(403, &json!({ "message": "Resource not accessible by integration" })), 403),
        (Reply::json(404, &not_found), 404),
        (Reply::json(410, &not_found), 410),
    ] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
        scene.stage.repository.inject(Fault::reply(reply).on(Operation::DownloadAsset).after(1).always());
        let error = scene.download().await.unwrap_err();
        assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(status)), "{error}");
        assert_eq!(scene.asked(), 2);
        assert_eq!(scene.stage.files(), ["tool.bin.part", "tool.bin.part.json"]);
        // Later it goes on.
        scene.stage.repository.clear_faults();
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.bytes_transferred, got.resumed), (SIZE as u64 - 100_000, 1));
    }
}

#[tokio::test]
async fn a_limit_that_lasts_too_long_is_an_error_at_once() {
    for (reply, status) in [
        (Reply::secondary_limit(Some(60)), 403),
        (Reply::rate_limited_primary(60), 403),
        (Reply::too_many_requests().header("retry-after", 60), 429),
        (Reply::new(503).header("retry-after", 60), 503),
    ] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(Fault::reply(reply).on(Operation::DownloadAsset).always());
        let client = client(&scene.stage.github, policy().longest_wait(Duration::from_secs(5)));
        let error = client.download_to("octo", "demo", scene.asset, scene.file()).await.unwrap_err();
        assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(status)), "{error}");
        assert_eq!(scene.asked(), 1);
    }
}

#[tokio::test]
async fn a_client_that_repeats_nothing_has_downloads_that_do() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::reply(Reply::new(500)).on(Operation::FetchBytes).times(2));
    let policy = github_release_assets::RetryPolicy::off().first_delay(Duration::from_millis(1));
    let client = client(&scene.stage.github, policy);
    let got = client.download_to("octo", "demo", scene.asset, scene.file()).await.unwrap();
    scene.check(&got);
    assert_eq!(scene.asked(), 3);
}

#[tokio::test]
async fn what_is_not_there_is_refused_before_anything_is_written() {
    let scene = Scene::new().await;
    let error = scene.stage.client.download_to("octo", "demo", 1, scene.file()).await.unwrap_err();
    assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(404)), "{error}");
    let shown = error.to_string();
    assert!(shown.contains("404") && !shown.contains(NAME), "{shown}");
    assert!(scene.stage.files().is_empty());
}
