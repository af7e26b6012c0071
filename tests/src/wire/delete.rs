//! Deletions.

use github_release_assets::{ErrorKind, operations::DeleteReleaseAssetError};

use super::{JSON, Reply, Server, client};

#[tokio::test]
async fn no_content_is_success() {
    let server =
        Server::with([Reply::part("204 No Content", &[("x-github-request-id", "0F2A:1")], "")]).await;
    let response = client(&server).delete_release_asset("octo", "demo", 7).send_full().await.unwrap();
    assert_eq!((response.status(), response.request_id()), (204, Some("0F2A:1")));
    let got = server.only();
    assert_eq!(got.line(), "DELETE /repos/octo/demo/releases/assets/7");
    assert_eq!((got.header("content-length"), got.header("content-type")), (None, None));
}

#[tokio::test]
async fn what_is_gone_already_is_a_typed_error() {
    let body = r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}"#;
    let server = Server::with([Reply::new("404 Not Found", &[("content-type", JSON)], body)]).await;
    let error = client(&server).delete_release_asset("octo", "demo", 7).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(404)));
    let Some(DeleteReleaseAssetError::NotFound(Some(details))) = error.documented() else {
        panic!("{error:?}")
    };
    assert_eq!((details.message.as_deref(), details.status.as_deref()), (Some("Not Found"), Some("404")));
}
