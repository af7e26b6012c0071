//! Uploads: exact lengths, never chunked, never cut short without an error.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use client_runtime::{Body, Bytes, Client, Error, ErrorKind, Request, Response, Stream, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::{
    api::{API, CREATE, UPLOAD, request},
    server::{Received, Reply, Server},
};

const CREATED: &str = "201 Created";

async fn upload(server: &Server, body: Body) -> Result<Response<Value>, Error> {
    let mut upload = request(server, &UPLOAD);
    upload.body("application/octet-stream", body);
    upload.send_json().await
}

async fn sent(body: Body) -> Received {
    let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
    assert_eq!(upload(&server, body).await.unwrap().status(), 201);
    server.only()
}

/// Chunks as they are given.
struct Chunks(Vec<io::Result<Bytes>>);

impl Chunks {
    fn of(chunks: &[&'static str]) -> Self {
        Self(chunks.iter().rev().map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))).collect())
    }
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop())
    }
}

#[tokio::test]
async fn every_body_goes_out_with_its_exact_length() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let large: Vec<u8> = (0..1_000_003_u32).map(|n| n as u8).collect();
    std::fs::write(file.path(), &large).unwrap();
    let bodies = [
        (Body::from(large.clone()), large.clone()),
        (Body::from_path(file.path()).await.unwrap(), large.clone()),
        (Body::from_reader(io::Cursor::new(large.clone()), large.len() as u64), large.clone()),
        (Body::from_stream(Chunks::of(&["ab", "", "c", ""]), 3), b"abc".to_vec()),
        (Body::from("text"), b"text".to_vec()),
        (Body::from(""), Vec::new()),
        (Body::from_reader(tokio::io::empty(), 0), Vec::new()),
    ];
    for (body, expected) in bodies {
        assert_eq!((body.len(), body.is_empty()), (expected.len() as u64, expected.is_empty()));
        let got = sent(body).await;
        assert_eq!(got.header("content-length"), Some(expected.len().to_string().as_str()));
        assert_eq!(got.header("transfer-encoding"), None);
        assert_eq!(got.header("content-type"), Some("application/octet-stream"));
        assert!(got.body == expected, "the bytes differ");
    }
}

#[tokio::test]
async fn a_source_that_is_too_long_never_completes_a_request() {
    let long = || vec![b'x'; 300_001];
    let cases = [
        Body::from_stream(Chunks::of(&["abc", "d"]), 3),
        Body::from_stream(Chunks::of(&["abcd"]), 3),
        Body::from_stream(Chunks::of(&["", "x"]), 0),
        Body::from_reader(io::Cursor::new(long()), 300_000),
        Body::from_reader(io::Cursor::new(long()), 65_536),
    ];
    for body in cases {
        let announced = body.len();
        let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
        let error = upload(&server, body).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (ErrorKind::BodyLength, Some(UPLOAD.id)));
        assert!(
            error.to_string().contains(&format!("longer than the {announced} bytes announced")),
            "{error}"
        );
        assert!(server.received().iter().all(|got| (got.body.len() as u64) < announced));
    }
}

#[tokio::test]
async fn a_source_that_is_too_short_fails_the_request() {
    for body in [
        Body::from_stream(Chunks::of(&["ab"]), 3),
        Body::from_reader(io::Cursor::new(vec![0; 300_000]), 300_001),
        Body::from_reader(tokio::io::empty(), 1),
    ] {
        let announced = body.len();
        let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
        let error = upload(&server, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyLength);
        assert!(error.to_string().contains(&format!("of {announced} announced")), "{error}");
    }
}

#[tokio::test]
async fn a_file_that_changes_is_noticed() {
    for (length, kind) in
        [(50_000, "ended after 50000 bytes of 100000"), (150_000, "longer than the 100000 bytes")]
    {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(100_000).unwrap();
        let body = Body::from_path(file.path()).await.unwrap();
        file.as_file().set_len(length).unwrap();
        let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
        let error = upload(&server, body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyLength);
        assert!(error.to_string().contains(kind), "{error}");
    }
}

#[tokio::test]
async fn a_source_that_fails_is_named_and_kept() {
    let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
    let chunks = vec![Err(io::Error::other("disk on fire")), Ok(Bytes::from_static(&[0; 100_000]))];
    let error = upload(&server, Body::from_stream(Chunks(chunks), 200_000)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodySource);
    assert!(error.to_string().contains("disk on fire"), "{error}");
    assert!(std::error::Error::source(&error).unwrap().is::<io::Error>());
}

