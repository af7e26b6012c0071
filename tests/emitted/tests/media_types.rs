//! Operations of several media types: what each of their methods sends and asks for.

use client_runtime::{Maybe, Part};
use emitted::media_types::{
    Client,
    operations::{FilesBodyEither, UploadBody},
    types::Change,
};

use crate::echo::{Answer, Echo};

const JSON: &str = "application/json; version=2";
const ASSET: Answer = Answer("200 OK", &["content-type: application/json"], "{\"id\":7}");

/// Sends a request and compares its line, `Accept`, `Content-Type` and body.
macro_rules! goes_out {
    ($echo:ident, $answer:expr, $request:expr, $line:expr, $accept:expr, $kind:expr, $body:expr) => {
        $echo.answer($answer);
        let received = $echo.sent($request).await;
        $echo.same(&received.line, $line);
        $echo.same(&received.header("accept"), $accept);
        $echo.same(&received.header("content-type"), $kind);
        $echo.same(received.text(), $body);
    };
}

#[tokio::test]
async fn a_method_for_each_way_to_give_a_body() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let line = "POST /upload";
    goes_out!(echo, ASSET, client.upload(7), line, JSON, JSON, "{\"id\":7}");
    let vendor = client.upload(7).label("a").content_type("application/vnd.asset+json");
    let body = "{\"id\":7,\"label\":\"a\"}";
    goes_out!(echo, ASSET, vendor, line, JSON, "application/vnd.asset+json", body);
    let change = client.upload_merge_patch(&Change::new().label(Maybe::Null));
    goes_out!(echo, ASSET, change, line, JSON, "application/merge-patch+json", "{\"label\":null}");
    let form = client.upload_form(&UploadBody::new(7));
    goes_out!(echo, ASSET, form, line, JSON, "application/x-www-form-urlencoded", "id=7");
    goes_out!(echo, ASSET, client.upload_text_body("a"), line, JSON, "text/plain", "a");
    let csv = client.upload_text_body("a,b").content_type("text/csv");
    goes_out!(echo, ASSET, csv, line, JSON, "text/csv", "a,b");
    goes_out!(echo, ASSET, client.upload_bytes("PNG"), line, JSON, "image/png", "PNG");
    let jpeg = client.upload_bytes("JPEG").content_type("image/jpeg");
    goes_out!(echo, ASSET, jpeg, line, JSON, "image/jpeg", "JPEG");
    echo.done();
}

#[tokio::test]
async fn a_part_of_which_nothing_is_said_is_bytes() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    echo.answer(ASSET);
    let parts = client.upload_multipart(b"\x01".to_vec()).raw("{}").note("n");
    let received = echo.sent(parts).await;
    echo.same(&received.header("accept"), JSON);
    let lines: Vec<&str> = received.text().split("\r\n").filter(|line| !line.starts_with("--")).collect();
    let file = "Content-Disposition: form-data; name=\"file\"; filename=\"blob\"|Content-Type: application/octet-stream||\u{1}";
    echo.same(lines.join("|").split("|Content-Disposition").next().unwrap(), file);
    echo.same(&lines.iter().filter(|line| **line == "{}").count().to_string(), "1");
    echo.done();
}

#[tokio::test]
async fn a_method_for_each_way_to_answer() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let line = "GET /asset";
    let json = "application/json, application/vnd.asset+json, text/plain";
    goes_out!(echo, ASSET, client.asset(), line, json, "", "");
    let ids = Answer("200 OK", &["content-type: application/vnd.example.ids+json"], "[1]");
    goes_out!(echo, ids, client.asset_ids(), line, "application/vnd.example.ids+json, text/plain", "", "");
    let xml = Answer("200 OK", &["content-type: application/xml"], "<a/>");
    goes_out!(echo, xml, client.asset_bytes(), line, "application/xml, image/*, text/plain", "", "");
    let csv = Answer("200 OK", &["content-type: text/csv"], "a,b");
    goes_out!(echo, csv.clone(), client.asset_text(), line, "text/csv, text/plain", "", "");
    echo.answer(csv);
    echo.same(&client.asset_text().await.unwrap(), "a,b");
    let text = Answer("200 OK", &["content-type: text/plain"], "t");
    goes_out!(
        echo,
        text,
        client.upload_text(&UploadBody::new(7)),
        "POST /upload",
        "text/plain",
        JSON,
        "{\"id\":7}"
    );
    echo.done();
}

#[tokio::test]
async fn a_file_is_one_whatever_its_schema_is_wrapped_into() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let files = client
        .files(Part::from("1"))
        .maybe(Part::from("2"))
        .several(["3", "4"])
        .either(FilesBodyEither::Integer(5));
    let received = echo.sent(files).await;
    let count =
        received.text().matches("; filename=\"blob\"\r\nContent-Type: application/octet-stream\r\n").count();
    echo.same(&count.to_string(), "4");
    echo.done();
}

#[tokio::test]
async fn empty_lists_with_a_sign_of_their_own_are_nothing() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let none = Vec::new;
    let two = || vec!["a".to_owned(), "b".to_owned()];
    echo.line(client.lists(two(), two()), "GET /lists/.a,b/;matrix=a;matrix=b/x").await;
    echo.line(client.lists(two(), none()), "GET /lists/.a,b//x").await;
    echo.line(client.lists(none(), two()), "GET /lists//;matrix=a;matrix=b/x").await;
    echo.done();
}
