//! Forms (WHATWG URL, 5.2, with the `encoding` of OpenAPI) and bodies of several parts (RFC 7578).

use client_runtime::{Body, Multipart, Part};
use emitted::forms::{Client, operations::*, types::Meta};

use crate::echo::{Echo, Received};

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

#[tokio::test]
async fn fields_of_a_form() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let kind = "application/x-www-form-urlencoded";
    let form = || FormBody::new("1");
    echo.body(client.form().body(&form()), kind, "a=1").await;
    echo.body(client.form().body(&FormBody::new("a b&c=ü+")), kind, "a=a%20b%26c%3D%C3%BC%2B").await;
    echo.body(client.form().body(&form().list(list(&["x", "y"]))), kind, "a=1&list=x&list=y").await;
    let map = FormBodyMap::new().x(1).y("z");
    echo.body(client.form().body(&form().map(map)), kind, "a=1&map%5Bx%5D=1&map%5By%5D=z").await;
    echo.body(client.form().body(&form().tags(list(&["x", "y"]))), kind, "a=1&tags=x,y").await;
    echo.body(client.form().body(&form().pipes(list(&["x", "y"]))), kind, "a=1&pipes=x%7Cy").await;
    let deep = FormBodyDeep::new().x(1).r#in(FormBodyDeepIn::new().z(true));
    echo.body(client.form().body(&form().deep(deep)), kind, "a=1&deep%5Bx%5D=1&deep%5Bin%5D%5Bz%5D=true")
        .await;
    echo.body(client.form().body(&form().path("/a:b?c&d")), kind, "a=1&path=/a:b?c%26d").await;
    let none = echo.sent(client.form()).await;
    echo.same(&none.header("content-type"), "");
    echo.same(none.text(), "");
    echo.done();
}

/// The body with its boundary replaced by `B`; the boundary has to be the announced one.
fn parts(echo: &Echo, received: &Received) -> String {
    let kind = received.header("content-type");
    let Some(boundary) = kind.strip_prefix("multipart/form-data; boundary=") else {
        echo.same(&kind, "multipart/form-data; boundary=…");
        return String::new();
    };
    echo.same(&received.header("content-length"), &received.body.len().to_string());
    echo.same(&received.header("transfer-encoding"), "");
    received.text().replace(boundary, "B")
}

#[tokio::test]
async fn parts_of_a_body() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let file = Part::from("PNG").with_file_name("a \"b\".png");
    let request = client
        .parts(file)
        .file_x_part("1")
        .files([Part::from("1").with_file_name("1.txt"), Part::from("2")])
        .meta(Meta::new(3).name("n"))
        .note("ü")
        .count(4)
        .tags(list(&["x", "y"]))
        .seal("sealed");
    let received = echo.sent(request).await;
    let expected = "\
--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png\r\nX-Part: 1\r\n\r\nPNG\r\n\
--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"1.txt\"\r\nContent-Type: text/plain\r\n\r\n1\r\n\
--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"blob\"\r\nContent-Type: application/octet-stream\r\n\r\n2\r\n\
--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/vnd.meta+json\r\n\r\n{\"id\":3,\"name\":\"n\"}\r\n\
--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nü\r\n\
--B\r\nContent-Disposition: form-data; name=\"count\"\r\n\r\n4\r\n\
--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nx\r\n\
--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\ny\r\n\
--B\r\nContent-Disposition: form-data; name=\"seal\"; filename=\"blob\"\r\nContent-Type: application/pgp-signature\r\n\r\nsealed\r\n\
--B--\r\n";
    echo.same(&parts(&echo, &received), expected);
    echo.done();
}

#[tokio::test]
async fn a_file_is_streamed_with_its_exact_length() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.jpeg");
    let content = "0123456789abcdef".repeat(64 * 1024);
    std::fs::write(&path, &content).unwrap();
    let received = echo.sent(client.parts(Body::from_path(&path).await.unwrap())).await;
    let text = parts(&echo, &received);
    let head = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.jpeg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    let inside = text.strip_prefix(head).and_then(|rest| rest.strip_suffix("\r\n--B--\r\n"));
    assert!(inside == Some(&content), "{}", &text[..text.len().min(300)]);
    // Without a length, nothing can be announced.
    let received = echo.sent(client.parts(Part::from_reader(&b"raw"[..]))).await;
    echo.same(&received.header("transfer-encoding"), "chunked");
    echo.same(&received.header("content-length"), "");
    assert!(received.text().contains("Content-Type: image/png\r\n\r\nraw\r\n--"), "{}", received.text());
    echo.done();
}

#[tokio::test]
async fn parts_that_the_description_does_not_know() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let received = echo.sent(client.any_parts(Multipart::new().field("a", "b"))).await;
    let expected = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--B--\r\n";
    echo.same(&parts(&echo, &received), expected);
    echo.body(
        client.mixed("--x--").content_type("multipart/mixed; boundary=x"),
        "multipart/mixed; boundary=x",
        "--x--",
    )
    .await;
    echo.done();
}
