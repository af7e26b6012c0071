//! Questions about errors that every release tool asks.

use crate::{Error, types::ValidationError};

/// Whether an upload was refused because the release already has an asset with that file name.
///
/// GitHub answers 422 then, with the code `already_exists` for the field `name`. The asset in the way may be an
/// empty one that a failed upload left behind; the list of assets shows it, with another
/// [`state`](crate::types::ReleaseAssetState) than `uploaded`.
///
/// ```no_run
/// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
/// match client.upload_release_asset("octo", "demo", 1, "notes.txt", "All is new.").await {
///     Ok(asset) => println!("uploaded {}", asset.name),
///     Err(error) if github_release_assets::is_already_exists(&error) => println!("it is there already"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub fn is_already_exists(error: &Error) -> bool {
    if error.status() != Some(422) {
        return false;
    }
    let problems = error.json::<ValidationError>().and_then(|details| details.errors).unwrap_or_default();
    problems.iter().any(|problem| {
        problem.field.as_deref() == Some("name")
            && problem.code.as_ref().is_some_and(|code| code.as_str() == "already_exists")
    })
}

/// Whether GitHub answered 404: what was asked for is not there, or the token may not see it.
///
/// ```no_run
/// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
/// match client.delete_release_asset("octo", "demo", 1).await {
///     Ok(()) => println!("deleted"),
///     Err(error) if github_release_assets::is_not_found(&error) => println!("there was none"),
///     Err(error) => return Err(error),
/// }
/// # Ok(())
/// # }
/// ```
pub fn is_not_found(error: &Error) -> bool {
    error.status() == Some(404)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Client, test_server::answering};

    /// The error of an upload that is answered so.
    async fn refused(status: u16, body: &'static str) -> Error {
        let (origin, server) = answering(vec![(status, body)]);
        let client = Client::builder().uploads_url(origin).build().unwrap();
        let error =
            client.upload_release_asset("octo", "demo", 1, "notes.txt", "All is new.").await.unwrap_err();
        server.join().unwrap();
        error
    }

    #[tokio::test]
    async fn only_a_name_that_is_taken_already_exists() {
        let taken =
            r#"{"errors":[{"field":"size","code":"custom"},{"field":"name","code":"already_exists"}]}"#;
        assert!(is_already_exists(&refused(422, taken).await));
        for (status, body) in [
            (400, taken),
            (422, r#"{"errors":[{"field":"label","code":"already_exists"}]}"#),
            (422, r#"{"errors":[{"field":"name","code":"invalid"}]}"#),
            (422, r#"{"message":"Validation Failed"}"#),
            (422, "<html>"),
        ] {
            assert!(!is_already_exists(&refused(status, body).await), "{status} {body}");
        }
    }

    #[tokio::test]
    async fn only_404_is_not_found() {
        assert!(is_not_found(&refused(404, "<html>").await));
        assert!(!is_not_found(&refused(410, "").await));
    }
}
