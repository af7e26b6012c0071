//! A release, as a handle that its files are moved with.

use std::{fmt, sync::Arc};

use crate::{Client, Error, Items, types};

impl Client {
    /// Finds a release by its tag.
    ///
    /// GitHub finds no drafts this way, whose tag does not exist yet: use [`release`](Self::release) with the id that
    /// the draft was created with.
    ///
    /// # Errors
    /// There is no such release, or none that the token may see: [`is_not_found`](crate::is_not_found) is true then.
    /// Or the request failed.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let release = client.find_release("octo", "demo", "v1.2.0").await?;
    /// println!("release {}", release.id());
    /// # Ok(())
    /// # }
    /// ```
    pub fn find_release(
        &self,
        owner: &str,
        repo: &str,
        tag: &str,
    ) -> impl Future<Output = Result<Release, Error>> + Send + use<> {
        let handle = self.release(owner, repo, 0);
        let request = self.get_release_by_tag(owner, repo, tag);
        async move { Ok(handle.with_details(request.send().await?)) }
    }

    /// Finds the latest release: the one that its repository shows as such, never a draft or a prerelease.
    ///
    /// # Errors
    /// The repository has no release, or none that the token may see: [`is_not_found`](crate::is_not_found) is true
    /// then. Or the request failed.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let release = client.find_latest_release("octo", "demo").await?;
    /// release.download_to("tool.tar.gz", "out/tool.tar.gz").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn find_latest_release(
        &self,
        owner: &str,
        repo: &str,
    ) -> impl Future<Output = Result<Release, Error>> + Send + use<> {
        let handle = self.release(owner, repo, 0);
        let request = self.get_latest_release(owner, repo);
        async move { Ok(handle.with_details(request.send().await?)) }
    }

    /// The release with an id, without asking whether there is one. This is the way to a draft.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let uploaded = client.release("octo", "demo", 1).upload_file("dist/tool.tar.gz").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn release(&self, owner: &str, repo: &str, id: i64) -> Release {
        Release { client: self.clone(), owner: owner.into(), repo: repo.into(), id, details: None }
    }
}

/// A release of a repository, and the client that its files are uploaded and downloaded with. Cloning it is cheap.
///
/// [`Client::find_release`], [`Client::find_latest_release`] and [`Client::release`] give one.
#[derive(Clone)]
pub struct Release {
    client: Client,
    owner: Arc<str>,
    repo: Arc<str>,
    id: i64,
    details: Option<Arc<types::Release>>,
}

impl Release {
    /// The number that identifies the release.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The account that owns the repository, as it was given.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The repository's name, as it was given.
    pub fn repo(&self) -> &str {
        &self.repo
    }

    /// The client that the release was asked from.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What GitHub told when the release was looked up; `None` if only its id was given.
    ///
    /// ```no_run
    /// # async fn example(client: github_release_assets::Client) -> Result<(), github_release_assets::Error> {
    /// let release = client.find_latest_release("octo", "demo").await?;
    /// if let Some(details) = release.details() {
    ///     println!("{} of {:?}", details.tag_name, details.published_at);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn details(&self) -> Option<&types::Release> {
        self.details.as_deref()
    }

    /// All assets that the release has now, also those that a failed upload has left behind: a
    /// [`state`](types::ReleaseAsset::state) other than `uploaded` and `open` tells them. A page of a hundred is
    /// asked for when it is needed.
    ///
    /// ```no_run
    /// # async fn example(release: github_release_assets::Release) -> Result<(), github_release_assets::Error> {
    /// let mut assets = release.assets();
    /// while let Some(asset) = assets.next().await.transpose()? {
    ///     println!("{} {} {}", asset.id, asset.size, asset.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn assets(&self) -> Items<types::ReleaseAsset> {
        self.client.list_release_assets(&self.owner, &self.repo, self.id).per_page(100).items()
    }

    fn with_details(self, details: types::Release) -> Self {
        Self { id: details.id, details: Some(Arc::new(details)), ..self }
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Release");
        out.field("owner", &self.owner)
            .field("repo", &self.repo)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
