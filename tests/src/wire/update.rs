//! Updates: the body is what was set, and nothing else.

use super::{Server, asset_with, client, ok};
use serde_json::json;

#[tokio::test]
async fn the_body_is_exactly_what_was_set() {
    let cases = [
        (Some("a b+c.zip"), None, None, r#"{"name":"a b+c.zip"}"#),
        (None, Some("\"é\"\n"), None, r#"{"label":"\"é\"\n"}"#),
        (None, Some(""), None, r#"{"label":""}"#),
        (Some("n"), Some("l"), Some("uploaded"), r#"{"name":"n","label":"l","state":"uploaded"}"#),
    ];
    for (name, label, state, body) in cases {
        let server = Server::with([ok(&asset_with(json!({ "name": "renamed.zip" })))]).await;
        let mut update = client(&server).update_release_asset("octo", "demo", 7);
        if let Some(label) = label {
            update = update.label(label);
        }
        if let Some(name) = name {
            update = update.name(name);
        }
        if let Some(state) = state {
            update = update.state(state);
        }
        let response = update.send_full().await.unwrap();
        assert_eq!((response.status(), response.value().name.as_str()), (200, "renamed.zip"));
        let got = server.only();
        assert_eq!(got.line(), "PATCH /repos/octo/demo/releases/assets/7");
        assert_eq!(String::from_utf8(got.body.clone()).unwrap(), body);
        assert_eq!(got.header("content-type"), Some("application/json"));
        assert_eq!(got.header("content-length"), Some(body.len().to_string().as_str()));
        assert_eq!(got.header("transfer-encoding"), None);
    }
}

#[tokio::test]
async fn nothing_set_is_no_body() {
    let server = Server::with([ok(&asset_with(json!({})))]).await;
    client(&server).update_release_asset("octo", "demo", 7).await.unwrap();
    let got = server.only();
    assert_eq!((got.header("content-type"), got.header("content-length")), (None, Some("0")));
    assert!(got.body.is_empty());
}
