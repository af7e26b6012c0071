//! Header and cookie parameters (OpenAPI 3.0.4, "Style Values"; RFC 6265 for cookies).

use emitted::headers::{Client, types::Shade};

use crate::echo::Echo;

fn colors() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).into()
}

fn shade() -> Shade {
    Shade::new().r(100).g(200).b(150)
}

#[tokio::test]
async fn headers_are_in_style_simple() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let headers = || client.headers("a, b%");
    // Nothing is percent-encoded in a header.
    echo.header(headers(), "x-text", "a, b%").await;
    echo.header(headers().x_list(colors()), "x-list", "blue,black,brown").await;
    echo.header(headers().x_map(shade()), "x-map", "R,100,G,200,B,150").await;
    echo.header(headers().x_exploded(shade()), "x-exploded", "R=100,G=200,B=150").await;
    echo.header(headers().x_json(Shade::new().r(1)), "x-json", "{\"R\":1}").await;
    echo.header(headers().accept("text/html"), "accept", "text/html").await;
    echo.header(headers().with_header("X-Own", "1"), "x-own", "1").await;
    echo.header(headers(), "x-list", "").await;
    echo.header(headers(), "content-type", "").await;
    echo.header(headers(), "content-length", "").await;
    echo.header(headers(), "authorization", "").await;
    echo.header(headers(), "user-agent", concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .await;
    echo.done();
}

#[tokio::test]
async fn cookies_are_in_style_form_and_one_header() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let cookies = || client.cookies();
    echo.header(cookies(), "cookie", "").await;
    echo.header(cookies().session("a b;c"), "cookie", "session=a%20b%3Bc").await;
    echo.header(cookies().joined(colors()), "cookie", "joined=blue,black,brown").await;
    echo.header(cookies().joined_map(shade()), "cookie", "joinedMap=R,100,G,200,B,150").await;
    echo.header(cookies().each(colors()), "cookie", "each=blue; each=black; each=brown").await;
    echo.header(cookies().each_map(shade()), "cookie", "R=100; G=200; B=150").await;
    echo.header(cookies().json(Shade::new().r(1)), "cookie", "json=%7B%22R%22%3A1%7D").await;
    echo.header(cookies().session("a").joined(vec!["b".to_owned()]), "cookie", "session=a; joined=b").await;
    echo.done();
}
