//! Styles of parameters and forms, as they arrive.

use client_runtime::{Method, Operation, PathStyle, QueryStyle, Request, Value};
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
    assert_eq!(path(Matrix, false, array.clone()).await, "/;x=a%2Cb,2");
    assert_eq!(path(Matrix, true, array).await, "/;x=a%2Cb;x=2");
    assert_eq!(path(Matrix, false, object.clone()).await, "/;x=k,v%2F,n,1");
    assert_eq!(path(Matrix, true, object).await, "/;k=v%2F;n=1");
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
    assert_eq!(query(DeepObject, true, deep.clone()).await, "/things?x%5Ba%5D%5Bb%5D=1&x%5Ba%5D%5Bb%5D=2");
    assert_eq!(query(Json, false, deep).await, "/things?x=%7B%22a%22%3A%7B%22b%22%3A%5B1%2C2%5D%7D%7D");
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
