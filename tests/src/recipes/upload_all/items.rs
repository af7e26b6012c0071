//! Files whose assets have names, labels and media types of their own.

use fault_server::Operation;
use github_release_assets::{TransferError, UploadItem};

use super::Stage;

/// Two files of one name in different folders, and one beside them.
fn paths(stage: &Stage) -> [std::path::PathBuf; 3] {
    for folder in ["linux", "mac"] {
        std::fs::create_dir(stage.path(folder)).unwrap();
    }
    ["linux/tool", "mac/tool", "notes.txt"].map(|name| stage.file(name, name))
}

#[tokio::test]
async fn files_of_one_name_go_up_under_names_of_their_own() {
    for replace in [false, true] {
        let stage = Stage::new().await;
        let [linux, mac, notes] = paths(&stage);
        if replace {
            stage.repository.add_asset(stage.release_id, "tool-linux", "old");
        }
        let items = [
            UploadItem::from(&linux).name("tool-linux").label("Linux x86-64"),
            UploadItem::from(&mac).name("tool-mac").label("macOS").content_type("application/x-mach-binary"),
            UploadItem::from(&notes),
        ];
        let reports = stage.upload_all(items).replace(replace).await.unwrap();
        let given: Vec<_> = reports.iter().map(|report| &report.path).collect();
        assert_eq!(given, [&linux, &mac, &notes]);
        let assets: Vec<_> = reports.iter().map(|report| &report.result.as_ref().unwrap().asset).collect();
        let told = assets.iter().map(|it| (it.name.as_str(), it.label.as_deref().unwrap_or_default()));
        let wanted = [("tool-linux", "Linux x86-64"), ("tool-mac", "macOS"), ("notes.txt", "")];
        assert_eq!(told.collect::<Vec<_>>(), wanted, "replace: {replace}");
        let types: Vec<_> = assets.iter().map(|asset| asset.content_type.as_str()).collect();
        assert_eq!(types, ["application/octet-stream", "application/x-mach-binary", "text/plain"]);
        let wanted = [("notes.txt", "notes.txt"), ("tool-linux", "linux/tool"), ("tool-mac", "mac/tool")];
        assert_eq!(stage.content(), wanted.map(|(name, content)| (name.to_owned(), content.to_owned())));
    }
}

#[tokio::test]
async fn without_them_or_with_the_same_ones_they_are_not_sent() {
    let stage = Stage::new().await;
    let [linux, mac, notes] = paths(&stage);
    let same_names = [&linux, &mac].map(|path| UploadItem::from(path).name("tool-x"));
    let name_of_another = [UploadItem::from(&notes).name("tool"), mac.clone().into()];
    for items in [[&linux, &mac].map(UploadItem::from), same_names, name_of_another] {
        let reports = stage.upload_all(items).await.unwrap();
        for report in &reports {
            let Err(TransferError::SameName { first, second, .. }) = &report.result else {
                panic!("{report:?}")
            };
            assert_eq!((first, second), (&reports[0].path, &reports[1].path));
        }
    }
    assert_eq!(stage.count(Operation::UploadAsset), 0);
}

#[tokio::test]
async fn a_path_of_any_kind_is_enough() {
    let stage = Stage::new().await;
    let path = stage.file("a", "a");
    let release = stage.target();
    assert!(release.upload_all([path.as_path()]).await.unwrap()[0].result.is_ok());
    let text = path.to_str().unwrap();
    assert!(release.upload_all([text]).await.unwrap()[0].result.is_ok());
    assert!(release.upload_all(vec![text.to_owned()]).await.unwrap()[0].result.is_ok());
    assert!(release.upload_all(&[path]).await.unwrap()[0].result.is_ok());
    assert_eq!(stage.count(Operation::UploadAsset), 1);
}
