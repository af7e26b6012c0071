//! What can become of an upload.

use std::time::Duration;

use fault_server::{AssetState, Cut, Fault, Keep, Outcome, Reply};
use tokio::time::timeout;

use crate::raw::{End, SOON, Scene, until};

#[tokio::test]
async fn a_request_is_cut_after_any_number_of_bytes() {
    let scene = Scene::start().await;
    let size = 300_000;
    for after in [0, 1, 1000, 100_000, size - 1, size, u64::MAX] {
        for (cut, end) in [(Cut::Reset, End::Reset), (Cut::Close, End::Closed), (Cut::Stall, End::Stalled)] {
            // Waiting for nothing takes long, so not every place is tried.
            if cut == Cut::Stall && ![0, 1000, size].contains(&after) {
                continue;
            }
            scene.repository.inject(Fault::cut_request(after, cut));
            let ask = scene.upload("?name=a", vec![7; size as usize]);
            let got = if cut == Cut::Stall { ask.until_silent() } else { ask }.send().await;
            assert_eq!((got.raw.len(), got.end), (0, end), "{cut:?} after {after}");
            let recorded = scene.repository.take_requests().pop().unwrap();
            assert_eq!(recorded.body_length, after.min(size));
            assert_eq!(recorded.outcome, Outcome::Cut { cut, status: None });
        }
    }
    assert!(scene.repository.assets(scene.release).is_empty());
}

#[tokio::test]
async fn a_cut_request_may_leave_something_behind() {
    let scene = Scene::start().await;
    let table = [
        (Fault::cut_request(2, Cut::Reset).leaving(AssetState::Starter), Some(("starter", 0))),
        (Fault::cut_request(2, Cut::Close).leaving(AssetState::New), Some(("new", 0))),
        (Fault::cut_request(2, Cut::Close).carried_out(), None),
        (Fault::cut_request(4, Cut::Close).carried_out(), Some(("uploaded", 4))),
        (Fault::cut_request(u64::MAX, Cut::Reset).carried_out(), Some(("uploaded", 4))),
        (Fault::cut_request(4, Cut::Reset).carried_out_late(Duration::from_millis(5)), Some(("uploaded", 4))),
        (Fault::cut_request(3, Cut::Reset).carried_out_late(Duration::from_millis(5)), None),
        (Fault::cut_response(0, Cut::Reset), Some(("uploaded", 4))),
        (Fault::cut_response(0, Cut::Reset).undone(), None),
        (Fault::cut_response(30, Cut::Close).leaving(AssetState::Starter), Some(("starter", 0))),
    ];
    for (index, (fault, expected)) in table.into_iter().enumerate() {
        scene.repository.inject(fault.clone());
        let name = format!("asset{index}");
        let got = scene.upload(&format!("?name={name}"), "four").send().await;
        assert_ne!(got.end, End::Stalled, "{fault:?}");
        scene.repository.settled().await;
        let kept = scene.repository.asset(scene.release, &name);
        let kept = kept.as_ref().map(|asset| (asset.state.as_str(), asset.size));
        assert_eq!(kept, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn a_stalled_upload_is_read_no_further() {
    let scene = Scene::start().await;
    scene.repository.inject(Fault::cut_request(1000, Cut::Stall));
    let ask = scene.upload("?name=a", vec![7; 64 << 20]).until_silent();
    let mut stream = ask.open().await;
    let writes = tokio::io::AsyncWriteExt::write_all(&mut stream, &[7; 1 << 20]);
    assert!(timeout(Duration::from_millis(300), writes).await.is_err(), "the buffers are full");
}

#[tokio::test]
async fn the_client_may_go_away() {
    let scene = Scene::start().await;
    let stream = scene.upload("?name=a", "abcdef").only(3).open().await;
    until("the request", || !scene.repository.requests().is_empty()).await;
    drop(stream);
    timeout(SOON, scene.repository.settled()).await.unwrap();
    let recorded = scene.repository.requests().pop().unwrap();
    assert_eq!((recorded.outcome, recorded.body_length), (Outcome::Abandoned, 3));
    assert!(scene.repository.assets(scene.release).is_empty());

    scene.repository.inject(Fault::delay(SOON * 100));
    let stream = scene.upload("?name=b", "abc").open().await;
    until("the asset", || !scene.repository.assets(scene.release).is_empty()).await;
    drop(stream);
    timeout(SOON, scene.repository.settled()).await.expect("nobody waits for an answer that nobody reads");
    assert_eq!(scene.repository.requests().pop().unwrap().outcome, Outcome::Abandoned);
}

#[tokio::test]
async fn what_is_stored_may_differ_from_what_was_sent() {
    let scene = Scene::start().await;
    const SENT: &str = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    let table = [
        (Fault::wrong_digest(), Some(&b"abc"[..]), true),
        (Fault::null_digest(), Some(b"abc"), false),
        (Fault::stored_bytes_differ(), Some(&[b'a', !b'b', b'c']), true),
        (Fault::stored_short(2), Some(b"ab"), true),
    ];
    scene.repository.inject(Fault::stored_bytes_differ().replying(Reply::bad_gateway_html()));
    assert_eq!(scene.upload("?name=b", "abc").send().await.status, 502);
    assert_eq!(scene.repository.asset(scene.release, "b").unwrap().bytes.unwrap()[1], !b'b');
    for keep in [Keep::Bytes, Keep::Digest] {
        scene.repository.set_keep(keep);
        for (fault, bytes, has_digest) in &table {
            scene.repository.inject(fault.clone());
            let got = scene.upload("?name=a", "abc").send().await;
            let asset = scene.repository.asset(scene.release, "a").unwrap();
            assert_eq!(got.json()["digest"].as_str(), asset.digest.as_deref());
            assert_eq!(asset.digest.is_some(), *has_digest, "{fault:?}");
            assert_ne!(asset.digest.as_deref(), Some(SENT), "{fault:?}");
            assert_eq!(asset.bytes.as_deref(), bytes.filter(|_| keep == Keep::Bytes), "{fault:?}");
            assert_eq!(asset.size, bytes.unwrap().len() as u64);
            scene.repository.remove_asset(asset.id);
        }
    }
}
