//! What holds for every request: user agent, token, request id, rate limit, entity tags, old names.

use std::time::Duration;

use crate::raw::{Scene, ask, get};

#[tokio::test]
async fn a_request_without_user_agent_is_refused() {
    let scene = Scene::start().await;
    for ask in [ask("GET", scene.list_url()), scene.upload("?name=a", "x")] {
        assert_eq!(ask.without("user-agent").send().await.status, 403);
    }
    let id = scene.repository.add_asset(scene.release, "a", "bytes");
    let location = scene.location(id).await;
    assert_eq!(
        ask("GET", location).without("user-agent").send().await.status,
        200,
        "the store does not mind"
    );
}

#[tokio::test]
async fn only_the_required_token_opens_api_and_uploads() {
    let scene = Scene::start().await;
    scene.repository.require_token("right");
    let table = [
        (None, 401, "Requires authentication"),
        (Some("Bearer wrong"), 401, "Bad credentials"),
        (Some("right"), 401, "Requires authentication"),
        (Some("Basic right"), 401, "Bad credentials"),
        (Some("Bearer right"), 200, ""),
        (Some("token right"), 200, ""),
    ];
    for (credentials, status, message) in table {
        let asks = [ask("GET", scene.list_url()), scene.upload("?name=a", "x")];
        for (index, mut ask) in asks.into_iter().enumerate() {
            if let Some(credentials) = credentials {
                ask = ask.header("authorization", credentials);
            }
            let got = ask.send().await;
            if status == 401 {
                assert_eq!(
                    (got.status, got.json()["message"].as_str()),
                    (401, Some(message)),
                    "{credentials:?}"
                );
            } else if index == 0 {
                assert_eq!(got.status, 200, "{credentials:?}");
            } else {
                assert_ne!(got.status, 401, "{credentials:?}");
            }
        }
    }
    scene.repository.require_token("new");
    let got = ask("GET", scene.list_url()).header("authorization", "Bearer right").send().await;
    assert_eq!(got.status, 401, "the token can be changed");
    scene.repository.require_no_token();
    assert_eq!(get(scene.list_url()).await.status, 200);
}

#[tokio::test]
async fn answers_have_a_request_id_and_those_of_the_api_a_rate_limit() {
    let scene = Scene::start().await;
    let first = get(scene.list_url()).await;
    let second = get(scene.list_url()).await;
    assert_eq!(first.header("x-ratelimit-limit"), Some("5000"));
    assert_eq!(first.header("x-ratelimit-remaining"), Some("4999"));
    assert_eq!(second.header("x-ratelimit-remaining"), Some("4998"));
    assert_eq!(second.header("x-ratelimit-used"), Some("2"));
    assert_ne!(first.header("x-github-request-id").unwrap(), second.header("x-github-request-id").unwrap());

    let upload = scene.upload("?name=a", "x").send().await;
    assert_eq!((upload.status, upload.header("x-ratelimit-remaining")), (201, None));
    assert!(upload.header("x-github-request-id").is_some());
    for got in [&first, &upload] {
        assert_eq!(got.header("x-github-media-type"), Some("github.v3; format=json"));
    }
    let missing = get(scene.api("releases/tags/none")).await;
    assert_eq!((missing.status, missing.header("x-ratelimit-remaining")), (404, Some("4997")));
    let recorded = scene.repository.requests();
    assert_eq!(Some(recorded[0].request_id.as_str()), first.header("x-github-request-id"));
}

