//! Transfers that break off, and servers that answer something else than was asked for.

use std::time::Duration;

use fault_server::{Cut, Fault, Framing, Operation, Reply};
use github_release_assets::TransferError;

use super::{NAME, SIZE, Scene};
use crate::recipes::stage::bytes;

/// The head of a response is shorter than this.
const HEAD: u64 = 1000;

/// Breaks the first transfer off after some bytes.
fn breaks() -> Fault {
    Fault::cut_response(HEAD + 100_000, Cut::Close).on(Operation::FetchBytes)
}

/// A reply of the store's, made up.
fn stored(status: u16, etag: &str, body: &[u8]) -> Reply {
    Reply::new(status).header("etag", etag).body(body.to_vec())
}

#[tokio::test]
async fn what_breaks_off_goes_on_from_there() {
    for cut in [Cut::Close, Cut::Reset, Cut::Stall] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(Fault::cut_response(HEAD + 100_000, cut).on(Operation::FetchBytes));
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.bytes_transferred, got.resumed, got.restarted), (SIZE as u64, 1, 0), "{cut:?}");
        let [(None, false), (Some(from), true)] = scene.ranges()[..] else { panic!("{:?}", scene.ranges()) };
        assert!(from > 0 && from <= HEAD + 100_000, "{cut:?} {from}");
        // A location is good for one try.
        assert_eq!(scene.asked(), 2);
        let fetches = scene.fetches();
        assert_ne!(fetches[0].target, fetches[1].target);
    }
}

#[tokio::test]
async fn a_response_that_ends_too_early_goes_on_from_there() {
    for framing in [Framing::Promised, Framing::Chunked, Framing::Unannounced] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(Fault::truncated(100_000, framing));
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.resumed, got.restarted), (1, 0), "{framing:?}");
        assert_eq!(scene.ranges(), [(None, false), (Some(100_000), true)], "{framing:?}");
    }
}

#[tokio::test]
async fn it_goes_on_as_often_as_it_gets_further() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(20_000, Framing::Chunked).times(14));
    let got = scene.download().attempts(1).await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed), (SIZE as u64, 14));
}

#[tokio::test]
async fn passing_failures_are_asked_again() {
    let faults = [
        Fault::reply(Reply::bad_gateway_html()).on(Operation::FetchBytes).times(2),
        Fault::reply(Reply::new(503)).on(Operation::DownloadAsset).times(2),
        Fault::reply(Reply::bad_gateway_json()).on(Operation::GetAsset),
        Fault::cut_response(0, Cut::Reset).on(Operation::FetchBytes).times(2),
        Fault::cut_response(0, Cut::Stall).on(Operation::FetchBytes),
        Fault::expired_location().times(2),
        Fault::reply(Reply::new(400).body("<Error/>")).on(Operation::FetchBytes),
        Fault::reply(Reply::new(404).body("<Error/>")).on(Operation::FetchBytes),
        Fault::reply(Reply::too_many_requests()).on(Operation::DownloadAsset),
        Fault::reply(Reply::secondary_limit(None)).on(Operation::DownloadAsset),
    ];
    for fault in faults {
        let scene = Scene::new().await;
        let shown = format!("{fault:?}");
        scene.stage.repository.inject(fault);
        let got = scene.download().await.unwrap_or_else(|error| panic!("{shown}: {error}"));
        scene.check(&got);
        assert_eq!((got.bytes_transferred, got.resumed), (SIZE as u64, 0), "{shown}");
    }
}

#[tokio::test]
async fn failures_in_the_middle_go_on_from_there() {
    let faults = [
        Fault::reply(Reply::bad_gateway_html()).on(Operation::FetchBytes),
        Fault::reply(Reply::new(503)).on(Operation::DownloadAsset).after(1),
        Fault::expired_location().after(1),
    ];
    for fault in faults {
        let scene = Scene::new().await;
        scene.stage.repository.inject(breaks());
        scene.stage.repository.inject(fault);
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.bytes_transferred, got.resumed, got.restarted), (SIZE as u64, 1, 0));
    }
}

#[tokio::test]
async fn a_server_that_asks_to_wait_is_waited_for() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(breaks());
    let busy = Reply::new(503).header("retry-after", 1);
    scene.stage.repository.inject(Fault::reply(busy).on(Operation::DownloadAsset).after(1));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    let asked = scene.stage.requests(Operation::DownloadAsset);
    assert_eq!(asked.len(), 3);
    assert!(asked[2].arrived - asked[1].arrived >= Duration::from_millis(990));
}

