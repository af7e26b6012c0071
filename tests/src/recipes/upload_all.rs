//! `upload_all`: many files at once.

mod items;
mod pace;

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use fault_server::{AssetState, Cut, Fault, Operation, Reply};
use github_release_assets::{TransferError, UploadAll, UploadItem};

use super::{Stage, until};

impl Stage {
    /// The upload of files without pauses.
    fn upload_all(&self, items: impl IntoIterator<Item = impl Into<UploadItem>>) -> UploadAll {
        self.target().upload_all(items).pace(Duration::ZERO)
    }

    /// Writes files whose content is their name.
    fn files_of(&self, names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(|name| self.file(name, name)).collect()
    }
}

#[tokio::test]
async fn each_file_has_its_report_in_order() {
    let stage = Stage::new().await;
    let names = ["f", "e", "d", "c", "b", "a"];
    let paths = stage.files_of(&names);
    let reports = stage.upload_all(paths.clone()).await.unwrap();
    assert_eq!(
        reports.iter().map(|report| &report.path).collect::<Vec<_>>(),
        paths.iter().collect::<Vec<_>>()
    );
    for (report, name) in reports.iter().zip(names) {
        let done = report.result.as_ref().unwrap();
        assert_eq!((done.asset.name.as_str(), done.attempts, done.replaced), (name, 1, None));
    }
    assert_eq!(stage.content().len(), 6);
    assert_eq!(stage.count(Operation::ListAssets), 1, "one list is enough for all");
}

#[tokio::test]
async fn a_failure_does_not_stop_the_others() {
    let stage = Stage::new().await;
    let refused = Fault::reply(Reply::new(403)).on(Operation::UploadAsset).path_contains("name=b");
    stage.repository.inject(refused);
    let flaky = Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter);
    stage.repository.inject(flaky.on(Operation::UploadAsset).path_contains("name=c"));
    let mut paths = stage.files_of(&["a", "b", "c"]);
    paths.extend([stage.path("none"), stage.file("empty", ""), stage.folder.path().to_owned()]);
    let reports = stage.upload_all(paths).await.unwrap();
    let [a, b, c, none, empty, folder] = &reports[..] else { panic!("{reports:?}") };
    assert!(a.result.is_ok());
    assert!(matches!(&b.result, Err(TransferError::Api(error)) if error.status() == Some(403)), "{b:?}");
    assert_eq!(c.result.as_ref().unwrap().attempts, 2);
    assert!(matches!(none.result, Err(TransferError::ReadFile { .. })), "{none:?}");
    assert!(matches!(empty.result, Err(TransferError::EmptyFile { .. })), "{empty:?}");
    assert!(matches!(folder.result, Err(TransferError::NotAFile { .. })), "{folder:?}");
    let names: Vec<_> = stage.content().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a", "c"]);
}

#[tokio::test]
async fn files_that_would_have_one_name_are_not_sent() {
    let stage = Stage::new().await;
    let paths = stage.files_of(&["a b.txt", "c.txt", "a.b.txt", "a(b).txt"]);
    let reports = stage.upload_all(paths.clone()).await.unwrap();
    for (index, others) in [(0, vec![2, 3]), (2, vec![0]), (3, vec![0])] {
        let Err(TransferError::SameName { first, second, name }) = &reports[index].result else {
            panic!("{:?}", reports[index])
        };
        assert_eq!(name, "a.b.txt");
        let told = [first, second].map(|path| paths.iter().position(|other| other == path).unwrap());
        assert!(
            told.contains(&index) && others.iter().any(|other| told.contains(other)),
            "{index}: {told:?}"
        );
    }
    assert!(reports[1].result.is_ok());
    assert_eq!(stage.only_asset().name, "c.txt");
}

#[tokio::test]
async fn a_file_that_is_given_twice_is_not_sent() {
    let stage = Stage::new().await;
    let path = stage.file("a", "a");
    let reports = stage.upload_all([path.clone(), path]).await.unwrap();
    assert!(reports.iter().all(|it| matches!(it.result, Err(TransferError::SameName { .. }))), "{reports:?}");
    assert!(stage.repository.requests().is_empty(), "there is nothing to ask for");
}

#[tokio::test]
async fn a_release_without_room_for_all_gets_none() {
    let stage = Stage::new().await;
    for index in 0..998 {
        stage.repository.add_asset(stage.release_id, &format!("{index}.txt"), "old");
    }
    let mut paths = stage.files_of(&["a", "b", "c"]);
    let error = stage.upload_all(paths.clone()).await.unwrap_err();
    assert!(matches!(error, TransferError::ReleaseFull { count: 998, adding: 3 }), "{error}");
    assert_eq!(stage.uploads(), []);
    // What is there already takes no room.
    paths.pop();
    paths.push(stage.file("7.txt", "old"));
    let reports = stage.upload_all(paths.clone()).await.unwrap();
    assert!(reports.iter().all(|report| report.result.is_ok()), "{reports:?}");
    let reports = stage.upload_all(paths).await.unwrap();
    assert!(reports.iter().all(|report| report.result.as_ref().unwrap().already_there), "{reports:?}");
}

