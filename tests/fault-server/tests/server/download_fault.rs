//! What can become of a download.

use fault_server::{Cut, Fault, Framing, NewAsset, Operation};

use crate::raw::{End, Got, Scene, ask};

const ASSET: &str = "0123456789";

async fn fetch(scene: &Scene, range: Option<&str>, fault: Fault) -> Got {
    let id = scene.repository.assets(scene.release)[0].id;
    let location = scene.location(id).await;
    scene.repository.inject(fault);
    let ask = ask("GET", location);
    match range {
        Some(range) => ask.header("range", range).header("if-range", "\"old\"").send().await,
        None => ask.send().await,
    }
}

#[tokio::test]
async fn a_download_may_be_truncated_in_every_framing() {
    let scene = Scene::start().await;
    scene.repository.add_asset(scene.release, "a", ASSET);
    let table = [
        (Framing::Promised, Some("10"), None),
        (Framing::Consistent, Some("4"), None),
        (Framing::Chunked, None, Some("chunked")),
        (Framing::Unannounced, None, None),
    ];
    for (framing, length, encoding) in table {
        let got = fetch(&scene, None, Fault::truncated(4, framing)).await;
        assert_eq!((got.status, got.text(), got.end), (200, "0123".to_owned(), End::Closed), "{framing:?}");
        assert_eq!(
            (got.header("content-length"), got.header("transfer-encoding")),
            (length, encoding),
            "{framing:?}"
        );
    }
}

#[tokio::test]
async fn a_download_may_be_longer_or_another() {
    let scene = Scene::start().await;
    scene.repository.add_asset(scene.release, "a", ASSET);
    let table = [
        (Fault::extra_bytes(3), "0123456789ext".to_owned().into_bytes()),
        (Fault::flipped_byte(0), vec![!b'0', b'1', b'2', b'3', b'4', b'5', b'6', b'7', b'8', b'9']),
        (Fault::flipped_byte(9), [b"012345678", &[!b'9'][..]].concat()),
        (Fault::flipped_byte(10), ASSET.into()),
    ];
    for (fault, expected) in table {
        let got = fetch(&scene, None, fault.clone()).await;
        assert_eq!((got.status, &got.body), (200, &expected), "{fault:?}");
        assert_eq!(got.header("content-length"), Some(expected.len().to_string().as_str()));
    }
}

#[tokio::test]
async fn a_range_may_be_answered_wrongly() {
    let scene = Scene::start().await;
    scene.repository.add_asset(scene.release, "a", ASSET);
    let etag = fetch(&scene, None, Fault::flipped_byte(99)).await.header("etag").unwrap().to_owned();
    let table = [
        (Fault::ignored_range(), 200, None, ASSET),
        (Fault::changed_etag(), 206, Some("bytes 7-9/10"), "789"),
        (Fault::refused_range(), 416, Some("bytes */10"), ""),
    ];
    for (fault, status, content_range, body) in table {
        let got = fetch(&scene, Some("bytes=7-"), fault.clone()).await;
        assert_eq!((got.status, got.header("content-range")), (status, content_range), "{fault:?}");
        assert!(status == 416 || got.text() == body, "{fault:?}");
        assert_eq!(got.header("etag") == Some(&etag), status != 206, "{fault:?}");
    }
    let id = scene.repository.assets(scene.release)[0].id;
    let location = scene.location(id).await;
    scene.repository.inject(Fault::wrong_content_range());
    let got = ask("GET", &location).header("range", "bytes=5-7").send().await;
    assert_eq!(
        (got.status, got.header("content-range"), got.text()),
        (206, Some("bytes 6-8/10"), "567".into())
    );
    scene.repository.inject(Fault::flipped_byte(6));
    let got = ask("GET", &location).header("range", "bytes=5-7").send().await;
    assert_eq!(got.body, [b'5', !b'6', b'7']);
}

#[tokio::test]
async fn a_location_may_have_expired() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", ASSET);
    scene.repository.inject(Fault::expired_location());
    let expired = scene.location(id).await;
    assert_eq!(crate::raw::get(expired).await.status, 403);
    assert_eq!(crate::raw::get(scene.location(id).await).await.status, 200);
}

#[tokio::test]
async fn the_same_happens_where_the_api_sends_the_bytes() {
    let scene = Scene::start().await;
    scene.repository.set_streams_bytes(true);
    let id = scene.repository.add_asset(scene.release, "a", ASSET);
    let ask = ask("GET", scene.asset_url(id)).header("accept", "application/octet-stream");
    scene.repository.inject(Fault::flipped_byte(0).on(Operation::DownloadAsset));
    assert_eq!(ask.send().await.body[0], !b'0');
    scene.repository.inject(Fault::truncated(3, Framing::Promised).on(Operation::DownloadAsset));
    assert_eq!(ask.send().await.body, b"012");
}

#[tokio::test]
async fn a_large_download_is_cut_at_the_byte() {
    let scene = Scene::start().await;
    scene.repository.put_asset(scene.release, NewAsset::repeating("a", b"abc", 5_000_000));
    for after in [1_000_000, 1_234_567, 4_999_999] {
        let got = fetch(&scene, None, Fault::cut_response(after, Cut::Close)).await;
        assert_eq!((got.raw.len() as u64, got.end), (after, End::Closed));
        let got = fetch(&scene, None, Fault::truncated(after, Framing::Promised)).await;
        assert_eq!((got.body.len() as u64, got.end), (after, End::Closed));
    }
}
