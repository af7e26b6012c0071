//! Operations of several media types: what each of their methods sends and asks for.

use emitted::media_types::{Client, types::Change};

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
    let change = client.upload_merge_patch().label(client_runtime::Maybe::Null);
    goes_out!(echo, ASSET, change, line, JSON, "application/merge-patch+json", "{\"label\":null}");
    let form = client.upload_form(&emitted::media_types::operations::upload::UploadBody::new(7));
    goes_out!(echo, ASSET, form, line, JSON, "application/x-www-form-urlencoded", "id=7");
    goes_out!(echo, ASSET, client.upload_text("a"), line, JSON, "text/plain", "a");
    let csv = client.upload_text_body("a,b").content_type("text/csv");
    goes_out!(echo, ASSET, csv, line, JSON, "text/csv", "a,b");
    goes_out!(echo, ASSET, client.upload_bytes("PNG"), line, JSON, "image/png", "PNG");
    let jpeg = client.upload_bytes("JPEG").content_type("image/jpeg");
    goes_out!(echo, ASSET, jpeg, line, JSON, "image/jpeg", "JPEG");
    echo.done();
    let _ = Change::new();
}
