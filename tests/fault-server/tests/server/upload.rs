use fault_server::{AssetState, Keep};
use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::raw::{Got, Scene, ask, get};

#[tokio::test]
async fn an_upload_is_kept_as_it_came() {
    let scene = Scene::start().await;
    let bytes: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let got = scene.upload("?name=a%20%2B%20b.zip&label=Two+words", &bytes).send().await;
    let asset = got.json();
    assert_eq!(
        (got.status, &asset["name"], &asset["label"]),
        (201, &json!("a.+.b.zip"), &json!("Two words"))
    );
    assert_eq!(got.header("location"), asset["url"].as_str());
    assert_eq!((&asset["size"], &asset["content_type"]), (&json!(300_000), &json!("application/zip")));
    let kept = scene.repository.asset(scene.release, "a.+.b.zip").unwrap();
    assert_eq!(kept.bytes.as_deref(), Some(bytes.as_slice()));
    assert_eq!(asset["digest"], format!("sha256:{}", kept.sha256));
    let recorded = &scene.repository.requests()[0];
    assert_eq!((recorded.body_length, &recorded.body_sha256), (300_000, &kept.sha256));
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused_even_by_a_leftover() {
    let scene = Scene::start().await;
    scene.repository.add_asset(scene.release, "a.b", "abc");
    scene.repository.add_leftover(scene.release, "left", AssetState::Starter);
    for name in ["a.b", "a%20b", "left"] {
        let got = scene.upload(&format!("?name={name}"), "x").send().await;
        let mut value = got.json();
        assert_eq!(value["request_id"].take().as_str(), got.header("x-github-request-id"));
        let expected = json!({
            "message": "Validation Failed",
            "request_id": null,
            "documentation_url": "https://docs.github.com/rest",
            "errors": [{ "resource": "ReleaseAsset", "code": "already_exists", "field": "name" }],
        });
        assert_eq!((got.status, value), (422, expected), "{name}");
    }
    assert_eq!(scene.repository.assets(scene.release).len(), 2);
}

#[tokio::test]
async fn another_renaming_can_be_set() {
    let scene = Scene::start().await;
    scene.repository.set_renaming(|name| name.to_uppercase().replace(' ', "_"));
    let got = scene.upload("?name=a%20b", "x").send().await;
    assert_eq!(got.json()["name"], "A_B");
}

#[tokio::test]
async fn limits_are_told_by_their_fields() {
    let scene = Scene::start().await;
    scene.repository.set_size_limit(10);
    scene.repository.set_asset_limit(2);
    scene.repository.add_asset(scene.release, "one", "x");
    let table = [
        (scene.upload("?name=a", ""), "custom", "size"),
        (scene.upload("?name=a", "more than ten"), "custom", "size"),
        (scene.upload("", "x"), "missing_field", "name"),
        (scene.upload("?name=", "x"), "missing_field", "name"),
        (scene.upload("?name=a", "x").without("content-type"), "missing_field", "content_type"),
    ];
    let errors =
        |got: &Got| (got.json()["errors"][0]["code"].clone(), got.json()["errors"][0]["field"].clone());
    for (ask, code, field) in table {
        let got = ask.send().await;
        assert_eq!((got.status, errors(&got)), (422, (json!(code), json!(field))), "{ask:?}");
    }
    assert_eq!(scene.upload("?name=two", "just ten!!").send().await.status, 201);
    let full = scene.upload("?name=three", "x").send().await;
    assert_eq!((full.status, errors(&full)), (422, (json!("custom"), json!("file_count"))));
    let elsewhere = scene.upload("?name=a", "x");
    assert_eq!(elsewhere.send().await.status, 422);
}

#[tokio::test]
async fn a_thousand_assets_and_two_gib_are_the_limits() {
    let scene = Scene::start().await;
    for number in 0..1000 {
        scene.repository.add_asset(scene.release, &format!("{number}"), "x");
    }
    let full = scene.upload("?name=a", "x").send().await.json();
    assert_eq!(full["errors"][0]["field"], "file_count");
    let page = get(format!("{}?per_page=1000", scene.list_url())).await.json();
    assert_eq!(page.as_array().unwrap().len(), 100, "a page has no more");
    let large =
        scene.upload("?name=a", "").without("content-length").header("content-length", (1_u64 << 31) + 1);
    let got = large.send().await;
    assert_eq!(
        (got.status, &got.json()["errors"][0]["field"]),
        (422, &json!("size")),
        "nobody sends the body"
    );
}

#[tokio::test]
async fn an_upload_without_a_length_is_refused() {
    let scene = Scene::start().await;
    let chunked =
        scene.upload("?name=a", "").without("content-length").header("transfer-encoding", "chunked");
    let mut stream = chunked.open().await;
    stream.write_all(b"1\r\nx\r\n0\r\n\r\n").await.unwrap();
    for got in [
        Got::read(&mut stream, &chunked).await,
        scene.upload("?name=a", "").without("content-length").send().await,
    ] {
        assert_eq!((got.status, &got.json()["message"]), (400, &json!("Bad Content-Length: ")));
        assert_eq!(got.json()["request_id"].as_str(), got.header("x-github-request-id"));
    }
    assert!(scene.repository.assets(scene.release).is_empty());
}

#[tokio::test]
async fn an_early_refusal_reaches_a_client_that_goes_on_sending() {
    let scene = Scene::start().await;
    scene.repository.set_size_limit(10);
    let got = scene.upload("?name=a", vec![0; 5_000_000]).send().await;
    assert_eq!((got.status, &got.json()["errors"][0]["field"]), (422, &json!("size")));
}

#[tokio::test]
async fn bytes_need_not_be_kept() {
    let scene = Scene::start().await;
    scene.repository.set_keep(Keep::Digest);
    let got = scene.upload("?name=a", "abc").send().await.json();
    let kept = &scene.repository.assets(scene.release)[0];
    assert_eq!((kept.size, kept.bytes.as_deref()), (3, None));
    assert_eq!(got["digest"], "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let location = scene.location(kept.id).await;
    assert_eq!(ask("GET", location).send().await.status, 404);
}
