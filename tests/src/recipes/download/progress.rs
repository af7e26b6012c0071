//! What a download tells while it is under way.

use std::sync::{Arc, Mutex};

use fault_server::{Fault, Framing, Operation};
use github_release_assets::{Download, Downloaded};

use super::{SIZE, Scene};

/// Runs a download to its success; gives the numbers of bytes that were told.
async fn told(download: Download) -> (Downloaded, Vec<u64>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = told.clone();
    let download = download.on_progress(move |progress| {
        assert_eq!(progress.total, Some(SIZE as u64));
        telling.lock().unwrap().push(progress.bytes);
    });
    let got = download.await.unwrap();
    let told = told.lock().unwrap().clone();
    (got, told)
}

#[tokio::test]
async fn progress_grows_to_the_size() {
    let scene = Scene::new().await;
    let (got, told) = told(scene.download()).await;
    scene.check(&got);
    assert!(told.is_sorted() && told.len() > 2, "{told:?}");
    assert_eq!((told.first(), told.last()), (Some(&0), Some(&(SIZE as u64))));
}

#[tokio::test]
async fn progress_goes_on_where_the_download_does() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Promised).times(2));
    let (got, told) = told(scene.download()).await;
    scene.check(&got);
    assert!(told.is_sorted() && told.contains(&100_000) && told.contains(&200_000), "{told:?}");
    assert_eq!(told.last(), Some(&(SIZE as u64)));
}

#[tokio::test]
async fn progress_goes_back_where_the_download_does_and_never_beyond_the_size() {
    let scene = Scene::new().await;
    scene.stage.repository.inject(Fault::truncated(100_000, Framing::Promised));
    scene.stage.repository.inject(Fault::extra_bytes(7).on(Operation::FetchBytes));
    scene.stage.repository.inject(Fault::ignored_range());
    let (got, told) = told(scene.download()).await;
    scene.check(&got);
    let back: Vec<_> = told.windows(2).filter(|pair| pair[1] < pair[0]).map(|pair| pair[1]).collect();
    assert_eq!(back, [0], "{told:?}");
    assert!(told.iter().all(|bytes| *bytes <= SIZE as u64));
    assert_eq!(told.last(), Some(&(SIZE as u64)));
}

#[tokio::test]
async fn a_file_that_is_there_is_all_at_once() {
    let scene = Scene::new().await;
    scene.download().await.unwrap();
    let (got, told) = told(scene.download()).await;
    assert!(got.already_there);
    assert_eq!(told, [SIZE as u64]);
}
