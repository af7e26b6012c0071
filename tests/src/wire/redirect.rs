//! Redirects: a renamed repository is followed, and no other server is written to.

use github_release_assets::{Body, Error, ErrorKind};

use super::{Reply, Server, TOKEN, asset, client, created, headers, ok};

const KEEPS_METHOD: [&str; 3] = ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"];
const MOVED: &str = "/repositories/1300192/releases/assets/7";

#[tokio::test]
async fn a_renamed_repository_is_read_with_the_same_headers() {
    for status in KEEPS_METHOD {
        let server = Server::start().await;
        server.reply(Reply::redirect(status, &server.url(MOVED)));
        server.reply(ok(&asset()));
        server.reply(Reply::redirect(status, MOVED));
        server.reply(Reply::new("200 OK", &[], "bytes"));
        client(&server).get_release_asset("octo", "demo", 7).await.unwrap();
        let bytes = client(&server).download_release_asset("octo", "demo", 7).await.unwrap();
        assert_eq!(bytes.bytes().await.unwrap(), "bytes");
        let got = server.received();
        for (before, after, accept) in
            [(0, 1, "application/vnd.github+json"), (2, 3, "application/octet-stream")]
        {
            assert_eq!(got[after].line(), format!("GET {MOVED}"), "{status}");
            assert_eq!(headers(&got[before]), headers(&got[after]), "{status}");
            assert_eq!(got[after].header("accept"), Some(accept));
            assert!(got[after].head.contains(TOKEN));
        }
    }
}

#[tokio::test]
async fn a_renamed_repository_is_written_to_with_the_same_request() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), [7; 200_000]).unwrap();
    for status in KEEPS_METHOD {
        let server = Server::start().await;
        let client = client(&server);
        for reply in [ok(&asset()), Reply::new("204 No Content", &[], ""), created(), created()] {
            server.reply(Reply::redirect(status, &server.url("/repositories/1/x?y=z")));
            server.reply(reply);
        }
        client.update_release_asset("octo", "demo", 7).label("l").await.unwrap();
        client.delete_release_asset("octo", "demo", 7).await.unwrap();
        client.upload_release_asset("octo", "demo", 1, "a", vec![1; 100_000]).await.unwrap();
        let body = Body::from_path(file.path()).await.unwrap();
        client.upload_release_asset("octo", "demo", 1, "a", body).await.unwrap();
        let got = server.received();
        for pair in got.chunks(2) {
            let method = |nth: usize| pair[nth].line().split_once(' ').unwrap().0;
            assert_eq!((method(0), pair[1].target()), (method(1), "/repositories/1/x?y=z"), "{status}");
            assert_eq!(headers(&pair[0]), headers(&pair[1]), "{status}");
            assert!(pair[0].body == pair[1].body && pair[1].head.contains(TOKEN), "{status}");
        }
        let lengths: Vec<_> = got.iter().map(|got| got.body.len()).collect();
        assert_eq!(lengths, [13, 13, 0, 0, 100_000, 100_000, 200_000, 200_000]);
    }
}

#[tokio::test]
async fn a_source_that_was_read_is_not_sent_again() {
    let server = Server::start().await;
    server.reply(Reply::redirect("307 Temporary Redirect", "/repositories/1/x"));
    let body = Body::from_reader(&b"abc"[..], 3);
    let error = client(&server).upload_release_asset("octo", "demo", 1, "a", body).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(307)));
    assert!(error.to_string().contains("cannot be sent again"), "{error}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn another_origin_is_not_written_to() {
    let other = Server::start().await;
    let all = ["301 Moved Permanently", "307 Temporary Redirect", "308 Permanent Redirect"];
    for status in all {
        let server = Server::start().await;
        (0..3).for_each(|_| server.reply(Reply::redirect(status, &other.url("/x?sig=h1dden"))));
        let client = client(&server);
        let errors: [Error; 3] = [
            client.update_release_asset("octo", "demo", 7).label("l").await.unwrap_err(),
            client.delete_release_asset("octo", "demo", 7).await.unwrap_err(),
            client.upload_release_asset("octo", "demo", 1, "a", "private").await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
            assert_eq!(error.status().unwrap().to_string(), status[..3]);
            assert!(error.to_string().contains(&other.url("/x")), "{error}");
            assert!(!super::shown(&error).contains("h1dden"), "{error:?}");
        }
    }
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn another_origin_never_gets_a_body_by_302_either() {
    let other = Server::with([ok(&asset())]).await;
    let server = Server::with([Reply::redirect("302 Found", &other.url("/x"))]).await;
    // It becomes a GET without a body and without the token.
    client(&server).upload_release_asset("octo", "demo", 1, "a", "private").await.unwrap();
    let got = other.only();
    assert_eq!(got.line(), "GET /x");
    assert_eq!(got.header_names(), ["accept", "host", "user-agent"]);
    assert!(got.body.is_empty());
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let server = Server::start().await;
    for hop in 0..10 {
        server.reply(Reply::redirect("301 Moved Permanently", &format!("/hop/{hop}")));
    }
    server.reply(Reply::new("200 OK", &[], "bytes"));
    client(&server).download_release_asset("octo", "demo", 7).await.unwrap();
    assert_eq!(server.received().len(), 11);

    let server =
        Server::with(std::iter::repeat_n(Reply::redirect("302 Found", "/again?sig=h1dden"), 20)).await;
    let error = client(&server).download_release_asset("octo", "demo", 7).await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Redirect, Some("repos/get-release-asset")));
    assert!(error.to_string().contains("10 redirects"), "{error}");
    assert!(!super::shown(&error).contains("h1dden"), "{error:?}");
    assert_eq!(server.received().len(), 11);
}
