//! Query parameters (OpenAPI 3.0.4, "Style Values" and "Style Examples"; RFC 6570, 3.2.8).

use emitted::queries::{Client, operations::*, types::Shade};

use crate::echo::Echo;

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

fn colors() -> Vec<String> {
    list(&["blue", "black", "brown"])
}

fn shade() -> Shade {
    Shade::new().r(100).g(200).b(150)
}

#[tokio::test]
async fn style_form() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let form = || client.form();
    echo.line(form(), "GET /form").await;
    echo.line(form().text("blue"), "GET /form?text=blue").await;
    echo.line(form().text(""), "GET /form?text=").await;
    echo.line(form().text("a&b=c d+e/ü"), "GET /form?text=a%26b%3Dc%20d%2Be%2F%C3%BC").await;
    echo.line(form().list(colors()), "GET /form?list=blue&list=black&list=brown").await;
    echo.line(form().list(list(&["", "a,b"])), "GET /form?list=&list=a%2Cb").await;
    echo.line(form().list(list(&[])), "GET /form").await;
    echo.line(form().map(shade()), "GET /form?R=100&G=200&B=150").await;
    echo.line(form().joined(colors()), "GET /form?joined=blue,black,brown").await;
    echo.line(form().joined(list(&["a,b", "c"])), "GET /form?joined=a%2Cb,c").await;
    echo.line(form().joined_map(shade()), "GET /form?joined%20map=R,100,G,200,B,150").await;
    echo.line(form().text("a").list(list(&["b"])).text("c"), "GET /form?list=b&text=c").await;
    echo.done();
}

#[tokio::test]
async fn delimited_styles() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let delimited = || client.delimited();
    echo.line(delimited().spaces(colors()), "GET /delimited?spaces=blue%20black%20brown").await;
    echo.line(delimited().spaced_map(shade()), "GET /delimited?spaced%20map=R%20100%20G%20200%20B%20150")
        .await;
    echo.line(delimited().pipes(colors()), "GET /delimited?pipes=blue%7Cblack%7Cbrown").await;
    echo.line(delimited().piped_map(shade()), "GET /delimited?piped%20map=R%7C100%7CG%7C200%7CB%7C150").await;
    echo.line(delimited().exploded(list(&["a", "b"])), "GET /delimited?exploded=a&exploded=b").await;
    echo.done();
}

#[tokio::test]
async fn style_deep_object() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let color = client.deep().color(shade());
    echo.line(color, "GET /deep?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150").await;
    let filter = DeepFilter::new().created(DeepFilterCreated::new().gte(3)).ids(list(&["a", "b"]));
    echo.line(
        client.deep().filter(filter),
        "GET /deep?filter%5Bcreated%5D%5Bgte%5D=3&filter%5Bids%5D%5B0%5D=a&filter%5Bids%5D%5B1%5D=b",
    )
    .await;
    echo.done();
}

#[tokio::test]
async fn other_parameters() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let others = || client.others(1);
    // A default is the server's to add.
    echo.line(others(), "GET /others?needed=1").await;
    echo.line(others().json(Shade::new().r(1)), "GET /others?needed=1&json=%7B%22R%22%3A1%7D").await;
    echo.line(
        others().url("https://a.example/b?c=d&e=f#g h+i"),
        "GET /others?needed=1&url=https://a.example/b?c=d%26e=f%23g%20h%2Bi",
    )
    .await;
    echo.line(others().flag(false), "GET /others?needed=1&flag=false").await;
    let when =
        serde_json::from_value::<client_runtime::DateTime>("2020-01-02T03:04:05+01:00".into()).unwrap();
    echo.line(others().when(when), "GET /others?needed=1&when=2020-01-02T03%3A04%3A05%2B01%3A00").await;
    echo.line(others().either(OthersEither::from(7)), "GET /others?needed=1&either=7").await;
    echo.line(others().either(OthersEither::from("x y".to_owned())), "GET /others?needed=1&either=x%20y")
        .await;
    echo.line(others().ratio(0.1), "GET /others?needed=1&ratio=0.1").await;
    let sort = list(&["a", "-b", "new"]).into_iter().map(OthersSortItem::from).collect::<Vec<_>>();
    echo.line(others().sort(sort), "GET /others?needed=1&sort=a,-b,new").await;
    echo.line(others().filter_name("x"), "GET /others?needed=1&filter%5Bname%5D=x").await;
    echo.line(others().größe("ß"), "GET /others?needed=1&gr%C3%B6%C3%9Fe=%C3%9F").await;
    echo.line(others().page(2), "GET /others?needed=1&page=2").await;
    echo.done();
}
