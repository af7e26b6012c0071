//! When a request is sent again, after how long, and with which body.

use std::{
    io,
    time::{Duration, Instant},
};

use client_runtime::{Body, Error, ErrorKind, Operation, Request, Response, RetryPolicy, Value};

use crate::{
    api::{CREATE, DELETE, DOWNLOAD, GET, LIST, UPDATE, UPLOAD, builder},
    server::{Reply, Server},
};

const UNAVAILABLE: &str = "503 Service Unavailable";
const LIMITED: &str = "429 Too Many Requests";
const FORBIDDEN: &str = "403 Forbidden";

/// Three attempts, a few milliseconds apart.
fn quick() -> RetryPolicy {
    RetryPolicy::default()
        .attempts(3)
        .first_delay(Duration::from_millis(10))
        .limit_delay(Duration::from_millis(300))
}

fn request(server: &Server, operation: &'static Operation, policy: RetryPolicy) -> Request {
    let client = builder(server).retry(policy).idle_timeout(Duration::from_millis(400)).build().unwrap();
    let mut request = Request::new(&client, operation);
    if operation.path.contains("{owner}") {
        request.path("owner", "o");
        request.path("name", "n");
    }
    request
}

async fn send(server: &Server, operation: &'static Operation) -> Result<Response<Value>, Error> {
    request(server, operation, quick()).send_json().await
}

/// A connection that is closed in the middle of a response.
fn broken() -> Reply {
    Reply::part("200 OK", &[("content-length", "10")], "{\"a\"")
}

