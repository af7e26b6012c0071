//! Styles of parameters and forms, as they arrive.

use client_runtime::{
    CookieStyle, ErrorKind, FormField, HeaderStyle, Method, Operation, PathStyle, QueryStyle, Request, Value,
};
use serde_json::json;

use crate::{
    api::{CREATE, LIST, request},
    server::{Received, Reply, Server},
};

async fn sent(operation: &'static Operation, fill: impl FnOnce(&mut Request)) -> Received {
    let server = Server::with([Reply::json("{}")]).await;
    let mut request = request(&server, operation);
    fill(&mut request);
    request.send_json::<Value>().await.unwrap();
    server.only()
}

async fn path(style: PathStyle, explode: bool, value: Value) -> String {
    static AT: Operation =
        Operation { id: "at", method: Method::Get, path: "/{x}", server: 0, accept: "", security: &[] };
    sent(&AT, |request| request.path_styled("x", style, explode, value)).await.target().to_owned()
}

async fn query(style: QueryStyle, explode: bool, value: Value) -> String {
    sent(&LIST, |request| request.query_styled("x", style, explode, value)).await.target().to_owned()
}

#[tokio::test]
async fn path_styles() {
    use PathStyle::{Label, Matrix, Simple};
    let (array, object) = (json!(["a,b", 2]), json!({"k": "v/", "n": 1}));
    assert_eq!(path(Simple, false, json!("a b")).await, "/a%20b");
    assert_eq!(path(Simple, true, array.clone()).await, "/a%2Cb,2");
    assert_eq!(path(Simple, false, object.clone()).await, "/k,v%2F,n,1");
    assert_eq!(path(Simple, true, object.clone()).await, "/k=v%2F,n=1");
    assert_eq!(path(Label, false, json!(true)).await, "/.true");
    assert_eq!(path(Label, false, array.clone()).await, "/.a%2Cb,2");
    assert_eq!(path(Label, true, array.clone()).await, "/.a%2Cb.2");
    assert_eq!(path(Label, true, object.clone()).await, "/.k=v%2F.n=1");
    assert_eq!(path(Matrix, false, json!(5)).await, "/;x=5");
    assert_eq!(path(Matrix, false, json!("")).await, "/;x");
    assert_eq!(path(Matrix, false, array.clone()).await, "/;x=a%2Cb,2");
    assert_eq!(path(Matrix, true, array).await, "/;x=a%2Cb;x=2");
    assert_eq!(path(Matrix, false, object.clone()).await, "/;x=k,v%2F,n,1");
    assert_eq!(path(Matrix, true, object).await, "/;k=v%2F;n=1");
    assert_eq!(path(PathStyle::Json, false, json!({"k": [1]})).await, "/%7B%22k%22%3A%5B1%5D%7D");
}

#[tokio::test]
async fn query_styles() {
    use QueryStyle::{DeepObject, Form, Json, PipeDelimited, SpaceDelimited};
    let (array, object) = (json!(["a,b", null, 2]), json!({"k": "v&", "n": 1, "none": null}));
    assert_eq!(query(Form, true, json!("a+b c'|é")).await, "/things?x=a%2Bb%20c%27%7C%C3%A9");
    assert_eq!(query(Form, true, json!("")).await, "/things?x=");
    assert_eq!(query(Form, true, Value::Null).await, "/things");
    assert_eq!(query(Form, true, json!([])).await, "/things");
    assert_eq!(query(Form, false, json!([])).await, "/things");
    assert_eq!(query(Form, true, array.clone()).await, "/things?x=a%2Cb&x=2");
    assert_eq!(query(Form, false, array.clone()).await, "/things?x=a%2Cb,2");
    assert_eq!(query(Form, true, object.clone()).await, "/things?k=v%26&n=1");
    assert_eq!(query(Form, false, object.clone()).await, "/things?x=k,v%26,n,1");
    assert_eq!(query(SpaceDelimited, false, array.clone()).await, "/things?x=a%2Cb%202");
    assert_eq!(query(PipeDelimited, false, array.clone()).await, "/things?x=a%2Cb%7C2");
    assert_eq!(query(PipeDelimited, true, array).await, "/things?x=a%2Cb&x=2");
    assert_eq!(query(DeepObject, true, object).await, "/things?x%5Bk%5D=v%26&x%5Bn%5D=1");
    let deep = json!({"a": {"b": [1, 2]}});
    assert_eq!(
        query(DeepObject, true, deep.clone()).await,
        "/things?x%5Ba%5D%5Bb%5D%5B0%5D=1&x%5Ba%5D%5Bb%5D%5B1%5D=2"
    );
    assert_eq!(
        query(DeepObject, true, json!(["a", null, {"k": 1}])).await,
        "/things?x%5B0%5D=a&x%5B1%5D%5Bk%5D=1"
    );
    assert_eq!(query(Json, false, deep).await, "/things?x=%7B%22a%22%3A%7B%22b%22%3A%5B1%2C2%5D%7D%7D");
}

#[tokio::test]
async fn reserved_characters_stay_where_they_are_allowed() {
    let reserved = |explode, value| {
        sent(&LIST, move |request| request.query_reserved("x", QueryStyle::Form, explode, value))
    };
    let all = json!("a:/?[]@!$()*,;=b %é#&+");
    assert_eq!(reserved(true, all).await.target(), "/things?x=a:/?[]@!$()*,;=b%20%25%C3%A9%23%26%2B");
    assert_eq!(reserved(false, json!(["a/b", "c"])).await.target(), "/things?x=a/b,c");
}

