//! Uploads: to the right host, with an exact length, whole or not at all.

use std::{
    io::{self, Cursor},
    pin::Pin,
    task::{Context, Poll},
};

use client_runtime::Stream;
use github_release_assets::{Body, Bytes, Error, ErrorKind, types::ReleaseAsset};
use tokio::io::AsyncReadExt;

use super::{
    JSON, Received, Reply, Server, TOKEN, builder, client, created,
    peer::{Peer, drain},
};

async fn upload(server: &Server, body: impl Into<Body>) -> Result<ReleaseAsset, Error> {
    client(server).upload_release_asset("octo", "demo", 1, "a.bin", body).await
}

/// The request that uploads a body.
async fn sent(body: impl Into<Body>) -> Received {
    let server = Server::with([created()]).await;
    assert_eq!(upload(&server, body).await.unwrap().id, 7);
    server.only()
}

fn bytes(length: u32) -> Vec<u8> {
    (0..length).map(|n| (n ^ (n >> 8)) as u8).collect()
}

/// A stream of these chunks.
struct Chunks(Vec<&'static str>);

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|chunk| Ok(Bytes::from_static(chunk.as_bytes()))))
    }
}

#[tokio::test]
async fn goes_to_the_uploads_server_with_its_name_and_label() {
    let (api, uploads) = (Server::start().await, Server::with([created()]).await);
    let client = builder(&api.url("")).uploads_url(uploads.url("")).build().unwrap();
    let upload = client.upload_release_asset("octo", "demo", 1 << 40, "a+b c.tar.gz", "content");
    let response = upload.label("Linux & <x86-64> ü").send_full().await.unwrap();
    assert_eq!((response.status(), response.value().id), (201, 7));
    assert!(api.received().is_empty());
    let got = uploads.only();
    let query = "name=a%2Bb%20c.tar.gz&label=Linux%20%26%20%3Cx86-64%3E%20%C3%BC";
    let line = format!("POST /repos/octo/demo/releases/{}/assets?{query} HTTP/1.1\r\n", 1_i64 << 40);
    assert!(got.head.starts_with(&line), "{}", got.head);
    let mut names = got.header_names();
    names.iter().for_each(|name| assert_eq!(*name, name.to_lowercase()));
    names.retain(|name| !["accept", "authorization", "user-agent", "x-github-api-version"].contains(name));
    assert_eq!(names, ["content-length", "content-type", "host"]);
    assert_eq!(got.header("host"), Some(uploads.host().as_str()));
    assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!((got.header("content-length"), got.body.as_slice()), (Some("7"), &b"content"[..]));
}

#[tokio::test]
async fn every_kind_of_body_has_its_exact_length_and_is_not_chunked() {
    let content = bytes(1_000_003);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &content).unwrap();
    let length = content.len() as u64;
    let cases: [(Body, &[u8]); 9] = [
        (content.clone().into(), &content),
        (Bytes::from(content.clone()).into(), &content),
        (Body::from_path(file.path()).await.unwrap(), &content),
        (Body::from_reader(Cursor::new(content.clone()), length), &content),
        (Body::from_reader(tokio::fs::File::open(file.path()).await.unwrap(), length), &content),
        (Body::from_stream(Chunks(vec!["ab", "", "c"]), 3), b"abc"),
        ("".into(), b""),
        (Body::from_reader(tokio::io::empty(), 0), b""),
        (Body::from_stream(Chunks(vec![]), 0), b""),
    ];
    for (body, expected) in cases {
        let got = sent(body).await;
        assert_eq!(got.header("content-length"), Some(expected.len().to_string().as_str()));
        assert_eq!((got.header("transfer-encoding"), got.header("expect")), (None, None));
        assert!(got.body == expected, "the bytes differ");
    }
}

#[tokio::test]
async fn the_content_type_is_what_was_said_or_is_guessed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "x").unwrap();
    let cases: [(&str, &str, Body, Option<&str>); 9] = [
        ("application/gzip", "tool.tar.gz", "x".into(), None),
        ("application/zip", "tool.ZIP", "x".into(), None),
        ("text/plain", "read me.txt", "x".into(), None),
        ("application/octet-stream", "tool", "x".into(), None),
        ("application/octet-stream", "tool.unheard-of", "x".into(), None),
        ("application/x-mine", "tool.zip", "x".into(), Some("application/x-mine")),
        ("application/zip", "renamed.zip", Body::from_path(&path).await.unwrap(), None),
        ("text/plain", "notes", Body::from_path(&path).await.unwrap(), None),
        ("text/markdown", "x.zip", Body::from("x").with_content_type("text/markdown"), None),
    ];
    for (expected, name, body, chosen) in cases {
        let server = Server::with([created()]).await;
        let mut upload = client(&server).upload_release_asset("octo", "demo", 1, name, body);
        if let Some(chosen) = chosen {
            upload = upload.content_type(chosen);
        }
        upload.await.unwrap();
        assert_eq!(server.only().header("content-type"), Some(expected), "{name}");
    }
}

