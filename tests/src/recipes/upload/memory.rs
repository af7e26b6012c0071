//! Large uploads take little memory: one runs in a process of its own, whose peak the system knows.
#![allow(clippy::print_stdout, reason = "the number is what is asked for")]

use std::{env, process::Stdio};

use fault_server::{Github, Keep};
use github_release_assets::{Client, Verified};
use tokio::process::Command;

/// What an upload may take, in KiB.
const LIMIT: u64 = 32 * 1024;
const SIZE: u64 = 256 << 20;

const API: &str = "UPLOAD_API";
const UPLOADS: &str = "UPLOAD_URL";
const RELEASE: &str = "UPLOAD_RELEASE";
const FILE: &str = "UPLOAD_FILE";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quarter_of_a_gib_takes_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.bin");
    std::fs::File::create(&file).unwrap().set_len(SIZE).unwrap();
    let github = Github::start().await.unwrap();
    let repository = github.repository("octo", "demo");
    repository.set_keep(Keep::Digest);
    let release = repository.add_release("v1");
    // The name of the test as libtest knows it, without that of the crate.
    let test = module_path!().split_once("::").unwrap().1.to_owned() + "::one_upload";
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", &test, "--ignored", "--nocapture"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    child.env(API, github.api_url()).env(UPLOADS, github.uploads_url());
    child.env(RELEASE, release.to_string()).env(FILE, &file).kill_on_drop(true);
    let output = child.output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(repository.assets(release).len(), 1);
    let peak = text.lines().find_map(|line| line.strip_prefix("peak ")).unwrap().parse::<u64>().unwrap();
    println!("{} MiB up: {} MiB resident at most", SIZE >> 20, peak / 1024);
    assert!(peak < LIMIT, "{peak} KiB, more than {LIMIT} KiB");
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn one_upload() {
    let (Ok(api), Ok(uploads), Ok(release)) = (env::var(API), env::var(UPLOADS), env::var(RELEASE)) else {
        return;
    };
    let client = Client::builder().base_url(api).uploads_url(uploads).token("token").build().unwrap();
    let release = client.release("octo", "demo", release.parse().unwrap());
    let done = release.upload_file(env::var(FILE).unwrap()).await.unwrap();
    assert!(matches!(done.verified, Verified::Digest(_)), "{done:?}");
    assert_eq!((done.attempts, done.asset.size), (1, SIZE as i64));
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("\npeak {}", peak.trim().trim_end_matches(" kB").trim());
}
