//! Downloads: whole, or an error that says how much came.

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use client_runtime::{ByteStream, Client, ErrorKind, Request};
use tokio::io::AsyncWrite;

use crate::{
    api::{API, DOWNLOAD, HEAD, LIST, request},
    server::{Reply, Server},
};

async fn download(server: &Server) -> ByteStream {
    request(server, &DOWNLOAD).send_bytes().await.unwrap().into_value()
}

#[tokio::test]
async fn streams_and_counts() {
    let content = vec![9; 500_000];
    let reply = Reply::new("200 OK", &[("content-type", "application/zip")], &content);
    let server = Server::with([reply]).await;
    let mut stream = download(&server).await;
    assert_eq!((stream.content_length(), stream.content_type()), (Some(500_000), Some("application/zip")));
    let mut written = Vec::new();
    assert_eq!(stream.write_to(&mut written).await.unwrap(), 500_000);
    assert!(written == content);
    assert!(stream.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn takes_bodies_without_a_length() {
    let chunked = Reply::part("200 OK", &[("transfer-encoding", "chunked")], "3\r\nabc\r\n0\r\n\r\n");
    let server = Server::with([chunked, Reply::part("200 OK", &[], "abc")]).await;
    for _ in 0..2 {
        let stream = download(&server).await;
        assert_eq!(stream.content_length(), None);
        assert_eq!(stream.bytes().await.unwrap(), "abc");
    }
}

#[tokio::test]
async fn a_body_that_is_too_short_is_an_error_with_both_lengths() {
    let headers = [("content-length", "10"), ("x-request-id", "R7")];
    let server = Server::with([Reply::part("200 OK", &headers, "abc")]).await;
    let error = download(&server).await.bytes().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Truncated, Some(200)));
    let text = error.to_string();
    assert!(
        text.starts_with("things/download: 200 OK: the body broke off after 3 bytes of 10 announced: "),
        "{text}"
    );
    assert!(text.ends_with("(request R7)"), "{text}");
}

#[tokio::test]
async fn a_chunked_body_that_breaks_off_is_an_error() {
    let chunked = Reply::part("200 OK", &[("transfer-encoding", "chunked")], "3\r\nabc\r\n");
    let server = Server::with([chunked]).await;
    let mut stream = download(&server).await;
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "abc");
    let error = stream.chunk().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
    assert!(error.to_string().contains("broke off after 3 bytes: "), "{error}");
    assert!(stream.chunk().await.unwrap().is_none(), "nothing after an error");
}

#[tokio::test]
async fn a_truncated_json_or_text_is_not_a_decoding_error() {
    let reply = || Reply::part("200 OK", &[("content-length", "100")], "[1]");
    let server = Server::with([reply(), reply()]).await;
    let error = request(&server, &LIST).send_json::<Vec<u8>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
    let error = request(&server, &LIST).send_text().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Truncated);
}

#[tokio::test]
async fn the_status_comes_before_the_bytes() {
    let server = Server::with([Reply::new("404 Not Found", &[], r#"{"message":"Not Found"}"#)]).await;
    let error = request(&server, &DOWNLOAD).send_bytes().await.unwrap_err();
    assert_eq!(error.to_string(), "things/download: 404 Not Found: Not Found");
}

#[tokio::test]
async fn head_announces_a_length_and_has_no_body() {
    let server = Server::with([Reply::part("200 OK", &[("content-length", "10")], "")]).await;
    let stream = request(&server, &HEAD).send_bytes().await.unwrap().into_value();
    assert_eq!(stream.content_length(), Some(10));
    assert_eq!(stream.bytes().await.unwrap(), "");
}

#[tokio::test]
async fn times_out_when_nothing_comes_and_not_before() {
    let client = |server: &Server| {
        let builder =
            Client::builder(&API).server(0, server.url("")).idle_timeout(Duration::from_millis(200));
        builder.build().unwrap()
    };
    let mut slow = Reply::part("200 OK", &[("content-length", "6")], "");
    for _ in 0..6 {
        slow = slow.then_pause(60).then_send(b"x");
    }
    let stalled = Reply::part("200 OK", &[("content-length", "6")], "abc").then_pause(2000);
    let server = Server::with([slow, stalled]).await;
    let slow = Request::new(&client(&server), &DOWNLOAD).send_bytes().await.unwrap().into_value();
    assert_eq!(slow.bytes().await.unwrap(), "xxxxxx");
    let stalled = Request::new(&client(&server), &DOWNLOAD).send_bytes().await.unwrap().into_value();
    let error = stalled.bytes().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Timeout, Some(200)));
}

#[tokio::test]
async fn a_slow_reader_is_not_a_timeout() {
    let reply = Reply::part("200 OK", &[("content-length", "6")], "abc").then_pause(100).then_send(b"def");
    let server = Server::with([reply]).await;
    let builder = Client::builder(&API).server(0, server.url("")).idle_timeout(Duration::from_millis(200));
    let mut stream =
        Request::new(&builder.build().unwrap(), &DOWNLOAD).send_bytes().await.unwrap().into_value();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "abc");
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "def");
}

#[tokio::test]
async fn a_total_timeout_ends_what_moves() {
    let mut slow = Reply::part("200 OK", &[("content-length", "20")], "");
    for _ in 0..20 {
        slow = slow.then_pause(50).then_send(b"x");
    }
    let server = Server::with([slow]).await;
    let mut download = request(&server, &DOWNLOAD);
    download.timeout(Duration::from_millis(300));
    let error = download.send_bytes().await.unwrap().into_value().bytes().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(error.to_string().contains("not done in the time allowed"), "{error}");
}

#[tokio::test]
async fn a_total_timeout_ends_what_is_read_too_slowly() {
    let server = Server::with([Reply::new("200 OK", &[], vec![0; 1_000_000])]).await;
    let mut download = request(&server, &DOWNLOAD);
    download.timeout(Duration::from_millis(200));
    let mut stream = download.send_bytes().await.unwrap().into_value();
    stream.chunk().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    assert!(stream.chunk().await.unwrap_err().is_timeout());
    assert!(stream.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_writer_that_fails_is_an_error_of_its_own() {
    struct Full;
    impl AsyncWrite for Full {
        fn poll_write(self: Pin<&mut Self>, _: &mut Context<'_>, _: &[u8]) -> Poll<std::io::Result<usize>> {
            Poll::Ready(Err(std::io::ErrorKind::StorageFull.into()))
        }
        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Ready(Ok(()))
        }
        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }
    let server = Server::with([Reply::new("200 OK", &[], "abc")]).await;
    let error = download(&server).await.write_to(&mut Full).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Write);
}
