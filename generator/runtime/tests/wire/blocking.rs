//! The calls without async, in programs that have no runtime.

use std::io::{self, Read};

use client_runtime::{Body, ErrorKind, Request, Value, blocking::Wait};

use crate::{
    api::{DOWNLOAD, LIST, UPLOAD, client},
    server::{Reply, Server},
};

/// A server on a thread of its own.
struct Background {
    server: Server,
    _runtime: tokio::runtime::Runtime,
}

impl Background {
    fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(Server::with(replies));
        Self { server, _runtime: runtime }
    }
}

#[test]
fn a_request_can_be_waited_for() {
    let background = Background::with([Reply::json("[1]"), Reply::new("404 Not Found", &[], "")]);
    let client = client(&background.server);
    let send = || Request::new(&client, &LIST).send_json::<Value>().wait();
    assert_eq!(send().unwrap().into_value(), serde_json::json!([1]));
    assert_eq!(send().unwrap_err().status(), Some(404));
}

#[test]
fn a_list_can_be_iterated_over() {
    let next = [("link", "</things?page=2>; rel=\"next\""), ("content-type", "application/json")];
    let background = Background::with([Reply::new("200 OK", &next, "[1, 2]"), Reply::json("[3]")]);
    let items = Request::new(&client(&background.server), &LIST).items::<u32>();
    let items: Result<Vec<_>, _> = items.into_iter().collect();
    assert_eq!(items.unwrap(), [1, 2, 3]);
}

#[test]
fn a_file_and_a_reader_can_be_uploaded() {
    let content = vec![7; 700_000];
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), &content).unwrap();
    let bodies = [
        Body::from_path(file.path()).wait().unwrap(),
        Body::from_read(io::Cursor::new(content.clone()), content.len() as u64),
    ];
    for body in bodies {
        let background = Background::with([Reply::json("{}")]);
        let mut upload = Request::new(&client(&background.server), &UPLOAD);
        upload.body("application/octet-stream", body);
        upload.send_json::<Value>().wait().unwrap();
        assert!(background.server.only().body == content);
    }
    assert!(Body::from_path("/nowhere").wait().is_err());
}

#[test]
fn a_reader_of_another_length_is_an_error() {
    let background = Background::with([]);
    let mut upload = Request::new(&client(&background.server), &UPLOAD);
    upload.body("text/plain", Body::from_read(io::Cursor::new(b"abc"), 4));
    assert_eq!(upload.send_json::<Value>().wait().unwrap_err().kind(), ErrorKind::BodyLength);
}

#[test]
fn a_download_is_a_reader() {
    let content: Vec<u8> = (0..500_000_u32).map(|n| (n % 251) as u8).collect();
    let part = Reply::part("200 OK", &[("content-length", "9")], "only");
    let background = Background::with([Reply::new("200 OK", &[], &content), part]);
    let client = client(&background.server);
    let download = || Request::new(&client, &DOWNLOAD).send_bytes().wait().unwrap().into_value().into_read();
    let mut bytes = Vec::new();
    download().read_to_end(&mut bytes).unwrap();
    assert!(bytes == content);
    let error = download().read_to_end(&mut bytes).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    assert!(error.to_string().contains("broke off after 4 bytes of 9"), "{error}");
}

#[tokio::test]
async fn waiting_where_one_can_await_is_an_error_that_says_so() {
    let server = Server::start().await;
    let error = Request::new(&client(&server), &LIST).send_json::<Value>().wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("await there"), "{error}");
    assert!(server.received().is_empty());
}
