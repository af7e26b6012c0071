// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `GET /repos/{owner}/{repo}/releases/tags/{tag}`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/get-release-by-tag",
    method: rt::Method::Get,
    path: "/repos/{owner}/{repo}/releases/tags/{tag}",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Get a release by tag name
    ///
    /// Finds the published release that belongs to a tag; it may be a prerelease.
    ///
    /// A draft is not found: it takes its tag only when it is published. Until then it stands in the
    /// [list of releases](https://docs.github.com/rest/releases/releases#list-releases), for users with
    /// push access.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/releases#get-a-release-by-tag-name)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `tag`: The name of the tag, which may contain slashes, as in `release/1.0`.
    ///
    /// Awaiting the request gives the [`Release`](types::Release).
    ///
    /// # Errors
    ///
    /// [`GetReleaseByTagError`](super::GetReleaseByTagError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let release = client.get_release_by_tag("owner", "repo", "tag").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get_release_by_tag(
        &self,
        owner: &str,
        repo: &str,
        tag: &str,
    ) -> GetReleaseByTag {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("tag", tag);
        GetReleaseByTag { request }
    }
}

/// The request of [`Client::get_release_by_tag`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct GetReleaseByTag {
    request: rt::Request,
}

impl GetReleaseByTag {
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

impl IntoFuture for GetReleaseByTag {
    type Output = Result<types::Release, rt::Error>;
    type IntoFuture = rt::Sending<types::Release>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::get_release_by_tag`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GetReleaseByTagError {
    /// 404: There is nothing at this address, or nothing that the token may see: the asset was deleted before,
    /// the release is still a draft, or the repository is private.
    NotFound(Option<types::BasicError>),
}

impl rt::DocumentedError for GetReleaseByTagError {
    const OPERATION: &'static str = "repos/get-release-by-tag";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            404 => Some(Self::NotFound(body.json())),
            _ => None,
        }
    }
}
