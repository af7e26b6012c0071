//! Requests: URLs, headers and credentials.

use client_runtime::{Client, ErrorKind, Method, Operation, Request, Value, reqwest};

use crate::{
    api::{API, CREATE, DELETE, DOWNLOAD, GET, LIST, TOKEN, UPDATE, UPLOAD, client, request},
    server::{Reply, Server},
};

#[tokio::test]
async fn has_the_headers_of_the_api_and_no_others() {
    let server = Server::with([Reply::json("[]")]).await;
    request(&server, &LIST).send_json::<Value>().await.unwrap();
    let got = server.only();
    assert_eq!(got.line(), "GET /things");
    assert_eq!(got.header_names(), ["accept", "authorization", "host", "user-agent", "x-api-version"]);
    assert_eq!(got.header("accept"), Some("application/json"));
    assert_eq!(got.header("authorization"), Some("Bearer s3cr3t-token"));
    assert_eq!(got.header("user-agent"), Some("runtime-test/1"));
    assert_eq!(got.header("x-api-version"), Some("2026-03-10"));
    assert_eq!(got.header("host"), Some(server.host().as_str()));
}

#[tokio::test]
async fn the_client_overrides_defaults_and_the_request_overrides_the_client() {
    let server = Server::with([Reply::json("[]"), Reply::json("[]"), Reply::new("200 OK", &[], "x")]).await;
    let client = Client::builder(&API)
        .server(0, server.url("/api/v3/"))
        .bearer(0, TOKEN)
        .auth_scheme("token")
        .user_agent("mine/2")
        .header("x-API-version", "2030-01-01")
        .accept("application/vnd.example.v3+json")
        .build()
        .unwrap();
    Request::new(&client, &LIST).send_json::<Value>().await.unwrap();
    let mut chosen = Request::new(&client, &LIST);
    chosen.header("X-Api-Version", "2031-01-01");
    chosen.header("X-Left-Out", None::<&str>);
    chosen.accept("application/vnd.example.raw");
    chosen.send_json::<Value>().await.unwrap();
    Request::new(&client, &DOWNLOAD).send_bytes().await.unwrap();
    let got = server.received();
    assert_eq!(got[0].line(), "GET /api/v3/things");
    assert_eq!(got[0].header("authorization"), Some("token s3cr3t-token"));
    assert_eq!(got[0].header("user-agent"), Some("mine/2"));
    assert_eq!(got[0].header("x-api-version"), Some("2030-01-01"));
    assert_eq!(got[0].head.matches("version").count(), 1);
    assert_eq!(got[0].header("accept"), Some("application/vnd.example.v3+json"));
    assert_eq!(got[1].header("x-api-version"), Some("2031-01-01"));
    assert_eq!(got[1].header("x-left-out"), None);
    assert_eq!(got[1].header("accept"), Some("application/vnd.example.raw"));
    assert_eq!(got[2].header("accept"), Some("application/octet-stream"));
    assert_eq!(got[2].header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn an_operation_without_media_types_accepts_anything() {
    static PLAIN: Operation =
        Operation { id: "plain", method: Method::Get, path: "/", server: 0, accept: "", security: &[] };
    let server = Server::with([Reply::new("204 No Content", &[], "")]).await;
    request(&server, &PLAIN).send_empty().await.unwrap();
    assert_eq!(server.only().header("accept"), Some("*/*"));
    assert_eq!(server.only().header("authorization"), None, "no security, no token");
}

#[tokio::test]
async fn the_first_alternative_with_all_credentials_is_used() {
    static KEYS: Operation = Operation {
        id: "keys",
        method: Method::Get,
        path: "/",
        server: 0,
        accept: "",
        security: &[&[], &[0, 1], &[2, 3, 4], &[1]],
    };
    let server = Server::with([Reply::json("{}"), Reply::json("{}"), Reply::json("{}")]).await;
    let base = || Client::builder(&API).server(0, server.url("")).basic(1, "me", "pass word");
    let keys = base().api_key(2, "k1").api_key(3, "k 2&").api_key(4, "k;3").build().unwrap();
    let mut with_cookie = Request::new(&keys, &KEYS);
    with_cookie.query("a", 1);
    with_cookie.cookie("theme", "dark");
    with_cookie.send_json::<Value>().await.unwrap();
    Request::new(&base().build().unwrap(), &KEYS).send_json::<Value>().await.unwrap();
    let none = Client::builder(&API).server(0, server.url("")).build().unwrap();
    Request::new(&none, &KEYS).send_json::<Value>().await.unwrap();
    let got = server.received();
    assert_eq!(got[0].target(), "/?a=1&key=k%202%26");
    assert_eq!(got[0].header("x-key"), Some("k1"));
    assert_eq!(got[0].header("cookie"), Some("theme=dark; session=k%3B3"));
    assert_eq!(got[0].header("authorization"), None);
    assert_eq!(got[1].header("authorization"), Some("Basic bWU6cGFzcyB3b3Jk"));
    assert_eq!(got[2].header("authorization"), None);
}

#[tokio::test]
async fn the_last_value_of_a_parameter_counts() {
    let server = Server::with([Reply::json("{}")]).await;
    let mut list = request(&server, &LIST);
    list.query("page", 1);
    list.query("tags", ["a", "b"]);
    list.query("sort", "up");
    list.cookie("theme", "dark");
    list.query("page", 2);
    list.query("sort", None::<&str>);
    list.cookie("theme", "light");
    list.send_json::<Value>().await.unwrap();
    assert_eq!(server.only().target(), "/things?tags=a&tags=b&page=2");
    assert_eq!(server.only().header("cookie"), Some("theme=light"));
}

#[tokio::test]
async fn a_header_that_says_where_the_body_ends_is_refused() {
    let server = Server::start().await;
    for name in ["Content-Length", "transfer-encoding"] {
        let mut get = request(&server, &LIST);
        get.header(name, "5");
        let error = get.send_json::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    }
    assert!(server.received().is_empty());
}

#[test]
fn an_empty_credential_is_refused() {
    for token in ["", " "] {
        let error = Client::builder(&API).bearer(0, token).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("is empty"), "{error}");
    }
}

#[tokio::test]
async fn a_path_parameter_stays_one_segment() {
    let server = Server::with([Reply::json("{}")]).await;
    let mut get = request(&server, &GET);
    get.path("owner", "o x/../y?#%2e+é'|");
    get.path("name", "...");
    get.send_json::<Value>().await.unwrap();
    assert_eq!(server.only().target(), "/things/o%20x%2F..%2Fy%3F%23%252e%2B%C3%A9%27%7C/...");
}

#[tokio::test]
async fn a_path_parameter_that_is_no_name_is_not_sent() {
    const JOINED: Operation = Operation {
        id: "joined",
        method: Method::Get,
        path: "/a/{x}{y}",
        server: 0,
        accept: "",
        security: &[],
    };
    let server = Server::start().await;
    for bad in ["", ".", ".."] {
        let mut get = request(&server, &GET);
        get.path("owner", bad);
        get.path("name", "n");
        let error = get.send_json::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().starts_with("things/get: path parameter owner"), "{error}");
    }
    let mut joined = request(&server, &JOINED);
    joined.path("x", ".");
    joined.path("y", ".");
    let error = joined.send_empty().await.unwrap_err();
    assert!(error.to_string().contains("path parameter x, y"), "{error}");
    for path in ["/a/%2E%2e/b", "/a/../b", "/a b"] {
        let literal = Box::leak(Box::new(Operation { path, ..JOINED }));
        assert_eq!(
            request(&server, literal).send_empty().await.unwrap_err().kind(),
            ErrorKind::InvalidRequest
        );
    }
    let error = request(&server, &GET).send_empty().await.unwrap_err();
    assert!(error.to_string().contains("path parameter owner is empty"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_an_error() {
    let server = Server::start().await;
    let mut get = request(&server, &LIST);
    get.header("X-Bad", "a\r\nX-Injected: b");
    get.query("fine", 1);
    let error = get.send_empty().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("X-Bad"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn methods_that_may_have_a_body_announce_its_absence() {
    let server = Server::with(std::iter::repeat_n(Reply::json("{}"), 4)).await;
    for operation in [&CREATE, &UPDATE, &DELETE, &LIST] {
        request(&server, operation).send_empty().await.unwrap();
    }
    let lengths: Vec<_> =
        server.received().iter().map(|got| got.header("content-length").map(str::to_owned)).collect();
    assert_eq!(lengths, [Some("0".to_owned()), Some("0".to_owned()), None, None]);
}

#[tokio::test]
async fn a_url_template_on_a_configured_server_is_used() {
    let server = Server::with(std::iter::repeat_n(Reply::json("{}"), 3)).await;
    let templates = ["/repos/o/r/assets{?name,label}", "/x/y{/sub}{?a}{&b}", "/x?kept=1{&name}"];
    for template in templates {
        let mut upload = request(&server, &UPLOAD);
        upload.url_template(server.url(template));
        upload.query("name", "a+b c");
        upload.send_json::<Value>().await.unwrap();
    }
    let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
    let name = "name=a%2Bb%20c";
    assert_eq!(
        targets,
        [format!("/repos/o/r/assets?{name}"), format!("/x/y?{name}"), format!("/x?kept=1&{name}")]
    );
}

#[tokio::test]
async fn a_url_template_of_another_origin_is_refused() {
    let (server, other) = (Server::start().await, Server::start().await);
    let bad = [
        (other.url("/assets{?name}"), "is not a server that the client was configured with"),
        (server.url("/assets/{id}/x"), "cannot be filled"),
        (server.url("/assets/{id}"), "cannot be filled"),
        ("ftp://host/assets".to_owned(), "scheme"),
        ("assets{?name}".to_owned(), "relative URL"),
        (server.url("/x").replace("http://", "http://user:pw@"), "credentials"),
    ];
    for (template, reason) in bad {
        let mut upload = request(&server, &UPLOAD);
        upload.url_template(template.clone());
        upload.body("application/octet-stream", "x".into());
        let error = upload.send_json::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{template}");
        assert!(error.to_string().contains(reason), "{template}: {error}");
    }
    assert!(server.received().is_empty() && other.received().is_empty());
}

#[tokio::test]
async fn a_client_that_was_moved_does_not_guess_its_other_servers() {
    let server = Server::start().await;
    let client = Client::builder(&API).server(0, server.url("")).bearer(0, TOKEN).build().unwrap();
    let error = Request::new(&client, &UPLOAD).send_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.to_string().contains("set that on the client, too"), "{error}");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_http_client_that_follows_redirects_is_found_out() {
    let server = Server::with([Reply::redirect("302 Found", "/elsewhere"), Reply::json("{}")]).await;
    let following =
        Client::builder(&API).server(0, server.url("")).http_client(reqwest::Client::new()).build().unwrap();
    let error = Request::new(&following, &LIST).send_json::<Value>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("Policy::none()"), "{error}");
}

#[test]
fn what_cannot_work_fails_the_build() {
    let builder = || Client::builder(&API);
    let cases = [
        (builder().server(0, "ftp://x"), "server default: the scheme"),
        (builder().server(1, "https://x/?a=1"), "server uploads: a base URL has no query"),
        (builder().server(0, "https://x/#a"), "no fragment"),
        (builder().server(0, "https://u:p@x/"), "credentials"),
        (builder().server(0, "api/v3"), "server default: relative URL"),
        (builder().server(9, "https://x"), "no server 9"),
        (builder().bearer(9, TOKEN), "no security scheme 9"),
        (builder().bearer(1, TOKEN), "security scheme account"),
        (builder().bearer(0, format!("{TOKEN}\n")), "security scheme token"),
        (builder().header("a b", "c"), "header a b"),
        (builder().user_agent("a\nb"), "header user-agent"),
    ];
    for (builder, reason) in cases {
        assert!(!format!("{builder:?}").contains(TOKEN));
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(reason), "{error}");
        assert!(!format!("{error:?}").contains(TOKEN));
    }
}

#[tokio::test]
async fn debug_shows_no_secret() {
    let server = Server::start().await;
    let builder = Client::builder(&API).bearer(0, TOKEN).api_key(3, TOKEN).header("authorization", TOKEN);
    let shown = format!("{builder:?} {:?} {:?}", client(&server), request(&server, &LIST));
    assert!(!shown.contains(TOKEN), "{shown}");
}
