//! What is remembered, and what it says of tokens that went astray.

use fault_server::{Operation, Origin, Outcome};
use http::Method;

use crate::raw::{Scene, ask, get};

#[tokio::test]
async fn every_request_is_recorded_with_its_body_and_its_end() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    ask("PATCH", scene.asset_url(id)).body(r#"{"label":"x"}"#).header("x-one", "1").send().await;
    get(scene.location(id).await).await;
    let requests = scene.repository.requests();
    let told: Vec<_> = requests
        .iter()
        .map(|request| (request.origin, request.operation, request.outcome, request.body_length))
        .collect();
    let expected = [
        (Origin::Api, Operation::UpdateAsset, Outcome::Answered(200), 13),
        (Origin::Api, Operation::DownloadAsset, Outcome::Answered(302), 0),
        (Origin::Store, Operation::FetchBytes, Outcome::Answered(200), 0),
    ];
    assert_eq!(told, expected);
    let first = &requests[0];
    assert_eq!((&first.method, first.header("x-one")), (&Method::PATCH, Some("1")));
    assert_eq!(first.target, format!("/repos/octo/demo/releases/assets/{id}"));
    assert_eq!(first.body, r#"{"label":"x"}"#);
    assert!(requests.is_sorted_by_key(|request| (request.number, request.arrived)));
    assert_eq!(scene.repository.take_requests().len(), 3);
    assert!(scene.repository.requests().is_empty());
}

#[tokio::test]
async fn a_token_at_the_store_or_elsewhere_is_told() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "abc");
    let location = scene.location(id).await;
    ask("GET", scene.list_url()).header("authorization", "Bearer s3cr3t").send().await;
    get(&location).await;
    assert_eq!(scene.repository.token_leaks("s3cr3t"), [""; 0]);
    let unnamed = format!("{}/x?key=s3cr3t", scene.github.elsewhere_url());
    let table = [
        ask("GET", &location).header("authorization", "Bearer s3cr3t"),
        ask("GET", format!("{location}&t=s3cr3t")),
        ask("POST", scene.repository.elsewhere_url()).header("x-any", "s3cr3t").body("x"),
        ask("GET", &unnamed),
    ];
    for (index, ask) in table.into_iter().enumerate() {
        ask.send().await;
        let leaks = scene.repository.token_leaks("s3cr3t");
        assert_eq!(leaks.len(), index + 1, "{ask:?}: {leaks:?}");
    }
    assert!(scene.repository.token_leaks("s3cr3t")[2].contains("elsewhere: POST /octo/demo"));
    assert_eq!(scene.github.unclaimed().len(), 1);
}
