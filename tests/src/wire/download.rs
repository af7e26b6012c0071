//! Downloads: the bytes of the file, all of them, and nothing that is not the file.

use github_release_assets::{ByteStream, Client, Error, ErrorKind, operations::DownloadReleaseAssetError};

use super::{JSON, Reply, Server, TOKEN, builder, client, headers, shown};

const SIGNED: &str = "/store/7?X-Sig=h1dden%2B&response-content-disposition=attachment%3B%20filename%3Dtool";

async fn download(client: &Client) -> Result<ByteStream, Error> {
    client.download_release_asset("octo", "demo", 7).await
}

/// The error of a download, wherever it shows: when it is asked for or when its bytes are read.
async fn error(client: &Client) -> Error {
    match download(client).await {
        Ok(bytes) => bytes.bytes().await.unwrap_err(),
        Err(error) => error,
    }
}

#[tokio::test]
async fn the_bytes_may_come_at_once() {
    let content: Vec<u8> = (0..300_000_u32).map(|n| n as u8).collect();
    let reply = Reply::new("200 OK", &[("content-type", "application/gzip")], &content);
    let server = Server::with([reply]).await;
    let response = client(&server).download_release_asset("octo", "demo", 7).send_full().await.unwrap();
    assert_eq!((response.status(), response.headers().get("content-type")), (200, Some("application/gzip")));
    let mut bytes = response.into_value();
    assert_eq!((bytes.content_length(), bytes.content_type()), (Some(300_000), Some("application/gzip")));
    let mut file = Vec::new();
    assert_eq!(bytes.write_to(&mut file).await.unwrap(), 300_000);
    assert!(file == content);
    let got = server.only();
    assert_eq!(got.line(), "GET /repos/octo/demo/releases/assets/7");
    assert_eq!(got.header("accept"), Some("application/octet-stream"));
    assert_eq!(got.header("accept-encoding"), Some("identity"));
    assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}