#[tokio::test]
async fn a_server_without_the_rest_starts_over() {
    for (fault, transferred_twice, requests) in [
        // With 200, the same response has the file from its beginning.
        (Fault::ignored_range(), true, 2),
        (Fault::changed_etag(), true, 3),
        (Fault::refused_range(), true, 3),
        (Fault::wrong_content_range(), true, 3),
    ] {
        let scene = Scene::new().await;
        let shown = format!("{fault:?}");
        scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
        scene.stage.repository.inject(fault.after(1));
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.resumed, got.restarted), (0, 1), "{shown}");
        assert_eq!(got.bytes_transferred == SIZE as u64 + 100_000, transferred_twice, "{shown}");
        let ranges = scene.ranges();
        assert_eq!((ranges.len(), ranges[1]), (requests, (Some(100_000), true)), "{shown}");
        assert!(ranges.iter().skip(2).all(|range| *range == (None, false)), "{shown}: {ranges:?}");
    }
}

#[tokio::test]
async fn a_rest_of_another_size_starts_over() {
    let scene = Scene::new().await;
    let etag = etag(&scene).await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    let other = stored(206, &etag, &bytes(SIZE)[100_000..]);
    let other = other.header("content-range", format!("bytes 100000-{}/{}", SIZE - 1, SIZE + 1));
    scene.stage.repository.inject(Fault::reply(other).on(Operation::FetchBytes));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.resumed, got.restarted), (0, 1));
    assert_eq!(scene.ranges()[1..], [(Some(100_000), true), (None, false)]);
}

/// The entity tag that the store has for the asset.
async fn etag(scene: &Scene) -> String {
    let request = scene.stage.client.download_release_asset("octo", "demo", scene.asset);
    let etag = request.send_full().await.unwrap().etag().unwrap().to_owned();
    let _ = scene.stage.repository.take_requests();
    etag
}

#[tokio::test]
async fn without_a_strong_etag_it_starts_over() {
    let content = bytes(SIZE);
    for reply in [stored(200, "W/\"1\"", &content), Reply::new(200).body(content.clone())] {
        let scene = Scene::new().await;
        let fault = Fault::reply(reply).on(Operation::FetchBytes);
        scene.stage.repository.inject(fault.with_cut_response(HEAD + 100_000, Cut::Close));
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.resumed, got.restarted), (0, 1));
        assert_eq!(scene.ranges(), [(None, false), (None, false)]);
    }
}

#[tokio::test]
async fn a_part_that_nobody_asked_for_is_not_taken_for_the_whole() {
    let scene = Scene::new().await;
    let part = stored(206, "\"1\"", &bytes(SIZE)[1..]);
    let part = part.header("content-range", format!("bytes 1-{}/{SIZE}", SIZE - 1));
    scene.stage.repository.inject(Fault::reply(part).on(Operation::FetchBytes));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.restarted), (SIZE as u64, 0));
}

#[tokio::test]
async fn a_wrong_size_is_asked_for_once_more() {
    let more = || Fault::extra_bytes(7);
    let fewer = || Fault::truncated(100_000, Framing::Consistent);
    let unannounced = || {
        let body = [bytes(SIZE), b"more".to_vec()].concat();
        Fault::reply(stored(200, "\"1\"", &body).header("transfer-encoding", "chunked"))
            .on(Operation::FetchBytes)
    };
    for fault in [more(), fewer(), unannounced()] {
        let scene = Scene::new().await;
        scene.stage.repository.inject(fault);
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!(scene.ranges(), [(None, false), (None, false)]);
    }
    for (fault, size) in [(more(), SIZE + 7), (fewer(), 100_000), (unannounced(), SIZE + 4)] {
        let scene = Scene::new().await;
        std::fs::write(scene.file(), "old").unwrap();
        scene.stage.repository.inject(fault.always());
        let error = scene.download().await.unwrap_err();
        let TransferError::LengthMismatch { expected, actual, .. } = error else { panic!("{error}") };
        assert_eq!((expected, actual), (SIZE as u64, size as u64));
        assert_eq!((scene.asked(), scene.stage.files()), (2, vec![NAME.to_owned()]));
        assert_eq!(std::fs::read(scene.file()).unwrap(), b"old");
    }
}

#[tokio::test]
async fn more_bytes_than_the_rest_are_another_size() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    scene.stage.repository.inject(Fault::extra_bytes(7).after(1));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!(scene.ranges(), [(None, false), (Some(100_000), true), (None, false)]);
    assert_eq!((got.resumed, got.restarted), (0, 1));
}
