//! Predictions of names, and what becomes of them.

use fault_server::github_name;
use github_release_assets::file_name::{check, collisions, rewritten};

use super::stage::Stage;

/// Names on whose fate the reports of users agree.
const NAMES: [&str; 12] = [
    "tool-1.2.0_x86+64@rc.tar.gz",
    "erick%%%%%!!!zhao.txt",
    "erick@256éoooz!.txt",
    "fake.      file.txt",
    "a5_ !#$%&'b.txt",
    "tobwen-1.1.0-1~buster_amd64.deb",
    "appName(x64)_1.0.0.xx.msi",
    "My App 1.0.0 Setup.exe",
    "façade.exposé",
    ".gitignore",
    "..a...b..c..",
    "日本.txt",
];

#[tokio::test]
async fn a_name_is_predicted_as_it_comes_back() {
    let stage = Stage::new().await;
    for name in NAMES {
        let upload = stage.client.upload_release_asset("octo", "demo", stage.release_id, name, "abc");
        let asset = upload.await.unwrap();
        assert_eq!(check(name).unwrap().expected, asset.name, "{name}");
    }
}

#[test]
fn two_ways_to_rewrite_a_name_agree() {
    for name in NAMES {
        assert_eq!(rewritten(name), github_name(name), "{name}");
    }
}

#[tokio::test]
async fn files_that_collide_are_refused() {
    let stage = Stage::new().await;
    let upload =
        |name| stage.client.upload_release_asset("octo", "demo", stage.release_id, name, "abc").send();
    let found = collisions(["a b.txt", "c.txt", "a!b.txt"]);
    assert_eq!(found.len(), 1);
    let [first, second] = found[0].files.as_slice() else { panic!("{found:?}") };
    upload(first.to_str().unwrap()).await.unwrap();
    upload("c.txt").await.unwrap();
    let error = upload(second.to_str().unwrap()).await.unwrap_err();
    assert!(github_release_assets::is_already_exists(&error), "{error}");
}
