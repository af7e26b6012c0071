//! Which requests a fault strikes, and what it does to connections.

use std::time::{Duration, Instant};

use fault_server::{Cut, Fault, Operation, Origin, Outcome, Reply};
use http::Method;
use tokio::io::AsyncWriteExt;

use crate::raw::{End, Got, Scene, ask, get};

fn teapot() -> Fault {
    Fault::reply(Reply::new(418))
}

#[tokio::test]
async fn a_fault_strikes_what_it_waits_for() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    let by_id = format!("{}/repositories/{}/releases/latest", scene.github.api_url(), scene.repository.id());
    let list = || ask("GET", scene.list_url());
    let table = [
        (teapot(), list(), true),
        (teapot().on(Operation::ListAssets), list(), true),
        (teapot().on(Operation::GetAsset), list(), false),
        (teapot().on(Operation::GetAsset), ask("GET", scene.asset_url(id)), true),
        (
            teapot().on(Operation::DownloadAsset),
            ask("GET", scene.asset_url(id)).header("accept", "application/octet-stream"),
            true,
        ),
        (teapot().on(Operation::UpdateAsset), ask("PATCH", scene.asset_url(id)).body("{}"), true),
        (teapot().on(Operation::DeleteAsset), ask("DELETE", scene.asset_url(id)), true),
        (teapot().on(Operation::UploadAsset), scene.upload("?name=x", "x"), true),
        (teapot().on(Operation::LatestRelease), ask("GET", &by_id), true),
        (teapot().on(Operation::ReleaseByTag), ask("GET", scene.api("releases/tags/v1.0.0")), true),
        (
            teapot().on(Operation::GetRelease),
            ask("GET", scene.api(&format!("releases/{}", scene.release))),
            true,
        ),
        (teapot().on(Operation::FetchBytes), ask("GET", scene.location(id).await), true),
        (teapot().on(Operation::Other), ask("GET", scene.repository.elsewhere_url()), true),
        (teapot().at(Origin::Api), list(), true),
        (teapot().at(Origin::Store), list(), false),
        (teapot().at(Origin::Elsewhere), ask("GET", scene.repository.elsewhere_url()), true),
        (teapot().method(Method::DELETE), list(), false),
        (teapot().path_contains("page=2"), ask("GET", format!("{}?page=2", scene.list_url())), true),
        (teapot().path_contains("page=2"), list(), false),
        (teapot().path_contains("/repos/octo/demo/releases/latest"), ask("GET", &by_id), true),
        (teapot().path_contains("/repositories/"), ask("GET", &by_id), true),
    ];
    for (fault, ask, strikes) in table {
        scene.repository.clear_faults();
        scene.repository.inject(fault.clone());
        assert_eq!(ask.send().await.status == 418, strikes, "{fault:?}");
        assert_eq!(scene.repository.faults_left(), usize::from(!strikes));
    }
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_it_is_to() {
    let scene = Scene::start().await;
    let table = [
        (vec![teapot()], [418, 200, 200, 200]),
        (vec![teapot().times(2)], [418, 418, 200, 200]),
        (vec![teapot().after(2)], [200, 200, 418, 200]),
        (vec![teapot().after(1).times(2)], [200, 418, 418, 200]),
        (vec![teapot().after(1).always()], [200, 418, 418, 418]),
        (vec![teapot(), Reply::new(500).into()], [418, 500, 200, 200]),
        (vec![teapot(), Fault::reply(Reply::new(500)).after(1)], [418, 500, 200, 200]),
        (vec![Fault::reply(Reply::new(500)).after(1), teapot().times(2)], [418, 500, 418, 200]),
    ];
    for (faults, expected) in table {
        scene.repository.clear_faults();
        for fault in faults.clone() {
            scene.repository.inject(fault);
        }
        let mut statuses = [0; 4];
        for status in &mut statuses {
            *status = get(scene.list_url()).await.status;
        }
        assert_eq!(statuses, expected, "{faults:?}");
    }
}

#[tokio::test]
async fn a_response_is_cut_at_every_byte() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    let url = scene.location(id).await;
    let whole = get(&url).await.raw;
    for (cut, end) in [(Cut::Reset, End::Reset), (Cut::Close, End::Closed)] {
        for after in (0..whole.len()).chain([whole.len(), whole.len() + 1000]) {
            scene.repository.inject(Fault::cut_response(after as u64, cut));
            // The connection would stay open but for the cut.
            let got = ask("GET", &url).without("connection").header("x-padding", "close").send().await;
            let expected = after.min(got.raw.len());
            assert_eq!((got.raw.len(), got.end), (expected, end), "{cut:?} after {after}");
        }
    }
    scene.repository.settled().await;
    let outcome = scene.repository.requests().pop().unwrap().outcome;
    assert_eq!(outcome, Outcome::Cut { cut: Cut::Close, status: Some(200) });
    for after in [0, 1, 40, whole.len() - 1] {
        scene.repository.inject(Fault::cut_response(after as u64, Cut::Stall));
        let got = ask("GET", &url).until_silent().send().await;
        assert_eq!((got.raw.len(), got.end), (after, End::Stalled));
    }
}

