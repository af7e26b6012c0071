//! Redirects: what is followed, and what goes along.

use client_runtime::{Body, ErrorKind, Request, Value};

use crate::{
    api::{API, CREATE, DELETE, DOWNLOAD, HEAD, KEYED, LIST, TOKEN, UPDATE, UPLOAD, client, request},
    server::{Reply, Server},
};

const KEEPS_METHOD: [&str; 3] = ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"];
const TURNS_TO_GET: [&str; 2] = ["302 Found", "303 See Other"];

#[tokio::test]
async fn on_the_same_origin_everything_is_kept() {
    for status in KEEPS_METHOD {
        let server = Server::with([Reply::redirect(status, "/moved?a=b#c"), Reply::json("{}")]).await;
        let mut update = request(&server, &UPDATE);
        update.query("q", 1);
        update.json("application/json", [1, 2]);
        update.send_json::<Value>().await.unwrap();
        let [first, second] = server.received().try_into().unwrap();
        assert_eq!(second.line(), "PATCH /moved?a=b");
        assert_eq!(second.body, b"[1,2]");
        let rest = |head: &str| head.split_once("\r\n").unwrap().1.to_owned();
        assert_eq!(rest(&first.head), rest(&second.head), "{status}");
    }
}

#[tokio::test]
async fn a_get_without_body_follows_302_and_303() {
    for status in TURNS_TO_GET {
        for (operation, line) in [(&CREATE, "GET /moved"), (&DELETE, "GET /moved"), (&HEAD, "HEAD /moved")] {
            let server = Server::with([Reply::redirect(status, "moved"), Reply::json("")]).await;
            let mut create = request(&server, operation);
            if operation.id == CREATE.id {
                create.json("application/json", "x");
            }
            create.send_empty().await.unwrap();
            let second = &server.received()[1];
            assert_eq!(second.line(), line, "{status}");
            assert_eq!(second.header("authorization"), Some("Bearer s3cr3t-token"));
            assert_eq!((second.header("content-type"), second.header("content-length")), (None, None));
        }
    }
}

#[tokio::test]
async fn another_origin_sees_no_credentials() {
    let store = Server::with([Reply::new("200 OK", &[], "bytes")]).await;
    let server = Server::with([Reply::redirect("302 Found", &store.url("/o/1?sig=a%2Bb"))]).await;
    let client = client_runtime::Client::builder(&API).server(0, server.url("")).server(1, server.url(""));
    let client = client.bearer(0, TOKEN).header("X-Own", "1").build().unwrap();
    let mut download = Request::new(&client, &DOWNLOAD);
    download.header("Range", "bytes=2-");
    download.cookie("session", "1");
    let bytes = download.send_bytes().await.unwrap().into_value().bytes().await.unwrap();
    assert_eq!(bytes, "bytes");
    assert_eq!(server.only().header("authorization"), Some("Bearer s3cr3t-token"));
    let got = store.only();
    assert_eq!(got.line(), "GET /o/1?sig=a%2Bb");
    assert_eq!(got.header_names(), ["accept", "accept-encoding", "host", "range", "user-agent"]);
    assert_eq!(got.header("accept"), Some("application/octet-stream"));
    assert_eq!(got.header("accept-encoding"), Some("identity"));
    assert_eq!(got.header("range"), Some("bytes=2-"));
    assert_eq!(got.header("user-agent"), Some("runtime-test/1"));
}

#[tokio::test]
async fn what_was_taken_off_stays_off() {
    let (server, store) = (Server::start().await, Server::start().await);
    server.reply(Reply::redirect("302 Found", &store.url("/away")));
    store.reply(Reply::redirect("302 Found", &server.url("/back")));
    server.reply(Reply::json("[]"));
    request(&server, &LIST).send_json::<Value>().await.unwrap();
    assert_eq!(server.received()[1].line(), "GET /back");
    assert_eq!(server.received()[1].header("authorization"), None);
}

#[tokio::test]
async fn another_configured_server_is_trusted() {
    let (server, uploads) = (Server::start().await, Server::with([Reply::json("{}")]).await);
    server.reply(Reply::redirect("307 Temporary Redirect", &uploads.url("/up")));
    let client = client_runtime::Client::builder(&API).server(0, server.url("")).server(1, uploads.url(""));
    let client = client.bearer(0, TOKEN).api_key(3, "k").build().unwrap();
    let mut create = Request::new(&client, &CREATE);
    create.text("text/plain", "hello");
    create.send_json::<Value>().await.unwrap();
    let got = uploads.only();
    assert_eq!((got.line(), got.body.as_slice()), ("POST /up", b"hello".as_slice()));
    assert_eq!(got.header("authorization"), Some("Bearer s3cr3t-token"));
}

