//! Lists over pages.

use client_runtime::{Client, ErrorKind, Items, Request};

use crate::{
    api::{API, KEYED, LIST, TOKEN, request},
    server::{Reply, Server},
};

fn page(link: &str, body: &str) -> Reply {
    Reply::new("200 OK", &[("content-type", "application/json"), ("link", link)], body)
}

fn numbers(server: &Server) -> Items<i64> {
    let mut list = request(server, &LIST);
    list.query("per_page", 2);
    list.items()
}

#[tokio::test]
async fn follows_next_whatever_shape_it_has() {
    let server = Server::start().await;
    let last = server.url("/repositories/1/things?per_page=2&page=3");
    let second = server.url("/repositories/1/things?per_page=2&after=Y3Vyc29yOjE%3D");
    server.reply(page(&format!("<{second}>; rel=\"next\", <{last}>; rel=\"last\""), "[1,2]"));
    server.reply(page(
        r#"</first>; rel=first, <?page=3&a=b,c;d>; title="a \"<x>; rel=prev\", b"; REL="prev Next""#,
        "[3]",
    ));
    server.reply(page("</things>; rel=\"prev\"", "[]"));
    let mut items = numbers(&server);
    assert!(server.received().is_empty(), "nothing is sent before an item is asked for");
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(server.received().len(), 1, "pages are asked for when they are needed");
    assert_eq!(items.try_collect().await.unwrap(), [2, 3]);
    let got = server.received();
    let targets: Vec<_> = got.iter().map(|got| got.target()).collect();
    let second = "/repositories/1/things?per_page=2&after=Y3Vyc29yOjE%3D";
    assert_eq!(targets, ["/things?per_page=2", second, "/repositories/1/things?page=3&a=b,c;d"]);
    let headers = |nth: usize| got[nth].head.split_once("\r\n").unwrap().1;
    assert_eq!(headers(0), headers(1));
    assert_eq!(headers(0), headers(2));
    assert!(headers(0).contains(TOKEN));
}

#[tokio::test]
async fn no_link_is_the_end() {
    for link in [
        "",
        "<>",
        "garbage; rel=next",
        "</x",
        "</x>; rel=\"prev\"",
        "</x>; rel=nextish",
        "</x>; rel=prev; rel=next",
        "</x>; anchor=\"/y\"; rel=next",
    ] {
        let server = Server::with([page(link, "[1]")]).await;
        assert_eq!(numbers(&server).try_collect().await.unwrap(), [1], "{link}");
    }
}

#[tokio::test]
async fn a_next_page_elsewhere_is_refused_after_the_items_before_it() {
    let other = Server::start().await;
    let server = Server::with([page(&format!("<{}>; rel=next", other.url("/things?sig=1")), "[1]")]).await;
    let mut items = numbers(&server);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Pagination, Some(200)));
    assert!(
        error.to_string().contains(&other.url("/things")) && !error.to_string().contains("sig"),
        "{error}"
    );
    assert!(items.next().await.is_none());
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_circle_is_refused() {
    let server =
        Server::with([page("</b>; rel=next", "[1]"), page("</things?per_page=2#again>; rel=next", "[2]")])
            .await;
    let mut items = numbers(&server);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Pagination);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_error_ends_the_items() {
    let server = Server::with([
        page("</b>; rel=next", "[1]"),
        Reply::new("502 Bad Gateway", &[], ""),
        page("", "[3]"),
    ])
    .await;
    let mut items = numbers(&server);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap_err().status(), Some(502));
    assert!(items.next().await.is_none());
    let server = Server::with([Reply::json(r#"[1,"x"]"#)]).await;
    let error = numbers(&server).next().await.unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"things/list: 200 OK: cannot decode the body at [1]: expected an integer, found the text "x""#
    );
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_is_the_first_item() {
    let server = Server::start().await;
    let mut list = request(&server, &LIST);
    list.header("X-Bad", "\n");
    assert_eq!(list.items::<i64>().next().await.unwrap().unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn a_key_in_the_query_goes_to_every_page_once() {
    let server = Server::with([
        page("</keyed?key=secret&page=2>; rel=next", "[1]"),
        page("</keyed?page=3>; rel=next", "[2]"),
        page("", "[3]"),
    ])
    .await;
    let client = Client::builder(&API).server(0, server.url("")).api_key(3, "secret").build().unwrap();
    assert_eq!(Request::new(&client, &KEYED).items::<i64>().try_collect().await.unwrap(), [1, 2, 3]);
    let targets: Vec<_> = server.received().iter().map(|got| got.target().to_owned()).collect();
    assert_eq!(targets, ["/keyed?key=secret", "/keyed?key=secret&page=2", "/keyed?page=3&key=secret"]);
}

#[test]
fn items_move_between_threads() {
    fn check<T: Send + Unpin>() {}
    check::<Items<std::marker::PhantomPinned>>();
}