#[tokio::test]
async fn a_path_of_several_segments() {
    static FILE: Operation =
        Operation { id: "file", method: Method::Get, path: "/c/{x}", server: 0, accept: "", security: &[] };
    let segments =
        |value| sent(&FILE, move |request| request.path_styled("x", PathStyle::Segments, false, value));
    assert_eq!(segments(json!("src/a b?/ü.rs")).await.target(), "/c/src/a%20b%3F/%C3%BC.rs");
    assert_eq!(segments(json!("one")).await.target(), "/c/one");
    let server = Server::start().await;
    for bad in ["a/../b", "./a", "a//b", "/a", "a/", ""] {
        let mut request = request(&server, &FILE);
        request.path_styled("x", PathStyle::Segments, false, bad);
        let error = request.send_json::<Value>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{bad}: {error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn header_styles() {
    use HeaderStyle::{Json, Simple};
    let header = |style, explode, value| async move {
        let got = sent(&LIST, |request| request.header_styled("X-It", style, explode, value)).await;
        got.header("x-it").map(str::to_owned)
    };
    let object = json!({"k": "v w", "n": 1});
    assert_eq!(header(Simple, false, json!("a b,c")).await.as_deref(), Some("a b,c"));
    assert_eq!(header(Simple, true, json!(["a", 2])).await.as_deref(), Some("a,2"));
    assert_eq!(header(Simple, false, object.clone()).await.as_deref(), Some("k,v w,n,1"));
    assert_eq!(header(Simple, true, object).await.as_deref(), Some("k=v w,n=1"));
    assert_eq!(
        header(Json, false, json!({"k": "é𝄞"})).await.as_deref(),
        Some(r#"{"k":"\u00e9\ud834\udd1e"}"#)
    );
    assert_eq!(header(Json, false, Value::Null).await, None);
}

#[tokio::test]
async fn cookie_styles() {
    use CookieStyle::{Form, Json};
    let cookie = |style, explode, value| async move {
        let got = sent(&LIST, |request| request.cookie_styled("it", style, explode, value)).await;
        got.header("cookie").map(str::to_owned)
    };
    let (array, object) = (json!(["a;b", 2]), json!({"k": "v", "n": 1}));
    assert_eq!(cookie(Form, true, json!("a b")).await.as_deref(), Some("it=a%20b"));
    assert_eq!(cookie(Form, false, array.clone()).await.as_deref(), Some("it=a%3Bb,2"));
    assert_eq!(cookie(Form, true, array).await.as_deref(), Some("it=a%3Bb; it=2"));
    assert_eq!(cookie(Form, false, object.clone()).await.as_deref(), Some("it=k,v,n,1"));
    assert_eq!(cookie(Form, true, object).await.as_deref(), Some("k=v; n=1"));
    assert_eq!(cookie(Json, false, json!([1])).await.as_deref(), Some("it=%5B1%5D"));
    assert_eq!(cookie(Form, true, Value::Null).await, None);
}

#[tokio::test]
async fn fields_of_forms_in_ways_of_their_own() {
    let field = |name, style, explode, reserved| FormField { name, style, explode, reserved };
    let fields = [
        field("deep", QueryStyle::DeepObject, true, false),
        field("pipe", QueryStyle::PipeDelimited, false, false),
        field("list", QueryStyle::Form, false, false),
        field("json", QueryStyle::Json, false, false),
        field("url", QueryStyle::Form, true, true),
        field("absent", QueryStyle::Json, false, false),
    ];
    let value = json!({
        "deep": [{"a": 1}], "pipe": ["a", "b"], "list": [1, 2], "json": {"k": "v"},
        "url": "https://x/?a=1&b", "plain": [1, 2], "absent": null,
    });
    let got = sent(&CREATE, |request| request.form_styled(&fields, &value)).await;
    let mut pairs: Vec<&str> = str::from_utf8(&got.body).unwrap().split('&').collect();
    pairs.sort_unstable();
    let wanted = [
        "deep%5B0%5D%5Ba%5D=1",
        "json=%7B%22k%22%3A%22v%22%7D",
        "list=1,2",
        "pipe=a%7Cb",
        "plain=1",
        "plain=2",
        "url=https://x/?a=1%26b",
    ];
    assert_eq!(pairs, wanted);
}

#[tokio::test]
async fn numbers_are_written_as_they_are_meant() {
    let got = sent(&LIST, |request| {
        request.query("f", 0.1_f32);
        request.query("u", u64::MAX);
        request.header("X-List", vec![1, 2]);
    });
    let got = got.await;
    assert_eq!(got.target(), "/things?f=0.1&u=18446744073709551615");
    assert_eq!(got.header("x-list"), Some("1,2"));
}

#[tokio::test]
async fn forms() {
    let value = json!({"a": "x y&+", "list": [1, 2], "deep": {"b": {"c": true}}, "none": null});
    let got = sent(&CREATE, |request| request.form(&value)).await;
    assert_eq!(got.header("content-type"), Some("application/x-www-form-urlencoded"));
    let body = "a=x%20y%26%2B&list=1&list=2&deep%5Bb%5D%5Bc%5D=true";
    assert_eq!(String::from_utf8(got.body.clone()).unwrap(), body);
    assert_eq!(got.header("content-length"), Some(body.len().to_string().as_str()));
}