#[tokio::test]
async fn a_path_must_name_a_file() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(Body::from_path(directory.path()).await.unwrap_err().kind(), io::ErrorKind::IsADirectory);
    let missing = Body::from_path(directory.path().join("x")).await.unwrap_err();
    assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    let path = directory.path().join("gone");
    std::fs::write(&path, "x").unwrap();
    let body = Body::from_path(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let server = Server::start().await;
    let error = upload(&server, body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodySource);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_content_type_is_the_callers_else_the_bodys_else_guessed_else_the_default() {
    let zip = || Body::from("x").with_content_type("application/zip");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("build.txt");
    std::fs::write(&path, "x").unwrap();
    let text = async || Body::from_path(&path).await.unwrap();
    let cases: [(&str, Body, Option<&str>, Option<&str>); 9] = [
        ("application/zip", text().await, Some("a.zip"), None),
        ("text/plain", text().await, Some("a.unheard-of"), None),
        ("text/plain", text().await, None, None),
        ("text/x-log", text().await.with_content_type("text/x-log"), Some("a.zip"), None),
        ("application/mine", zip(), Some("a.txt"), Some("application/mine")),
        ("application/zip", zip(), Some("a.txt"), None),
        ("text/plain", "x".into(), Some("a.txt"), None),
        ("application/octet-stream", "x".into(), Some("a.unheard-of"), None),
        ("application/octet-stream", "x".into(), None, None),
    ];
    for (expected, body, name, chosen) in cases {
        let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
        let mut upload = request(&server, &UPLOAD);
        chosen.into_iter().for_each(|chosen| upload.content_type(chosen));
        upload.body("application/octet-stream", body);
        name.into_iter().for_each(|name| upload.file_name(name));
        upload.send_json::<Value>().await.unwrap();
        assert_eq!(server.only().header("content-type"), Some(expected));
    }
}

#[tokio::test]
async fn json_and_text_have_their_media_types() {
    let server = Server::with([Reply::json("{}"), Reply::json("{}")]).await;
    let mut json = request(&server, &CREATE);
    json.json("application/json", [Some(1), None]);
    json.send_json::<Value>().await.unwrap();
    let mut text = request(&server, &CREATE);
    text.text("text/markdown", "# é");
    text.send_json::<Value>().await.unwrap();
    let [json, text] = server.received().try_into().unwrap();
    assert_eq!(
        (json.header("content-type"), json.body.as_slice()),
        (Some("application/json"), &b"[1,null]"[..])
    );
    assert_eq!(
        (text.header("content-type"), text.header("content-length")),
        (Some("text/markdown"), Some("4"))
    );
}

#[tokio::test]
async fn an_answer_before_the_end_of_the_upload_is_given() {
    let body = r#"{"message":"Validation Failed"}"#;
    let server = Server::start().await;
    for _ in 0..20 {
        server.reply(Reply::new("422 Unprocessable Entity", &[], body).without_reading_body().then_pause(50));
        let reader = tokio::io::repeat(0).take(50_000_000);
        let error = upload(&server, Body::from_reader(reader, 50_000_000)).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(422)), "{error}");
    }
}

/// Fails after a while, when the connection asks again.
struct FailsLate(Instant, Option<Bytes>);

impl Stream for FailsLate {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.1.take() {
            Some(chunk) => Poll::Ready(Some(Ok(chunk))),
            None if self.0.elapsed() < Duration::from_millis(100) => Poll::Pending,
            None => Poll::Ready(Some(Err(io::Error::other("late")))),
        }
    }
}

#[tokio::test]
async fn a_success_does_not_hide_a_source_that_failed_but_an_error_does() {
    let cases = [("201 Created", ErrorKind::BodySource), ("422 Unprocessable Entity", ErrorKind::Status)];
    for (status, kind) in cases {
        // The connection asks the source again when it has read the answer.
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\n{{}}");
        let reply = Reply::silence()
            .then_pause(200)
            .then_send(answer.as_bytes())
            .then_pause(100)
            .without_reading_body();
        let server = Server::with([reply]).await;
        let body = Body::from_stream(FailsLate(Instant::now(), Some(Bytes::from_static(b"abc"))), 6);
        assert_eq!(upload(&server, body).await.unwrap_err().kind(), kind);
    }
}

#[tokio::test]
async fn an_upload_may_take_longer_than_the_idle_timeout_as_long_as_it_moves() {
    let server = Server::with([Reply::new(CREATED, &[], "{}")]).await;
    let client = Client::builder(&API).server(1, server.url("")).idle_timeout(Duration::from_millis(200));
    let (mut writer, reader) = tokio::io::duplex(1);
    let slow = tokio::spawn(async move {
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(60)).await;
            writer.write_all(b"x").await.unwrap();
        }
    });
    let mut upload = Request::new(&client.build().unwrap(), &UPLOAD);
    upload.body("application/octet-stream", Body::from_reader(reader, 8));
    upload.send_json::<Value>().await.unwrap();
    slow.await.unwrap();
    assert_eq!(server.only().body, b"xxxxxxxx");
}

