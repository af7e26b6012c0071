//! Large downloads take little memory: one runs in a process of its own, whose peak the system knows.
#![allow(clippy::print_stdout, reason = "the number is what is asked for")]

use std::{env, process::Stdio};

use fault_server::{Github, NewAsset};
use tokio::process::Command;

/// What a download may take, in KiB.
const LIMIT: u64 = 32 * 1024;
const SIZE: u64 = 256 << 20;

const API: &str = "DOWNLOAD_API";
const ASSET: &str = "DOWNLOAD_ASSET";
const FILE: &str = "DOWNLOAD_FILE";

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_quarter_of_a_gib_takes_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let github = Github::start().await.unwrap();
    let repository = github.repository("octo", "demo");
    let release = repository.add_release("v1");
    let asset = repository.put_asset(release, NewAsset::repeating("large.bin", b"large", SIZE).digest(None));
    // The name of the test as libtest knows it, without that of the crate.
    let test = module_path!().split_once("::").unwrap().1.to_owned() + "::one_download";
    let mut child = Command::new(env::current_exe().unwrap());
    child.args(["--exact", &test, "--ignored", "--nocapture"]).stdout(Stdio::piped()).kill_on_drop(true);
    child.env(API, github.api_url()).env(ASSET, asset.to_string()).env(FILE, folder.path().join("large.bin"));
    let output = child.output().await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let peak = text.lines().find_map(|line| line.strip_prefix("peak ")).unwrap().parse::<u64>().unwrap();
    println!("{} MiB: {} MiB resident at most", SIZE >> 20, peak / 1024);
    assert!(peak < LIMIT, "{peak} KiB, more than {LIMIT} KiB");
}

#[tokio::test]
#[ignore = "run by the test above, in a process of its own"]
async fn one_download() {
    let (Ok(api), Ok(asset), Ok(file)) = (env::var(API), env::var(ASSET), env::var(FILE)) else { return };
    let client = github_release_assets::Client::builder().base_url(api).build().unwrap();
    let got = client.download_to("octo", "demo", asset.parse().unwrap(), file).await.unwrap();
    assert_eq!(got.bytes_transferred, SIZE);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("\npeak {}", peak.trim().trim_end_matches(" kB").trim());
}
