// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `GET /repos/{owner}/{repo}/releases/assets/{asset_id}`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/get-release-asset",
    method: rt::Method::Get,
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    server: 0usize,
    accept: "application/octet-stream",
    security: &[&[0usize]],
};

impl Client {
    /// Get a release asset, as bytes
    ///
    /// Downloads the bytes of the file. GitHub streams them at once, or redirects to a store on another
    /// host; the client follows, and takes neither the token nor other headers of the API there.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#get-a-release-asset)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `asset_id`: The number that identifies the asset, as in its `id`.
    ///
    /// Awaiting the request gives the bytes as a stream, after the status was checked and redirects were followed.
    ///
    /// # Errors
    ///
    /// [`DownloadReleaseAssetError`](super::DownloadReleaseAssetError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let mut stream = client.download_release_asset("owner", "repo", 1).await?;
    /// while let Some(bytes) = stream.chunk().await? {
    ///     println!("{} bytes", bytes.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn download_release_asset(
        &self,
        owner: &str,
        repo: &str,
        asset_id: i64,
    ) -> DownloadReleaseAsset {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("asset_id", asset_id);
        DownloadReleaseAsset { request }
    }
}

/// The request of [`Client::download_release_asset`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct DownloadReleaseAsset {
    request: rt::Request,
}

impl DownloadReleaseAsset {
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
    pub fn send(self) -> rt::Sending<rt::ByteStream> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(self) -> rt::Sending<rt::Response<rt::ByteStream>> {
        self.request.send_bytes()
    }
}

impl IntoFuture for DownloadReleaseAsset {
    type Output = Result<rt::ByteStream, rt::Error>;
    type IntoFuture = rt::Sending<rt::ByteStream>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::download_release_asset`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DownloadReleaseAssetError {
    /// 404: There is nothing at this address, or nothing that the token may see: the asset was deleted before,
    /// the release is still a draft, or the repository is private.
    NotFound(Option<types::BasicError>),
}

impl rt::DocumentedError for DownloadReleaseAssetError {
    const OPERATION: &'static str = "repos/get-release-asset";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}
