//! What every request has: its line, its headers, its place; and what is never sent.

use github_release_assets::{Client, Error, ErrorKind};

use super::{JSON, Server, TOKEN, asset, builder, client, created, headers, ok, server::Reply};

const USER_AGENT: &str = concat!("github-release-assets/", env!("CARGO_PKG_VERSION"));

fn pairs(headers: &[(&str, &str)]) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn get_has_the_documented_headers_and_no_others() {
    let server = Server::with([ok(&asset())]).await;
    // The only test that builds a client with nothing of its own.
    let client = Client::builder().base_url(server.url("")).token(TOKEN).build().unwrap();
    let asset = client.get_release_asset("octo", "demo", 7).send().await.unwrap();
    assert_eq!((asset.id, asset.name.as_str()), (7, "tool.tar.gz"));
    let got = server.only();
    assert!(got.head.starts_with("GET /repos/octo/demo/releases/assets/7 HTTP/1.1\r\n"), "{}", got.head);
    let expected = [
        ("accept", "application/vnd.github+json"),
        ("authorization", &format!("Bearer {TOKEN}")),
        ("host", &server.host()),
        ("user-agent", USER_AGENT),
        ("x-github-api-version", "2026-03-10"),
    ];
    assert_eq!(headers(&got), pairs(&expected));
    assert!(got.body.is_empty());
}

#[tokio::test]
async fn every_operation_sends_the_same_headers() {
    let server = Server::start().await;
    for reply in [ok(&asset()), Reply::json("[]"), Reply::new("204 No Content", &[], ""), created()] {
        server.reply(reply);
    }
    let client = client(&server);
    client.update_release_asset("octo", "demo", 7).name("a").await.unwrap();
    client.list_release_assets("octo", "demo", 1).await.unwrap();
    client.delete_release_asset("octo", "demo", 7).await.unwrap();
    client.upload_release_asset("octo", "demo", 1, "a", "x").await.unwrap();
    for got in server.received() {
        assert_eq!(got.header("accept"), Some("application/vnd.github+json"), "{}", got.head);
        assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        assert_eq!(got.header("user-agent"), Some(USER_AGENT));
        assert_eq!(got.header("x-github-api-version"), Some("2026-03-10"));
    }
}

