//! The replies that take the place of true answers.

use std::time::{Duration, Instant, SystemTime};

use fault_server::{AssetState, Fault, Operation, Reply};
use serde_json::json;

use crate::raw::{End, Scene, ask, get};

#[tokio::test]
async fn replies_come_as_they_are_and_carry_no_rate_limit() {
    let scene = Scene::start().await;
    let table = [
        (Reply::new(503), 503, None, ""),
        (Reply::bad_gateway_html(), 502, Some("text/html; charset=utf-8"), "<!DOCTYPE html>"),
        (
            Reply::bad_gateway_json(),
            502,
            Some("application/json; charset=utf-8"),
            r#"{"message":"Server Error"}"#,
        ),
        (Reply::malformed_json(200), 200, Some("application/json; charset=utf-8"), r#"{"url":"#),
        (Reply::too_many_requests(), 429, None, ""),
        (Reply::new(404).header("content-type", "text/plain").body("no"), 404, Some("text/plain"), "no"),
        (Reply::error_body(100), 500, Some("text/plain; charset=utf-8"), "Something went wrong."),
    ];
    for (reply, status, media_type, start) in table {
        scene.repository.inject(reply.clone());
        let got = get(scene.list_url()).await;
        assert_eq!((got.status, got.header("content-type")), (status, media_type), "{reply:?}");
        assert!(got.text().starts_with(start), "{reply:?}");
        assert!(got.header("x-github-request-id").is_some());
        assert_eq!((got.header("x-ratelimit-limit"), got.header("retry-after")), (None, None));
    }
    scene.repository.inject(Reply::malformed_json(200));
    assert!(serde_json::from_slice::<serde_json::Value>(&get(scene.list_url()).await.body).is_err());
}

#[tokio::test]
async fn limits_say_when_to_come_again_or_do_not() {
    let scene = Scene::start().await;
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    scene.repository.inject(Reply::rate_limited_primary(60));
    let got = get(scene.list_url()).await;
    assert_eq!((got.status, got.header("x-ratelimit-remaining")), (403, Some("0")));
    let reset: u64 = got.header("x-ratelimit-reset").unwrap().parse().unwrap();
    assert!((now + 60..now + 70).contains(&reset), "{reset}");
    assert!(got.json()["message"].as_str().unwrap().starts_with("API rate limit exceeded"));

    for (retry_after, expected) in [(Some(7), Some("7")), (None, None)] {
        scene.repository.inject(Reply::secondary_limit(retry_after).status(429));
        let got = get(scene.list_url()).await;
        assert_eq!((got.status, got.header("retry-after")), (429, expected));
        assert!(got.json()["message"].as_str().unwrap().contains("secondary rate limit"));
        assert_ne!(got.header("x-ratelimit-remaining"), Some("0"));
    }
}

#[tokio::test]
async fn a_reply_may_come_before_or_after_the_deed() {
    let scene = Scene::start().await;
    let on_upload = |reply: Reply| Fault::reply(reply).on(Operation::UploadAsset);
    let table = [
        (on_upload(Reply::bad_gateway_html()), None),
        (on_upload(Reply::bad_gateway_html()).carried_out(), Some(("uploaded", 1))),
        (on_upload(Reply::bad_gateway_html()).leaving(AssetState::Starter), Some(("starter", 0))),
        (on_upload(Reply::bad_gateway_json()).leaving(AssetState::New), Some(("new", 0))),
        (on_upload(Reply::bad_gateway_html()).before_body(), None),
    ];
    for (index, (fault, expected)) in table.into_iter().enumerate() {
        scene.repository.inject(fault.clone());
        let name = format!("asset{index}");
        let got = scene.upload(&format!("?name={name}"), "x").send().await;
        let kept = scene.repository.asset(scene.release, &name);
        let kept = kept.as_ref().map(|asset| (asset.state.as_str(), asset.size));
        assert_eq!((got.status, kept), (502, expected), "{fault:?}");
    }
}

#[tokio::test]
async fn a_partial_asset_is_the_one_that_was_left() {
    let scene = Scene::start().await;
    let partial = || Fault::reply(Reply::bad_gateway_partial_asset());
    scene.repository.inject(partial().leaving(AssetState::Starter));
    let got = scene.upload("?name=a%20b", "x").send().await;
    let left = scene.repository.asset(scene.release, "a.b").unwrap();
    let shown = got.json();
    assert_eq!((got.status, &shown["id"], &shown["state"]), (502, &json!(left.id), &json!("starter")));
    scene.repository.inject(partial());
    let got = scene.upload("?name=c", "x").send().await.json();
    assert_eq!((&got["name"], scene.repository.asset(scene.release, "c").is_none()), (&json!("c"), true));
}

#[tokio::test]
async fn nothing_is_left_by_what_would_have_been_refused() {
    let scene = Scene::start().await;
    scene.repository.add_asset(scene.release, "a", "abc");
    let fault = || Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
    for ask in [scene.upload("?name=a", "x"), scene.upload("?name=b", ""), ask("GET", scene.list_url())] {
        scene.repository.inject(fault());
        assert_eq!(ask.send().await.status, 502);
    }
    assert_eq!(scene.repository.assets(scene.release).len(), 1);
}

#[tokio::test]
async fn a_deed_may_come_late() {
    let scene = Scene::start().await;
    let late = Duration::from_millis(100);
    scene.repository.inject(Fault::reply(Reply::bad_gateway_html()).carried_out_late(late));
    let start = Instant::now();
    assert_eq!(scene.upload("?name=a", "abc").send().await.status, 502);
    assert!(scene.repository.assets(scene.release).is_empty());
    scene.repository.settled().await;
    assert!(start.elapsed() >= late);
    assert_eq!(scene.repository.asset(scene.release, "a").unwrap().size, 3);
}

#[tokio::test]
async fn a_reply_before_the_body_reaches_a_client_that_goes_on_sending() {
    let scene = Scene::start().await;
    scene.repository.inject(Fault::reply(Reply::bad_gateway_html()).before_body());
    let got = scene.upload("?name=a", vec![0; 5_000_000]).send().await;
    assert_eq!((got.status, got.end), (502, End::Closed));
    assert_eq!(scene.repository.requests()[0].body_length, 0);
}

#[tokio::test]
async fn redirects_lead_in_circles_or_away() {
    let scene = Scene::start().await;
    scene.repository.inject(Fault::redirect_loop().on(Operation::ListAssets));
    for _ in 0..3 {
        let got = get(scene.list_url()).await;
        let location = got.header("location").unwrap();
        assert_eq!((got.status, scene.github.api_url().to_owned() + location), (302, scene.list_url()));
    }
    scene.repository.clear_faults();
    let astray = format!("{}/x?y=z", scene.repository.elsewhere_url());
    scene.repository.inject(Reply::redirect_to(&astray).status(307));
    let got = get(scene.list_url()).await;
    assert_eq!((got.status, got.header("location")), (307, Some(astray.as_str())));
    assert_eq!(get(astray).await.status, 200);
    let requests = scene.repository.requests();
    assert_eq!(requests.last().unwrap().target, "/octo/demo/x?y=z");
}
