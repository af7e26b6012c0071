// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `GET /repos/{owner}/{repo}/releases/latest`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/get-latest-release",
    method: rt::Method::Get,
    path: "/repos/{owner}/{repo}/releases/latest",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Get the latest release
    ///
    /// Finds the newest release of the repository that is neither a draft nor a prerelease. A repository
    /// that has no such release answers with 404, even if it has drafts and prereleases.
    ///
    /// A release becomes the newest when it is published, unless its publisher says otherwise. Else
    /// `created_at` decides, which is the date of the commit behind the release, and not the date when it
    /// was drafted or published.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/releases#get-the-latest-release)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    ///
    /// Awaiting the request gives the [`Release`](types::Release).
    ///
    /// # Errors
    ///
    /// [`GetLatestReleaseError`](super::GetLatestReleaseError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let release = client.get_latest_release("owner", "repo").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_latest_release(&self, owner: &str, repo: &str) -> GetLatestRelease {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        GetLatestRelease { request }
    }
}

/// The request of [`Client::get_latest_release`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct GetLatestRelease {
    request: rt::Request,
}

impl GetLatestRelease {
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
    pub fn send(self) -> rt::Sending<types::Release> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(self) -> rt::Sending<rt::Response<types::Release>> {
        self.request.send_json()
    }
}

impl IntoFuture for GetLatestRelease {
    type Output = Result<types::Release, rt::Error>;
    type IntoFuture = rt::Sending<types::Release>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::get_latest_release`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GetLatestReleaseError {
    /// 404: There is nothing at this address, or nothing that the token may see: the asset was deleted before,
    /// the release is still a draft, or the repository is private.
    NotFound(Option<types::BasicError>),
}

impl rt::DocumentedError for GetLatestReleaseError {
    const OPERATION: &'static str = "repos/get-latest-release";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}
