//! Downloads to a file.

mod breaks;
mod files;
mod later;
#[cfg(unix)]
mod links;
#[cfg(target_os = "linux")]
mod memory;
mod progress;
mod refusals;
mod verify;

use std::path::PathBuf;

use fault_server::{Fault, Framing, NewAsset, Operation, Recorded};
use github_release_assets::{Digest, Download, Downloaded, Verified};

use super::stage::{Stage, TOKEN, bytes};

const SIZE: usize = 300_000;
const NAME: &str = "tool.bin";

/// A GitHub with an asset that is worth a download.
struct Scene {
    stage: Stage,
    asset: i64,
}

impl Scene {
    async fn new() -> Self {
        Self::with(NewAsset::new(NAME, bytes(SIZE))).await
    }

    async fn with(asset: NewAsset) -> Self {
        let stage = Stage::new().await;
        let asset = stage.repository.put_asset(stage.release_id, asset);
        Self { stage, asset }
    }

    fn file(&self) -> PathBuf {
        self.stage.path(NAME)
    }

    fn download(&self) -> Download {
        self.stage.client.download_to("octo", "demo", self.asset, self.file())
    }

    /// How often the API was asked for a location.
    fn asked(&self) -> usize {
        self.stage.requests(Operation::DownloadAsset).len()
    }

    fn fetches(&self) -> Vec<Recorded> {
        self.stage.requests(Operation::FetchBytes)
    }

    /// The ranges that the store was asked for, and with `If-Range` what they had to be of.
    fn ranges(&self) -> Vec<(Option<u64>, bool)> {
        let first =
            |range: &str| range.strip_prefix("bytes=").unwrap().strip_suffix('-').unwrap().parse().unwrap();
        let fetches = self.fetches();
        fetches.iter().map(|it| (it.header("range").map(first), it.header("if-range").is_some())).collect()
    }

    /// Makes sure that the right file is there, nothing else, and that all faults have struck.
    fn check(&self, got: &Downloaded) {
        assert_eq!(got.path, self.file());
        assert!(std::fs::read(self.file()).unwrap() == bytes(SIZE), "other bytes");
        assert_eq!(self.stage.files(), [NAME]);
        assert_eq!(got.verified, Verified::Digest(Digest::of_bytes(&bytes(SIZE))));
        assert_eq!(self.stage.repository.faults_left(), 0);
        assert!(self.stage.repository.token_leaks(TOKEN).is_empty());
    }
}

#[tokio::test]
async fn a_file_comes_once_and_is_verified() {
    let scene = Scene::new().await;
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed, got.restarted), (SIZE as u64, 0, 0));
    assert!(!got.already_there);
    assert_eq!((got.asset.id, got.asset.size), (scene.asset, SIZE as i64));
    let operations: Vec<_> =
        scene.stage.repository.requests().iter().map(|request| request.operation).collect();
    assert_eq!(operations, [Operation::GetAsset, Operation::DownloadAsset, Operation::FetchBytes]);
    assert_eq!(scene.ranges(), [(None, false)]);
}

#[tokio::test]
async fn the_api_may_send_the_bytes_itself() {
    let scene = Scene::new().await;
    scene.stage.repository.set_streams_bytes(true);
    let fault = Fault::truncated(100_000, Framing::Promised);
    scene.stage.repository.inject(fault.on(Operation::DownloadAsset));
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.bytes_transferred, got.resumed), (SIZE as u64, 1));
    assert!(scene.fetches().is_empty());
}

#[tokio::test]
async fn an_empty_asset_is_an_empty_file() {
    let scene = Scene::with(NewAsset::new(NAME, "")).await;
    let got = scene.download().await.unwrap();
    assert_eq!((got.bytes_transferred, scene.stage.files()), (0, vec![NAME.to_owned()]));
    assert!(std::fs::read(scene.file()).unwrap().is_empty());
}

#[tokio::test]
async fn a_download_can_be_spawned() {
    let scene = Scene::new().await;
    let download = scene.download();
    let got = tokio::spawn(async move { download.await }).await.unwrap().unwrap();
    scene.check(&got);
    let named = tokio::spawn(scene.stage.release().download_to(NAME, scene.file()).into_future());
    assert!(named.await.unwrap().unwrap().already_there);
}
