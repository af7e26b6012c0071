// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `PATCH /repos/{owner}/{repo}/releases/assets/{asset_id}`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/update-release-asset",
    method: rt::Method::Patch,
    path: "/repos/{owner}/{repo}/releases/assets/{asset_id}",
    server: 0usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Update a release asset
    ///
    /// Changes the file name, the label or the state of an asset.
    ///
    /// This takes push access to the repository.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#update-a-release-asset)
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
    /// The API documents none.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let asset = client.update_release_asset("owner", "repo", 1).name("name").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn update_release_asset(
        &self,
        owner: &str,
        repo: &str,
        asset_id: i64,
    ) -> UpdateReleaseAsset {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("asset_id", asset_id);
        UpdateReleaseAsset {
            request,
            body: None,
        }
    }
}

/// The request of [`Client::update_release_asset`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct UpdateReleaseAsset {
    request: rt::Request,
    body: Option<UpdateReleaseAssetBody>,
}

impl UpdateReleaseAsset {
    /// The media type to be answered with. GitHub recommends `application/vnd.github+json`.
    ///
    /// Default: `application/vnd.github+json`.
    pub fn accept(mut self, accept: &str) -> Self {
        self.request.accept(accept);
        self
    }

    /// The new file name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.body.get_or_insert_default().name = Some(name.into());
        self
    }

    /// A short description, shown in place of the file name.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.body.get_or_insert_default().label = Some(label.into());
        self
    }

    /// The new state of the asset.
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.body.get_or_insert_default().state = Some(state.into());
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
    pub fn send(self) -> rt::Sending<types::ReleaseAsset> {
        rt::value(self.send_full())
    }

    /// Sends the request and gives the value with the status and the headers.
    pub fn send_full(mut self) -> rt::Sending<rt::Response<types::ReleaseAsset>> {
        if let Some(body) = &self.body {
            self.request.json("application/json", body);
        }
        self.request.send_json()
    }
}

impl IntoFuture for UpdateReleaseAsset {
    type Output = Result<types::ReleaseAsset, rt::Error>;
    type IntoFuture = rt::Sending<types::ReleaseAsset>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

#[derive(Debug, Default)]
struct UpdateReleaseAssetBody {
    name: Option<String>,
    label: Option<String>,
    state: Option<String>,
}

rt::object_members! {
    UpdateReleaseAssetBody {
        name optional "name",
        label optional "label",
        state optional "state",
    }
}
