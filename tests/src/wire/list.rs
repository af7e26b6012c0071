//! Lists: one page, or all of them.

use github_release_assets::{ErrorKind, types::ReleaseAsset};
use serde_json::json;

use super::{JSON, Reply, Server, TOKEN, asset_with, client};

/// A page of assets with these ids.
fn page(link: &str, ids: &[i64]) -> Reply {
    let assets: Vec<_> = ids.iter().map(|id| asset_with(json!({ "id": id }))).collect();
    Reply::new("200 OK", &[("content-type", JSON), ("link", link)], json!(assets).to_string())
}

fn ids(assets: &[ReleaseAsset]) -> Vec<i64> {
    assets.iter().map(|asset| asset.id).collect()
}

#[tokio::test]
async fn one_page_is_one_request() {
    let link = r#"<https://api.github.com/repositories/1/releases/1/assets?page=3>; rel="next""#;
    let server = Server::with([page(link, &[1, 2]), page("", &[])]).await;
    let list = client(&server).list_release_assets("octo", "demo", 1).per_page(2).page(2);
    let response = list.send_full().await.unwrap();
    assert_eq!(ids(response.value()), [1, 2]);
    assert_eq!((response.status(), response.headers().get("Link")), (200, Some(link)));
    client(&server).list_release_assets("octo", "demo", 1).await.unwrap();
    let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
    let path = "/repos/octo/demo/releases/1/assets";
    assert_eq!(targets, [format!("{path}?per_page=2&page=2"), path.to_owned()]);
}

