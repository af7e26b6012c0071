//! Digests and sizes.

use fault_server::{Digests, Fault, Framing, NewAsset};
use github_release_assets::{Digest, TransferError, Verified};

use super::{NAME, SIZE, Scene};
use crate::recipes::stage::bytes;

#[tokio::test]
async fn another_digest_leaves_nothing_behind_and_the_old_file_as_it_is() {
    let scene = Scene::new().await;
    std::fs::write(scene.file(), "old").unwrap();
    scene.stage.repository.inject(Fault::flipped_byte(12_345).always());
    let error = scene.download().await.unwrap_err();
    let TransferError::DigestMismatch { expected, actual, .. } = &error else { panic!("{error}") };
    let mut flipped = bytes(SIZE);
    flipped[12_345] = !flipped[12_345];
    assert_eq!((expected, actual), (&Digest::of_bytes(&bytes(SIZE)), &Digest::of_bytes(&flipped)));
    let shown = error.to_string();
    assert!(shown.contains(&expected.to_string()) && shown.contains(&actual.to_string()), "{shown}");
    assert_eq!(scene.stage.files(), [NAME]);
    assert_eq!(std::fs::read(scene.file()).unwrap(), b"old");
    assert_eq!(scene.asked(), 1);
}

#[tokio::test]
async fn without_an_old_file_nothing_has_the_name() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::flipped_byte(0).always());
    assert!(matches!(scene.download().await, Err(TransferError::DigestMismatch { .. })));
    assert!(scene.stage.files().is_empty());
}

#[tokio::test]
async fn a_file_of_pieces_starts_over_once() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    scene.stage.repository.inject(Fault::flipped_byte(200_000));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.resumed, got.restarted), (1, 1));
    assert_eq!(scene.ranges(), [(None, false), (Some(100_000), true), (None, false)]);

    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
    scene.stage.repository.inject(Fault::flipped_byte(200_000).always());
    assert!(matches!(scene.download().await, Err(TransferError::DigestMismatch { .. })));
    assert_eq!((scene.asked(), scene.stage.files().len()), (3, 0));
}

#[tokio::test]
async fn a_file_of_pieces_starts_over_no_more_than_once() {
    let digest = Digest::of_bytes(b"another file").to_string();
    let scene = Scene::with(NewAsset::new(NAME, bytes(SIZE)).digest(Some(&digest))).await;
    // Three pieces each time.
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked).always());
    assert!(matches!(scene.download().await, Err(TransferError::DigestMismatch { .. })));
    assert_eq!((scene.asked(), scene.stage.files().len()), (6, 0));
}

#[tokio::test]
async fn without_a_digest_only_the_size_is_compared() {
    for digest in [None, Some("blake3:00"), Some("sha256:short")] {
        let scene = Scene::with(NewAsset::new(NAME, bytes(SIZE)).digest(digest)).await;
        scene.stage.repository.inject(Fault::truncated(100_000, Framing::Chunked));
        let got = scene.download().await.unwrap();
        assert_eq!((got.verified, got.resumed), (Verified::SizeOnly, 1));
        assert!(std::fs::read(scene.file()).unwrap() == bytes(SIZE));
        assert_eq!(scene.stage.files(), [NAME]);
    }
    let scene = Scene::new().await;
    scene.stage.repository.set_digests(Digests::Absent);
    assert_eq!(scene.download().await.unwrap().verified, Verified::SizeOnly);
}
