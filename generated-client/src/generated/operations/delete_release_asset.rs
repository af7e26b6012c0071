// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/delete-release-asset",
    method: rt::Method::Delete,
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Delete a release asset
    ///
    /// Removes an asset from its release.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#delete-a-release-asset)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `asset_id`: The number that identifies the asset, as in its `id`.
    ///
    /// Awaiting the request gives nothing but success.
    ///
    /// # Errors
    ///
    /// [`DeleteReleaseAssetError`](super::DeleteReleaseAssetError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// client.delete_release_asset("owner", "repo", 1).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_release_asset(
        &self,
        owner: &str,
        repo: &str,
        asset_id: i64,
    ) -> DeleteReleaseAsset {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("asset_id", asset_id);
        DeleteReleaseAsset { request }
    }
}

/// The request of [`Client::delete_release_asset`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct DeleteReleaseAsset {
    request: rt::Request,
}

impl DeleteReleaseAsset {
    /// The media type to be answered with. GitHub recommends `application/vnd.github+json`.
    ///
    /// Default: `application/vnd.github+json`.
    pub fn accept(mut self, accept: &str) -> Self {
        self.request.accept(accept);
        self
    }

    /// Sets a header of this request, whatever the client and the operation say.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.request.header(name, value);
        self
    }

    /// Sets when this request is sent again, whatever the client says.
    pub fn retry(mut self, policy: rt::RetryPolicy) -> Self {
        self.request.retry(policy);
        self
    }

    /// Sets how long this request may take in all, whatever the client says.
    pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
        self.request.timeout(timeout);
        self
    }

    /// Sends the request and gives the value of the response.
    pub fn send(self) -> rt::Sending<()> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(self) -> rt::Sending<rt::Response<()>> {
        self.request.send_empty()
    }
}

impl IntoFuture for DeleteReleaseAsset {
    type Output = Result<(), rt::Error>;
    type IntoFuture = rt::Sending<()>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::delete_release_asset`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DeleteReleaseAssetError {
    /// 404: There is nothing at this address, or nothing that the token may see: the asset was deleted before,
    /// the release is still a draft, or the repository is private.
    NotFound(Option<types::BasicError>),
}

impl rt::DocumentedError for DeleteReleaseAssetError {
    const OPERATION: &'static str = "repos/delete-release-asset";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}