#[tokio::test]
async fn items_come_from_all_pages() {
    let server = Server::start().await;
    let url =
        |page: u8| server.url(&format!("/repositories/1300192/releases/1/assets?per_page=2&page={page}"));
    server.reply(page(&format!(r#"<{}>; rel="next", <{}>; rel="last""#, url(2), url(3)), &[1, 2]));
    let (first, second) = (format!(r#"<{}>; rel="prev""#, url(1)), format!(r#"<{}>; rel="next""#, url(3)));
    server.reply(page(&format!(r#"{first}, {second}, <{}>; rel="last""#, url(3)), &[3, 4]));
    server.reply(page(&format!(r#"<{}>; rel="prev", <{}>; rel="first""#, url(2), url(1)), &[5]));
    let mut items = client(&server).list_release_assets("octo", "demo", 1).per_page(2).items();
    assert!(server.received().is_empty(), "nothing is asked for before it is needed");
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(server.received().len(), 1, "a page is asked for when the one before is used up");
    assert_eq!(ids(&items.try_collect().await.unwrap()), [2, 3, 4, 5]);

    let got = server.received();
    let lines: Vec<_> = got.iter().map(|got| got.line()).collect();
    let next = "GET /repositories/1300192/releases/1/assets?per_page=2&page=";
    let first = "GET /repos/octo/demo/releases/1/assets?per_page=2".to_owned();
    assert_eq!(lines, [first, format!("{next}2"), format!("{next}3")]);
    for got in &got {
        assert_eq!(super::headers(got), super::headers(&server.received()[0]));
        assert_eq!(got.header("authorization"), Some(format!("Bearer {TOKEN}").as_str()));
        assert_eq!(got.header("accept"), Some("application/vnd.github+json"));
    }
}

#[tokio::test]
async fn items_need_no_link() {
    let server = Server::with([page("", &[1]), Reply::json("[]")]).await;
    let list = || client(&server).list_release_assets("octo", "demo", 1).items();
    assert_eq!(ids(&list().try_collect().await.unwrap()), [1]);
    assert_eq!(ids(&list().try_collect().await.unwrap()), [0_i64; 0]);
}

#[tokio::test]
async fn a_next_page_on_another_origin_is_an_error_and_the_end() {
    let other = Server::start().await;
    let server = Server::start().await;
    let next = "/repositories/1/releases/1/assets?page=2&sig=hidden";
    let localhost = server.url(next).replace("127.0.0.1", "localhost");
    for next in [other.url(next), localhost, "https://api.github.com/assets?sig=hidden".to_owned()] {
        server.reply(page(&format!(r#"<{next}>; rel="next""#), &[1]));
        let mut items = client(&server).list_release_assets("octo", "demo", 1).items();
        assert_eq!(items.next().await.unwrap().unwrap().id, 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Pagination, Some(200)), "{next}");
        assert!(!super::shown(&error).contains("hidden"), "{error}");
        assert!(items.next().await.is_none());
    }
    assert_eq!(server.received().len(), 3);
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_next_page_on_the_uploads_server_is_refused_too() {
    let (server, uploads) = (Server::start().await, Server::start().await);
    server.reply(page(&format!(r#"<{}>; rel="next""#, uploads.url("/assets?page=2")), &[]));
    let client = super::builder(&server.url("")).uploads_url(uploads.url("")).build().unwrap();
    let error = client.list_release_assets("octo", "demo", 1).items().next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Pagination);
    assert!(uploads.received().is_empty());
}

#[tokio::test]
async fn a_renamed_repository_has_all_its_pages() {
    let server = Server::start().await;
    let path = "/repositories/1/releases/1/assets";
    server.reply(Reply::redirect("301 Moved Permanently", &server.url(path)));
    server.reply(page(&format!(r#"<{}>; rel="next""#, server.url(&format!("{path}?page=2"))), &[1]));
    server.reply(page("", &[2]));
    let items = client(&server).list_release_assets("octo", "old-name", 1).items();
    assert_eq!(ids(&items.try_collect().await.unwrap()), [1, 2]);
    let got = server.received();
    assert_eq!(got[2].target(), format!("{path}?page=2"));
    assert!(got.iter().all(|got| got.head.contains(TOKEN)));
}

#[tokio::test]
async fn a_page_from_another_origin_does_not_lead_on_there() {
    let (server, other) = (Server::start().await, Server::start().await);
    server.reply(Reply::redirect("302 Found", &other.url("/assets")));
    other.reply(page(r#"</assets?page=2>; rel="next""#, &[1]));
    let mut items = client(&server).list_release_assets("octo", "demo", 1).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Pagination);
    assert_eq!(other.only().header("authorization"), None);
}

#[tokio::test]
async fn pages_that_go_in_a_circle_are_an_error() {
    let server = Server::start().await;
    let url = |page: u8| server.url(&format!("/repositories/1/releases/1/assets?page={page}"));
    server.reply(page(&format!(r#"<{}>; rel="next""#, url(2)), &[1]));
    server.reply(page(&format!(r#"<{}>; rel="next""#, url(2)), &[2]));
    let mut items = client(&server).list_release_assets("octo", "demo", 1).items();
    assert_eq!(items.next().await.unwrap().unwrap().id, 1);
    assert_eq!(items.next().await.unwrap().unwrap().id, 2);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Pagination);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_error_on_a_later_page_is_the_end() {
    let broken = [
        Reply::new("502 Bad Gateway", &[("content-type", "text/html")], "<html>"),
        Reply::json(r#"[{"id":"x"}]"#),
        Reply::part("200 OK", &[("content-length", "100")], "["),
        Reply::silence(),
    ];
    let kinds = [ErrorKind::Status, ErrorKind::Decode, ErrorKind::Truncated, ErrorKind::Transport];
    for (reply, kind) in broken.into_iter().zip(kinds) {
        let server = Server::with([page(r#"</second>; rel="next""#, &[1]), reply, page("", &[3])]).await;
        let mut items = client(&server).list_release_assets("octo", "demo", 1).items();
        assert_eq!(items.next().await.unwrap().unwrap().id, 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.operation()), (kind, Some("repos/list-release-assets")), "{error}");
        assert!(items.next().await.is_none() && items.next().await.is_none());
        assert_eq!(server.received().len(), 2);
    }
}
