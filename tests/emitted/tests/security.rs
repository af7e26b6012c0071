//! Where credentials travel, which of them are sent, and which server a request goes to.

use client_runtime::ErrorKind;
use emitted::relative;
use emitted::security::{Client, ClientBuilder};

use crate::echo::{Echo, Received};

fn builder(echo: &Echo) -> ClientBuilder {
    Client::builder().base_url(format!("{}/v1/", echo.url))
}

/// Everything in a request that is a credential.
fn credentials(received: &Received) -> String {
    ["authorization", "x-api-key", "cookie"]
        .map(|name| received.header(name))
        .into_iter()
        .chain(received.line.split_once('?').map(|(_, query)| query.to_owned()))
        .collect::<Vec<_>>()
        .join("|")
}

#[tokio::test]
async fn each_scheme_goes_where_it_belongs() {
    let echo = Echo::start().await;
    let all = builder(&echo)
        .token("t")
        .basic_auth("user", "pass:ü")
        .key("k")
        .query_key("q &")
        .cookie_key("c")
        .oidc_token("o")
        .oauth_token("a");
    let client = all.build().unwrap();
    let rows = [
        (echo.sent(client.usual()).await, "Bearer t||"),
        (echo.sent(client.open()).await, "||"),
        // base64 of `user:pass:ü` in UTF-8 (RFC 7617).
        (echo.sent(client.basic()).await, "Basic dXNlcjpwYXNzOsO8||"),
        (echo.sent(client.query()).await, "|||api_key=q%20%26"),
        (echo.sent(client.query().q("x")).await, "|||q=x&api_key=q%20%26"),
        (echo.sent(client.cookie()).await, "||sid=c"),
        (echo.sent(client.cookie().seen("y")).await, "||seen=y; sid=c"),
        (echo.sent(client.all()).await, "Bearer t|k|sid=c|api_key=q%20%26"),
        (echo.sent(client.either()).await, "Bearer a||"),
        (echo.sent(client.optional()).await, "|k|"),
    ];
    rows.iter().for_each(|(received, expected)| echo.same(&credentials(received), expected));
    echo.done();
}

#[tokio::test]
async fn the_first_alternative_that_is_complete_is_used() {
    let echo = Echo::start().await;
    let both = builder(&echo).basic_auth("u", "p").key("k").build().unwrap();
    echo.same(&credentials(&echo.sent(both.usual()).await), "Basic dTpw|k|");
    let half = builder(&echo).key("k").build().unwrap();
    echo.same(&credentials(&echo.sent(half.usual()).await), "||");
    echo.same(&credentials(&echo.sent(half.all()).await), "||");
    echo.same(&credentials(&echo.sent(half.optional()).await), "|k|");
    let second = builder(&echo).oidc_token("o").build().unwrap();
    echo.same(&credentials(&echo.sent(second.either()).await), "Bearer o||");
    echo.same(&credentials(&echo.sent(second.optional()).await), "||");
    echo.done();
}

#[tokio::test]
async fn a_path_and_an_operation_can_have_servers_of_their_own() {
    let echo = Echo::start().await;
    let client = builder(&echo)
        .uploads_url(format!("{}/up", echo.url))
        .files_url(format!("{}/files", echo.url))
        .build()
        .unwrap();
    echo.line(client.usual(), "GET /v1/usual").await;
    echo.line(client.on_path("a"), "GET /up/uploads/a").await;
    echo.line(client.on_operation("a"), "POST /files/uploads/a").await;
    echo.done();
    // Nothing goes to a server that was not named once another was.
    let client = Client::builder().base_url("http://127.0.0.1:9").build().unwrap();
    assert_eq!(client.on_path("a").await.unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn variables_of_servers_have_their_defaults() {
    let echo = Echo::start().await;
    let proxy = client_runtime::reqwest::Proxy::all(&echo.url).unwrap();
    let http = client_runtime::reqwest::Client::builder().proxy(proxy).build().unwrap();
    let client = Client::builder().http_client(http).build().unwrap();
    echo.line(client.usual(), "GET http://eu.example.com:8443/v1/usual").await;
    echo.line(client.on_path("a"), "GET http://uploads.example.com/uploads/a").await;
    echo.line(client.on_operation("a"), "POST http://files.example.com/files/uploads/a").await;
    echo.done();
}

#[tokio::test]
async fn a_relative_server_has_to_be_completed() {
    let echo = Echo::start().await;
    let client = relative::Client::builder().base_url(format!("{}/api/v2", echo.url)).build().unwrap();
    echo.line(client.things(), "GET /api/v2/things").await;
    echo.done();
    let error = relative::Client::builder().build().expect_err("there is no host");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}
