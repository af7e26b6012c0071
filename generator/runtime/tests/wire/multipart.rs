//! Bodies of several parts, byte for byte.

use std::{io, time::Duration};

use client_runtime::{
    Body, Error, ErrorKind, Multipart, Operation, Part, Progress, QueryStyle, Request, Response, RetryPolicy,
    Value,
};
use serde_json::json;

use crate::{
    api::{CREATE, UPDATE, builder, request},
    server::{Received, Reply, Server},
};

async fn send(server: &Server, fill: impl FnOnce(&mut Request)) -> Result<Response<Value>, Error> {
    let mut request = request(server, &CREATE);
    fill(&mut request);
    request.send_json().await
}

async fn sent(fill: impl FnOnce(&mut Request)) -> Received {
    let server = Server::with([Reply::json("{}")]).await;
    send(&server, fill).await.unwrap();
    server.only()
}

/// The boundary that the head of a request names.
fn boundary(got: &Received) -> String {
    got.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap().to_owned()
}

/// The body with `B` for its boundary.
fn body(got: &Received) -> String {
    String::from_utf8(got.body.clone()).unwrap().replace(&boundary(got), "B")
}

/// What a body of these parts looks like.
fn parts(parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|part| format!("--B\r\n{part}\r\n")).collect();
    parts + "--B--\r\n"
}

#[tokio::test]
async fn parts_have_names_and_media_types() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tool.tar.gz");
    std::fs::write(&path, "packed").unwrap();
    let file = Body::from_path(&path).await.unwrap();
    let got = sent(|request| {
        request.part_file("tool", "", file);
        request.part("title", "", "A tëxt");
        request.part("year", "", 1850);
        request.part("tags", "", ["a", "b"]);
        request.part("frame", "", json!({"wood": "oak"}));
        request.part("seal", "application/vnd.seal+json", "red");
        request.part("csv", "text/csv", "a;b");
        request.part("none", "", Value::Null);
        request.part_header("tool", "X-Room", 7);
    });
    let got = got.await;
    let head = "Content-Disposition: form-data; name=";
    let wanted = parts(&[
        &format!(
            "{head}\"tool\"; filename=\"tool.tar.gz\"\r\nContent-Type: application/gzip\r\nX-Room: 7\r\n\r\npacked"
        ),
        &format!("{head}\"title\"\r\n\r\nA tëxt"),
        &format!("{head}\"year\"\r\n\r\n1850"),
        &format!("{head}\"tags\"\r\n\r\na"),
        &format!("{head}\"tags\"\r\n\r\nb"),
        &format!("{head}\"frame\"\r\nContent-Type: application/json\r\n\r\n{{\"wood\":\"oak\"}}"),
        &format!("{head}\"seal\"\r\nContent-Type: application/vnd.seal+json\r\n\r\n\"red\""),
        &format!("{head}\"csv\"\r\nContent-Type: text/csv\r\n\r\na;b"),
    ]);
    assert_eq!(body(&got), wanted);
    assert_eq!(got.line(), "POST /things");
    assert_eq!(got.header("content-length"), Some(got.body.len().to_string().as_str()));
    assert_eq!(got.header("transfer-encoding"), None);
}

#[tokio::test]
async fn parts_as_a_query_would_hold_them() {
    let got = sent(|request| {
        request.part_styled("deep", QueryStyle::DeepObject, true, json!({"old": 1}));
        request.part_styled("deep", QueryStyle::DeepObject, true, json!({"a b": [1, {"c": "d&e"}]}));
        request.part_styled("pipe", QueryStyle::PipeDelimited, false, ["a", "b"]);
        request.part_styled("space", QueryStyle::SpaceDelimited, false, ["a", "b"]);
        request.part_styled("list", QueryStyle::Form, false, ["a", "b"]);
        request.part_styled("object", QueryStyle::Form, true, json!({"k": "v"}));
        request.part_header("deep", "X-A", "1");
    });
    let head = "Content-Disposition: form-data; name=";
    let wanted = parts(&[
        &format!("{head}\"deep[a b][0]\"\r\nX-A: 1\r\n\r\n1"),
        &format!("{head}\"deep[a b][1][c]\"\r\nX-A: 1\r\n\r\nd&e"),
        &format!("{head}\"pipe\"\r\n\r\na|b"),
        &format!("{head}\"space\"\r\n\r\na b"),
        &format!("{head}\"list\"\r\n\r\na,b"),
        &format!("{head}\"k\"\r\n\r\nv"),
    ]);
    assert_eq!(body(&got.await), wanted);
}

#[tokio::test]
async fn the_media_type_of_a_file_is_one_that_the_api_takes() {
    let cases: [(Part, &str, &str, &str); 7] = [
        ("x".into(), "", "blob", "application/octet-stream"),
        ("x".into(), "image/*, image/png", "blob", "image/png"),
        (Part::from("x").with_file_name("a.jpg"), "image/png, image/jpeg", "a.jpg", "image/jpeg"),
        (Part::from("x").with_file_name("a.jpg"), "image/*", "a.jpg", "image/jpeg"),
        (Part::from("x").with_file_name("a.txt"), "image/png", "a.txt", "image/png"),
        (Part::from("x").with_content_type("text/x"), "image/png", "blob", "text/x"),
        (Body::from("x").with_content_type("text/y").into(), "", "blob", "text/y"),
    ];
    for (part, types, name, media_type) in cases {
        let got = sent(|request| request.part_file("f", types, part)).await;
        let head = "Content-Disposition: form-data; name=\"f\"; filename=";
        assert_eq!(body(&got), parts(&[&format!("{head}\"{name}\"\r\nContent-Type: {media_type}\r\n\r\nx")]));
    }
}

