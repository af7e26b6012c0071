//! What most tests of the recipes start from.

use std::{path::PathBuf, sync::LazyLock, time::Duration};

use fault_server::{Github, Operation, Recorded, ReleaseId, Repository};
use github_release_assets::{Client, ClientBuilder, Release, RetryPolicy, reqwest};

pub(super) const TOKEN: &str = "ghp_s3cr3tT0ken";

/// Reading the certificates of the system takes time, so all share what has read them.
static CONNECTIONS: LazyLock<reqwest::Client> =
    LazyLock::new(|| reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap());

/// A GitHub with a repository that has a release, a client that is impatient, and a folder.
pub(super) struct Stage {
    pub(super) github: Github,
    pub(super) repository: Repository,
    pub(super) release_id: ReleaseId,
    pub(super) client: Client,
    pub(super) folder: tempfile::TempDir,
}

impl Stage {
    pub(super) async fn new() -> Self {
        let github = Github::start().await.unwrap();
        let repository = github.repository("octo", "demo");
        repository.require_token(TOKEN);
        let release_id = repository.add_release("v1.2.0");
        let client = builder(&github).build().unwrap();
        Self { github, repository, release_id, client, folder: tempfile::tempdir().unwrap() }
    }

    /// The release, known by its id.
    pub(super) fn release(&self) -> Release {
        self.client.release("octo", "demo", self.release_id)
    }

    /// A path in the folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The requests of an operation so far.
    pub(super) fn requests(&self, operation: Operation) -> Vec<Recorded> {
        self.repository.requests().into_iter().filter(|request| request.operation == operation).collect()
    }

    /// The names of the files in the folder, sorted.
    pub(super) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// A client with a token that waits milliseconds where others wait seconds.
pub(super) fn builder(github: &Github) -> ClientBuilder {
    Client::builder()
        .base_url(github.api_url())
        .uploads_url(github.uploads_url())
        .token(TOKEN)
        .http_client(CONNECTIONS.clone())
        .idle_timeout(Duration::from_millis(500))
        .retry(policy())
}

pub(super) fn policy() -> RetryPolicy {
    let (first, longest) = (Duration::from_millis(1), Duration::from_millis(4));
    RetryPolicy::default().first_delay(first).longest_delay(longest).limit_delay(first)
}

/// Bytes of which no two pieces are the same.
pub(super) fn bytes(length: usize) -> Vec<u8> {
    (0_u32..).flat_map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()).take(length).collect()
}