#[tokio::test]
async fn the_store_gets_neither_the_token_nor_the_api_version() {
    let store = Server::with([Reply::new("200 OK", &[("etag", "\"1\"")], "bytes")]).await;
    let server = Server::with([Reply::redirect("302 Found", &store.url(SIGNED))]).await;
    // With connections of its own, and not those that most tests share.
    let builder = Client::builder().base_url(server.url("")).token(TOKEN).header("X-Trace", "t1");
    let client = builder.build().unwrap();
    assert_eq!(download(&client).await.unwrap().bytes().await.unwrap(), "bytes");
    assert_eq!(server.only().header("x-github-api-version"), Some("2026-03-10"));
    let got = store.only();
    assert_eq!(got.line(), format!("GET {SIGNED}"));
    let agent = format!("github-release-assets/{}", env!("CARGO_PKG_VERSION"));
    let expected = [
        ("accept", "application/octet-stream"),
        ("accept-encoding", "identity"),
        ("host", &store.host()),
        ("user-agent", &agent),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(headers(&got), expected);
}

#[tokio::test]
async fn the_same_port_of_another_host_is_another_origin() {
    let server = Server::start().await;
    let other_name = server.url("/store").replace("127.0.0.1", "localhost");
    server.reply(Reply::redirect("302 Found", &other_name));
    server.reply(Reply::new("200 OK", &[], "bytes"));
    download(&client(&server)).await.unwrap();
    let received = server.received();
    assert!(received[0].head.contains(TOKEN));
    assert!(received[1].header("host").unwrap().starts_with("localhost:"));
    assert!(!received[1].head.contains(TOKEN), "{}", received[1].head);
}

#[tokio::test]
async fn what_was_taken_off_on_the_way_stays_off() {
    let (server, store) = (Server::start().await, Server::start().await);
    server.reply(Reply::redirect("302 Found", &store.url(SIGNED)));
    store.reply(Reply::redirect("307 Temporary Redirect", &server.url("/back")));
    server.reply(Reply::new("200 OK", &[], "bytes"));
    download(&client(&server)).await.unwrap();
    assert_eq!(server.received()[1].header("authorization"), None);
}

#[tokio::test]
async fn the_other_configured_server_gets_the_token() {
    let (server, uploads) = (Server::start().await, Server::start().await);
    server.reply(Reply::redirect("302 Found", &uploads.url("/bytes")));
    uploads.reply(Reply::new("200 OK", &[], "bytes"));
    let client = builder(&server.url("")).uploads_url(uploads.url("/api/uploads")).build().unwrap();
    download(&client).await.unwrap();
    let got = uploads.only();
    assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
    assert_eq!(got.header("x-github-api-version"), Some("2026-03-10"));
    assert_eq!(got.header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn an_error_is_never_bytes() {
    let html = "<html><body><h1>Not Found</h1></body></html>";
    let server = Server::with([Reply::new("404 Not Found", &[("content-type", "text/html")], html)]).await;
    let missing = download(&client(&server)).await.unwrap_err();
    assert_eq!((missing.kind(), missing.status()), (ErrorKind::Status, Some(404)));
    assert_eq!(missing.documented(), Some(DownloadReleaseAssetError::NotFound(None)));
    assert_eq!(missing.body(), html.as_bytes());

    let xml =
        "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><Message>Expired</Message></Error>";
    for (status, kind) in [
        ("403 Forbidden", ErrorKind::Status),
        ("404 Not Found", ErrorKind::Status),
        ("503 Service Unavailable", ErrorKind::Status),
        ("304 Not Modified", ErrorKind::NotModified),
    ] {
        let store = Server::with([Reply::new(status, &[("content-type", "application/xml")], xml)]).await;
        let server = Server::with([Reply::redirect("302 Found", &store.url(SIGNED))]).await;
        let error = download(&client(&server)).await.unwrap_err();
        assert_eq!((error.kind(), error.operation()), (kind, Some("repos/get-release-asset")));
        let expected = format!("repos/get-release-asset: {status}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(status.starts_with("304") || error.to_string().contains("AuthenticationFailed"), "{error}");
        assert!(!shown(&error).contains("h1dden"));
    }
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_an_error_with_its_status() {
    let mut replies = vec![Reply::new("302 Found", &[("x-github-request-id", "0F2A:1")], "")];
    for location in
        ["", "ftp://store.example.org/x?X-Sig=h1dden", "http://u:h1dden@store.example.org/", "http://["]
    {
        replies.push(Reply::redirect("302 Found", location));
    }
    for reply in replies {
        let server = Server::with(std::iter::repeat_n(reply, 12)).await;
        let error = error(&client(&server)).await;
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
        assert!(!shown(&error).contains("h1dden"), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_an_error() {
    let length = ("content-length", "300000");
    let chunked = ("transfer-encoding", "chunked");
    for (header, body, received) in [
        (length, vec![b'x'; 299_999], "after 299999 bytes of 300000 announced"),
        (length, vec![], "after 0 bytes of 300000 announced"),
        (chunked, b"3\r\nabc\r\n".to_vec(), "after 3 bytes"),
        (chunked, b"3\r\nab".to_vec(), "bytes"),
    ] {
        let store = Server::with([Reply::part("200 OK", &[header], body)]).await;
        let server = Server::with([Reply::redirect("302 Found", &store.url(SIGNED))]).await;
        let mut bytes = download(&client(&server)).await.unwrap();
        let mut file = Vec::new();
        let error = bytes.write_to(&mut file).await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Truncated, Some(200)));
        assert!(error.to_string().contains(received), "{error}");
        assert!(!shown(&error).contains("h1dden"), "{error:?}");
        assert!(bytes.chunk().await.unwrap().is_none(), "nothing comes after an error");
    }
}

#[tokio::test]
async fn a_body_needs_no_announced_length() {
    let chunked = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nx-trailer: 1\r\n\r\n";
    for reply in [
        Reply::part("200 OK", &[("transfer-encoding", "chunked")], chunked),
        Reply::part("200 OK", &[], "abcde"),
    ] {
        let server = Server::with([reply]).await;
        let bytes = download(&client(&server)).await.unwrap();
        assert_eq!(bytes.content_length(), None);
        assert_eq!(bytes.bytes().await.unwrap(), "abcde");
    }
}

#[tokio::test]
async fn compressed_assets_stay_as_they_are() {
    let gzip = b"\x1f\x8b\x08\x00not really";
    let reply = Reply::new("200 OK", &[("content-encoding", "gzip")], gzip);
    let server = Server::with([reply]).await;
    assert_eq!(download(&client(&server)).await.unwrap().bytes().await.unwrap(), &gzip[..]);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let server = Server::with([Reply::new("200 OK", &[], "")]).await;
    let mut bytes = download(&client(&server)).await.unwrap();
    assert_eq!(bytes.content_length(), Some(0));
    assert!(bytes.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_signed_url_is_in_no_error() {
    // Nobody listens there; the store hangs up; it redirects in circles.
    let nobody = "http://127.0.0.1:9/store/7?X-Sig=h1dden";
    let silent = Server::with([Reply::silence()]).await;
    let circle = Server::start().await;
    (0..20).for_each(|_| circle.reply(Reply::redirect("302 Found", SIGNED)));
    for (location, kind) in [
        (nobody.to_owned(), ErrorKind::Connect),
        (silent.url(SIGNED), ErrorKind::Transport),
        (circle.url(SIGNED), ErrorKind::Redirect),
    ] {
        let server = Server::with([Reply::redirect("302 Found", &location)]).await;
        let error = error(&client(&server)).await;
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains("/store/7"), "{error}");
        assert!(!shown(&error).contains("h1dden"), "{error:?}");
    }
    let server = Server::with([Reply::new("200 OK", &[("location", &silent.url(SIGNED))], "")]).await;
    let response = client(&server).download_release_asset("octo", "demo", 7).send_full().await.unwrap();
    assert!(!format!("{response:?}").contains("h1dden"));
}

#[tokio::test]
async fn a_file_of_json_is_bytes_too() {
    let server = Server::with([Reply::new("200 OK", &[("content-type", JSON)], r#"{"a":1}"#)]).await;
    let bytes = download(&client(&server)).await.unwrap();
    assert_eq!(bytes.content_type(), Some(JSON));
    assert_eq!(bytes.bytes().await.unwrap(), r#"{"a":1}"#);
}
