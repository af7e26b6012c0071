//! What a download finds that an earlier one has left.

use std::path::PathBuf;

use fault_server::{Fault, Framing, NewAsset, Operation, Reply};
use github_release_assets::{Digest, TransferError};

use super::{NAME, SIZE, Scene};
use crate::recipes::stage::bytes;

/// How much of the file the first run gets.
const FIRST: usize = 100_000;

/// A GitHub and what is left of a download that was given up.
async fn left() -> Scene {
    left_of(Scene::new().await).await
}

async fn left_of(scene: Scene) -> Scene {
    scene.stage.repository.inject(Fault::truncated(FIRST as u64, Framing::Chunked));
    scene.stage.repository.inject(Fault::reply(Reply::new(500)).on(Operation::FetchBytes).always());
    let error = scene.download().attempts(1).await.unwrap_err();
    assert!(matches!(error, TransferError::BrokenOff { bytes, .. } if bytes == FIRST as u64), "{error}");
    assert_eq!(scene.stage.files(), ["tool.bin.part", "tool.bin.part.json"]);
    scene.stage.repository.clear_faults();
    let _ = scene.stage.repository.take_requests();
    scene
}

fn part(scene: &Scene) -> PathBuf {
    scene.stage.path("tool.bin.part")
}

fn note(scene: &Scene) -> PathBuf {
    scene.stage.path("tool.bin.part.json")
}

#[tokio::test]
async fn a_later_run_goes_on() {
    let scene = left().await;
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed, got.restarted), ((SIZE - FIRST) as u64, 1, 0));
    assert_eq!(scene.ranges(), [(Some(FIRST as u64), true)]);
}

#[tokio::test]
async fn a_later_run_has_its_own_failures() {
    let scene = left().await;
    scene.stage.repository.inject(Fault::truncated(50_000, Framing::Promised));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed, got.restarted), ((SIZE - FIRST) as u64, 2, 0));
}

#[tokio::test]
async fn a_part_that_is_complete_needs_no_request_for_bytes() {
    // Nor does it need an entity tag that would be good for the rest.
    for etag in ["", "W/"] {
        let scene = left().await;
        std::fs::write(part(&scene), bytes(SIZE)).unwrap();
        rewrite(&scene, "\"etag\":\"", &format!("\"etag\":\"{etag}"));
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.bytes_transferred, scene.asked()), (0, 0));
    }
}

#[tokio::test]
async fn a_part_that_is_not_of_this_asset_is_thrown_away() {
    type Spoil = fn(&Scene);
    let spoils: [Spoil; 6] = [
        |scene| std::fs::remove_file(note(scene)).unwrap(),
        |scene| std::fs::write(note(scene), "{\"asset_id\":").unwrap(),
        |scene| rewrite(scene, "\"size\":300000", "\"size\":300001"),
        |scene| rewrite(scene, "\"digest\":\"sha256:", "\"digest\":\"sha257:"),
        |scene| rewrite(scene, "\"asset_id\":", "\"asset_id\":1"),
        |scene| rewrite(scene, "\"etag\":\"", "\"etag\":\"W/"),
    ];
    for (index, spoil) in spoils.into_iter().enumerate() {
        let scene = left().await;
        spoil(&scene);
        let got = scene.download().await.unwrap();
        scene.check(&got);
        assert_eq!((got.bytes_transferred, got.resumed), (SIZE as u64, 0), "{index}");
        assert_eq!(scene.ranges(), [(None, false)], "{index}");
    }
}

fn rewrite(scene: &Scene, from: &str, to: &str) {
    let text = std::fs::read_to_string(note(scene)).unwrap();
    assert!(text.contains(from), "{text}");
    std::fs::write(note(scene), text.replace(from, to)).unwrap();
}

#[tokio::test]
async fn a_part_that_is_too_long_is_thrown_away() {
    // Where there is no digest, nothing else would find it out.
    for digest in [Some(Digest::of_bytes(&bytes(SIZE)).to_string()), None] {
        let asset = NewAsset::new(NAME, bytes(SIZE)).digest(digest.as_deref());
        let scene = left_of(Scene::with(asset).await).await;
        std::fs::write(part(&scene), bytes(SIZE + 1)).unwrap();
        scene.download().await.unwrap();
        assert!(std::fs::read(scene.file()).unwrap() == bytes(SIZE));
        assert_eq!(scene.ranges(), [(None, false)]);
    }
}

#[tokio::test]
async fn a_part_that_is_spoilt_is_found_out_and_starts_over_once() {
    let scene = left().await;
    std::fs::write(part(&scene), vec![7; FIRST]).unwrap();
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed, got.restarted), ((2 * SIZE - FIRST) as u64, 1, 1));
    assert_eq!(scene.ranges(), [(Some(FIRST as u64), true), (None, false)]);
    // Also one that is complete.
    let scene = left().await;
    std::fs::write(part(&scene), vec![7; SIZE]).unwrap();
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed, got.restarted), (SIZE as u64, 0, 1));
}

#[tokio::test]
async fn another_asset_of_that_name_starts_from_its_beginning() {
    let scene = left().await;
    let other: Vec<u8> = bytes(SIZE).into_iter().map(|byte| !byte).collect();
    scene.stage.repository.remove_asset(scene.asset);
    let id = scene.stage.repository.put_asset(scene.stage.release_id, NewAsset::new(NAME, other.clone()));
    let got = scene.stage.release().download_to(NAME, scene.file()).await.unwrap();
    assert_eq!((got.asset.id, got.resumed, got.restarted), (id, 0, 0));
    assert!(std::fs::read(scene.file()).unwrap() == other);
}

#[tokio::test]
async fn a_file_that_is_there_already_is_not_downloaded_again() {
    let scene = Scene::new().await;
    scene.download().await.unwrap();
    let _ = scene.stage.repository.take_requests();
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert!(got.already_there);
    assert_eq!((got.bytes_transferred, scene.asked()), (0, 0));

    std::fs::write(scene.file(), vec![7; SIZE]).unwrap();
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert!(!got.already_there && scene.asked() == 1);
}

#[tokio::test]
async fn what_is_left_beside_a_file_that_is_there_already_goes_away() {
    // A run that ends right after it has given the part its name leaves the note.
    for has_part in [true, false] {
        let scene = left().await;
        std::fs::write(scene.file(), bytes(SIZE)).unwrap();
        if !has_part {
            std::fs::remove_file(part(&scene)).unwrap();
        }
        let got = scene.download().await.unwrap();
        assert!(got.already_there);
        scene.check(&got);
    }
}

#[tokio::test]
async fn without_a_digest_a_file_of_the_same_size_is_downloaded_again() {
    let scene = Scene::with(NewAsset::new(NAME, bytes(SIZE)).digest(None)).await;
    std::fs::write(scene.file(), vec![7; SIZE]).unwrap();
    assert!(!scene.download().await.unwrap().already_there);
    assert!(std::fs::read(scene.file()).unwrap() == bytes(SIZE));
}
