// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `GET /repos/{owner}/{repo}/releases/{release_id}/assets`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/list-release-assets",
    method: rt::Method::Get,
    path: "/repos/{owner}/{repo}/releases/{release_id}/assets",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// List release assets
    ///
    /// Lists the assets of a release, page by page.
    ///
    /// The file names are those that GitHub keeps: where it renamed a file at upload, the new name stands
    /// here.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#list-release-assets)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `release_id`: The number that identifies the release, as in its `id`.
    ///
    /// Awaiting the request gives a list of [`ReleaseAsset`](types::ReleaseAsset).
    ///
    /// # Errors
    ///
    /// The API documents none.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let value = client.list_release_assets("owner", "repo", 1).await?;
    /// // Or all pages, each fetched when it is needed:
    /// let mut items = client.list_release_assets("owner", "repo", 1).items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn list_release_assets(
        &self,
        owner: &str,
        repo: &str,
        release_id: i64,
    ) -> ListReleaseAssets {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("release_id", release_id);
        ListReleaseAssets { request }
    }
}

/// The request of [`Client::list_release_assets`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct ListReleaseAssets {
    request: rt::Request,
}

impl ListReleaseAssets {
    /// How many assets to put on a page, at most 100. See
    /// [Using pagination](https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api).
    ///
    /// Default: `30`. Maximum: `100`.
    pub fn per_page(mut self, per_page: i64) -> Self {
        self.request.query("per_page", per_page);
        self
    }

    /// The number of the page to fetch. See
    /// [Using pagination](https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api).
    ///
    /// Default: `1`.
    pub fn page(mut self, page: i64) -> Self {
        self.request.query("page", page);
        self
    }

    /// The media type to be answered with. GitHub recommends `application/vnd.github+json`.
    ///
    /// Default: `application/vnd.github+json`.
    pub fn accept(mut self, accept: &str) -> Self {
        self.request.accept(accept);
        self
    }

    /// All items of this page and of those that follow it, each page asked for when it is needed.
    pub fn items(self) -> rt::Items<types::ReleaseAsset> {
        self.request.items()
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
    pub fn send(self) -> rt::Sending<Vec<types::ReleaseAsset>> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(self) -> rt::Sending<rt::Response<Vec<types::ReleaseAsset>>> {
        self.request.send_json()
    }
}

impl IntoFuture for ListReleaseAssets {
    type Output = Result<Vec<types::ReleaseAsset>, rt::Error>;
    type IntoFuture = rt::Sending<Vec<types::ReleaseAsset>>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}