#[tokio::test]
async fn a_body_in_memory_shows_that_it_moves() {
    const LENGTH: usize = 60_000_000;
    let server = Server::with([Reply::new(CREATED, &[], "{}").reading_every(10)]).await;
    let client = Client::builder(&API).server(1, server.url("")).idle_timeout(Duration::from_millis(500));
    let started = Instant::now();
    let mut upload = Request::new(&client.build().unwrap(), &UPLOAD);
    upload.body("application/octet-stream", vec![0; LENGTH].into());
    upload.send_json::<Value>().await.unwrap();
    assert_eq!(server.only().body.len(), LENGTH);
    assert!(started.elapsed() > Duration::from_secs(1), "too fast to tell anything");
}

#[tokio::test]
async fn an_upload_that_stops_moving_times_out() {
    let client = |server: &Server| {
        let builder =
            Client::builder(&API).server(1, server.url("")).idle_timeout(Duration::from_millis(200));
        builder.build().unwrap()
    };
    // The source stalls; the server reads nothing; the server does not answer.
    let (_writer, stalled) = tokio::io::duplex(1);
    let endless = tokio::io::repeat(0).take(50_000_000);
    let cases = [
        (Body::from_reader(stalled, 8), Reply::silence().then_pause(2000)),
        (Body::from_reader(endless, 50_000_000), Reply::silence().without_reading_body().then_pause(2000)),
        (Body::from("x"), Reply::silence().then_pause(2000)),
    ];
    for (body, reply) in cases {
        let server = Server::with([reply]).await;
        let started = Instant::now();
        let mut upload = Request::new(&client(&server), &UPLOAD);
        upload.body("application/octet-stream", body);
        let error = upload.send_json::<Value>().await.unwrap_err();
        assert!(error.is_timeout() && error.kind() == ErrorKind::Timeout, "{error}");
        assert!(error.to_string().contains("no byte moved for 200ms"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(1));
    }
}

#[tokio::test]
async fn who_reads_all_and_does_not_answer_has_three_idle_timeouts_at_most() {
    const IDLE: Duration = Duration::from_millis(200);
    let server = Server::with([Reply::silence().then_pause(10_000)]).await;
    let client = Client::builder(&API).server(1, server.url("")).idle_timeout(IDLE).build().unwrap();
    let mut upload = Request::new(&client, &UPLOAD);
    upload.body("application/octet-stream", vec![0; 4 << 20].into());
    let started = Instant::now();
    let error = upload.send_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("no byte moved for 600ms"), "{error}");
    assert!((3 * IDLE..10 * IDLE).contains(&started.elapsed()), "{:?}", started.elapsed());
    assert_eq!(server.only().body.len(), 4 << 20);
}

#[tokio::test]
async fn progress_is_told_for_every_kind_of_body() {
    const LENGTH: u64 = 200_001;
    let bytes = || vec![7; LENGTH as usize];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes()).unwrap();
    for (body, redirects) in [
        (Body::from(bytes()), 1),
        (Body::from_path(file.path()).await.unwrap(), 1),
        (Body::from_fn(move || Chunks(vec![Ok(bytes().into())]), LENGTH), 1),
        (Body::from_reader(io::Cursor::new(bytes()), LENGTH), 0),
    ] {
        let server = Server::start().await;
        (0..redirects).for_each(|_| server.reply(Reply::redirect("307 Temporary Redirect", "/moved")));
        server.reply(Reply::new(CREATED, &[], "{}"));
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = told.clone();
        upload(
            &server,
            body.on_progress(move |progress| {
                assert_eq!(progress.total, Some(LENGTH));
                tell.lock().unwrap().push(progress.bytes);
            }),
        )
        .await
        .unwrap();
        assert!(server.received().iter().all(|got| got.body == bytes()));
        // One rising row for each time that the body was sent.
        let told = told.lock().unwrap();
        let rows: Vec<_> = told.chunk_by(|earlier, later| earlier < later).collect();
        assert_eq!((rows.len(), server.received().len()), (1 + redirects, 1 + redirects), "{told:?}");
        assert!(rows.iter().all(|row| row.len() > 2 && row.last() == Some(&LENGTH)), "{told:?}");
    }
}
