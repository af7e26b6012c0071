//! Downloads of all assets of a release.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use fault_server::{AssetState, Fault, Operation, Reply};
use github_release_assets::TransferError;

use super::stage::{Stage, TOKEN, bytes};

/// A release with so many assets.
async fn stage(assets: usize) -> Stage {
    let stage = Stage::new().await;
    for number in 0..assets {
        stage.repository.add_asset(stage.release_id, &name(number), bytes(10_000 + number));
    }
    stage
}

fn name(number: usize) -> String {
    format!("file-{number}.bin")
}

#[tokio::test]
async fn every_asset_has_a_report_in_the_order_of_the_list() {
    let stage = stage(12).await;
    let slow = |number: u64| Fault::delay(Duration::from_millis(60 - 10 * number)).on(Operation::FetchBytes);
    (0..6).for_each(|number| stage.repository.inject(slow(number)));
    let reports = stage.release().download_all(stage.folder.path()).await.unwrap();
    assert_eq!(reports.len(), 12);
    for (number, report) in reports.into_iter().enumerate() {
        let got = report.result.unwrap();
        assert_eq!(report.asset.name, name(number));
        assert_eq!((&got.asset, &got.path), (&report.asset, &stage.path(&name(number))));
        assert_eq!(std::fs::read(got.path).unwrap(), bytes(10_000 + number));
    }
    assert_eq!(stage.files().len(), 12);
    assert!(stage.repository.token_leaks(TOKEN).is_empty());
    assert!(stage.requests(Operation::GetAsset).is_empty());
}

#[tokio::test]
async fn one_failure_loses_no_others() {
    let stage = stage(5).await;
    let ids: Vec<i64> = stage.repository.assets(stage.release_id).iter().map(|asset| asset.id).collect();
    let broken = Fault::flipped_byte(3).path_contains(format!("/{}?", ids[1])).always();
    stage.repository.inject(broken);
    let refused = Fault::reply(Reply::json(403, &serde_json::json!({ "message": "No." })));
    let path = format!("assets/{}", ids[3]);
    stage.repository.inject(refused.on(Operation::DownloadAsset).path_contains(path).always());
    let reports = stage.release().download_all(stage.folder.path()).await.unwrap();
    let results: Vec<_> = reports.iter().map(|report| report.result.as_ref()).collect();
    assert!(matches!(results[1], Err(TransferError::DigestMismatch { .. })), "{:?}", results[1]);
    assert!(matches!(results[3], Err(TransferError::Api(error)) if error.status() == Some(403)));
    assert!([0, 2, 4].iter().all(|index| results[*index].is_ok()), "{results:?}");
    assert_eq!(stage.files(), ["file-0.bin", "file-2.bin", "file-4.bin"]);
}

#[tokio::test]
async fn only_so_many_are_under_way_at_a_time() {
    for concurrency in [1, 3] {
        let stage = stage(9).await;
        let delay = Duration::from_millis(15);
        stage.repository.inject(Fault::delay(delay).on(Operation::FetchBytes).always());
        let (running, most) = (Arc::new(Mutex::new(HashMap::new())), Arc::new(AtomicUsize::new(0)));
        let (telling, highest) = (running.clone(), most.clone());
        let downloads = stage.release().download_all(stage.folder.path()).concurrency(concurrency);
        let downloads = downloads.on_progress(move |asset, progress| {
            let mut running = telling.lock().unwrap();
            running.insert(asset.id, progress.bytes);
            let unfinished = running.values().filter(|bytes| **bytes < 10_000).count();
            highest.fetch_max(unfinished, Ordering::Relaxed);
        });
        let reports = downloads.await.unwrap();
        assert!(reports.iter().all(|report| report.result.is_ok()));
        assert_eq!(most.load(Ordering::Relaxed), concurrency);
        assert_eq!(running.lock().unwrap().len(), 9);
    }
}

