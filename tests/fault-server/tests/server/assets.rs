use fault_server::{AssetState, Digests, NewAsset, NewRelease};
use serde_json::{Value, json};

use crate::raw::{Scene, ask, get};

#[tokio::test]
async fn an_asset_has_all_its_fields() {
    let scene = Scene::start().await;
    let new = NewAsset::new("a+b.zip", "abc").label("A").content_type("application/zip");
    let id = scene.repository.put_asset(scene.release, new);
    assert!(id > 1 << 32, "ids take 64 bits");
    let mut asset = get(scene.asset_url(id)).await.json();
    for moment in ["created_at", "updated_at"] {
        let text = asset[moment].take();
        let text = text.as_str().unwrap();
        assert!(text.len() == 20 && text.ends_with('Z'), "{text}");
    }
    assert!(asset["uploader"].as_object().unwrap().contains_key("site_admin"));
    asset["uploader"] = json!("…");
    let expected = json!({
        "url": scene.asset_url(id),
        "id": id,
        "node_id": format!("RA_kwDO{id:x}"),
        "name": "a+b.zip",
        "label": "A",
        "uploader": "…",
        "content_type": "application/zip",
        "state": "uploaded",
        "size": 3,
        "digest": "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "download_count": 0,
        "created_at": null,
        "updated_at": null,
        "browser_download_url": "https://github.com/octo/demo/releases/download/v1.0.0/a%2Bb.zip",
    });
    assert_eq!(asset, expected);
}

