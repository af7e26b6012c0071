//! Path parameters (OpenAPI 3.0.4, "Style Values" and "Style Examples"; RFC 6570, 3.2.2, 3.2.5 and 3.2.7).

use emitted::paths::{Client, types::Shade};

use crate::echo::Echo;

const LIST: [&str; 3] = ["blue", "black", "brown"];

fn list() -> Vec<String> {
    LIST.map(str::to_owned).into()
}

fn shade() -> Shade {
    Shade::new().r(100).g(200).b(150)
}

#[tokio::test]
async fn the_examples_of_the_specification() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let simple = client.simple("blue", list(), shade());
    echo.line(simple, "GET /simple/blue/blue,black,brown/R,100,G,200,B,150").await;
    let simple = client.simple_exploded("blue", list(), shade());
    echo.line(simple, "PUT /simple/blue/blue,black,brown/R=100,G=200,B=150").await;
    let label = client.label("blue", list(), shade());
    echo.line(label, "GET /label/.blue/.blue,black,brown/.R,100,G,200,B,150").await;
    let label = client.label_exploded("blue", list(), shade());
    echo.line(label, "PUT /label/.blue/.blue.black.brown/.R=100.G=200.B=150").await;
    let matrix = client.matrix("blue", list(), shade());
    echo.line(matrix, "GET /matrix;text=blue;list=blue,black,brown;map=R,100,G,200,B,150").await;
    let matrix = client.matrix_exploded("blue", list(), shade());
    echo.line(matrix, "PUT /matrix;text=blue;list=blue;list=black;list=brown;R=100;G=200;B=150").await;
    echo.done();
}

#[tokio::test]
async fn empty_texts_in_style_matrix_have_no_equals_sign() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let mut empty = Shade::new().r(1);
    empty.additional_properties.insert("x".to_owned(), String::new());
    let items = || vec![String::new(), "a".to_owned()];
    let matrix = client.matrix("", items(), empty.clone());
    echo.line(matrix, "GET /matrix;text;list=,a;map=R,1,x,").await;
    let matrix = client.matrix_exploded("", items(), empty.clone());
    echo.line(matrix, "PUT /matrix;text;list;list=a;R=1;x").await;
    // Only style matrix does so (RFC 6570, 2.4.2 and appendix A).
    let label = client.label_exploded("a", items(), empty.clone());
    echo.line(label, "PUT /label/.a/..a/.R=1.x=").await;
    let simple = client.simple_exploded("a", items(), empty);
    echo.line(simple, "PUT /simple/a/,a/R=1,x=").await;
    echo.done();
}

#[tokio::test]
async fn everything_but_unreserved_characters_is_encoded() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let mut odd = Shade::new().r(-1);
    odd.additional_properties.insert("ä=,;".to_owned(), "b/?#".to_owned());
    let items = vec!["a,b".to_owned(), "-._~".to_owned(), "日本".to_owned()];
    let simple = client.simple("a/b?c#d e%f", items.clone(), odd.clone());
    let list = "a%2Cb,-._~,%E6%97%A5%E6%9C%AC";
    echo.line(simple, &format!("GET /simple/a%2Fb%3Fc%23d%20e%25f/{list}/R,-1,%C3%A4%3D%2C%3B,b%2F%3F%23"))
        .await;
    let matrix = client.matrix_exploded("!$&'()*+:@[]", items, odd);
    echo.line(
        matrix,
        "PUT /matrix;text=%21%24%26%27%28%29%2A%2B%3A%40%5B%5D;list=a%2Cb;list=-._~;list=%E6%97%A5%E6%9C%AC;\
         R=-1;%C3%A4%3D%2C%3B=b%2F%3F%23",
    )
    .await;
    echo.done();
}

#[tokio::test]
async fn slashes_stay_where_the_description_wants_several_segments() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let file = client.file("src/a b/c#.rs", Shade::new().r(1), 3);
    echo.line(file, "GET /files/src/a%20b/c%23.rs/%7B%22R%22%3A1%7D/v3").await;
    echo.done();
}

#[tokio::test]
async fn what_would_name_another_resource_is_not_sent() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    for text in ["", ".", ".."] {
        let error = client.simple(text, list(), shade()).await.unwrap_err();
        assert_eq!(error.kind(), client_runtime::ErrorKind::InvalidRequest, "{text:?}: {error}");
    }
}
