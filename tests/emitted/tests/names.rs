//! Names that are no names in Rust, and YAML that looks like something else, travel as the description has them.

use emitted::{names, numbers};

use crate::echo::{Answer, Echo};

#[tokio::test]
async fn parameters_of_one_name() {
    let echo = Echo::start().await;
    let client = names::Client::builder().base_url(&echo.url).build().unwrap();
    let request = || client.r#type("p q", "s").type_query("t").type_header("h").top(1)._2fa_code("c");
    let answer = || echo.answer(Answer("200 OK", &["content-type: application/json"], "{}"));
    answer();
    let line = "GET /keyword/p%20q/s?type=t&%24top=1&2fa-code=c&body=b&client=d";
    echo.line(request().body_("b").client("d"), line).await;
    answer();
    echo.header(request(), "type", "h").await;
    let body = names::types::OptionValue::new();
    echo.body(client.put("a", "b", &body), "application/json", "{}").await;
    echo.done();
}

#[tokio::test]
async fn operations_that_come_to_one_name() {
    let echo = Echo::start().await;
    let client = names::Client::builder().base_url(&echo.url).build().unwrap();
    echo.line(client.get_thing(), "GET /ops/a").await;
    echo.line(client.get_thing_2(), "GET /ops/b").await;
    echo.line(client.get_thing_3(), "GET /ops/c").await;
    echo.line(client._2fa_get(), "GET /ops/d").await;
    echo.line(client.private_get_thing(), "GET /ops/e").await;
    echo.line(client.new_(), "GET /ops/f").await;
    echo.line(client.löschen(), "GET /ops/g").await;
    echo.line(client.get_ops_no_id_id("x"), "GET /ops/no-id/x").await;
    echo.line(client.get_ops_no_id_id_2("x"), "GET /ops/no-id/x/").await;
    echo.done();
}

#[tokio::test]
async fn texts_that_yaml_could_take_for_something_else() {
    let echo = Echo::start().await;
    let client = numbers::Client::builder().base_url(&echo.url).build().unwrap();
    for (text, encoded) in [("no", "no"), ("null", "null"), ("~", "~"), ("012", "012"), ("12:30", "12%3A30")]
    {
        let country = || text.to_owned();
        echo.line(client.a().country(country()), &format!("GET /a?country={encoded}")).await;
        let line = format!("GET /a/x/very/long/key?country={encoded}");
        echo.line(client.b("x").country_query(country()), &line).await;
    }
    echo.done();
}
