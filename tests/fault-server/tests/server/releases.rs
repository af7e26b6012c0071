use fault_server::{AssetState, NewRelease};
use serde_json::json;

use crate::raw::{Scene, ask, get};

#[tokio::test]
async fn a_release_has_all_its_fields_and_the_complete_assets() {
    let scene = Scene::start().await;
    let release = scene.release;
    let id = scene.repository.add_asset(release, "a.zip", "bytes");
    scene.repository.add_leftover(release, "b.zip", AssetState::Starter);
    let got = get(scene.api("releases/latest")).await;
    assert_eq!(got.header("content-type"), Some("application/json; charset=utf-8"));
    let value = got.json();
    let fields: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "url",
        "html_url",
        "assets_url",
        "upload_url",
        "tarball_url",
        "zipball_url",
        "id",
        "node_id",
        "tag_name",
        "target_commitish",
        "name",
        "body",
        "draft",
        "prerelease",
        "immutable",
        "created_at",
        "published_at",
        "author",
        "assets",
    ];
    for field in expected {
        assert!(fields.contains(&field), "{field}");
    }
    let (api, uploads) = (scene.github.api_url(), scene.github.uploads_url());
    assert_eq!(value["url"], format!("{api}/repos/octo/demo/releases/{release}"));
    assert_eq!(
        value["upload_url"],
        format!("{uploads}/repos/octo/demo/releases/{release}/assets{{?name,label}}")
    );
    assert_eq!(value["id"], release);
    assert_eq!(value["assets"].as_array().unwrap().len(), 1, "leftovers are not shown");
    assert_eq!(value["assets"][0]["id"], id);
    assert_eq!(value["author"]["login"], "octo");
}

#[tokio::test]
async fn releases_are_found_by_tag_by_id_and_as_the_latest() {
    let scene = Scene::start().await;
    let repository = &scene.repository;
    let slashed = repository.add_release("rel/2.0");
    let immutable = repository.add_release(NewRelease::new("v0.9").immutable());
    // Newer than the latest.
    let draft = repository.add_release(NewRelease::new("v3").draft());
    let prerelease = repository.add_release(NewRelease::new("v4-rc").prerelease());
    let table = [
        ("releases/latest".to_owned(), Some(immutable)),
        ("releases/tags/v1.0.0".to_owned(), Some(scene.release)),
        ("releases/tags/rel%2F2.0".to_owned(), Some(slashed)),
        ("releases/tags/rel/2.0".to_owned(), Some(slashed)),
        ("releases/tags/v4-rc".to_owned(), Some(prerelease)),
        ("releases/tags/v3".to_owned(), None),
        (format!("releases/{draft}"), Some(draft)),
        (format!("releases/{prerelease}"), Some(prerelease)),
        ("releases/1".to_owned(), None),
    ];
    for (path, expected) in table {
        let got = get(scene.api(&path)).await;
        match expected {
            Some(id) => assert_eq!((got.status, &got.json()["id"]), (200, &json!(id)), "{path}"),
            None => assert_eq!(got.status, 404, "{path}"),
        }
    }
    let draft = get(scene.api(&format!("releases/{draft}"))).await.json();
    assert_eq!((&draft["draft"], &draft["published_at"]), (&json!(true), &json!(null)));
    assert_eq!(get(scene.api(&format!("releases/{immutable}"))).await.json()["immutable"], true);
    let head = ask("HEAD", scene.api("releases/latest")).send().await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn a_repository_without_a_release_has_no_latest() {
    let scene = Scene::start().await;
    scene.github.repository("octo", "bare").add_release(NewRelease::new("v1").draft());
    let url = format!("{}/repos/octo/bare/releases/latest", scene.github.api_url());
    assert_eq!(get(url).await.status, 404);
}