#[tokio::test]
async fn names_cannot_leave_their_quotes() {
    let parts = Multipart::new()
        .field("a\"\r\nX: y", 1)
        .file("b", Part::from("x").with_file_name("c\";\r\n d\\é").with_header("X-Own", "1"));
    let got = sent(|request| request.multipart(parts)).await;
    let wanted = "--B\r\nContent-Disposition: form-data; name=\"a%22%0D%0AX: y\"\r\n\r\n1\r\n\
         --B\r\nContent-Disposition: form-data; name=\"b\"; filename=\"c%22;%0D%0A d\\é\"\r\n\
         Content-Type: application/octet-stream\r\nX-Own: 1\r\n\r\nx\r\n--B--\r\n";
    assert_eq!(body(&got), wanted);
    let server = Server::start().await;
    let bad = [
        Part::from("x").with_header("X-Own", "1\r\nX-Other: 2"),
        Part::from("x").with_header("X Own", "1"),
        Part::from("x").with_header("content-disposition", "form-data"),
        Part::from("x").with_content_type("text/plain\r\n"),
    ];
    for part in bad {
        let error = send(&server, |request| request.part_file("f", "", part)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn the_last_value_of_a_part_counts_and_a_body_may_have_none() {
    let got = sent(|request| {
        request.part_files("f", "", ["a", "b"]);
        request.part_files("f", "", ["c"]);
        request.part("x", "", 1);
        request.part("x", "", Value::Null);
    });
    assert_eq!(body(&got.await).matches("--B\r\n").count(), 1);
    let got = sent(|request| request.multipart(Multipart::new())).await;
    assert_eq!(body(&got), "--B--\r\n");
}

#[tokio::test]
async fn boundaries_cannot_be_guessed() {
    let mut known = std::collections::HashSet::new();
    for _ in 0..10 {
        let boundary = boundary(&sent(|request| request.part("x", "", 1)).await);
        assert_eq!(boundary.len(), 32);
        let (one, other) = boundary.split_at(16);
        assert!(known.insert(one.to_owned()) && known.insert(other.to_owned()));
    }
}

#[tokio::test]
async fn only_a_part_without_a_length_makes_chunks() {
    let reader = || io::Cursor::new(b"read".to_vec());
    let got = sent(|request| request.part_file("f", "", Body::from_reader(reader(), 4))).await;
    assert_eq!(got.header("content-length"), Some(got.body.len().to_string().as_str()));
    assert!(body(&got).ends_with("\r\n\r\nread\r\n--B--\r\n"));
    let got = sent(|request| request.part_file("f", "", Part::from_reader(reader()))).await;
    assert_eq!(got.header("content-length"), None);
    assert_eq!(got.header("transfer-encoding"), Some("chunked"));
    let text = body(&got);
    assert!(text.contains("4\r\nread\r\n"), "{text}");
    assert!(text.ends_with("0\r\n\r\n"));
}

#[tokio::test]
async fn a_part_of_another_length_never_completes_a_request() {
    for (length, text) in [(3, "longer than the 3 bytes announced"), (5, "ended after 4 bytes of 5")] {
        let server = Server::with([Reply::json("{}")]).await;
        let part = Body::from_reader(io::Cursor::new(b"read".to_vec()), length);
        let error = send(&server, |request| {
            request.part_file("f", "", part);
            request.part("after", "", 1);
        });
        let error = error.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyLength);
        assert!(error.to_string().contains(text), "{error}");
        assert!(server.received().iter().all(|got| !got.body.ends_with(b"--\r\n")));
    }
}

/// What becomes of a PATCH with this part whose first attempt is answered with 503.
async fn repeated(operation: &'static Operation, part: impl Into<Part>) -> (usize, Vec<String>) {
    let server = Server::with([Reply::new("503 Busy", &[], ""), Reply::json("{}")]).await;
    let policy = RetryPolicy::default().first_delay(Duration::from_millis(1)).any_method(true);
    let client = builder(&server).retry(policy).build().unwrap();
    let mut request = Request::new(&client, operation);
    request.part("title", "", "t");
    request.part_file("f", "", part);
    let sent = request.send_json::<Value>().await;
    let bodies: Vec<String> = server.received().iter().map(body).collect();
    if let Err(error) = &sent {
        assert_eq!(error.status(), Some(503), "what the server said, not that the body is spent: {error}");
    }
    assert_eq!(sent.is_ok(), bodies.len() == 2);
    (bodies.len(), bodies)
}

#[tokio::test]
async fn a_body_goes_out_again_where_all_parts_can() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "content").unwrap();
    let (attempts, bodies) = repeated(&UPDATE, Body::from_path(file.path()).await.unwrap()).await;
    assert_eq!(attempts, 2);
    assert_eq!(bodies[0], bodies[1]);
    assert!(bodies[1].contains("\r\n\r\ncontent\r\n"));
    let read_once = Body::from_reader(io::Cursor::new(b"content".to_vec()), 7);
    assert_eq!(repeated(&UPDATE, read_once).await.0, 1);
}

#[tokio::test]
async fn large_files_are_streamed_with_progress() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let large: Vec<u8> = (0..3_000_001_u32).map(|n| n as u8).collect();
    std::fs::write(file.path(), &large).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let part = Body::from_path(file.path()).await.unwrap();
    let part = part.on_progress(move |progress| tell.send(progress).unwrap());
    let got = sent(|request| request.part_file("f", "", part)).await;
    assert_eq!(got.header("content-length"), Some(got.body.len().to_string().as_str()));
    assert!(got.body.windows(large.len()).any(|window| window == large));
    let told: Vec<Progress> = told.iter().collect();
    assert!(told.len() > 10);
    assert_eq!(told.last(), Some(&Progress::new(3_000_001, Some(3_000_001))));
}