fn failures() -> [(&'static str, Reply); 6] {
    [
        ("503", Reply::new(UNAVAILABLE, &[], "")),
        ("500 with HTML", Reply::new("500 Oops", &[("content-type", "text/html")], "<html>")),
        ("408", Reply::new("408 Request Timeout", &[], "")),
        ("no response", Reply::silence()),
        ("no response in time", Reply::silence().then_pause(2_000)),
        ("a body that breaks off", broken()),
    ]
}

#[tokio::test]
async fn what_may_be_repeated_is_repeated_after_each_failure() {
    for operation in [&GET, &LIST, &DELETE] {
        for (what, failure) in failures() {
            let server = Server::with([failure.clone(), failure, Reply::json("{}")]).await;
            let response = send(&server, operation).await;
            assert!(response.is_ok(), "{} {what}: {response:?}", operation.id);
            let lines: Vec<_> = server.received().iter().map(|got| got.head.clone()).collect();
            assert_eq!(lines.len(), 3, "{what}");
            assert!(lines.iter().all(|head| *head == lines[0]), "the same request each time");
        }
    }
}

#[tokio::test]
async fn what_may_have_been_carried_out_is_not_repeated_unless_it_is_allowed() {
    for operation in [&CREATE, &UPDATE] {
        for (what, failure) in failures() {
            let server = Server::with([failure.clone(), Reply::json("{}")]).await;
            let error = send(&server, operation).await.unwrap_err();
            assert_eq!((server.received().len(), error.attempts()), (1, 1), "{} {what}", operation.id);
            let server = Server::with([failure, Reply::json("{}")]).await;
            request(&server, operation, quick().any_method(true)).send_json::<Value>().await.unwrap();
            assert_eq!(server.received().len(), 2, "{} {what}", operation.id);
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_whatever_the_method() {
    let server = Server::start().await;
    let (url, port) = (server.url(""), server.host());
    drop(server);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = closed.local_addr().unwrap();
    drop(closed);
    let client = client_runtime::Client::builder(&crate::api::API)
        .server(0, format!("http://{address}"))
        .server(1, url)
        .retry(quick())
        .build()
        .unwrap();
    let mut create = Request::new(&client, &CREATE);
    create.json("application/json", "x");
    let task = tokio::spawn(create.send_json::<Value>());
    let error = task.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{port}");
    assert!(error.to_string().ends_with("(3 attempts)"), "{error}");
}

#[tokio::test]
async fn an_answer_that_is_final_is_not_questioned() {
    for status in [
        "400 Bad Request",
        "401 Unauthorized",
        FORBIDDEN,
        "404 Not Found",
        "422 Unprocessable",
        "501 No",
        "505 No",
    ] {
        let server = Server::with([Reply::new(status, &[], ""), Reply::json("{}")]).await;
        assert_eq!(send(&server, &GET).await.unwrap_err().attempts(), 1, "{status}");
        assert_eq!(server.received().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_last_failure_is_the_error_and_says_how_often_it_was_tried() {
    let replies = (1..=3).map(|n| Reply::new(UNAVAILABLE, &[], format!("{{\"message\": \"try {n}\"}}")));
    let server = Server::with(replies).await;
    let error = send(&server, &GET).await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), server.received().len()), (Some(503), 3, 3));
    assert!(error.to_string().contains("try 3 (3 attempts)"), "{error}");
}

#[tokio::test]
async fn a_request_can_have_a_policy_of_its_own() {
    let server = Server::with([Reply::new(UNAVAILABLE, &[], "")]).await;
    let mut request = request(&server, &GET, quick());
    request.retry(RetryPolicy::off());
    assert_eq!(request.send_json::<Value>().await.unwrap_err().attempts(), 1);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_body_goes_out_whole_each_time() {
    let content: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &content).unwrap();
    let path = file.path().to_owned();
    let length = content.len() as u64;
    for body in [
        Body::from(content.clone()),
        Body::from_path(&path).await.unwrap(),
        Body::from_fn(move || client_runtime::FileStream::open(&path), length),
    ] {
        // Refused before the body was read, and after.
        let early = Reply::new(LIMITED, &[], "").without_reading_body().then_pause(50);
        let server = Server::with([early, Reply::new(LIMITED, &[], ""), Reply::json("{}")]).await;
        let policy = quick().limit_delay(Duration::from_millis(1));
        let mut upload = request(&server, &UPLOAD, policy);
        upload.body("application/octet-stream", body);
        upload.send_json::<Value>().await.unwrap();
        let received = server.received();
        assert_eq!(received.len(), 3);
        assert!(received[1].body == content && received[2].body == content);
        let lengths: Vec<_> = received.iter().map(|got| got.header("content-length")).collect();
        assert_eq!(lengths, [Some("300000"); 3]);
    }
}

#[tokio::test]
async fn a_body_that_was_read_is_never_sent_again_empty() {
    let server = Server::with([Reply::new(LIMITED, &[], ""), Reply::json("{}")]).await;
    let mut upload = request(&server, &UPLOAD, quick());
    upload.body("application/octet-stream", Body::from_reader(io::Cursor::new(b"abc"), 3));
    let error = upload.send_json::<Value>().await.unwrap_err();
    assert_eq!((error.status(), server.received().len()), (Some(429), 1));
}

#[tokio::test]
async fn a_limit_is_waited_for_as_long_as_the_server_says() {
    let soon = (jiff::Timestamp::now().as_second() + 1).to_string();
    let date = |seconds| httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(seconds));
    let exhausted = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", soon.as_str())];
    let secondary = r#"{"message": "You have exceeded a secondary rate limit."}"#;
    let (now, then) = (date(0), date(1));
    for (what, reply, least, most) in [
        ("seconds", Reply::new(LIMITED, &[("retry-after", "1")], ""), 1_000, 1_900),
        ("a date", Reply::new(FORBIDDEN, &[("date", &now), ("retry-after", &then)], ""), 1_000, 1_900),
        ("a reset", Reply::new(FORBIDDEN, &exhausted, ""), 1_000, 2_900),
        ("a reset with 429", Reply::new(LIMITED, &exhausted, ""), 1_000, 2_900),
        ("nothing but a message", Reply::new(FORBIDDEN, &[], secondary), 300, 900),
        ("nothing", Reply::new(LIMITED, &[], ""), 300, 900),
        ("503", Reply::new(UNAVAILABLE, &[("retry-after", "1")], ""), 1_000, 1_900),
    ] {
        let server = Server::with([reply, Reply::json("{}")]).await;
        let started = Instant::now();
        send(&server, &GET).await.unwrap();
        let waited = started.elapsed();
        let (least, most) = (Duration::from_millis(least), Duration::from_millis(most));
        assert!(waited >= least, "{what}: {waited:?}");
        assert!(waited < most, "{what}: {waited:?}");
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_an_error_at_once_that_says_how_long() {
    let reset = (jiff::Timestamp::now().as_second() + 3_000).to_string();
    let exhausted = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
    for reply in [Reply::new(LIMITED, &[("retry-after", "121")], ""), Reply::new(FORBIDDEN, &exhausted, "")] {
        let server = Server::with([reply]).await;
        let started = Instant::now();
        let error = send(&server, &GET).await.unwrap_err();
        assert!(error.is_rate_limit() && started.elapsed() < Duration::from_secs(1));
        assert!(error.retry_after().unwrap() > Duration::from_secs(120), "{:?}", error.retry_after());
        assert_eq!((error.attempts(), server.received().len()), (1, 1));
    }
}

#[tokio::test]
async fn what_clones_hear_of_a_limit_holds_for_all() {
    // The second request knows that nothing is left without being told again.
    let reset = (jiff::Timestamp::now().as_second() + 1).to_string();
    let last = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset.as_str())];
    let server = Server::with([Reply::new("200 OK", &last, "{}"), Reply::json("{}")]).await;
    let client = builder(&server).retry(quick()).build().unwrap();
    let started = Instant::now();
    Request::new(&client, &LIST).send_json::<Value>().await.unwrap();
    assert!(started.elapsed() < Duration::from_millis(900));
    Request::new(&client.clone(), &LIST).send_json::<Value>().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_limit_without_a_time_keeps_clones_away_too() {
    let server = Server::with([Reply::new(LIMITED, &[], ""), Reply::json("{}"), Reply::json("{}")]).await;
    let client = builder(&server).retry(quick()).build().unwrap();
    let started = Instant::now();
    let first = tokio::spawn(Request::new(&client, &LIST).send_json::<Value>());
    while server.received().is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    Request::new(&client.clone(), &DELETE).send_json::<Value>().await.unwrap();
    assert!(started.elapsed() >= Duration::from_millis(300), "{:?}", started.elapsed());
    first.await.unwrap().unwrap();
}

#[tokio::test]
async fn nothing_is_waited_for_beyond_the_total_timeout() {
    let server = Server::with([Reply::new(LIMITED, &[("retry-after", "5")], "")]).await;
    let mut request = request(&server, &GET, quick());
    request.timeout(Duration::from_secs(2));
    let started = Instant::now();
    assert_eq!(request.send_json::<Value>().await.unwrap_err().status(), Some(429));
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_repeated_download_starts_where_it_started() {
    // A signed location is not asked a second time.
    let store = Server::with([Reply::new(UNAVAILABLE, &[], ""), Reply::new("200 OK", &[], "bytes")]).await;
    let location = |n| Reply::redirect("302 Found", &store.url(&format!("/blob?signature={n}")));
    let server = Server::with([location(1), location(2)]).await;
    let response = request(&server, &DOWNLOAD, quick()).send_bytes().await.unwrap();
    assert_eq!(response.into_value().bytes().await.unwrap(), "bytes");
    let targets: Vec<_> = store.received().iter().map(|got| got.target().to_owned()).collect();
    assert_eq!(targets, ["/blob?signature=1", "/blob?signature=2"]);
    assert!(store.received().iter().all(|got| got.header("authorization").is_none()));
    assert!(server.received().iter().all(|got| got.header("authorization").is_some()));
}