#[tokio::test]
async fn a_filter_chooses_among_the_complete_ones() {
    let stage = stage(3).await;
    stage.repository.add_leftover(stage.release_id, "rest.bin", AssetState::Starter);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = seen.clone();
    let downloads = stage.release().download_all(stage.folder.path()).filter(move |asset| {
        seeing.lock().unwrap().push(asset.name.clone());
        asset.name != "file-1.bin"
    });
    let reports = downloads.await.unwrap();
    let names: Vec<_> = reports.iter().map(|report| report.asset.name.as_str()).collect();
    assert_eq!(names, ["file-0.bin", "file-2.bin"]);
    assert_eq!(*seen.lock().unwrap(), ["file-0.bin", "file-1.bin", "file-2.bin"]);
    assert_eq!(stage.files(), ["file-0.bin", "file-2.bin"]);
}

#[tokio::test]
async fn names_that_are_one_file_somewhere_are_not_written() {
    let stage = Stage::new().await;
    for name in ["Tool.zip", "a", "b", "tool.zip", "a.part", "c.part.json", "TOOL.ZIP", "c"] {
        stage.repository.add_asset(stage.release_id, name, format!("this is {name}"));
    }
    let reports = stage.release().download_all(stage.folder.path()).await.unwrap();
    for report in &reports {
        match &report.result {
            Ok(_) => assert_eq!(report.asset.name, "b"),
            Err(TransferError::SameName { first, second, .. }) => {
                let name = std::path::Path::new(&report.asset.name);
                assert!(first == name || second == name, "{first:?} {second:?}");
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((reports.len(), stage.files()), (8, vec!["b".to_owned()]));
}

#[tokio::test]
async fn a_name_that_leads_out_of_the_folder_is_an_error_of_its_own() {
    let stage = stage(1).await;
    stage.repository.add_asset(stage.release_id, "../evil", "evil");
    let folder = stage.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let reports = stage.release().download_all(&folder).await.unwrap();
    assert!(reports[0].result.is_ok());
    assert!(matches!(reports[1].result, Err(TransferError::NameUnusable { .. })));
    assert_eq!(stage.files(), ["folder"]);
}

#[tokio::test]
async fn without_a_folder_or_a_list_there_are_no_reports() {
    let stage = stage(1).await;
    let error = stage.release().download_all(stage.path("none")).await.unwrap_err();
    assert!(matches!(error, TransferError::WriteFile { .. }), "{error}");
    assert!(stage.repository.requests().is_empty());
    let error = stage.client.release("octo", "demo", 1).download_all(stage.folder.path()).await.unwrap_err();
    assert!(matches!(&error, TransferError::Api(error) if error.status() == Some(404)), "{error}");
}

#[tokio::test]
async fn downloads_can_be_paced_and_spawned() {
    let stage = stage(4).await;
    let pace = Duration::from_millis(100);
    let start = Instant::now();
    let downloads = stage.release().download_all(stage.folder.path()).pace(pace).concurrency(4);
    let reports = tokio::spawn(downloads.into_future()).await.unwrap().unwrap();
    assert!(reports.iter().all(|report| report.result.is_ok()));
    // The first one does not wait.
    assert!(start.elapsed() >= 3 * pace);
}

#[tokio::test]
async fn attempts_are_those_of_each_download() {
    let stage = stage(1).await;
    stage.repository.inject(Fault::reply(Reply::new(500)).on(Operation::FetchBytes).always());
    let reports = stage.release().download_all(stage.folder.path()).attempts(2).await.unwrap();
    assert!(matches!(reports[0].result, Err(TransferError::BrokenOff { attempts: 2, .. })));
    assert_eq!(stage.requests(Operation::FetchBytes).len(), 2);
}

#[tokio::test]
async fn dropping_stops_all_downloads() {
    let stage = stage(6).await;
    let stall = Fault::slow_response(500, Duration::from_millis(20)).on(Operation::FetchBytes);
    stage.repository.inject(stall.always());
    let downloads = tokio::spawn(stage.release().download_all(stage.folder.path()).into_future());
    while stage.requests(Operation::FetchBytes).len() < 4 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    downloads.abort();
    assert!(downloads.await.unwrap_err().is_cancelled());
    tokio::time::timeout(Duration::from_secs(5), stage.repository.settled()).await.unwrap();
    assert_eq!(stage.requests(Operation::FetchBytes).len(), 4);
    assert!(stage.files().iter().all(|name| name.contains(".part")));
}
