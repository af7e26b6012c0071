//! Assets as they come: nothing that GitHub is known to send fails, and nothing is lost on the way.

use github_release_assets::types::{ReleaseAsset, ReleaseAssetState};
use serde_json::{Value, json};

use super::{Reply, Server, asset, asset_with, client, ok};

async fn received(json: &Value) -> ReleaseAsset {
    let server = Server::with([ok(json)]).await;
    client(&server).get_release_asset("octo", "demo", 7).await.unwrap()
}

#[tokio::test]
async fn an_asset_is_written_as_it_was_read() {
    for changes in [
        json!({}),
        json!({ "label": null, "uploader": null, "digest": null }),
        json!({ "state": "starter", "size": 0 }),
        json!({ "state": "quarantined", "created_at": "some day" }),
        json!({ "id": i64::MAX, "size": i64::MAX }),
    ] {
        let json = asset_with(changes);
        let value = received(&json).await;
        assert_eq!(serde_json::to_value(&value).unwrap(), json);
        assert_eq!(serde_json::from_value::<ReleaseAsset>(json).unwrap(), value);
    }
}

#[tokio::test]
async fn ids_have_64_bits() {
    for id in [1_i64 << 31, (1 << 32) + 7, (1 << 53) + 1] {
        let mut json = asset_with(json!({ "id": id, "size": id }));
        json["uploader"]["id"] = id.into();
        let server = Server::with([ok(&json), Reply::json(&format!("[{json}]"))]).await;
        let asset = client(&server).get_release_asset("octo", "demo", id).await.unwrap();
        assert_eq!((asset.id, asset.size, asset.uploader.unwrap().id), (id, id, id));
        let list = client(&server).list_release_assets("octo", "demo", id).await.unwrap();
        assert_eq!(list[0].id, id);
        let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
        let expected = [
            format!("/repos/octo/demo/releases/assets/{id}"),
            format!("/repos/octo/demo/releases/{id}/assets"),
        ];
        assert_eq!(targets, expected);
    }
}

#[tokio::test]
async fn states_known_and_unknown_keep_their_text() {
    for (text, state) in [
        ("uploaded", ReleaseAssetState::Uploaded),
        ("open", ReleaseAssetState::Open),
        ("starter", ReleaseAssetState::Starter),
        ("new", ReleaseAssetState::New),
        ("quarantined", ReleaseAssetState::Unknown("quarantined".to_owned())),
    ] {
        let asset = received(&asset_with(json!({ "state": text }))).await;
        assert_eq!((asset.state.as_str(), &asset.state), (text, &state));
    }
}

#[tokio::test]
async fn what_is_null_or_missing_is_none() {
    let null = received(&asset_with(json!({ "label": null, "uploader": null, "digest": null }))).await;
    assert_eq!((&null.label, &null.uploader, &null.digest), (&None, &None, &None));
    // Answers of 2022 have no digest.
    let mut json = asset();
    json.as_object_mut().unwrap().remove("digest");
    assert_eq!(received(&json).await.digest, None);
}

#[tokio::test]
async fn fields_that_nobody_knows_yet_are_no_error() {
    let mut json = asset_with(json!({ "immutable": true, "attestations": [{ "id": 1 }] }));
    json["uploader"]["user_view_type"] = "public".into();
    json["uploader"]["name"] = Value::Null;
    json["uploader"]["planet"] = "earth".into();
    let value = received(&json).await;
    let uploader = value.uploader.unwrap();
    assert_eq!(uploader.user_view_type.as_deref(), Some("public"));
    assert!(uploader.name.is_null() && uploader.email.is_absent());
}

#[tokio::test]
async fn one_odd_asset_does_not_spoil_a_list() {
    let odd = asset_with(json!({ "state": "starter", "size": 0, "label": null, "uploader": null }));
    let server = Server::with([Reply::json(&json!([asset(), odd]).to_string())]).await;
    let list = client(&server).list_release_assets("octo", "demo", 1).await.unwrap();
    assert_eq!(list.iter().map(|asset| asset.state.as_str()).collect::<Vec<_>>(), ["uploaded", "starter"]);
}
