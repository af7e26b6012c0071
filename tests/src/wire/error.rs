//! Errors: the status is never lost, whatever the server says with it.

use client_runtime::DocumentedError;
use github_release_assets::{
    Client, Error, ErrorKind,
    operations::{
        DeleteReleaseAssetError, DownloadReleaseAssetError, GetReleaseAssetError, UploadReleaseAssetError,
    },
};
use serde_json::json;

use super::{JSON, Reply, Server, asset, asset_with, client};

const STATUSES: [&str; 6] = [
    "401 Unauthorized",
    "403 Forbidden",
    "404 Not Found",
    "422 Unprocessable Entity",
    "500 Internal Server Error",
    "502 Bad Gateway",
];
const FULL: &str = r#"{"message":"It Failed","documentation_url":"https://docs.github.com/rest","errors":[{"resource":"ReleaseAsset","field":"name","code":"already_exists"}],"status":"4xx","request_id":"B"}"#;
const KEPT: usize = 64 * 1024;

/// An answer with the headers that GitHub's errors have.
fn failure(status: &str, content_type: &str, body: &str) -> Reply {
    let headers = [
        ("content-type", content_type),
        ("x-github-request-id", "0F2A:5D"),
        ("x-ratelimit-remaining", "0"),
        ("retry-after", "60"),
    ];
    Reply::new(status, &headers, body)
}

async fn get(reply: Reply) -> Error {
    let server = Server::with([reply]).await;
    client(&server).get_release_asset("octo", "demo", 7).await.unwrap_err()
}

async fn upload(reply: Reply) -> Error {
    let server = Server::with([reply]).await;
    client(&server).upload_release_asset("octo", "demo", 1, "a", "x").await.unwrap_err()
}

