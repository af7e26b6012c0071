//! What the server knows: repositories, their releases, assets, settings, faults and records.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::asset::{Release, Stored};
use crate::fault::{Effect, Fault, Sight};
use crate::operation::Reference;
use crate::rate::Rate;
use crate::record::Entry;
use crate::renaming::github_name;
use crate::sync::lock;

/// The whole server.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) urls: Urls,
    /// What signs the locations at the store.
    pub(crate) secret: String,
    last_id: AtomicI64,
    last_request: AtomicU64,
    directory: Mutex<Directory>,
    /// Requests that name no repository of the server.
    pub(crate) unclaimed: Mutex<Vec<Entry>>,
    /// Operations that are carried out later than their answers.
    /// Nothing once the server has stopped.
    late: Mutex<Option<JoinSet<()>>>,
}

/// The origins, without a slash at the end.
#[derive(Debug)]
pub(crate) struct Urls {
    pub(crate) api: String,
    pub(crate) uploads: String,
    pub(crate) store: String,
    pub(crate) elsewhere: String,
}

/// Repositories by all names that they ever had, in lower case, and by their ids.
#[derive(Debug, Default)]
struct Directory {
    by_name: HashMap<(String, String), Arc<Repo>>,
    by_id: HashMap<i64, Arc<Repo>>,
}

impl Server {
    pub(crate) fn new(urls: Urls) -> Self {
        Self {
            secret: format!("{urls:?} since {:?}", Instant::now()),
            urls,
            // Real ids passed 2³² long ago.
            last_id: AtomicI64::new(5_000_000_000),
            last_request: AtomicU64::new(0),
            directory: Mutex::default(),
            unclaimed: Mutex::default(),
            late: Mutex::new(Some(JoinSet::new())),
        }
    }

    pub(crate) fn new_id(&self) -> i64 {
        self.last_id.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The number of the next request.
    pub(crate) fn new_request(&self) -> u64 {
        self.last_request.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The repository that has or had this name, created if there is none.
    pub(crate) fn repository(&self, owner: &str, name: &str) -> Arc<Repo> {
        let mut directory = lock(&self.directory);
        if let Some(repo) = directory.by_name.get(&key(owner, name)) {
            return Arc::clone(repo);
        }
        let repo = Arc::new(Repo::new(self.new_id(), owner, name));
        directory.by_id.insert(repo.id, Arc::clone(&repo));
        directory.by_name.insert(key(owner, name), Arc::clone(&repo));
        repo
    }

    pub(crate) fn find(&self, reference: &Reference) -> Option<Arc<Repo>> {
        let directory = lock(&self.directory);
        match reference {
            Reference::Name { owner, name } => directory.by_name.get(&key(owner, name)).cloned(),
            Reference::Id(id) => directory.by_id.get(id).cloned(),
        }
    }

    /// Gives a repository another name; it keeps the old ones until others take them.
    pub(crate) fn rename(&self, repo: &Arc<Repo>, new: &str) {
        let mut state = lock(&repo.state);
        new.clone_into(&mut state.name);
        lock(&self.directory).by_name.insert(key(&state.owner, new), Arc::clone(repo));
    }

    pub(crate) fn forget(&self, repo: &Arc<Repo>) {
        let mut directory = lock(&self.directory);
        directory.by_id.remove(&repo.id);
        directory.by_name.retain(|_, other| other.id != repo.id);
    }

    pub(crate) fn clear(&self) {
        *lock(&self.directory) = Directory::default();
        lock(&self.unclaimed).clear();
    }

    /// Runs something on its own until the server is dropped.
    pub(crate) fn later(&self, work: impl Future<Output = ()> + Send + 'static) {
        if let Some(late) = lock(&self.late).as_mut() {
            while late.try_join_next().is_some() {}
            late.spawn(work);
        }
    }

    pub(crate) fn stop(&self) {
        lock(&self.late).take();
    }
}

fn key(owner: &str, name: &str) -> (String, String) {
    (owner.to_lowercase(), name.to_lowercase())
}

/// A repository.
#[derive(Debug)]
pub(crate) struct Repo {
    pub(crate) id: i64,
    pub(crate) state: Mutex<RepoState>,
    /// How many exchanges and late operations are under way.
    busy: watch::Sender<usize>,
}

/// What changes in a repository.
#[derive(Debug)]
pub(crate) struct RepoState {
    pub(crate) owner: String,
    pub(crate) name: String,
    pub(crate) releases: Vec<Release>,
    pub(crate) assets: BTreeMap<i64, Stored>,
    pub(crate) settings: Settings,
    pub(crate) faults: Vec<Fault>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) rate: Rate,
}

/// How a repository behaves.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) token: Option<String>,
    pub(crate) renaming: fn(&str) -> String,
    pub(crate) keep: Keep,
    pub(crate) digests: Digests,
    pub(crate) size_limit: u64,
    pub(crate) asset_limit: usize,
    pub(crate) location_lifetime: Duration,
    pub(crate) streams_bytes: bool,
}

