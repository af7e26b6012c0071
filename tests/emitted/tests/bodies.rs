//! Request bodies: JSON, texts and bytes, and their media types.

use client_runtime::{Body, Maybe};
use emitted::bodies::{Client, types::Asset};
use serde_json::json;

use crate::echo::Echo;

#[tokio::test]
async fn json() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let asset = Asset::new(7);
    let kind = "application/json";
    echo.body(client.json(&asset), kind, "{\"id\":7}").await;
    let unlabelled = Asset::new(7).label(Maybe::Null);
    echo.body(client.json(&unlabelled), kind, "{\"id\":7,\"label\":null}").await;
    echo.body(
        client.json(&Asset::new(i64::MAX).label("ü\"".to_owned())),
        kind,
        "{\"id\":9223372036854775807,\"label\":\"ü\\\"\"}",
    )
    .await;
    echo.body(client.vendor().body(&asset), "application/vnd.example.v2+json", "{\"id\":7}").await;
    echo.body(client.fields(1, None), kind, "{\"id\":1,\"note\":null}").await;
    let fields = client.fields(1, Some("n".to_owned())).tag(Maybe::Null);
    echo.body(fields, kind, "{\"id\":1,\"note\":\"n\",\"tag\":null}").await;
    echo.body(client.list(&vec![1, 2]), kind, "[1,2]").await;
    echo.body(client.scalar(&"a\"b".to_owned()), kind, "\"a\\\"b\"").await;
    echo.body(client.anything(&json!([null])), kind, "[null]").await;
    // Of several media types, JSON is sent.
    echo.body(client.several(&asset), kind, "{\"id\":7}").await;
    echo.done();
}

#[tokio::test]
async fn bodies_on_methods_that_seldom_have_one() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let get = echo.sent(client.body_on_get().body(&Asset::new(7))).await;
    echo.same(&get.line, "GET /json");
    echo.same(get.text(), "{\"id\":7}");
    echo.same(&get.header("content-length"), "8");
    let delete = echo.sent(client.body_on_delete().reason("old")).await;
    echo.same(&delete.line, "DELETE /json");
    echo.same(&delete.header("content-type"), "application/json");
    echo.same(delete.text(), "{\"reason\":\"old\"}");
    echo.done();
}

#[tokio::test]
async fn an_optional_body_that_is_not_set_is_not_sent() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    for received in [
        echo.sent(client.body_on_get()).await,
        echo.sent(client.body_on_delete()).await,
        echo.sent(client.vendor()).await,
    ] {
        echo.same(&received.header("content-type"), "");
        echo.same(received.text(), "");
    }
    echo.done();
}

#[tokio::test]
async fn texts_and_bytes() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    echo.body(client.text("a\nü"), "text/plain", "a\nü").await;
    echo.body(client.text(""), "text/plain", "").await;
    echo.body(client.latin("a,b"), "text/csv; charset=utf-8", "a,b").await;
    echo.body(client.bytes(b"\0\x01".to_vec()), "application/octet-stream", "\0\x01").await;
    echo.body(client.bytes("x").content_type("text/x"), "text/x", "x").await;
    echo.body(client.xml("<x/>"), "application/xml", "<x/>").await;
    echo.body(client.image("PNG").content_type("image/png"), "image/png", "PNG").await;
    echo.body(client.whatever("x"), "application/octet-stream", "x").await;
    echo.body(client.lines("{}\n{}\n"), "application/x-ndjson", "{}\n{}\n").await;
    // A range is no media type that a body can have; the name of a file tells one.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    std::fs::write(&path, "PNG").unwrap();
    echo.body(client.image(Body::from_path(&path).await.unwrap()), "image/png", "PNG").await;
    echo.body(client.image("raw"), "application/octet-stream", "raw").await;
    echo.done();
}
