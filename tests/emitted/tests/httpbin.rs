//! The shape of httpbin: every method, no operation ids, headers that belong to the client.

use client_runtime::ErrorKind;
use emitted::httpbin::Client;

use crate::echo::{Answer, Echo};

#[tokio::test]
async fn every_method() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    echo.line(client.get_anything(), "GET /anything").await;
    echo.line(client.put_anything(), "PUT /anything").await;
    echo.line(client.post_anything(), "POST /anything").await;
    echo.line(client.patch_anything(), "PATCH /anything").await;
    echo.line(client.delete_anything(), "DELETE /anything").await;
    echo.line(client.trace_anything(), "TRACE /anything").await;
    echo.line(client.get_anything_anything("a/b"), "GET /anything/a%2Fb").await;
    // A length is announced where a server may expect a body, even when there is none (RFC 9110, 8.6).
    for (request, length) in [
        (echo.sent(client.get_anything()).await, ""),
        (echo.sent(client.delete_anything()).await, ""),
        (echo.sent(client.post_anything()).await, "0"),
        (echo.sent(client.put_anything()).await, "0"),
        (echo.sent(client.patch_anything()).await, "0"),
    ] {
        echo.same(&request.header("content-length"), length);
    }
    echo.done();
}

#[tokio::test]
async fn parameters() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let basic = client.get_basic_auth_user_passwd("a:b", "c d");
    echo.line(basic, "GET /basic-auth/a%3Ab/c%20d").await;
    echo.line(client.get_cookies_set().freeform("x"), "GET /cookies/set?freeform=x").await;
    echo.line(client.get_drip(), "GET /drip").await;
    let drip = client.get_drip().duration(0.5).numbytes(3).code(418);
    echo.line(drip, "GET /drip?duration=0.5&numbytes=3&code=418").await;
    echo.line(client.get_status_codes("200,404"), "GET /status/200%2C404").await;
    let etag = || client.get_etag_etag("x").if_none_match("\"a\"").if_match("*");
    echo.header(etag(), "if-none-match", "\"a\"").await;
    echo.header(etag(), "if-match", "*").await;
    // What the description calls a parameter is the client's own business (OpenAPI 3.0.4, "Parameter Object").
    echo.header(client.get_bearer(), "authorization", "").await;
    echo.done();
}

#[tokio::test]
async fn statuses() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    echo.answer(Answer("418 I'm a teapot", &[], "short and stout"));
    let error = client.get_status_codes("418").await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(418)));
    assert_eq!(error.body(), b"short and stout");
}