#[tokio::test]
async fn a_source_of_another_length_never_completes_a_request() {
    let reader = |actual: u32, announced| Body::from_reader(Cursor::new(bytes(actual)), announced);
    let cases = [
        reader(300_000, 300_001),
        reader(300_001, 300_000),
        reader(65_537, 65_536),
        reader(65_535, 65_536),
        reader(0, 1),
        reader(1, 0),
        Body::from_stream(Chunks(vec!["abc", "d"]), 3),
        Body::from_stream(Chunks(vec!["abc", "", "d"]), 3),
        Body::from_stream(Chunks(vec!["abcd"]), 3),
        Body::from_stream(Chunks(vec!["ab"]), 3),
        Body::from_reader(tokio::io::repeat(0), 1_000_000),
    ];
    for body in cases {
        let announced = body.len();
        let server = Server::with([created()]).await;
        let error = upload(&server, body).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::BodyLength, None), "{error}");
        assert!(error.to_string().contains(&format!("{announced} ")), "{error}");
        assert_eq!(error.operation(), Some("repos/upload-release-asset"));
        for got in server.received() {
            assert!((got.body.len() as u64) < announced, "the server has all {announced} bytes");
        }
    }
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_never_completes_a_request() {
    const LENGTH: u64 = 64 << 20;
    for (changed, text) in [(LENGTH / 2, "ended after 33554432 bytes"), (LENGTH + 1, "longer than")] {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(LENGTH).unwrap();
        let body = Body::from_path(file.path()).await.unwrap();
        let peer = Peer::start().await;
        let client = builder(&peer.url()).build().unwrap();
        let server = async {
            let mut connection = peer.accept().await;
            file.as_file().set_len(changed).unwrap();
            drain(&mut connection).await
        };
        let upload = client.upload_release_asset("octo", "demo", 1, "a.bin", body).send();
        let (result, count) = tokio::join!(upload, server);
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BodyLength);
        assert!(error.to_string().contains(text), "{error}");
        assert!(0 < count && count < LENGTH, "{count}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_error_of_the_source() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Body::from_path(folder.path()).await.is_err());
    let path = folder.path().join("gone");
    std::fs::write(&path, "x").unwrap();
    let body = Body::from_path(&path).await.unwrap();
    std::fs::remove_file(&path).unwrap();
    let server = Server::start().await;
    let error = upload(&server, body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodySource);
    assert!(error.to_string().contains("gone"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_upload_url_of_a_configured_server_is_used() {
    let (api, uploads) = (Server::with([created()]).await, Server::start().await);
    let client = builder(&api.url("")).uploads_url(uploads.url("/api/uploads")).build().unwrap();
    let path = "/repos/octo/demo/releases/99/assets";
    let query = "?name=a%2Bb&label=l";
    for (template, target) in [
        (uploads.url(&format!("{path}{{?name,label}}")), format!("{path}{query}")),
        (uploads.url(path), format!("{path}{query}")),
        (uploads.url("/x%20y{?name,label}"), format!("/x%20y{query}")),
        (uploads.url("/x?a=1{&name,label}"), "/x?a=1&name=a%2Bb&label=l".to_owned()),
    ] {
        uploads.reply(created());
        let upload = client.upload_release_asset("octo", "demo", 1, "a+b", "x").label("l");
        upload.upload_url(&template).await.unwrap();
        let received = uploads.received();
        let got = received.last().unwrap();
        assert_eq!(got.line(), format!("POST {target}"));
        assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        assert_eq!(got.header("content-length"), Some("1"));
    }
    let upload = client.upload_release_asset("octo", "demo", 1, "a", "x");
    upload.upload_url(&api.url("/here{?name,label}")).await.unwrap();
    assert_eq!(api.only().target(), "/here?name=a");
}

#[tokio::test]
async fn an_upload_url_elsewhere_is_refused_before_anything_is_sent() {
    let (server, other) = (Server::start().await, Server::start().await);
    let host = server.host();
    for template in [
        other.url("/assets{?name,label}"),
        // The same server by another name is another origin.
        format!("http://{}/assets{{?name,label}}", host.replace("127.0.0.1", "localhost")),
        format!("https://{host}/assets{{?name,label}}"),
        format!("http://{host}@{}/assets{{?name,label}}", other.host()),
        format!("//{host}/assets{{?name,label}}"),
        "/assets{?name,label}".to_owned(),
        String::new(),
        "http://".to_owned(),
        "https://uploads.github.com/assets{?name,label}".to_owned(),
        server.url("/{owner}/assets{?name,label}"),
        format!("http://{host}{{evil}}/assets"),
    ] {
        let upload = client(&server).upload_release_asset("octo", "demo", 1, "a", "x");
        let error = upload.upload_url(&template).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{template}: {error}");
        assert_eq!(error.operation(), Some("repos/upload-release-asset"));
    }
    assert!(server.received().is_empty() && other.received().is_empty());
}

#[tokio::test]
async fn an_answer_that_comes_before_the_end_is_the_result() {
    const LENGTH: u64 = 40_000_000;
    let body = r#"{"message":"Validation Failed","errors":[{"resource":"ReleaseAsset","code":"already_exists","field":"name"}]}"#;
    for _ in 0..5 {
        let early = Reply::new("422 Unprocessable Entity", &[("content-type", JSON)], body);
        let server = Server::with([early.without_reading_body().then_pause(100)]).await;
        let source = tokio::io::repeat(0).take(LENGTH);
        let error = upload(&server, Body::from_reader(source, LENGTH)).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(422)), "{error}");
        assert!(error.to_string().contains("already_exists"), "{error}");
    }
}