#[tokio::test]
async fn what_can_be_null_or_missing_can_be_so() {
    let scene = Scene::start().await;
    let new = NewAsset::new("a", "abc").without_uploader().digest(None);
    let bare = scene.repository.put_asset(scene.release, new);
    let asset = get(scene.asset_url(bare)).await.json();
    assert_eq!(
        (&asset["uploader"], &asset["digest"], &asset["label"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );

    let other = NewAsset::new("b", "abc").state(AssetState::Other("frozen".into())).digest(Some("md5:0"));
    let other = scene.repository.put_asset(scene.release, other);
    let asset = get(scene.asset_url(other)).await.json();
    assert_eq!((&asset["state"], &asset["digest"]), (&json!("frozen"), &json!("md5:0")));
    scene.repository.set_digests(Digests::Null);
    assert_eq!(get(scene.asset_url(other)).await.json()["digest"], Value::Null);
    scene.repository.set_digests(Digests::Absent);
    assert_eq!(get(scene.asset_url(other)).await.json().get("digest"), None);
}

#[tokio::test]
async fn lists_come_in_pages_with_links_of_another_shape() {
    let scene = Scene::start().await;
    for number in 0..70 {
        scene.repository.add_asset(scene.release, &format!("{number}"), "x");
    }
    scene.repository.add_leftover(scene.release, "left", AssetState::New);
    let base = format!(
        "{}/repositories/{}/releases/{}/assets",
        scene.github.api_url(),
        scene.repository.id(),
        scene.release
    );
    let link = |query: &str, relation: &str| format!("<{base}?{query}>; rel=\"{relation}\"");
    let table = [
        ("", 30, vec![link("page=2", "next"), link("page=3", "last")]),
        (
            "?page=2",
            30,
            vec![
                link("page=1", "prev"),
                link("page=3", "next"),
                link("page=3", "last"),
                link("page=1", "first"),
            ],
        ),
        ("?page=3", 11, vec![link("page=2", "prev"), link("page=1", "first")]),
        ("?page=9", 0, vec![link("page=3", "prev"), link("page=1", "first")]),
        ("?per_page=50", 50, vec![link("per_page=50&page=2", "next"), link("per_page=50&page=2", "last")]),
        ("?per_page=1000", 71, vec![]),
        (
            "?per_page=0&page=0",
            30,
            vec![link("per_page=30&page=2", "next"), link("per_page=30&page=3", "last")],
        ),
        ("?per_page=x", 30, vec![link("per_page=30&page=2", "next"), link("per_page=30&page=3", "last")]),
    ];
    for (query, count, links) in table {
        let got = get(format!("{}{query}", scene.list_url())).await;
        assert_eq!(got.json().as_array().unwrap().len(), count, "{query}");
        assert_eq!(got.header("link").unwrap_or_default(), links.join(", "), "{query}");
    }
    let last = get(format!("{base}?page=3")).await.json();
    assert_eq!(
        (&last[10]["name"], &last[10]["state"], &last[10]["size"]),
        (&json!("left"), &json!("new"), &json!(0))
    );
}

#[tokio::test]
async fn an_update_changes_name_label_and_state() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    scene.repository.add_asset(scene.release, "taken", "abc");
    let invalid =
        |field: &str, code: &str| json!([{ "resource": "ReleaseAsset", "code": code, "field": field }]);
    let table = [
        (r#"{"name":"b c","label":"L"}"#, 200, json!(["b.c", "L", "uploaded"])),
        (r#"{"label":null}"#, 200, json!(["b.c", null, "uploaded"])),
        (r#"{"name":"b c"}"#, 200, json!(["b.c", null, "uploaded"])),
        (r#"{"state":"open"}"#, 200, json!(["b.c", null, "open"])),
        (r#"{"name":"taken"}"#, 422, invalid("name", "already_exists")),
        (r#"{"name":""}"#, 422, invalid("name", "invalid")),
        (r#"{"state":"starter"}"#, 422, invalid("state", "invalid")),
        ("{", 400, Value::Null),
    ];
    for (body, status, expected) in table {
        let got = ask("PATCH", scene.asset_url(id)).body(body).send().await;
        let value = got.json();
        let told = match got.status {
            200 => json!([value["name"], value["label"], value["state"]]),
            _ => value["errors"].clone(),
        };
        assert_eq!((got.status, told), (status, expected), "{body}");
    }
    assert_eq!(ask("PATCH", scene.asset_url(7)).body("{}").send().await.status, 404);
    let left = scene.repository.add_leftover(scene.release, "left", AssetState::Starter);
    let got = ask("PATCH", scene.asset_url(left)).body(r#"{"state":"uploaded"}"#).send().await;
    assert_eq!(got.json()["state"], "starter");
}

#[tokio::test]
async fn a_deleted_asset_is_gone() {
    let scene = Scene::start().await;
    for state in [AssetState::Uploaded, AssetState::Starter] {
        let id = scene.repository.put_asset(scene.release, NewAsset::new("a", "abc").state(state));
        let gone = ask("DELETE", scene.asset_url(id)).send().await;
        assert_eq!((gone.status, gone.body.len()), (204, 0));
        assert_eq!(ask("DELETE", scene.asset_url(id)).send().await.status, 404);
        assert_eq!(get(scene.asset_url(id)).await.status, 404);
        assert!(scene.repository.assets(scene.release).is_empty());
    }
}

#[tokio::test]
async fn the_assets_of_an_immutable_release_stay_as_they_are() {
    let scene = Scene::start().await;
    let release = scene.repository.add_release(NewRelease::new("v2").immutable());
    let id = scene.repository.add_asset(release, "a", "abc");
    let upload_url =
        format!("{}/repos/octo/demo/releases/{release}/assets?name=b", scene.github.uploads_url());
    let table = [
        (
            ask("POST", upload_url).header("content-type", "a/b").body("x"),
            "Cannot upload assets to an immutable release.",
        ),
        (ask("PATCH", scene.asset_url(id)).body("{}"), "Cannot update assets of an immutable release."),
        (ask("DELETE", scene.asset_url(id)), "Cannot delete assets of an immutable release."),
    ];
    for (ask, message) in table {
        let got = ask.send().await;
        assert_eq!((got.status, got.json()["message"].as_str()), (422, Some(message)));
    }
    assert_eq!(scene.repository.assets(release).len(), 1);
}
