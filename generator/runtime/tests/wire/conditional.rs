//! What every response tells, and requests for what has changed.

use client_runtime::{ErrorKind, Request, Response, Value};

use crate::{
    api::{DOWNLOAD, LIST, builder, client},
    server::{Reply, Server},
};

const HEADERS: [(&str, &str); 7] = [
    ("etag", "\"abc\""),
    ("x-github-request-id", "0A:1B"),
    ("link", "</things?page=2>; rel=\"next\", </things?page=9>; rel=\"last\""),
    ("x-ratelimit-limit", "60"),
    ("x-ratelimit-remaining", "59"),
    ("x-ratelimit-reset", "784111777"),
    ("x-ratelimit-resource", "core"),
];

#[tokio::test]
async fn limits_ids_etags_and_links_can_be_read_on_every_response() {
    let statuses = ["200 OK", "200 OK", "404 Not Found", "304 Not Modified"];
    let server = Server::with(statuses.map(|status| Reply::new(status, &HEADERS, "{}"))).await;
    let client = client(&server);
    let json: Response<Value> = Request::new(&client, &LIST).send_json().await.unwrap();
    let bytes = Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap().into_value();
    let missing = Request::new(&client, &LIST).send_json::<Value>().await.unwrap_err();
    let unchanged = Request::new(&client, &LIST).send_json::<Value>().await.unwrap_err();
    let all = [json.headers(), bytes.headers(), missing.headers().unwrap(), unchanged.headers().unwrap()];
    for headers in all {
        assert_eq!((headers.etag(), headers.request_id()), (Some("\"abc\""), Some("0A:1B")));
        assert_eq!(headers.link("next").as_deref(), Some("/things?page=2"));
        assert_eq!(headers.link("LAST").as_deref(), Some("/things?page=9"));
        assert_eq!(headers.link("prev"), None);
        let limit = headers.rate_limit().unwrap();
        assert_eq!(
            (limit.limit, limit.remaining, limit.resource.as_deref()),
            (Some(60), Some(59), Some("core"))
        );
        assert_eq!(limit.reset.unwrap().as_second(), 784_111_777);
    }
    assert_eq!((json.etag(), json.rate_limit().unwrap().remaining), (Some("\"abc\""), Some(59)));
}

#[tokio::test]
async fn what_has_not_changed_is_an_error_of_its_own() {
    let server = Server::with([Reply::part("304 Not Modified", &[("etag", "\"abc\"")], "")]).await;
    let mut request = Request::new(&builder(&server).build().unwrap(), &LIST);
    request.if_none_match("\"abc\"");
    let error = request.send_json::<Value>().await.unwrap_err();
    assert!(error.is_not_modified());
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::NotModified, Some(304), 1));
    assert_eq!(server.only().header("if-none-match"), Some("\"abc\""));
}

#[tokio::test]
async fn what_an_api_tells_before_it_redirects_to_a_store_is_not_lost() {
    let store = Server::with([Reply::new("200 OK", &[("etag", "\"of the store\"")], "bytes")]).await;
    let location = store.url("/blob");
    let headers = [&HEADERS[..], &[("location", location.as_str())]].concat();
    let server = Server::with([Reply::new("302 Found", &headers, "")]).await;
    let response = Request::new(&client(&server), &DOWNLOAD).send_bytes().await.unwrap();
    assert_eq!((response.request_id(), response.etag()), (Some("0A:1B"), Some("\"of the store\"")));
    assert_eq!(response.rate_limit().unwrap().remaining, Some(59));
    assert_eq!(response.headers().get("x-ratelimit-remaining"), None, "the headers are those of the store");
}
