//! How many uploads run at once, and how far apart they begin.

use std::time::{Duration, Instant};

use fault_server::{Fault, Operation, Recorded};

use super::Stage;

/// When each upload arrived, after the start.
fn arrivals(stage: &Stage, start: Instant) -> Vec<Duration> {
    let arrived = |request: &Recorded| request.arrived.duration_since(start);
    let mut arrivals: Vec<_> = stage.requests(Operation::UploadAsset).iter().map(arrived).collect();
    arrivals.sort();
    arrivals
}

#[tokio::test]
async fn no_more_than_so_many_run_at_once() {
    for (concurrency, together) in [(1, 1), (2, 2), (0, 1)] {
        let stage = Stage::new().await;
        let answer = Duration::from_millis(250);
        stage.repository.inject(Fault::delay(answer).always().on(Operation::UploadAsset));
        let paths = stage.files_of(&["a", "b", "c"]);
        let start = Instant::now();
        let upload = stage.upload_all(paths).concurrency(concurrency);
        assert!(upload.await.unwrap().iter().all(|report| report.result.is_ok()));
        let arrivals = arrivals(&stage, start);
        let in_first_round = arrivals.iter().filter(|at| **at < answer + arrivals[0]).count();
        assert_eq!(in_first_round, together, "{arrivals:?}");
    }
}

#[tokio::test]
async fn four_run_at_once_by_default() {
    let stage = Stage::new().await;
    let answer = Duration::from_millis(600);
    stage.repository.inject(Fault::delay(answer).always().on(Operation::UploadAsset));
    let start = Instant::now();
    stage.upload_all(stage.files_of(&["a", "b", "c", "d", "e"])).await.unwrap();
    let arrivals = arrivals(&stage, start);
    assert_eq!(arrivals.iter().filter(|at| **at < answer + arrivals[0]).count(), 4, "{arrivals:?}");
}

#[tokio::test]
async fn uploads_begin_so_far_apart() {
    let stage = Stage::new().await;
    let pace = Duration::from_millis(150);
    let paths = stage.files_of(&["a", "b", "c"]);
    let start = Instant::now();
    stage.target().upload_all(paths).pace(pace).await.unwrap();
    let arrivals = arrivals(&stage, start);
    assert!(arrivals[1] >= pace && arrivals[2] >= 2 * pace, "{arrivals:?}");
}

#[tokio::test]
async fn a_second_is_the_default() {
    let stage = Stage::new().await;
    let paths = stage.files_of(&["a", "b"]);
    let start = Instant::now();
    stage.target().upload_all(paths).await.unwrap();
    let arrivals = arrivals(&stage, start);
    assert!(arrivals[1] >= Duration::from_secs(1) && arrivals[1] < Duration::from_secs(5), "{arrivals:?}");
}

#[tokio::test]
async fn neither_the_first_nor_what_is_there_waits() {
    let stage = Stage::new().await;
    stage.repository.add_asset(stage.release_id, "a", "a");
    stage.repository.add_asset(stage.release_id, "c", "c");
    let upload = stage.target().upload_all(stage.files_of(&["a", "b", "c"])).pace(Duration::from_secs(600));
    let upload = tokio::time::timeout(Duration::from_secs(20), upload.into_future());
    assert!(upload.await.unwrap().unwrap().iter().all(|report| report.result.is_ok()));
}