#[tokio::test]
async fn every_status_with_every_body_keeps_what_came() {
    let large = format!(r#"{{"message":"It Failed","more":"{}"}}"#, "x".repeat(100 * 1024));
    let html = "<!DOCTYPE html><html><head><title>Unicorn!</title></head><body><p>busy</p></body></html>";
    let bodies: [(&str, &str, &str); 7] = [
        (JSON, FULL, ": It Failed: ReleaseAsset.name already_exists"),
        (JSON, r#"{"message":"It Failed"}"#, ": It Failed"),
        (JSON, "{}", ": application/json: {}"),
        (JSON, "", ""),
        ("text/html", html, ": text/html: Unicorn!"),
        (JSON, r#"{"message":"It Fai"#, r#": application/json: {"message":"It Fai"#),
        (JSON, &large, r#": application/json: {"message":"It Failed","more":"xxxxx"#),
    ];
    for status in STATUSES {
        for (content_type, body, text) in bodies {
            let error = get(failure(status, content_type, body)).await;
            assert_eq!(
                (error.kind(), error.operation()),
                (ErrorKind::Status, Some("repos/get-release-asset"))
            );
            assert_eq!(error.status().unwrap().to_string(), status[..3]);
            assert_eq!(error.request_id(), Some("0F2A:5D"));
            let header = |name| error.headers().unwrap().get(name);
            assert_eq!((header("X-RateLimit-Remaining"), header("retry-after")), (Some("0"), Some("60")));
            assert!(error.body() == &body.as_bytes()[..body.len().min(KEPT)]);
            assert_eq!(error.body_truncated(), body.len() > KEPT);
            let said = body.contains(r#""It Failed""#) && body.len() < KEPT;
            assert_eq!(error.message(), said.then_some("It Failed"), "{body:.80}");
            let shown = error.to_string();
            assert!(shown.starts_with(&format!("repos/get-release-asset: {status}{text}")), "{shown}");
            assert!(shown.ends_with(" (request 0F2A:5D)") && shown.len() < 250, "{shown}");
        }
    }
}

#[tokio::test]
async fn a_documented_error_is_typed_and_no_other_status_is() {
    fn found<E: DocumentedError>(error: &Error) -> bool {
        error.documented::<E>().is_some()
    }
    for status in STATUSES {
        for body in [FULL, "", "<html>", r#"{"message":7}"#] {
            let error = get(failure(status, JSON, body)).await;
            let not_found = status.starts_with("404");
            assert_eq!(found::<GetReleaseAssetError>(&error), not_found, "{status} {body}");
            assert_eq!(found::<DownloadReleaseAssetError>(&error), not_found, "the same operation");
            assert!(!found::<DeleteReleaseAssetError>(&error), "of another operation");
            assert!(!found::<UploadReleaseAssetError>(&error), "of another operation");
            let error = upload(failure(status, JSON, body)).await;
            assert_eq!(
                found::<UploadReleaseAssetError>(&error),
                status.starts_with("422"),
                "{status} {body}"
            );
            assert!(!found::<GetReleaseAssetError>(&error), "of another operation");
        }
    }
}

#[tokio::test]
async fn what_is_documented_of_an_error_may_be_missing() {
    let not_found = |body: &'static str| async {
        match get(failure("404 Not Found", JSON, body)).await.documented() {
            Some(GetReleaseAssetError::NotFound(details)) => details,
            other => panic!("{other:?}"),
        }
    };
    let details = not_found(FULL).await.unwrap();
    assert_eq!(details.message.as_deref(), Some("It Failed"));
    assert_eq!(details.documentation_url.as_deref(), Some("https://docs.github.com/rest"));
    assert_eq!(details.request_id.as_deref(), Some("B"));
    assert_eq!(not_found("{}").await.unwrap().message, None);
    for body in ["", "<html>", r#"{"message":"#, "[1]", r#"{"message":7}"#] {
        assert_eq!(not_found(body).await, None, "{body}");
    }
}

#[tokio::test]
async fn a_name_that_is_taken_has_its_code() {
    let body = json!({
        "message": "Validation Failed",
        "request_id": "0F2A:5D",
        "documentation_url": "https://docs.github.com/rest",
        "errors": [{ "resource": "ReleaseAsset", "code": "already_exists", "field": "name" }],
    });
    let error = upload(failure("422 Unprocessable Entity", JSON, &body.to_string())).await;
    let expected = "repos/upload-release-asset: 422 Unprocessable Entity: Validation Failed: \
                    ReleaseAsset.name already_exists (request 0F2A:5D)";
    assert_eq!(error.to_string(), expected);
    let Some(UploadReleaseAssetError::UnprocessableEntity(Some(details))) = error.documented() else {
        panic!("{error:?}")
    };
    let problems = details.errors.unwrap();
    let code = problems[0].code.as_ref().map(|code| code.as_str());
    assert_eq!((problems.len(), problems[0].field.as_deref()), (1, Some("name")));
    assert_eq!((code, problems[0].resource.as_deref()), (Some("already_exists"), Some("ReleaseAsset")));
}

#[tokio::test]
async fn other_422s_are_told_apart() {
    for (errors, code, shown) in [
        (
            json!([{ "field": "size", "code": "custom", "message": "size must be less than 2 GiB" }]),
            "custom",
            "size size must be less",
        ),
        (
            json!([{ "resource": "ReleaseAsset", "field": "file_count", "code": "custom" }]),
            "custom",
            "ReleaseAsset.file_count custom",
        ),
        (json!([{ "field": "name", "code": "cursed" }]), "cursed", "name cursed"),
    ] {
        let body = json!({ "message": "Validation Failed", "errors": errors });
        let error = upload(failure("422 Unprocessable Entity", JSON, &body.to_string())).await;
        assert!(error.to_string().contains(&format!("Validation Failed: {shown}")), "{error}");
        let Some(UploadReleaseAssetError::UnprocessableEntity(Some(details))) = error.documented() else {
            panic!("{error:?}")
        };
        let problems = details.errors.unwrap();
        assert_eq!(problems[0].code.as_ref().unwrap().as_str(), code);
    }
    let text = r#"{"message":"Cannot upload assets to an immutable release."}"#;
    let error = upload(failure("422 Unprocessable Entity", JSON, text)).await;
    assert!(error.to_string().contains("immutable release"), "{error}");
}

#[tokio::test]
async fn control_characters_do_not_reach_a_terminal() {
    let nasty = "a\u{1b}[31mred\u{7}\r\nX: y\0\u{9b}32m\u{7f}\u{85}b";
    let json = json!({ "message": nasty, "errors": [{ "code": nasty, "message": nasty }] }).to_string();
    let html = format!("<title>{nasty}</title>");
    for (content_type, body) in [(JSON, json.as_str()), ("text/html", &html), ("text/plain", nasty)] {
        let error = get(failure("403 Forbidden", content_type, body)).await;
        for shown in [error.to_string(), format!("{error:?}")] {
            assert!(!shown.chars().any(char::is_control), "{shown:?}");
        }
        assert!(error.to_string().contains("[31mred X: y"), "{error}");
        if content_type == JSON {
            assert_eq!(error.message(), Some(nasty), "the program gets what was sent");
        }
    }
    let wrong = asset_with(json!({ "id": nasty })).to_string();
    let error = get(Reply::json(&wrong)).await;
    assert!(!error.to_string().chars().any(char::is_control), "{error:?}");
}

#[tokio::test]
async fn a_body_that_cannot_be_decoded_names_the_place() {
    let wrong = |pointer: &str, value| {
        let mut list = json!([asset(), asset()]);
        *list.pointer_mut(pointer).unwrap() = value;
        list.to_string()
    };
    for (body, text) in [
        (
            wrong("/1/uploader/id", "x".into()),
            "at [1].uploader.id: expected an integer, found the text \"x\"",
        ),
        (wrong("/0/size", json!(1.5)), "at [0].size: expected an integer, found 1.5"),
        (wrong("/0/name", json!(null)), "at [0].name: expected a text, found null"),
        (wrong("/1/id", json!(u64::MAX)), "at [1].id: expected an integer, found 18446744073709551615"),
        (wrong("/1", json!({ "url": "" })), "at [1]: the member"),
        (r#"{"message":"hm"}"#.to_owned(), "the body: expected a list, found an object"),
        (String::new(), "the body: it is empty"),
    ] {
        let headers = [("content-type", JSON), ("x-github-request-id", "0F2A:5D")];
        let server = Server::with([Reply::new("200 OK", &headers, &body)]).await;
        let error = client(&server).list_release_assets("octo", "demo", 1).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.status(), error.request_id()),
            (ErrorKind::Decode, Some(200), Some("0F2A:5D"))
        );
        assert!(
            error.to_string().starts_with("repos/list-release-assets: 200 OK: cannot decode "),
            "{error}"
        );
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.body(), body.as_bytes());
    }
    let error = get(Reply::new("200 OK", &[("content-type", "text/html")], "<html>")).await;
    assert!(error.to_string().contains("text/html"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_that_hangs_up() {
    let client = |url: &str| -> Client { super::builder(url).build().unwrap() };
    let error = client("http://127.0.0.1:9").get_release_asset("octo", "demo", 7).await.unwrap_err();
    assert_eq!((error.kind(), error.is_connect(), error.status()), (ErrorKind::Connect, true, None));
    let server = Server::with([Reply::silence()]).await;
    let error = client(&server.url("")).get_release_asset("octo", "demo", 7).await.unwrap_err();
    assert_eq!((error.kind(), error.is_connect()), (ErrorKind::Transport, false));
    assert!(error.to_string().starts_with("repos/get-release-asset: "), "{error}");
}