/// What is kept of uploaded bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keep {
    /// All of them.
    #[default]
    Bytes,
    /// Their number and their digest: such an asset cannot be downloaded.
    Digest,
}

/// What the JSON of an asset says of its digest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Digests {
    /// What it is.
    #[default]
    Present,
    /// `null`, as for assets from before there were digests.
    Null,
    /// Nothing: there is no such field, as in answers of 2022.
    Absent,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: None,
            renaming: github_name,
            keep: Keep::default(),
            digests: Digests::default(),
            size_limit: 2_147_483_648,
            asset_limit: 1000,
            location_lifetime: Duration::from_secs(300),
            streams_bytes: false,
        }
    }
}

impl Repo {
    fn new(id: i64, owner: &str, name: &str) -> Self {
        Self { id, state: Mutex::new(RepoState::new(owner, name)), busy: watch::Sender::new(0) }
    }

    /// The effect of the first fault that strikes a request, if one does.
    pub(crate) fn strike(&self, sight: &Sight<'_>) -> Option<Effect> {
        let mut state = lock(&self.state);
        let mut effect = None;
        for fault in state.faults.iter_mut().filter(|fault| fault.matches(sight)) {
            if !fault.lets_pass() && effect.is_none() {
                fault.strikes();
                effect = Some(fault.effect.clone());
            }
        }
        state.faults.retain(|fault| !fault.is_used_up());
        effect
    }

    /// Counts as under way until the guard is dropped.
    pub(crate) fn begin(self: &Arc<Self>) -> Busy {
        self.busy.send_modify(|count| *count += 1);
        Busy(Arc::clone(self))
    }

    /// Waits until nothing is under way.
    pub(crate) async fn settled(&self) {
        // The sender is `self`, so it is there as long as anybody waits.
        let _ = self.busy.subscribe().wait_for(|count| *count == 0).await;
    }
}

/// Something that is under way.
pub(crate) struct Busy(Arc<Repo>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.send_modify(|count| *count -= 1);
    }
}

impl RepoState {
    pub(crate) fn new(owner: &str, name: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            name: name.to_owned(),
            releases: Vec::new(),
            assets: BTreeMap::new(),
            settings: Settings::default(),
            faults: Vec::new(),
            entries: Vec::new(),
            rate: Rate::default(),
        }
    }

    pub(crate) fn release(&self, id: i64) -> Option<&Release> {
        self.releases.iter().find(|release| release.id == id)
    }

    /// The assets of a release in the order of their ids, leftovers included.
    pub(crate) fn assets_of(&self, release: i64) -> impl Iterator<Item = &Stored> {
        self.assets.values().filter(move |asset| asset.release == release)
    }

    /// Whether another asset of the release has this name.
    pub(crate) fn is_taken(&self, release: i64, name: &str, except: Option<i64>) -> bool {
        self.assets_of(release).any(|asset| asset.name == name && Some(asset.id) != except)
    }

    /// Whether the assets of a release are frozen.
    pub(crate) fn is_immutable(&self, release: i64) -> bool {
        self.release(release).is_some_and(|release| release.new.immutable)
    }
}
