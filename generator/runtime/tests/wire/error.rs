//! Errors: status, words and body, whatever the server sends.

use std::time::Duration;

use client_runtime::{Client, DocumentedError, Error, ErrorBody, ErrorKind, Request, RetryPolicy, Value};

use crate::{
    api::{API, LIST, TOKEN, UPLOAD, request},
    server::{Reply, Server},
};

async fn error(reply: Reply) -> Error {
    let server = Server::with([reply]).await;
    request(&server, &LIST).send_json::<Value>().await.unwrap_err()
}

async fn text(status: &str, content_type: &str, body: &str) -> String {
    let headers =
        [("content-type", content_type), ("x-github-request-id", "0F2A:1"), ("x-request-id", "other")];
    error(Reply::new(status, &headers, body)).await.to_string()
}

#[tokio::test]
async fn display_says_what_the_server_said() {
    let json = "application/json; charset=utf-8";
    let cases = [
        (
            json,
            r#"{"message":"Validation Failed","errors":[{"resource":"ReleaseAsset","code":"already_exists","field":"name"}]}"#,
            ": Validation Failed: ReleaseAsset.name already_exists",
        ),
        (
            json,
            r#"{"message":"V","errors":[{"resource":"A","code":"custom","field":"size","message":"must be small"}]}"#,
            ": V: A.size must be small",
        ),
        (json, r#"{"message":"V","errors":["a","b",{"code":"c"},"d","e"]}"#, ": V: a; b; c; 2 more"),
        (json, r#"{"message":"V","errors":"just words"}"#, ": V: just words"),
        (json, r#"{"message":7,"error":"bad"}"#, ": bad"),
        (json, r#"{"error":{"message":"deep"}}"#, ": deep"),
        (json, r#"{"title":"T","detail":"D"}"#, ": D"),
        (json, r#"{"title":"T"}"#, ": T"),
        (json, r#"{"error":"invalid_grant","error_description":"d"}"#, ": invalid_grant"),
        (json, r#"{"message":"a\u001b[31m\r\nb \u0000"}"#, ": a [31m b"),
        (json, r#"{"odd":1}"#, r#": application/json: {"odd":1}"#),
        (json, r#"[null]"#, ": application/json: [null]"),
        (json, "", ""),
        (
            "text/html",
            "<html><head><TITLE>Unicorn!\n · Hub</TITLE><style>a{}</style></head><body>x</body>",
            ": text/html: Unicorn! · Hub",
        ),
        (
            "text/html",
            "<script>var a = '<b>';</script><h1>502</h1><style>h1 {}</style><STYLE>p {}</STYLE><p>Bad <b>Gateway</b></p",
            ": text/html: 502 Bad Gateway",
        ),
        ("text/html", "<style></style><style>", ""),
        ("application/json", "<p>not json", ": application/json: not json"),
        ("text/plain", "busy\n", ": text/plain: busy"),
    ];
    for (content_type, body, expected) in cases {
        let text = text("422 Unprocessable Entity", content_type, body).await;
        assert_eq!(text, format!("things/list: 422 Unprocessable Entity{expected} (request 0F2A:1)"));
    }
    let long = text("599 Whatever", "text/plain", &"é".repeat(5000)).await;
    assert_eq!(long, format!("things/list: 599: text/plain: {}… (request 0F2A:1)", "é".repeat(120)));
}

#[tokio::test]
async fn keeps_status_headers_id_and_body() {
    let body = r#"{"message":"Bad\ncredentials"}"#;
    let error =
        error(Reply::new("401 Unauthorized", &[("x-request-id", "R1"), ("set-cookie", "a=hidden")], body))
            .await;
    assert_eq!(
        (error.kind(), error.operation(), error.status()),
        (ErrorKind::Status, Some("things/list"), Some(401))
    );
    assert_eq!((error.request_id(), error.message()), (Some("R1"), Some("Bad\ncredentials")));
    assert_eq!((error.body(), error.body_truncated()), (body.as_bytes(), false));
    assert_eq!(error.json::<Value>().unwrap()["message"], "Bad\ncredentials");
    let headers = error.headers().unwrap();
    assert_eq!(headers.get("Set-Cookie"), Some("a=hidden"));
    assert!(format!("{headers:?}").contains("R1") && !format!("{headers:?}").contains("hidden"));
}

#[tokio::test]
async fn keeps_at_most_64_kib() {
    const KEPT: usize = 64 * 1024;
    for (length, truncated) in [(KEPT, false), (KEPT + 1, true), (1_000_000, true)] {
        let error = error(Reply::new("500 Internal Server Error", &[], vec![b'x'; length])).await;
        assert_eq!((error.body().len(), error.body_truncated()), (KEPT, truncated));
        let server = Server::with([Reply::json(&format!("[\"{}\"]", "x".repeat(length - 4)))]).await;
        let error = request(&server, &LIST).send_json::<Vec<i64>>().await.unwrap_err();
        assert_eq!(
            (error.kind(), error.body().len(), error.body_truncated()),
            (ErrorKind::Decode, KEPT, truncated)
        );
        assert!(error.to_string().len() < 600);
    }
}

#[tokio::test]
async fn an_endless_error_body_is_left() {
    let reply = Reply::part("500 Internal Server Error", &[], vec![b'x'; 70_000]).then_pause(5_000);
    let error = tokio::time::timeout(Duration::from_secs(2), error(reply)).await.unwrap();
    assert_eq!((error.status(), error.body_truncated()), (Some(500), true));
}

#[tokio::test]
async fn a_broken_error_body_does_not_hide_the_status() {
    let headers = [("content-length", "1000"), ("content-type", "text/plain")];
    let broken = error(Reply::part("403 Forbidden", &headers, "limited")).await;
    assert_eq!(broken.to_string(), "things/list: 403 Forbidden: text/plain: limited");
    assert!(broken.body_truncated());
    let server = Server::with([Reply::part("403 Forbidden", &headers, "limited").then_pause(2000)]).await;
    let client = Client::builder(&API).server(0, server.url("")).idle_timeout(Duration::from_millis(100));
    let stalled = Request::new(&client.build().unwrap(), &LIST).send_empty().await.unwrap_err();
    assert_eq!(
        (stalled.kind(), stalled.status(), stalled.body()),
        (ErrorKind::Status, Some(403), &b"limited"[..])
    );
}

#[derive(Debug, PartialEq)]
enum ListError {
    Found,
    NotFound(Option<Plain>),
}

#[derive(Debug, PartialEq)]
struct Plain {
    message: String,
}

client_runtime::object!(Plain { message required "message" });

impl DocumentedError for ListError {
    const OPERATION: &'static str = "things/list";

    fn decode(status: u16, body: &ErrorBody) -> Option<Self> {
        match status {
            302 => Some(Self::Found),
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}

#[tokio::test]
async fn documented_errors_never_lose_their_status() {
    let found = error(Reply::new("404 Not Found", &[], r#"{"message":"no"}"#)).await.documented();
    assert_eq!(found, Some(ListError::NotFound(Some(Plain { message: "no".to_owned() }))));
    for body in ["", "<html>", r#"{"message":1}"#, "[]"] {
        let found = error(Reply::new("404 Not Found", &[], body)).await.documented();
        assert_eq!(found, Some(ListError::NotFound(None)), "{body}");
    }
    for status in ["401 Unauthorized", "403 Forbidden", "500 Internal Server Error", "400 Bad Request"] {
        assert_eq!(
            error(Reply::new(status, &[], r#"{"message":"no"}"#)).await.documented::<ListError>(),
            None
        );
    }
    let redirect = error(Reply::new("302 Found", &[], "")).await;
    assert_eq!((redirect.status(), redirect.documented::<ListError>()), (Some(302), None), "not an answer");
    let server = Server::with([Reply::new("404 Not Found", &[], r#"{"message":"no"}"#)]).await;
    let other = request(&server, &UPLOAD).send_empty().await.unwrap_err();
    assert_eq!(other.documented::<ListError>(), None, "of another operation");
}

#[derive(Debug)]
struct Asset {
    uploader: User,
}

client_runtime::object!(Asset { uploader required "uploader" });

#[derive(Debug)]
struct User {
    id: i64,
}

client_runtime::object!(User { id required "id" });

#[tokio::test]
async fn decoding_errors_name_the_place() {
    let cases = [
        (
            "application/json",
            r#"[{"uploader":{"id":1}},{"uploader":{"id":"x"}}]"#,
            r#"cannot decode the body at [1].uploader.id: expected an integer, found the text "x""#,
        ),
        ("application/json", r#"[{}]"#, "cannot decode the body at [0]: the member \"uploader\" is missing"),
        ("application/json", "", "cannot decode the body: it is empty"),
        ("application/json", "[] []", "cannot decode the body: trailing characters at line 1 column 4"),
        (
            "text/html",
            "<html>",
            "cannot decode the body: expected value at line 1 column 1 (its content type is text/html)",
        ),
    ];
    for (content_type, body, expected) in cases {
        let server = Server::with([Reply::new(
            "200 OK",
            &[("content-type", content_type), ("x-request-id", "R")],
            body,
        )])
        .await;
        let error = request(&server, &LIST).send_json::<Vec<Asset>>().await.unwrap_err();
        assert_eq!(error.to_string(), format!("things/list: 200 OK: {expected} (request R)"));
        assert_eq!(
            (error.kind(), error.status(), error.body()),
            (ErrorKind::Decode, Some(200), body.as_bytes())
        );
        assert!(std::error::Error::source(&error).is_some());
        assert_eq!(error.documented::<ListError>(), None);
    }
}

#[tokio::test]
async fn a_text_that_is_not_utf_8_is_an_error() {
    let server = Server::with([Reply::new("200 OK", &[], b"\xff"), Reply::new("200 OK", &[], "é")]).await;
    let error = request(&server, &LIST).send_text().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(request(&server, &LIST).send_text().await.unwrap().value(), "é");
}

#[tokio::test]
async fn no_connection_and_no_answer_are_told_apart_and_show_no_query() {
    let client = |url: String| {
        let client = Client::builder(&API).server(0, url).bearer(0, TOKEN).api_key(3, "hidden-key");
        client.retry(RetryPolicy::off()).build().unwrap()
    };
    let mut refused = Request::new(&client("http://127.0.0.1:9".to_owned()), &LIST);
    refused.query("sig", "hidden");
    let refused = refused.send_empty().await.unwrap_err();
    assert!(refused.is_connect());
    let text = refused.to_string();
    assert!(
        text.starts_with("things/list: cannot connect to http://127.0.0.1:9/things: ")
            && text.contains("refused"),
        "{text}"
    );
    let server = Server::with([Reply::silence()]).await;
    let mut closed = Request::new(&client(server.url("")), &LIST);
    closed.query("sig", "hidden");
    let closed = closed.send_empty().await.unwrap_err();
    assert_eq!((closed.kind(), closed.status()), (ErrorKind::Transport, None));
    for error in [refused, closed] {
        let mut shown = format!("{error} {error:?} {error:#?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            shown.push_str(&format!("{cause} {cause:?}"));
            source = cause.source();
        }
        assert!(!shown.contains("hidden") && !shown.contains(TOKEN), "{shown}");
    }
}
