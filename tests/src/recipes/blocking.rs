//! The recipes in a program that has no runtime.

use fault_server::{AssetState, Fault, Github, Operation, Reply};
use github_release_assets::{Client, TransferError, blocking::Wait, is_not_found};

#[test]
fn recipes_and_calls_can_be_waited_for() {
    let github = Github::start_on_thread().unwrap();
    let repository = github.repository("octo", "demo");
    let id = repository.add_release("v1.0.0");
    repository.inject(
        Fault::reply(Reply::bad_gateway_html()).leaving(AssetState::Starter).on(Operation::UploadAsset),
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tool.zip");
    std::fs::write(&path, "content").unwrap();

    let client =
        Client::builder().base_url(github.api_url()).uploads_url(github.uploads_url()).build().unwrap();
    let release = client.find_release("octo", "demo", "v1.0.0").wait().unwrap();
    let done = release.upload_file(&path).wait().unwrap();
    assert_eq!((done.attempts, done.cleaned_up.len()), (2, 1));
    std::fs::write(&path, "new content").unwrap();
    release.replace_file(&path).wait().unwrap();

    let names: Vec<_> = release.assets().into_iter().map(|asset| asset.unwrap().name).collect();
    assert_eq!(names, ["tool.zip"]);
    let got = release.download_to("tool.zip", folder.path().join("copy.zip")).wait().unwrap();
    assert_eq!(std::fs::read_to_string(got.path).unwrap(), "new content");
    assert_eq!(release.download_all(folder.path()).wait().unwrap().len(), 1);
    assert!(release.upload_all([&path]).wait().unwrap()[0].result.is_ok());

    let error = release.download_to("none", folder.path()).wait().unwrap_err();
    assert!(matches!(error, TransferError::NoSuchAsset { .. }), "{error}");
    assert!(is_not_found(&client.find_release("octo", "demo", "v9").wait().unwrap_err()));
    assert_eq!(repository.assets(id).len(), 1);
}
