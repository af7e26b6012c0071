//! A repository as tests hold it.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;

use crate::asset::{Asset, AssetState, NewAsset, NewRelease, Release, ReleaseId, Stored};
use crate::fault::Fault;
use crate::operation::Origin;
use crate::record::{Entry, Recorded};
use crate::state::{Digests, Keep, Repo, RepoState, Server};
use crate::sync::lock;

/// A repository of the server; clones are the same repository.
#[derive(Debug, Clone)]
pub struct Repository {
    server: Arc<Server>,
    repo: Arc<Repo>,
}

impl Repository {
    pub(crate) fn new(server: Arc<Server>, repo: Arc<Repo>) -> Self {
        Self { server, repo }
    }

    pub(crate) fn repo(&self) -> &Arc<Repo> {
        &self.repo
    }

    fn change<T>(&self, change: impl FnOnce(&mut RepoState) -> T) -> T {
        change(&mut lock(&self.repo.state))
    }

    /// Its `id`, as in `/repositories/ID/…`.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.repo.id
    }

    /// Its owner.
    #[must_use]
    pub fn owner(&self) -> String {
        self.change(|state| state.owner.clone())
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        self.change(|state| state.name.clone())
    }

    /// An address at the origin where nobody should go; requests below it are recorded with this repository.
    #[must_use]
    pub fn elsewhere_url(&self) -> String {
        self.change(|state| format!("{}/{}/{}", self.server.urls.elsewhere, state.owner, state.name))
    }

    /// Gives it another name; requests for the old one are redirected.
    pub fn rename(&self, new: &str) {
        self.server.rename(&self.repo, new);
    }

    /// Forgets releases, assets, settings, faults and records; names and id stay.
    pub fn reset(&self) {
        self.change(|state| *state = RepoState::new(&state.owner, &state.name));
    }

    /// Waits until no request of this repository is being served and no late operation is outstanding. What
    /// is still on its way to the server does not count.
    pub async fn settled(&self) {
        self.repo.settled().await;
    }
}

/// Releases and assets.
impl Repository {
    /// Adds a release; a text is the tag of a published one.
    pub fn add_release(&self, release: impl Into<NewRelease>) -> ReleaseId {
        let id = self.server.new_id();
        let release = Release { id, new: release.into(), created_at: Timestamp::now() };
        self.change(|state| state.releases.push(release));
        id
    }

    /// Adds a complete asset, under exactly this name; gives its id.
    pub fn add_asset(&self, release: ReleaseId, name: &str, bytes: impl Into<Bytes>) -> i64 {
        self.put_asset(release, NewAsset::new(name, bytes))
    }

    /// Adds what a failed upload leaves behind; gives its id.
    pub fn add_leftover(&self, release: ReleaseId, name: &str, state: AssetState) -> i64 {
        self.put_asset(release, NewAsset::new(name, Bytes::new()).state(state))
    }

    /// Adds an asset; gives its id.
    pub fn put_asset(&self, release: ReleaseId, asset: NewAsset) -> i64 {
        let stored = Stored::new(self.server.new_id(), release, asset);
        let id = stored.id;
        self.change(|state| state.assets.insert(id, stored));
        id
    }

    /// Removes an asset; says whether it was there.
    pub fn remove_asset(&self, id: i64) -> bool {
        self.change(|state| state.assets.remove(&id)).is_some()
    }

    /// The assets of a release, leftovers included, in the order of their ids.
    #[must_use]
    pub fn assets(&self, release: ReleaseId) -> Vec<Asset> {
        self.change(|state| state.assets_of(release).map(Stored::snapshot).collect())
    }

    /// The asset of this name, if the release has one.
    #[must_use]
    pub fn asset(&self, release: ReleaseId, name: &str) -> Option<Asset> {
        self.change(|state| state.assets_of(release).find(|asset| asset.name == name).map(Stored::snapshot))
    }
}

/// Settings.
impl Repository {
    /// Wants this token with every request at the API and the uploads origin: all else is answered with 401.
    pub fn require_token(&self, token: impl Into<String>) {
        self.change(|state| state.settings.token = Some(token.into()));
    }

    /// Lets everybody in, as in the beginning.
    pub fn require_no_token(&self) {
        self.change(|state| state.settings.token = None);
    }

    /// Rewrites names at upload and update by another rule than [`github_name`](crate::github_name).
    pub fn set_renaming(&self, renaming: fn(&str) -> String) {
        self.change(|state| state.settings.renaming = renaming);
    }

    /// Sets what is kept of uploaded bytes.
    pub fn set_keep(&self, keep: Keep) {
        self.change(|state| state.settings.keep = keep);
    }

    /// Sets what the JSON of assets says of digests.
    pub fn set_digests(&self, digests: Digests) {
        self.change(|state| state.settings.digests = digests);
    }

    /// Sets the largest size of an asset in bytes; 2 GiB in the beginning.
    pub fn set_size_limit(&self, bytes: u64) {
        self.change(|state| state.settings.size_limit = bytes);
    }

    /// Sets the largest number of assets of a release; 1000 in the beginning.
    pub fn set_asset_limit(&self, assets: usize) {
        self.change(|state| state.settings.asset_limit = assets);
    }

    /// Sets how long a location at the store is good for; 300 seconds in the beginning.
    pub fn set_location_lifetime(&self, lifetime: Duration) {
        self.change(|state| state.settings.location_lifetime = lifetime);
    }

    /// Has the API send the bytes of assets itself, with 200, instead of redirecting to the store.
    pub fn set_streams_bytes(&self, streams: bool) {
        self.change(|state| state.settings.streams_bytes = streams);
    }

    /// Lets so many more requests in at the API; the next ones are refused with 403 until so long from now.
    pub fn set_rate_limit(&self, remaining: u64, reset_in: Duration) {
        self.change(|state| state.rate.restrict(remaining, reset_in));
    }
}

/// Faults.
impl Repository {
    /// Adds a fault. A request is struck by the first fault that waits for it and has let enough pass.
    pub fn inject(&self, fault: impl Into<Fault>) {
        self.change(|state| state.faults.push(fault.into()));
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.change(|state| state.faults.clear());
    }

    /// How many faults did not strike as often as they were to; those without an end do not count.
    #[must_use]
    pub fn faults_left(&self) -> usize {
        self.change(|state| state.faults.iter().filter(|fault| !fault.is_endless()).count())
    }
}

/// Records.
impl Repository {
    /// All requests that named this repository at any origin, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.change(|state| state.entries.iter().map(Entry::snapshot).collect())
    }

    /// The same, and forgets them. What becomes later of a request that is still being served is lost.
    #[must_use]
    pub fn take_requests(&self) -> Vec<Recorded> {
        let entries = self.change(|state| std::mem::take(&mut state.entries));
        entries.iter().map(Entry::snapshot).collect()
    }

    /// Every request that carried this token to the store or elsewhere, in its target or a header; requests
    /// that named no repository are looked at, too. Each is told by its number, origin, method and target.
    #[must_use]
    pub fn token_leaks(&self, token: &str) -> Vec<String> {
        let mut requests = self.requests();
        requests.extend(lock(&self.server.unclaimed).iter().map(Entry::snapshot));
        let astray = requests.iter().filter(|request| {
            matches!(request.origin, Origin::Store | Origin::Elsewhere) && request.mentions(token)
        });
        astray
            .map(|request| {
                let Recorded { number, origin, method, target, .. } = request;
                format!("#{number} {origin}: {method} {target}")
            })
            .collect()
    }
}
