//! Thousands of random fault schedules, and the promises that hold in each.
//!
//! `SCHEDULES=10000 cargo test --workspace recipes::random` runs so many; `SEED=7 SCHEDULES=1` runs one again.

mod download;
mod faults;
mod replace;
mod upload;

use std::{
    env,
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use fastrand::Rng;
use fault_server::{Asset, Github, Repository};
use github_release_assets::{Client, Release, reqwest, runtime::RetryPolicy};
use tempfile::TempDir;
use tokio::task::JoinSet;

use super::TOKEN;

/// How many schedules run unless `SCHEDULES` says otherwise.
const SCHEDULES: u64 = 2_000;

/// How many of them run at a time: most of the time they wait.
const AT_A_TIME: usize = 64;

/// The most that the process may hold in memory in the end, server and all: without bounds in the client, the endless
/// error bodies alone would take many times as much.
const MEMORY: u64 = 768 << 20;

/// Names that GitHub keeps, and names that it rewrites.
const NAMES: [&str; 5] = ["tool.tar.gz", "my tool (1).zip", ".hidden", "ünïcode.bin", "a+b.txt"];

#[test]
fn promises_hold_whatever_goes_wrong() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let (first, count) = (number("SEED").unwrap_or_default(), number("SCHEDULES").unwrap_or(SCHEDULES));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let github = Arc::new(Github::start_on_thread().unwrap());
    let next = Arc::new(AtomicU64::new(first));
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    runtime.block_on(async {
        let mut workers = JoinSet::new();
        for worker in 0..AT_A_TIME {
            let (github, next, http) = (github.clone(), next.clone(), http.clone());
            workers.spawn(async move {
                let place = Place::new(&github, &format!("demo-{worker}"), http);
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count {
                        break;
                    }
                    let ended = tokio::spawn(run(seed, place.clone())).await;
                    assert!(
                        ended.is_ok(),
                        "to repeat it: SEED={seed} SCHEDULES=1 cargo test --workspace recipes::random"
                    );
                }
            });
        }
        while let Some(worker) = workers.join_next().await {
            if let Err(error) = worker {
                std::panic::resume_unwind(error.into_panic());
            }
        }
    });
    if let Some(memory) = most_memory() {
        assert!(memory < MEMORY, "{} MiB were in use", memory >> 20);
    }
}

/// Runs one schedule.
async fn run(seed: u64, place: Place) {
    let mut rng = Rng::with_seed(seed);
    place.repository.reset();
    place.repository.require_token(TOKEN);
    let run = async {
        match rng.u8(0..3) {
            0 => upload::run(&mut rng, &place).await,
            1 => replace::run(&mut rng, &place).await,
            _ => download::run(&mut rng, &place).await,
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(120), run).await;
    assert!(ended.is_ok(), "it does not end");
    let leaks = place.repository.token_leaks(TOKEN);
    assert!(leaks.is_empty(), "{leaks:?}");
}

/// A repository and a folder for schedules that run one after the other.
#[derive(Clone)]
struct Place {
    repository: Repository,
    folder: Arc<TempDir>,
    urls: [String; 2],
    http: reqwest::Client,
}

impl Place {
    fn new(github: &Github, name: &str, http: reqwest::Client) -> Self {
        Self {
            repository: github.repository("octo", name),
            folder: Arc::new(tempfile::tempdir().unwrap()),
            urls: [github.api_url().to_owned(), github.uploads_url().to_owned()],
            http,
        }
    }

    /// A client that gives up soon.
    fn hasty(&self) -> Client {
        self.client(3, Duration::from_millis(120))
    }

    /// A client that has the time for a server that is well.
    fn patient(&self) -> Client {
        self.client(4, Duration::from_secs(5))
    }

    fn client(&self, attempts: u32, idle: Duration) -> Client {
        let delay = Duration::from_millis(1);
        let policy = RetryPolicy::default()
            .attempts(attempts)
            .first_delay(delay)
            .longest_delay(2 * delay)
            .limit_delay(delay)
            .longest_wait(Duration::from_millis(500));
        let [api, uploads] = &self.urls;
        let builder = Client::builder().base_url(api).uploads_url(uploads).token(TOKEN);
        builder.http_client(self.http.clone()).idle_timeout(idle).retry(policy).build().unwrap()
    }

    fn release(&self, client: &Client, id: i64) -> Release {
        client.release("octo", &self.repository.name(), id)
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Waits until the server has done what it was asked for, and mends it.
    async fn mend(&self) {
        self.repository.clear_faults();
        let settled = tokio::time::timeout(Duration::from_secs(60), self.repository.settled()).await;
        assert!(settled.is_ok(), "the server has not come to rest");
    }

    /// The complete assets of a release.
    fn complete(&self, release: i64) -> Vec<Asset> {
        let assets = self.repository.assets(release).into_iter();
        assets.filter(|asset| !asset.state.is_leftover()).collect()
    }
}

/// Bytes that differ from those of every other call.
fn content(rng: &mut Rng) -> Vec<u8> {
    let length = match rng.u8(0..10) {
        0 => 1,
        1 => 300_000,
        _ => rng.usize(2..70_000),
    };
    let mut content = vec![0; length];
    rng.fill(&mut content);
    content
}

/// Assets without their bytes, for messages.
fn shown(assets: &[Asset]) -> Vec<String> {
    let show = |asset: &Asset| {
        let Asset { id, name, state, size, sha256, .. } = asset;
        format!("{id} {name} {} {size} bytes sha256:{sha256}", state.as_str())
    };
    assets.iter().map(show).collect()
}

fn has(asset: &Asset, content: &[u8]) -> bool {
    asset.bytes.as_deref() == Some(content)
}

/// The most memory that this process has had, in bytes, where the system tells it.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kibibytes << 10)
}
