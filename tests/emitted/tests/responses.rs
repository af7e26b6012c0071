//! What an emitted client makes of answers: by status, by media type, item by item, and of their headers.

use client_runtime::{DateTime, ErrorKind};
use emitted::responses::{Client, operations::*, types::*};

use crate::echo::{Answer, Echo};

const JSON: &[&str] = &["content-type: application/json"];

async fn start() -> (Echo, Client) {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    (echo, client)
}

fn job(id: &str) -> Job {
    serde_json::from_value(serde_json::json!({ "id": id })).unwrap()
}

#[tokio::test]
async fn each_success_has_its_own_shape() {
    let (echo, client) = start().await;
    for (status, body, expected) in [
        ("200 OK", r#"{"id":"a"}"#, UploadResponse::Ok(job("a"))),
        ("201 Created", r#"[{"id":"a"}]"#, UploadResponse::Created(vec![job("a")])),
        ("204 No Content", "", UploadResponse::NoContent),
        ("206 Partial", r#"{"a":1}"#, UploadResponse::Success([("a".to_owned(), 1.into())].into())),
    ] {
        echo.answer(Answer(status, JSON, body));
        assert_eq!(client.upload().await.unwrap(), expected, "{status}");
    }
}

#[tokio::test]
async fn documented_errors_are_told_by_status_range_and_default() {
    let (echo, client) = start().await;
    let problem: Problem = serde_json::from_str(r#"{"title":"t","errors":[{"a":1}]}"#).unwrap();
    for (status, expected) in [
        ("422 Unprocessable", UploadError::UnprocessableEntity),
        ("409 Conflict", UploadError::ClientError(Some(problem.clone()))),
        ("501 Not Implemented", UploadError::AnyOther(Some(problem.clone()))),
    ] {
        let headers = &["content-type: application/problem+json"];
        echo.answer(Answer(status, headers, r#"{"title":"t","errors":[{"a":1}]}"#));
        let error = client.upload().await.unwrap_err();
        assert_eq!(error.documented::<UploadError>(), Some(expected), "{error:?}");
    }
    echo.answer(Answer("409 Conflict", &["content-type: text/html"], "<html>"));
    let error = client.upload().await.unwrap_err();
    assert_eq!(error.documented::<UploadError>(), Some(UploadError::ClientError(None)));
}

#[tokio::test]
async fn documented_headers_have_types() {
    let (echo, client) = start().await;
    const HEADERS: &[&str] = &[
        "content-type: application/json",
        "Location: /a",
        "X-Left: 7",
        "X-Tags: a, b",
        "x-tags: c",
        "X-Job: {\"id\":\"j\"}",
        "X-Size: w,1,h,2",
        "X-Area: w=3,h=4",
        "X-When: 2020-01-02T03:04:05Z",
        "X-Fresh: true",
    ];
    echo.answer(Answer("201 Created", HEADERS, "[]"));
    let response = client.upload().send_full().await.unwrap();
    let headers = UploadHeaders::from(response.headers());
    assert_eq!(headers.location.as_deref(), Some("/a"));
    assert_eq!(headers.x_left, Some(7));
    assert_eq!(headers.x_tags, Some(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]));
    assert_eq!(headers.x_when.as_ref().map(DateTime::as_str), Some("2020-01-02T03:04:05Z"));
    assert_eq!(headers.x_fresh, Some(true));
    assert_eq!(headers.x_job, Some(job("j")));
    let sizes = [headers.x_size, headers.x_area].map(|size| size.map(|size| (size.w, size.h)));
    assert_eq!(sizes, [Some((1, 2)), Some((3, 4))]);
    echo.answer(Answer("200 OK", &["etag: \"x\"", "X-Left: many"], ""));
    let response = client.look().send_full().await.unwrap();
    let headers = LookHeaders::from(response.headers());
    assert_eq!((response.etag(), headers.x_left), (Some("\"x\""), None));
}

#[tokio::test]
async fn the_accept_header_asks_for_what_is_read() {
    let (echo, client) = start().await;
    let (json, stream) = ("application/json", "application/octet-stream");
    echo.answer(Answer("200 OK", JSON, r#"{"id":"a"}"#));
    echo.header(client.download(), "accept", json).await;
    echo.answer(Answer("200 OK", &["content-type: application/octet-stream"], "raw"));
    echo.header(client.download_bytes(), "accept", stream).await;
    echo.answer(Answer("200 OK", &["content-type: text/plain"], "a"));
    echo.header(client.text(), "accept", "text/plain").await;
    echo.answer(Answer("200 OK", &["content-type: application/xml"], "<x/>"));
    echo.header(client.xml(), "accept", "application/xml").await;
    echo.header(client.events(), "accept", "text/event-stream").await;
    echo.header(client.lines(), "accept", "application/x-ndjson, application/jsonl").await;
    echo.header(client.nothing(), "accept", "*/*").await;
    echo.done();
}

#[tokio::test]
async fn texts_bytes_and_scalars() {
    let (echo, client) = start().await;
    echo.answer(Answer("200 OK", &["content-type: application/octet-stream"], "\0raw"));
    assert_eq!(client.download_bytes().await.unwrap().chunk().await.unwrap().unwrap(), "\0raw");
    echo.answer(Answer("200 OK", &["content-type: text/plain; charset=utf-8"], "{ü"));
    assert_eq!(client.text().await.unwrap(), "{ü");
    echo.answer(Answer("200 OK", &["content-type: application/xml"], "<x/>"));
    assert_eq!(client.xml().await.unwrap().chunk().await.unwrap().unwrap(), "<x/>");
    echo.answer(Answer("200 OK", &["content-type: message/http"], "TRACE / HTTP/1.1"));
    assert_eq!(client.trace().await.unwrap().chunk().await.unwrap().unwrap(), "TRACE / HTTP/1.1");
    echo.answer(Answer("200 OK", JSON, "-9223372036854775808"));
    assert_eq!(client.number().await.unwrap(), i64::MIN);
    echo.answer(Answer("200 OK", JSON, r#""a\n""#));
    assert_eq!(client.quoted().await.unwrap(), "a\n");
    client.nothing().await.unwrap();
    echo.answer(Answer("203 Whatever", JSON, "[1]"));
    client.allowed().await.unwrap();
    echo.answer(Answer("200 OK", JSON, "{\"id\":7}"));
    assert_eq!(client.download().await.unwrap_err().kind(), ErrorKind::Decode);
    echo.answer(Answer("200 OK", JSON, r#"{"id":"via"}"#));
    assert_eq!(client.subscribe().await.unwrap(), job("via"));
}

#[tokio::test]
async fn item_by_item() {
    let (echo, client) = start().await;
    let stream = &["content-type: text/event-stream"];
    echo.answer(Answer(
        "200 OK",
        stream,
        ": hello\n\nevent: made\nid: 1\ndata: {\"id\":\ndata: \"a\"}\n\ndata: {\"id\":\"b\"}\n\n",
    ));
    let mut events = client.events().await.unwrap();
    let first = events.next().await.unwrap().unwrap();
    assert_eq!((first.name.as_deref(), first.id.as_deref(), first.data), (Some("made"), Some("1"), job("a")));
    assert_eq!(events.next().await.unwrap().unwrap().data, job("b"));
    assert!(events.next().await.is_none());
    echo.answer(Answer("200 OK", stream, "data: one\ndata: two\r\n\r\n"));
    assert_eq!(client.words().await.unwrap().next().await.unwrap().unwrap().data, "one\ntwo");
    echo.answer(Answer(
        "200 OK",
        &["content-type: application/x-ndjson"],
        "{\"id\":\"a\"}\n\n{\"id\":\"b\"}",
    ));
    let mut lines = client.lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), job("a"));
    assert_eq!(lines.next().await.unwrap().unwrap(), job("b"));
    assert!(lines.next().await.is_none());
    echo.answer(Answer("200 OK", &["content-type: application/json-seq"], "\u{1e}{\"id\":\"a\"}\n"));
    assert_eq!(client.records_stream().await.unwrap().next().await.unwrap().unwrap(), job("a"));
    echo.answer(Answer("200 OK", JSON, r#"[{"id":"b"}]"#));
    assert_eq!(client.records().await.unwrap(), [job("b")]);
}

#[tokio::test]
async fn pages() {
    let (echo, client) = start().await;
    let headers = &["content-type: application/json", "link: </pages?page=2>; rel=\"next\""];
    echo.answer(Answer("200 OK", headers, r#"["a"]"#));
    echo.answer(Answer("200 OK", JSON, r#"["b"]"#));
    let mut items = client.pages().per_page(1).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.unwrap());
    }
    assert_eq!(found, ["a", "b"]);
}