#[tokio::test]
async fn a_set_rate_limit_is_enforced_and_lifted() {
    let scene = Scene::start().await;
    scene.repository.set_rate_limit(1, Duration::from_secs(1000));
    let last = get(scene.list_url()).await;
    assert_eq!((last.status, last.header("x-ratelimit-remaining")), (200, Some("0")));
    let refused = get(scene.list_url()).await;
    assert_eq!((refused.status, refused.header("x-ratelimit-remaining")), (403, Some("0")));
    assert!(refused.json()["message"].as_str().unwrap().contains("rate limit exceeded"));
    assert_eq!(scene.upload("?name=a", "x").send().await.status, 201, "uploads are not limited");
    scene.repository.set_rate_limit(0, Duration::ZERO);
    assert_eq!(get(scene.list_url()).await.status, 200);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "bytes");
    for url in [scene.list_url(), scene.asset_url(id), scene.api("releases/latest")] {
        let first = get(&url).await;
        let tag = first.header("etag").unwrap();
        for (known, status) in [(tag, 304), ("\"other\"", 200), (&format!("\"x\", {tag}"), 304), ("*", 304)] {
            let again = ask("GET", &url).header("if-none-match", known).send().await;
            assert_eq!((again.status, again.body.is_empty()), (status, status == 304), "{url} {known}");
            assert_eq!(again.header("etag"), Some(tag));
        }
        let counts = |used: &str| used.parse::<u32>().unwrap();
        let before = counts(get(&url).await.header("x-ratelimit-used").unwrap());
        ask("GET", &url).header("if-none-match", tag).send().await;
        assert_eq!(counts(get(&url).await.header("x-ratelimit-used").unwrap()), before + 1, "a 304 is free");
    }
    let list = scene.list_url();
    let tag = get(&list).await.header("etag").unwrap().to_owned();
    scene.repository.add_asset(scene.release, "b", "bytes");
    assert_eq!(ask("GET", list).header("if-none-match", tag).send().await.status, 200);
}

#[tokio::test]
async fn a_renamed_repository_redirects_on_the_same_host() {
    let scene = Scene::start().await;
    let id = scene.repository.add_asset(scene.release, "a", "bytes");
    scene.repository.rename("novel");
    let (api, uploads, number) = (scene.github.api_url(), scene.github.uploads_url(), scene.repository.id());
    let release = scene.release;
    let table = [
        (
            ask("GET", scene.api("releases/latest")),
            301,
            format!("{api}/repositories/{number}/releases/latest"),
        ),
        (
            ask("GET", format!("{}?page=2", scene.list_url())),
            301,
            format!("{api}/repositories/{number}/releases/{release}/assets?page=2"),
        ),
        (
            ask("PATCH", scene.asset_url(id)).body("{}"),
            307,
            format!("{api}/repositories/{number}/releases/assets/{id}"),
        ),
        (
            ask("DELETE", scene.asset_url(id)),
            307,
            format!("{api}/repositories/{number}/releases/assets/{id}"),
        ),
        (
            scene.upload("?name=a%20b", "x"),
            307,
            format!("{uploads}/repositories/{number}/releases/{release}/assets?name=a%20b"),
        ),
    ];
    for (ask, status, location) in table {
        let got = ask.send().await;
        assert_eq!((got.status, got.header("location")), (status, Some(location.as_str())));
        assert_eq!(got.json()["url"], location);
    }
    assert_eq!(scene.repository.assets(release).len(), 1, "nothing was done");
    assert_eq!(get(format!("{api}/repositories/{number}/releases/latest")).await.status, 200);
    assert_eq!(get(format!("{api}/repos/OCTO/Novel/releases/latest")).await.status, 200);
}

#[tokio::test]
async fn what_is_unknown_is_not_found() {
    let scene = Scene::start().await;
    let api = scene.github.api_url();
    let urls = [
        format!("{api}/"),
        format!("{api}/repos/octo/other/releases/latest"),
        format!("{api}/repositories/1/releases/latest"),
        scene.api("issues"),
        scene.api("releases/7"),
        scene.api("releases/7/assets"),
        scene.asset_url(7),
    ];
    for url in urls {
        let got = get(&url).await;
        assert_eq!((got.status, got.json()["message"].as_str()), (404, Some("Not Found")), "{url}");
    }
    let at_api = ask("POST", format!("{}?name=a", scene.list_url())).header("content-type", "a/b").body("x");
    assert_eq!(at_api.send().await.status, 404, "the API takes no uploads");
    let list_at_uploads = scene.list_url().replace(api, scene.github.uploads_url());
    assert_eq!(get(list_at_uploads).await.status, 404);
}