#[tokio::test]
async fn the_client_overrides_the_defaults_and_the_request_the_client() {
    let server = Server::with([ok(&asset()), ok(&asset()), Reply::new("200 OK", &[], "abc")]).await;
    let client = builder(&server.url(""))
        .api_version("2022-11-28")
        .accept("application/vnd.github.v3+json")
        .auth_scheme("token")
        .user_agent("release-tool/2")
        .header("X-Trace", "t1")
        .build()
        .unwrap();
    client.get_release_asset("octo", "demo", 7).await.unwrap();
    client.get_release_asset("octo", "demo", 7).accept("application/json").await.unwrap();
    client.download_release_asset("octo", "demo", 7).await.unwrap();
    let got = server.received();
    let expected = [
        ("accept", "application/vnd.github.v3+json"),
        ("authorization", &format!("token {TOKEN}")),
        ("host", &server.host()),
        ("user-agent", "release-tool/2"),
        ("x-github-api-version", "2022-11-28"),
        ("x-trace", "t1"),
    ];
    assert_eq!(headers(&got[0]), pairs(&expected));
    assert_eq!(got[1].header("accept"), Some("application/json"));
    // With the Accept of JSON the answer would be JSON.
    assert_eq!(got[2].header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn without_a_token_there_is_no_authorization() {
    let server = Server::with([ok(&asset())]).await;
    let client = Client::builder().base_url(server.url("")).http_client(super::CONNECTIONS.clone());
    client.build().unwrap().get_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_path_parameter_is_one_segment_whatever_it_holds() {
    for (owner, encoded) in [
        ("o x/../y", "o%20x%2F..%2Fy"),
        ("ünï", "%C3%BCn%C3%AF"),
        ("a+b", "a%2Bb"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("...", "..."),
        ("..a", "..a"),
        ("../..", "..%2F.."),
        ("a?b#c", "a%3Fb%23c"),
        ("a;b=c,d&e", "a%3Bb%3Dc%2Cd%26e"),
        ("\\..\\", "%5C..%5C"),
        ("a\r\nX-Injected: 1", "a%0D%0AX-Injected%3A%201"),
        ("\0\t\u{7f}", "%00%09%7F"),
        ("{repo}", "%7Brepo%7D"),
        ("@:[]|'\"<>^`*!$()", "%40%3A%5B%5D%7C%27%22%3C%3E%5E%60%2A%21%24%28%29"),
        ("-._~", "-._~"),
        ("日本", "%E6%97%A5%E6%9C%AC"),
    ] {
        let server = Server::with([ok(&asset()), Reply::json("[]")]).await;
        client(&server).get_release_asset(owner, "demo", 7).await.unwrap();
        client(&server).list_release_assets("octo", owner, 1).await.unwrap();
        let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
        let owner_path = format!("/repos/{encoded}/demo/releases/assets/7");
        assert_eq!(targets, [owner_path, format!("/repos/octo/{encoded}/releases/1/assets")], "{owner:?}");
        assert!(server.received().iter().all(|got| got.header("x-injected").is_none()));
    }
}

#[tokio::test]
async fn a_path_parameter_that_would_climb_is_not_sent() {
    let server = Server::start().await;
    let client = client(&server);
    for bad in ["", ".", ".."] {
        let errors: [Error; 6] = [
            client.get_release_asset(bad, "demo", 7).await.unwrap_err(),
            client.download_release_asset(bad, "demo", 7).await.unwrap_err(),
            client.update_release_asset(bad, "demo", 7).name("a").await.unwrap_err(),
            client.delete_release_asset(bad, "demo", 7).await.unwrap_err(),
            client.upload_release_asset(bad, "demo", 1, "a", "x").await.unwrap_err(),
            client.list_release_assets(bad, "demo", 1).items().next().await.unwrap().unwrap_err(),
        ];
        for error in errors {
            assert_eq!((error.kind(), error.status()), (ErrorKind::InvalidRequest, None));
            assert!(error.to_string().contains("path parameter owner"), "{error}");
        }
        let error = client.get_release_asset("octo", bad, 7).await.unwrap_err();
        assert!(error.to_string().contains("path parameter repo"), "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn base_urls_may_have_a_path_and_a_slash_at_the_end() {
    for slash in ["", "/"] {
        let (api, uploads) = (Server::with([ok(&asset())]).await, Server::with([created()]).await);
        let client = builder(&api.url(&format!("/api/v3{slash}")))
            .uploads_url(uploads.url(&format!("/api/uploads{slash}")))
            .build()
            .unwrap();
        client.get_release_asset("octo", "demo", 7).await.unwrap();
        client.upload_release_asset("octo", "demo", 1, "a", "x").await.unwrap();
        assert_eq!(api.only().target(), "/api/v3/repos/octo/demo/releases/assets/7");
        assert_eq!(uploads.only().target(), "/api/uploads/repos/octo/demo/releases/1/assets?name=a");
    }
}

#[test]
fn a_client_that_cannot_work_is_not_built() {
    for (builder, named) in [
        (Client::builder().base_url("api.github.com"), "default"),
        (Client::builder().uploads_url("ftp://uploads.github.com"), "uploads"),
        (Client::builder().base_url("https://me:pw@api.github.com"), "default"),
        (Client::builder().token("a\nb"), "bearer"),
        (Client::builder().header("X Y", "z"), "X Y"),
        (Client::builder().api_version("1\r\n2"), "X-GitHub-Api-Version"),
        (Client::builder().header("Transfer-Encoding", "chunked"), "Transfer-Encoding"),
        (Client::builder().header("content-length", "5"), "content-length"),
    ] {
        let error = builder.http_client(super::CONNECTIONS.clone()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains(named), "{error}");
    }
}

#[tokio::test]
async fn nothing_that_can_be_printed_holds_the_token() {
    let error = || Reply::new("401 Unauthorized", &[("content-type", JSON)], r#"{"message":"Bad"}"#);
    let server = Server::with([ok(&asset()), error()]).await;
    let builder = builder(&server.url("")).header("Authorization", TOKEN).header("X-Other", TOKEN);
    let mut printed = format!("{builder:?} {builder:#?}");
    let client = builder.build().unwrap();
    let request = client.get_release_asset("octo", "demo", 7);
    let upload = client.upload_release_asset("octo", "demo", 1, "a", "x");
    printed +=
        &format!("{client:?} {request:#?} {upload:?} {:?}", client.list_release_assets("o", "r", 1).items());
    printed += &format!("{:?}", request.send_full().await.unwrap());
    printed += &super::shown(&client.get_release_asset("octo", "demo", 7).await.unwrap_err());
    printed += &super::shown(&Client::builder().token(format!("{TOKEN}\n")).build().unwrap_err());
    assert!(!printed.contains("s3cr3t"), "{printed}");
    assert_eq!(server.received()[0].header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
}
