// @generated from the API description; edits are lost. Regenerate with `cargo xtask codegen`.
//! `POST /repos/{owner}/{repo}/releases/{release_id}/assets`

use client_runtime as rt;
use super::super::{Client, types};

static OPERATION: rt::Operation = rt::Operation {
    id: "repos/upload-release-asset",
    method: rt::Method::Post,
    path: "/repos/{owner}/{repo}/releases/{release_id}/assets",
    server: 1usize,
    accept: "application/vnd.github+json",
    security: &[&[0usize]],
};

impl Client {
    /// Upload a release asset
    ///
    /// Uploads a file and attaches it to a release.
    ///
    /// **Where to.** The address is a
    /// [hypermedia relation](https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#hypermedia),
    /// and every release has its own: it is the `upload_url` in the answer of
    /// [Create a release](https://docs.github.com/rest/releases/releases#create-a-release). A `release_id`
    /// can be found with
    /// [`GET /repos/{owner}/{repo}/releases/latest`](https://docs.github.com/rest/releases/releases#get-the-latest-release).
    /// The HTTP client has to support [SNI](https://en.wikipedia.org/wiki/Server_Name_Indication).
    ///
    /// **What to send.** The request body is the content of the file, byte for byte, and not JSON. Two
    /// headers are required: `Content-Type`, which names the media type of the file, such as
    /// `application/zip` (IANA keeps the
    /// [list of media types](https://www.iana.org/assignments/media-types/media-types.xhtml)), and
    /// `Content-Length`, which most HTTP libraries set by themselves. All else is as in the rest of the
    /// API; authentication, for one, is needed here too.
    ///
    /// **File names.** GitHub renames a file whose name has special or non-alphanumeric characters, or
    /// periods at its beginning or end.
    /// [List release assets](https://docs.github.com/rest/releases/assets#list-release-assets) shows the
    /// new name, and [GitHub Support](https://support.github.com/contact) helps with questions. If the
    /// release already has an asset with the same file name, the upload is an error: delete the old asset
    /// first, then upload again.
    ///
    /// **When it fails.** A failure behind the API is answered with `502 Bad Gateway`. It can leave an
    /// empty asset in the state `starter` behind, which may safely be deleted.
    ///
    /// [API documentation](https://docs.github.com/rest/releases/assets#upload-a-release-asset)
    ///
    /// # Arguments
    ///
    /// - `owner`: The account that owns the repository; upper and lower case are the same.
    /// - `repo`: The repository's name, without `.git` at its end; upper and lower case are the same.
    /// - `release_id`: The number that identifies the release, as in its `id`.
    /// - `name`: The file name that the asset is to have. GitHub turns special characters into dots and drops dots at
    ///   the beginning and the end; the name in the answer is the one that counts.
    /// - `body`: The content of the file, byte for byte, from 1 byte to 2 GiB. Its length must be known before it is
    ///   sent: GitHub takes no chunked bodies.
    ///
    /// Awaiting the request gives the [`ReleaseAsset`](types::ReleaseAsset).
    ///
    /// # Errors
    ///
    /// [`UploadReleaseAssetError`](super::UploadReleaseAssetError) has the documented statuses; [`Error::documented`](rt::Error::documented) gives it.
    /// [`ErrorKind`](rt::ErrorKind) has all that can go wrong.
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let asset = client.upload_release_asset("owner", "repo", 1, "name", "content").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload_release_asset(
        &self,
        owner: &str,
        repo: &str,
        release_id: i64,
        name: &str,
        body: impl Into<rt::Body>,
    ) -> UploadReleaseAsset {
        let mut request = rt::Request::new(self.runtime(), &OPERATION);
        request.path("owner", owner);
        request.path("repo", repo);
        request.path("release_id", release_id);
        request.query("name", name);
        request.file_name(name);
        request.body("application/octet-stream", body.into());
        UploadReleaseAsset { request }
    }
}

/// The request of [`Client::upload_release_asset`]: set what is optional, then send or await it.
#[derive(Debug)]
#[must_use = "a request does nothing until it is sent or awaited"]
pub struct UploadReleaseAsset {
    request: rt::Request,
}

impl UploadReleaseAsset {
    /// A short description, shown in place of the file name.
    pub fn label(mut self, label: &str) -> Self {
        self.request.query("label", label);
        self
    }

    /// The media type to be answered with. GitHub recommends `application/vnd.github+json`.
    ///
    /// Default: `application/vnd.github+json`.
    pub fn accept(mut self, accept: &str) -> Self {
        self.request.accept(accept);
        self
    }

    /// The `upload_url` of the release: a URI template that ends in `{?name,label}`. Where it is given, it
    /// takes the place of the uploads host and of the path. Its origin must be one that the client is
    /// configured for.
    pub fn upload_url(mut self, template: &str) -> Self {
        self.request.url_template(template);
        self
    }

    /// Sets the media type of the body, which is otherwise what the body or the name of a file tells, or else `application/octet-stream`.
    pub fn content_type(mut self, media_type: &str) -> Self {
        self.request.content_type(media_type);
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
    pub fn send_full(self) -> rt::Sending<rt::Response<types::ReleaseAsset>> {
        self.request.send_json()
    }
}

impl IntoFuture for UploadReleaseAsset {
    type Output = Result<types::ReleaseAsset, rt::Error>;
    type IntoFuture = rt::Sending<types::ReleaseAsset>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// The errors that are documented for [`Client::upload_release_asset`].
///
/// A body of another form than the documented one, such as HTML, leaves the status known and the value `None`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum UploadReleaseAssetError {
    /// 422: GitHub refuses the asset. Mostly the release already has one with this file name (code
    /// `already_exists`, field `name`), which may be an empty one left by a failed upload.
    ///
    /// With the code `custom`, the field `size` means that the file is empty or larger than 2 GiB, and the
    /// field `file_count` that the release has 1,000 assets. An immutable release takes no assets at all.
    UnprocessableEntity(Option<types::ValidationError>),
}

impl rt::DocumentedError for UploadReleaseAssetError {
    const OPERATION: &'static str = "repos/upload-release-asset";

    fn decode(status: u16, body: &rt::ErrorBody) -> Option<Self> {
        match status {
            422 => Some(Self::UnprocessableEntity(body.json())),
            _ => None,
        }
    }
}