#[tokio::test]
async fn assets_are_replaced_only_if_that_is_wanted() {
    let stage = Stage::new().await;
    let old = stage.repository.add_asset(stage.release_id, "a", "old");
    let paths = stage.files_of(&["a", "b"]);
    let reports = stage.upload_all(paths.clone()).await.unwrap();
    assert!(matches!(reports[0].result, Err(TransferError::NameTaken { .. })), "{reports:?}");
    let reports = stage.upload_all(paths).replace(true).await.unwrap();
    let [a, b] = [0, 1].map(|index| reports[index].result.as_ref().unwrap());
    assert_eq!((a.replaced, a.already_there, b.replaced, b.already_there), (Some(old), false, None, true));
    let wanted = [("a", "a"), ("b", "b")].map(|(name, content)| (name.to_owned(), content.to_owned()));
    assert_eq!(stage.content(), wanted);
}

#[tokio::test]
async fn so_many_attempts_are_made_for_each() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::bad_gateway_html()).always().on(Operation::UploadAsset));
    let reports = stage.upload_all(stage.files_of(&["a", "b"])).attempts(3).await.unwrap();
    assert!(reports.iter().all(|it| matches!(it.result, Err(TransferError::GaveUp { attempts: 3, .. }))));
    assert_eq!(stage.uploads().len(), 6);
}

#[tokio::test]
async fn a_list_that_fails_is_the_error_of_all() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::reply(Reply::new(403)).on(Operation::ListAssets));
    let error = stage.upload_all(stage.files_of(&["a", "b"])).await.unwrap_err();
    assert!(matches!(error, TransferError::Api(_)), "{error}");
    assert_eq!(stage.uploads(), []);
}

#[tokio::test]
async fn the_same_content_of_another_file_is_not_taken_for_this_one() {
    for replace in [false, true] {
        let stage = Stage::new().await;
        let paths = [stage.file("a-b.txt", "same"), stage.file("ab.txt", "same")];
        if replace {
            stage.repository.add_asset(stage.release_id, "a-b.txt", "old");
            stage.repository.add_asset(stage.release_id, "ab.txt", "old");
        }
        // The second upload fails while the asset of the first one is new.
        let slow = Fault::delay(Duration::from_millis(400)).on(Operation::UpdateAsset);
        stage.repository.inject(slow.always());
        let late = Fault::reply(Reply::bad_gateway_html()).delayed(Duration::from_millis(200));
        stage.repository.inject(late.on(Operation::UploadAsset).path_contains("name=ab.txt"));
        let reports = stage.upload_all(paths).replace(replace).await.unwrap();
        let done: Vec<_> = reports.iter().map(|report| report.result.as_ref().unwrap()).collect();
        assert_eq!((done[1].attempts, done[1].recognised), (2, false), "replace: {replace}");
        let names: Vec<_> = stage.content().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a-b.txt", "ab.txt"]);
    }
}

#[tokio::test]
async fn progress_is_told_with_the_path() {
    let stage = Stage::new().await;
    let paths = [stage.file("a", vec![1; 100_000]), stage.file("b", vec![2; 200_000])];
    let heard = Arc::new(Mutex::new(BTreeMap::new()));
    let hear = heard.clone();
    let upload = stage.upload_all(paths.clone()).on_progress(move |path, progress| {
        hear.lock().unwrap().insert(path.to_owned(), (progress.bytes, progress.total));
    });
    upload.await.unwrap();
    let wanted = [(paths[0].clone(), (100_000, Some(100_000))), (paths[1].clone(), (200_000, Some(200_000)))];
    assert_eq!(*heard.lock().unwrap(), BTreeMap::from(wanted));
}

#[tokio::test]
async fn dropping_the_future_stops_all_transfers() {
    let stage = Stage::new().await;
    stage.repository.inject(Fault::cut_request(10, Cut::Stall).always().on(Operation::UploadAsset));
    let paths = ["a", "b", "c"].map(|name| stage.file(name, vec![7; 5_000_000]));
    let task = tokio::spawn(stage.upload_all(paths).concurrency(2).into_future());
    until("two uploads begin", || stage.count(Operation::UploadAsset) == 2).await;
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    tokio::time::timeout(Duration::from_secs(10), stage.repository.settled()).await.unwrap();
    assert_eq!(stage.count(Operation::UploadAsset), 2);
}
