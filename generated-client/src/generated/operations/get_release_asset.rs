// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `GET /repos/{owner}/{repo}/releases/assets/{asset_id}`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/get-release-asset",
    method: rt::Method::Get,
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Get a release asset
    ///
    /// Tells what GitHub knows about one asset: its name, size, state and more.
    ///
    /// The bytes of the file can be had in two ways:
    ///
    /// - In a browser, open the address that stands in `browser_download_url` of the answer.
    /// - In an API client, ask this endpoint with the `Accept` header
    ///   [`application/octet-stream`](https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types).
    ///   Where GitHub can, it streams the bytes at once (`200`); otherwise it redirects to the place where
    ///   they are (`302`). A client has to be ready for both.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#get-a-release-asset)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `asset_id`: The number that identifies the asset, as in its `id`.
    ///
    /// Awaiting the request gives the [`ReleaseAsset`](types::ReleaseAsset).
    ///
    /// # Errors
    ///
    /// [`GetReleaseAssetError`](super::GetReleaseAssetError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let asset = client.get_release_asset("owner", "repo", 1).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_release_asset(
        &self,
        owner: &str,
        repo: &str,
        asset_id: i64,
    ) -> GetReleaseAsset {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("asset_id", asset_id);
        GetReleaseAsset { request }
    }
}

/// The request of [`Client::get_release_asset`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct GetReleaseAsset {
    request: rt::Request,
}

impl GetReleaseAsset {
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

    /// Asks only for what has changed since a response with this `ETag`. If nothing has, the error is of kind
    /// [`NotModified`](rt::ErrorKind::NotModified).
    pub fn if_none_match(mut self, etag: &str) -> Self {
        self.request.if_none_match(etag);
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
    pub fn send(self) -> rt::Sending<types::ReleaseAsset> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(self) -> rt::Sending<rt::Response<types::ReleaseAsset>> {
        self.request.send_json()
    }
}

impl IntoFuture for GetReleaseAsset {
    type Output = Result<types::ReleaseAsset, rt::Error>;
    type IntoFuture = rt::Sending<types::ReleaseAsset>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::get_release_asset`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GetReleaseAssetError {
    /// 404: There is nothing at this address, or nothing that the token may see: the asset was deleted before,
    /// the release is still a draft, or the repository is private.
    NotFound(Option<types::BasicError>),
}

impl rt::DocumentedError for GetReleaseAssetError {
    const OPERATION: &'static str = "repos/get-release-asset";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}
