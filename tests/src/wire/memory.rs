//! Large transfers take little memory: each runs in a process of its own, whose peak the system knows.
#![allow(clippy::print_stdout, reason = "the numbers are what is asked for")]

use std::{env, path::Path, process::Stdio};

use github_release_assets::{Body, Client};
use tokio::{io::AsyncWriteExt, process::Command};

use super::{
    asset,
    peer::{Peer, answer, take},
};

/// What a transfer may take, in KiB.
const LIMIT: u64 = 32 * 1024;
const MIB: u64 = 1 << 20;

const DIRECTION: &str = "TRANSFER_DIRECTION";
const URL: &str = "TRANSFER_URL";
const FILE: &str = "TRANSFER_FILE";

#[tokio::test]
async fn a_quarter_of_a_gib_takes_little_memory() {
    transfers(256 * MIB).await;
}

#[tokio::test]
#[ignore = "it takes time and 2 GiB of disk: cargo test -p tests two_gib -- --ignored --nocapture"]
async fn two_gib_take_little_memory() {
    transfers(2048 * MIB).await;
}

async fn transfers(length: u64) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.bin");
    std::fs::File::create(&file).unwrap().set_len(length).unwrap();
    let peer = Peer::start().await;
    let url = peer.url();
    let (up, ()) = tokio::join!(peak("upload", &url, &file), async {
        let mut connection = peer.accept().await;
        take(&mut connection, length).await;
        answer(&mut connection, "201 Created", &asset().to_string()).await;
    });
    std::fs::remove_file(&file).unwrap();
    let (down, ()) = tokio::join!(peak("download", &url, &file), async {
        let mut connection = peer.accept().await;
        let head = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        let zeros = vec![0; MIB as usize];
        for _ in 0..length / MIB {
            connection.write_all(&zeros).await.unwrap();
        }
    });
    assert_eq!(std::fs::metadata(&file).unwrap().len(), length);
    println!("{} MiB: upload {} MiB, download {} MiB resident at most", length / MIB, up / 1024, down / 1024);
    assert!(up < LIMIT && down < LIMIT, "{up} KiB and {down} KiB, more than {LIMIT} KiB");
}

/// Runs [`one_transfer`] in a process of its own; gives the most memory that it had resident, in KiB.
async fn peak(direction: &str, url: &str, file: &Path) -> u64 {
    let child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "wire::memory::one_transfer", "--ignored", "--nocapture"])
        .env(DIRECTION, direction)
        .env(URL, url)
        .env(FILE, file)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let output = child.wait_with_output().await.unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    let line = printed.lines().find_map(|line| line.split_once("VmHWM:")).unwrap();
    line.1.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
#[ignore = "it is a part of the other tests"]
async fn one_transfer() {
    let Ok(direction) = env::var(DIRECTION) else { return };
    let (url, file) = (env::var(URL).unwrap(), env::var(FILE).unwrap());
    let client = Client::builder().base_url(&url).uploads_url(&url).build().unwrap();
    if direction == "upload" {
        let body = Body::from_path(&file).await.unwrap();
        client.upload_release_asset("octo", "demo", 1, "file.bin", body).await.unwrap();
    } else {
        let mut file = tokio::fs::File::create(&file).await.unwrap();
        let mut bytes = client.download_release_asset("octo", "demo", 7).await.unwrap();
        bytes.write_to(&mut file).await.unwrap();
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM:")).unwrap());
}
