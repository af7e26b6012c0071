//! Destinations that are symbolic links.

use std::{io::ErrorKind, os::unix::fs::symlink, path::Path};

use fault_server::{Cut, Fault, Operation};
use github_release_assets::TransferError;

use super::{NAME, SIZE, Scene};
use crate::recipes::stage::bytes;

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn the_file_that_a_link_leads_to_is_written_and_the_link_stays() {
    for old in [Some("old"), None] {
        let scene = Scene::new().await;
        let store = scene.stage.path("store");
        std::fs::create_dir(&store).unwrap();
        let file = store.join("real.bin");
        if let Some(old) = old {
            std::fs::write(&file, old).unwrap();
        }
        // From one link to the next, the second in another folder than the first.
        symlink("store/next", scene.file()).unwrap();
        symlink("real.bin", store.join("next")).unwrap();
        scene.stage.repository.inject(Fault::cut_response(50_000, Cut::Close).on(Operation::FetchBytes));
        let (part, there) = (store.join("real.bin.part"), file.clone());
        let download = scene.download().on_progress(move |progress| {
            if progress.bytes < SIZE as u64 {
                assert!(part.exists(), "the part is beside the file");
                assert_eq!(std::fs::read_to_string(&there).ok().as_deref(), old);
            }
        });
        let got = download.await.unwrap();
        assert_eq!((got.path, got.resumed), (scene.file(), 1));
        assert!(scene.file().symlink_metadata().unwrap().is_symlink());
        assert!(file.symlink_metadata().unwrap().is_file());
        assert!(std::fs::read(&file).unwrap() == bytes(SIZE));
        assert_eq!(
            (names(&store).len(), scene.stage.files()),
            (2, vec!["store".to_owned(), NAME.to_owned()])
        );
        std::fs::write(store.join("real.bin.part"), "").unwrap();
        assert!(scene.download().await.unwrap().already_there);
        assert_eq!(names(&store).len(), 2, "what was left beside the file is removed");
    }
}

#[tokio::test]
async fn a_name_from_the_server_follows_no_link() {
    let scene = Scene::new().await;
    let (folder, other) = (scene.stage.path("folder"), scene.stage.path("other"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(&other, "other").unwrap();
    symlink("../other", folder.join(NAME)).unwrap();
    scene.stage.client.download_to("octo", "demo", scene.asset, &folder).await.unwrap();
    assert_eq!(std::fs::read(&other).unwrap(), b"other");
    assert!(folder.join(NAME).symlink_metadata().unwrap().is_file());
    assert_eq!(names(&folder), [NAME]);
}

#[tokio::test]
async fn links_in_a_circle_are_an_error() {
    let scene = Scene::new().await;
    symlink(NAME, scene.file()).unwrap();
    let error = scene.download().await.unwrap_err();
    let TransferError::WriteFile { path, source } = &error else { panic!("{error}") };
    assert_eq!((path, source.kind()), (&scene.file(), ErrorKind::Other));
    assert_eq!(scene.asked(), 0);
}
