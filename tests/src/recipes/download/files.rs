//! What is on the disk, and who writes to it.

use std::{io::ErrorKind, time::Duration};

use fault_server::{AssetState, Cut, Fault, NewAsset, Operation};
use github_release_assets::TransferError;

use super::{NAME, SIZE, Scene};
use crate::recipes::{
    stage::{builder, bytes},
    until,
};

#[tokio::test]
async fn a_folder_gets_a_file_of_the_assets_name() {
    let scene = Scene::new().await;
    let download = scene.stage.client.download_to("octo", "demo", scene.asset, scene.stage.folder.path());
    scene.check(&download.await.unwrap());
}

#[tokio::test]
async fn a_name_from_the_server_stays_in_the_folder() {
    let names = ["../evil", "..", "/no/such/folder/evil", "a/b", "a\\b", ""];
    for name in names {
        let scene = Scene::with(NewAsset::new(name, "evil")).await;
        let folder = scene.stage.path("folder");
        std::fs::create_dir(&folder).unwrap();
        let error = scene.stage.client.download_to("octo", "demo", scene.asset, &folder).await.unwrap_err();
        assert!(matches!(&error, TransferError::NameUnusable { name: of, .. } if of == name), "{error}");
        assert_eq!((scene.asked(), scene.stage.files()), (0, vec!["folder".to_owned()]));
        // A name that the user says is the user's.
        let file = folder.join("mine");
        scene.stage.client.download_to("octo", "demo", scene.asset, &file).await.unwrap();
        assert_eq!(std::fs::read(file).unwrap(), b"evil");
    }
}

#[tokio::test]
async fn an_asset_that_is_not_complete_is_not_downloaded() {
    for (state, text) in [(AssetState::Starter, "starter"), (AssetState::Other("odd".into()), "odd")] {
        let scene = Scene::with(NewAsset::new(NAME, "abc").state(state)).await;
        let error = scene.download().await.unwrap_err();
        let TransferError::NotComplete { id, state, .. } = &error else { panic!("{error}") };
        assert_eq!((*id, state.as_str()), (scene.asset, text));
        assert_eq!((scene.asked(), scene.stage.files().len()), (0, 0));
    }
    let scene = Scene::with(NewAsset::new(NAME, bytes(SIZE)).state(AssetState::Open)).await;
    scene.check(&scene.download().await.unwrap());
}

#[tokio::test]
async fn folders_are_not_made() {
    let scene = Scene::new().await;
    for destination in ["none/tool.bin", "none/", "a/b/c"] {
        let destination = scene.stage.path(destination);
        let error =
            scene.stage.client.download_to("octo", "demo", scene.asset, &destination).await.unwrap_err();
        let TransferError::WriteFile { path, source } = &error else { panic!("{error}") };
        assert_eq!(source.kind(), ErrorKind::NotFound);
        assert!(!path.exists() && destination.starts_with(path), "{}", path.display());
        assert!(error.to_string().ends_with("there is no such folder: make it first"), "{error}");
    }
    assert_eq!((scene.asked(), scene.stage.files().len()), (0, 0));
}

#[tokio::test]
async fn a_folder_in_the_place_of_the_file_is_noticed_before_anything_comes() {
    let scene = Scene::new().await;
    std::fs::create_dir(scene.file()).unwrap();
    let download = scene.stage.client.download_to("octo", "demo", scene.asset, scene.stage.folder.path());
    let error = download.await.unwrap_err();
    assert!(matches!(&error, TransferError::WriteFile { path, .. } if *path == scene.file()), "{error}");
    assert_eq!(scene.asked(), 0);
}

#[tokio::test]
async fn what_cannot_be_written_is_told_with_its_path() {
    let scene = Scene::new().await;
    let part = scene.stage.path("tool.bin.part");
    std::fs::create_dir(&part).unwrap();
    let error = scene.download().await.unwrap_err();
    assert!(matches!(&error, TransferError::WriteFile { path, .. } if *path == part), "{error}");
    assert_eq!(scene.asked(), 0);
}

#[tokio::test]
async fn the_old_file_is_there_until_the_new_one_is_complete() {
    let scene = Scene::new().await;
    std::fs::write(scene.file(), "old").unwrap();
    let pause = Duration::from_millis(1);
    scene.stage.repository.inject(Fault::slow_response(4000, pause).on(Operation::FetchBytes));
    let file = scene.file();
    let download = scene.download().on_progress(move |progress| {
        let now = std::fs::read(&file).unwrap();
        assert!(now == b"old" || progress.bytes == SIZE as u64, "at {} bytes", progress.bytes);
    });
    scene.check(&download.await.unwrap());
}

#[cfg(unix)]
#[tokio::test]
async fn a_part_that_somebody_has_put_in_its_place_does_not_get_the_name() {
    let scene = Scene::new().await;
    let part = scene.stage.path("tool.bin.part");
    let download = scene.download().on_progress(move |progress| {
        if progress.bytes == SIZE as u64 {
            std::fs::remove_file(&part).unwrap();
            std::fs::write(&part, "other").unwrap();
        }
    });
    let error = download.await.unwrap_err();
    assert!(matches!(&error, TransferError::WriteFile { path, .. } if *path == scene.file()), "{error}");
    assert!(!scene.file().exists());
}

#[tokio::test]
async fn two_downloads_to_one_file_do_not_spoil_it() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::cut_response(50_000, Cut::Stall).on(Operation::FetchBytes));
    let patient = builder(&scene.stage.github).idle_timeout(Duration::from_secs(60)).build().unwrap();
    let first = tokio::spawn(patient.download_to("octo", "demo", scene.asset, scene.file()).into_future());
    until("the first one writes", || scene.stage.path("tool.bin.part.json").exists()).await;
    let error = scene.download().await.unwrap_err();
    assert!(matches!(&error, TransferError::Busy { path } if *path == scene.file()), "{error}");
    assert_eq!(scene.asked(), 1);
    first.abort();
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!(got.resumed, 1);
}

#[tokio::test]
async fn many_downloads_to_one_file_leave_the_right_one() {
    let scene = Scene::new().await;
    let downloads: Vec<_> = (0..8).map(|_| tokio::spawn(scene.download().into_future())).collect();
    let mut successes = 0;
    for download in downloads {
        match download.await.unwrap() {
            Ok(_) => successes += 1,
            Err(TransferError::Busy { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert!(successes > 0);
    assert!(std::fs::read(scene.file()).unwrap() == bytes(SIZE));
    assert_eq!(scene.stage.files(), [NAME]);
}

#[tokio::test]
async fn a_download_that_is_dropped_stops_and_is_gone_on_with() {
    let scene = Scene::new().await;
    let pause = Duration::from_millis(5);
    scene.stage.repository.inject(Fault::slow_response(5000, pause).on(Operation::FetchBytes));
    let part = scene.stage.path("tool.bin.part");
    let length = || std::fs::metadata(&part).map_or(0, |metadata| metadata.len());
    let first = tokio::spawn(scene.download().into_future());
    until("some bytes are there", || length() > 50_000).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    // The server hears that nobody listens any more.
    tokio::time::timeout(Duration::from_secs(5), scene.stage.repository.settled()).await.unwrap();
    assert!(!scene.file().exists() && length() < SIZE as u64);
    let got = scene.download().await.unwrap();
    scene.check(&got);
    assert_eq!((got.resumed, got.restarted), (1, 0));
    assert!(got.bytes_transferred < SIZE as u64 - 50_000);
}
