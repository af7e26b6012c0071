use std::time::Duration;

use bytes::Bytes;
use fault_server::{AssetState, NewAsset};

use crate::raw::{End, Scene, ask, get};

#[tokio::test]
async fn a_download_is_redirected_to_a_signed_location() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a.zip", "abc");
    for accept in ["application/octet-stream", "text/plain, application/octet-stream;q=0.9"] {
        let got = ask("GET", scene.asset_url(id)).header("accept", accept).send().await;
        assert_eq!((got.status, got.body.len()), (302, 0), "{accept}");
    }
    let location = scene.location(id).await;
    assert!(location.starts_with(scene.github.store_url()) && location.contains("&sig="), "{location}");
    let got = get(&location).await;
    assert_eq!((got.status, got.text(), got.end), (200, "abc".to_owned(), End::Closed));
    assert_eq!((got.header("content-length"), got.header("accept-ranges")), (Some("3"), Some("bytes")));
    assert!(got.header("etag").unwrap().starts_with('"'), "a strong entity tag");
    assert_eq!(got.header("content-disposition"), Some("attachment; filename=a.zip"));
    assert_eq!(scene.repository.assets(scene.release)[0].download_count, 3);
    let head = ask("HEAD", &location).send().await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("3"), 0));
}

#[tokio::test]
async fn the_store_refuses_tokens_and_locations_that_are_wrong_or_old() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a.zip", "abc");
    let other = scene.repository.add_asset(scene.release, "b.zip", "abc");
    let location = scene.location(id).await;
    let got = ask("GET", &location).header("authorization", "Bearer x").send().await;
    assert_eq!(got.status, 400);
    assert!(got.text().contains("Only one auth mechanism allowed"));
    let later = location.replace("se=", "se=9");
    for wrong in [later, location.replace(&id.to_string(), &other.to_string()), format!("{location}0")] {
        assert_eq!(get(&wrong).await.status, 403, "{wrong}");
    }
    scene.repository.set_location_lifetime(Duration::ZERO);
    let expired = scene.location(id).await;
    tokio::time::sleep(Duration::from_millis(2)).await;
    assert_eq!(get(expired).await.status, 403);
    scene.repository.remove_asset(id);
    assert_eq!(get(location).await.status, 404);
    assert_eq!(get(format!("{}/1/2", scene.github.store_url())).await.status, 404);
}

#[tokio::test]
async fn ranges_are_served_as_long_as_the_asset_is_the_same() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a.zip", "0123456789");
    let location = scene.location(id).await;
    let etag = get(&location).await.header("etag").unwrap().to_owned();
    let date = get(&location).await.header("last-modified").unwrap().to_owned();
    assert!(date.ends_with(" GMT"), "{date}");
    let table = [
        ("bytes=0-3", None, 206, "0123", Some("bytes 0-3/10")),
        ("bytes=7-", None, 206, "789", Some("bytes 7-9/10")),
        ("bytes=-2", None, 206, "89", Some("bytes 8-9/10")),
        ("bytes=7-", Some(etag.as_str()), 206, "789", Some("bytes 7-9/10")),
        ("bytes=7-", Some(&date), 206, "789", Some("bytes 7-9/10")),
        ("bytes=7-", Some("\"other\""), 200, "0123456789", None),
        ("bytes=0-1,4-5", None, 200, "0123456789", None),
        ("bytes=10-", None, 416, "", Some("bytes */10")),
    ];
    for (range, if_range, status, body, content_range) in table {
        let mut ask = ask("GET", &location).header("range", range);
        if let Some(if_range) = if_range {
            ask = ask.header("if-range", if_range);
        }
        let got = ask.send().await;
        assert_eq!(
            (got.status, got.header("content-range")),
            (status, content_range),
            "{range} {if_range:?}"
        );
        assert!(status == 416 || got.text() == body, "{range} {if_range:?}: {}", got.text());
        assert_eq!(got.header("etag"), Some(etag.as_str()));
    }
}

#[tokio::test]
async fn the_api_can_send_the_bytes_itself() {
    let scene = Scene::start().await;
    scene.repository.set_streams_bytes(true);
    let id = scene.repository.add_asset(scene.release, "a.zip", "abc");
    let got = ask("GET", scene.asset_url(id)).header("accept", "application/octet-stream").send().await;
    assert_eq!((got.status, got.text()), (200, "abc".to_owned()));
    assert!(got.header("x-ratelimit-remaining").is_some());
}

#[tokio::test]
async fn a_leftover_has_no_bytes() {
    let scene = Scene::start().await;
    let id = scene.repository.add_leftover(scene.release, "a.zip", AssetState::Starter);
    let got = ask("GET", scene.asset_url(id)).header("accept", "application/octet-stream").send().await;
    assert_eq!(got.status, 404);
}

#[tokio::test]
async fn a_repeating_asset_is_made_as_it_is_sent() {
    let scene = Scene::start().await;
    let size = 3_000_001;
    let id = scene.repository.put_asset(scene.release, NewAsset::repeating("a", b"abc", size));
    let location = scene.location(id).await;
    let expected: Vec<u8> = b"abc".iter().copied().cycle().take(3_000_001).collect();
    let got = get(&location).await;
    assert!(got.body == expected);
    let part = ask("GET", &location).header("range", "bytes=1000000-1000004").send().await;
    assert_eq!(part.body, expected[1_000_000..=1_000_004]);
    let same = scene.repository.add_asset(scene.release, "b", Bytes::from(expected));
    let assets = scene.repository.assets(scene.release);
    assert_eq!((assets[0].sha256.clone(), assets[1].id), (assets[1].sha256.clone(), same));
    assert_eq!((assets[0].size, assets[0].bytes.is_none()), (size, true));
}