#[tokio::test]
async fn another_origin_gets_no_body_and_no_other_method() {
    let store = Server::start().await;
    for status in KEEPS_METHOD {
        for operation in [&CREATE, &DELETE] {
            let server = Server::with([Reply::redirect(status, &store.url("/x?sig=1"))]).await;
            let error = request(&server, operation).send_empty().await.unwrap_err();
            assert_eq!((error.kind(), error.operation()), (ErrorKind::Redirect, Some(operation.id)));
            assert!(error.to_string().contains(&store.url("/x")), "{error}");
            assert!(!format!("{error} {error:?}").contains("sig"), "{error:?}");
        }
    }
    assert!(store.received().is_empty());
}

#[tokio::test]
async fn another_origin_gets_no_body_of_a_get_either() {
    let (server, store) = (Server::start().await, Server::start().await);
    server.reply(Reply::redirect("302 Found", &store.url("/x")));
    let mut list = request(&server, &LIST);
    list.json("application/json", "private");
    assert_eq!(list.send_empty().await.unwrap_err().kind(), ErrorKind::Redirect);
    assert!(store.received().is_empty());
}

#[tokio::test]
async fn another_origin_sees_no_key_in_the_query() {
    let store = Server::with([Reply::json("[]")]).await;
    let server = Server::with([Reply::redirect("302 Found", "/a?b=c")]).await;
    server.reply(Reply::redirect("302 Found", &store.url("/x?sig=1")));
    let client =
        client_runtime::Client::builder(&API).server(0, server.url("")).api_key(3, "hidden").build().unwrap();
    Request::new(&client, &KEYED).send_json::<Value>().await.unwrap();
    let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
    assert_eq!(targets, ["/keyed?key=hidden", "/a?b=c&key=hidden"]);
    assert_eq!(store.only().target(), "/x?sig=1");
}

#[tokio::test]
async fn a_body_that_was_read_cannot_be_sent_again() {
    let server = Server::with([Reply::redirect("307 Temporary Redirect", "/moved")]).await;
    let mut upload = request(&server, &UPLOAD);
    upload.body("application/octet-stream", Body::from_reader(&b"abc"[..], 3));
    let error = upload.send_json::<Value>().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(307)));
    assert!(error.to_string().contains("cannot be sent again"), "{error}");
    assert_eq!(server.only().body, b"abc");
}

#[tokio::test]
async fn a_file_is_sent_again() {
    let file = tempfile::NamedTempFile::with_suffix(".zip").unwrap();
    std::fs::write(file.path(), [7; 200_000]).unwrap();
    let server = Server::with([Reply::redirect("307 Temporary Redirect", "/moved"), Reply::json("{}")]).await;
    let mut upload = request(&server, &UPLOAD);
    upload.body("application/octet-stream", Body::from_path(file.path()).await.unwrap());
    upload.send_json::<Value>().await.unwrap();
    for got in server.received() {
        assert_eq!((got.body.len(), got.header("content-type")), (200_000, Some("application/zip")));
    }
}

#[tokio::test]
async fn a_redirect_that_leads_nowhere_is_an_error_with_its_status() {
    let without = Reply::new("302 Found", &[("x-request-id", "R1")], "");
    let cases = [
        (without, "names no location"),
        (Reply::redirect("302 Found", "http://[x"), "is not valid"),
        (Reply::redirect("302 Found", "ftp://host/x"), "scheme"),
        (Reply::redirect("302 Found", "http://u:p@host/x"), "credentials"),
    ];
    for (reply, reason) in cases {
        let server = Server::with([reply]).await;
        let error = request(&server, &LIST).send_json::<Value>().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(302)));
        assert!(
            error.to_string().starts_with("things/list: 302 Found: ") && error.to_string().contains(reason),
            "{error}"
        );
    }
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let server = Server::with(std::iter::repeat_n(Reply::redirect("302 Found", "/again"), 10)).await;
    server.reply(Reply::json("[]"));
    request(&server, &LIST).send_json::<Value>().await.unwrap();
    let server = Server::with(std::iter::repeat_n(Reply::redirect("302 Found", "/again"), 20)).await;
    let error = request(&server, &LIST).send_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
    assert!(error.to_string().contains("more than 10 redirects"), "{error}");
    assert_eq!(server.received().len(), 11);
}

#[tokio::test]
async fn other_statuses_of_300_are_errors() {
    for (status, kind) in [
        ("300 Multiple Choices", ErrorKind::Status),
        ("304 Not Modified", ErrorKind::NotModified),
        ("305 Use Proxy", ErrorKind::Status),
    ] {
        let server = Server::with([Reply::part(status, &[("location", "/x")], "")]).await;
        let error = Request::new(&client(&server), &LIST).send_json::<Value>().await.unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (kind, format!("things/list: {status}")));
        assert_eq!(server.received().len(), 1);
    }
}
