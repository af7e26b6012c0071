//! What is required of requests or of responses only (OpenAPI 3.0.3, Schema Object, `readOnly` and `writeOnly`).

use client_runtime::{Maybe, Part};
use emitted::directions::{Client, types::*};

use crate::echo::{Answer, Echo};

const JSON: &[&str] = &["content-type: application/json"];

#[tokio::test]
async fn each_side_needs_only_what_it_has() {
    let echo = Echo::start().await;
    let client = Client::builder().base_url(&echo.url).build().unwrap();
    let user = User::new("Ann").password("secret").hint(Maybe::Null);
    echo.answer(Answer("200 OK", JSON, r#"{"id":"1","name":"Ann","seen":null}"#));
    let sent = r#"{"name":"Ann","password":"secret","hint":null}"#;
    echo.body(client.add_user(&user), "application/json", sent).await;
    echo.answer(Answer("200 OK", JSON, r#"{"id":"1","name":"Ann","seen":null}"#));
    let added = client.add_user(&user).await.unwrap();
    assert_eq!((added.id.as_deref(), added.password, added.seen), (Some("1"), None, Maybe::Null));
    echo.answer(Answer("200 OK", JSON, r#"{"id":"1"}"#));
    echo.body(client.sign_up("Ann"), "application/json", r#"{"name":"Ann"}"#).await;
    let photo = echo.sent(client.photo(Part::from("PNG"))).await;
    assert!(!photo.text().contains("name=\"id\""), "{}", photo.text());
    echo.done();
}

#[test]
fn one_part_of_several_says_it_and_what_is_inside_goes_the_same_way() {
    let device: Device = serde_json::from_str(r#"{"id":1,"owner":{"since":"2026"}}"#).unwrap();
    let since: String = device.owner.unwrap().since;
    assert_eq!((device.id, since.as_str()), (Some(1), "2026"));
    assert_eq!(serde_json::to_string(&Device::default()).unwrap(), "{}");
}

#[test]
fn what_is_only_received_has_all_that_responses_have() {
    let receipt: Receipt = serde_json::from_str(r#"{"id":"1"}"#).unwrap();
    let id: String = receipt.id;
    assert_eq!(id, "1");
    serde_json::from_str::<Receipt>("{}").unwrap_err();
}