#[tokio::test]
async fn a_cut_at_the_end_strikes_responses_of_every_shape() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    let table = [
        (ask("GET", scene.list_url()), 200),
        (ask("HEAD", scene.list_url()), 200),
        (ask("GET", scene.list_url()).header("if-none-match", "*"), 304),
        (ask("GET", scene.asset_url(id)).header("accept", "application/octet-stream"), 302),
        (ask("DELETE", scene.asset_url(id)), 204),
    ];
    for (ask, status) in table {
        let ask = ask.without("connection");
        scene.repository.inject(Fault::cut_response(u64::MAX, Cut::Close));
        let got = ask.send().await;
        assert_eq!((got.status, got.end), (status, End::Closed), "{ask:?}");
    }
    assert!(scene.repository.assets(scene.release).is_empty(), "the operation was carried out");
}

#[tokio::test]
async fn a_connection_serves_one_request_after_another_until_it_is_cut() {
    let scene = Scene::start().await;
    let ask = ask("GET", scene.list_url()).without("connection").until_silent();
    scene.repository.inject(Fault::cut_response(17, Cut::Close).after(1));
    let mut stream = ask.open().await;
    let first = Got::read(&mut stream, &ask).await;
    assert_eq!((first.status, first.end), (200, End::Stalled), "it stays open");
    stream.write_all(&ask.head()).await.unwrap();
    let second = Got::read(&mut stream, &ask).await;
    assert_eq!((second.raw.as_slice(), second.end), (&b"HTTP/1.1 200 OK\r\n"[..], End::Closed));
}

#[tokio::test]
async fn slowness_takes_its_time() {
    let scene = Scene::start().await;
    let whole = get(scene.list_url()).await.raw.len() as u32;
    let table = [
        (Fault::slow_headers(Duration::from_millis(1)), whole - 2),
        (Fault::slow_response(whole as usize / 20, Duration::from_millis(20)), 20 * 20),
        (Fault::delay(Duration::from_millis(150)), 150),
    ];
    for (fault, at_least) in table {
        scene.repository.inject(fault.clone());
        let start = Instant::now();
        let got = get(scene.list_url()).await;
        assert_eq!((got.status, got.end), (200, End::Closed));
        let elapsed = start.elapsed();
        assert!(elapsed >= Duration::from_millis(at_least.into()), "{fault:?}: {elapsed:?}");
    }
    // The next response on the same connection is as fast as ever.
    scene.repository.inject(Fault::slow_response(whole as usize / 2, Duration::from_millis(200)));
    let ask = ask("GET", scene.list_url()).without("connection").until_silent();
    let mut stream = ask.open().await;
    assert_eq!(Got::read(&mut stream, &ask).await.end, End::Stalled);
    let start = Instant::now();
    stream.write_all(&ask.head()).await.unwrap();
    stream.peek(&mut [0]).await.unwrap();
    let length = stream.peek(&mut vec![0; 100_000]).await.unwrap();
    assert!(length >= whole as usize - 30, "{length} bytes after {:?}", start.elapsed());
    // The pauses end with the head: a body of this size, byte by byte, would take an hour.
    let asset = scene.repository.add_asset(scene.release, "a", vec![0; 4_000_000]);
    let location = scene.location(asset).await;
    scene.repository.inject(Fault::slow_headers(Duration::from_millis(1)));
    assert_eq!(get(location).await.body.len(), 4_000_000);
}

#[tokio::test]
async fn faults_and_records_belong_to_one_repository() {
    let scene = Scene::start().await;
    let other = scene.github.repository("octo", "other");
    other.add_release("v1.0.0");
    let other_url = format!("{}/repos/octo/other/releases/latest", scene.github.api_url());
    scene.repository.inject(teapot());
    assert_eq!(get(&other_url).await.status, 200);
    assert_eq!((other.requests().len(), scene.repository.requests().len()), (1, 0));
    scene.repository.reset();
    assert_eq!(get(scene.api("releases/latest")).await.status, 404, "the release is gone, and the fault");
    assert_eq!(get(&other_url).await.status, 200);
    scene.github.remove(&other);
    assert_eq!(get(&other_url).await.status, 404);
    scene.github.reset();
    assert_eq!(scene.github.unclaimed().len(), 0);
}
