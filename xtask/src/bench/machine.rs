//! What the figures depend on: the machine, and the versions of what ran on it.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde::Deserialize;

use super::programs::PACKAGE;

/// The crates whose versions matter.
const CRATES: [&str; 4] = ["reqwest", "octocrab", "hyper", "tokio"];

/// One fact each; what cannot be found out is left out.
pub(super) fn facts(root: &Path, folder: &Path) -> anyhow::Result<Vec<String>> {
    let kernel = read("/proc/sys/kernel/osrelease");
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let file_system = file_system(&read("/proc/mounts"), &folder);
    let lock = root.join(PACKAGE).join("Cargo.lock");
    let lock = fs::read_to_string(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let mut facts = host();
    let of_files =
        [file_system.map(|name| format!("files on {name}")), Some(format!("Linux {}", kernel.trim()))];
    // The version of the compiler is the last of the host's facts.
    let place = facts.len().saturating_sub(1);
    facts.splice(place..place, of_files.into_iter().flatten());
    let programs = [
        Some(versions(&lock)?.join(", ")),
        version(Command::new("curl").arg("--version")),
        version(Command::new("openssl").arg("version")),
    ];
    facts.extend(programs.into_iter().flatten());
    Ok(facts)
}

/// What everything that is compiled and run here depends on, the compiler last.
pub(crate) fn host() -> Vec<String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = field(&read("/proc/cpuinfo"), "model name").unwrap_or_default();
    let memory = field(&read("/proc/meminfo"), "MemTotal").as_deref().and_then(gib);
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let facts = [
        Some(format!("{cores} cores, {processor}")),
        memory.map(|memory| format!("{memory} GiB of memory")),
        version(Command::new(rustc).arg("--version")),
    ];
    facts.into_iter().flatten().collect()
}

/// An empty text if there is no such file.
fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The value of the first line `name : value`.
pub(super) fn field(text: &str, name: &str) -> Option<String> {
    let fields = text.lines().filter_map(|line| line.split_once(':'));
    fields.filter(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned()).next()
}

/// From `24682540 kB`.
fn gib(memory: &str) -> Option<u64> {
    let kib: u64 = memory.split(' ').next()?.parse().ok()?;
    Some((kib + (1 << 19)) >> 20)
}

/// The file system that a folder is on: the one that is mounted deepest.
pub(super) fn file_system(mounts: &str, folder: &Path) -> Option<String> {
    let mounts = mounts.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?, words.next()?))
    });
    let around = mounts.filter(|(place, _)| folder.starts_with(place));
    // Of two at one place, the later one is on top.
    around.max_by_key(|(place, _)| place.len()).map(|(_, name)| name.to_owned())
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// The names and versions of the crates that matter, from a `Cargo.lock`.
pub(super) fn versions(lock: &str) -> anyhow::Result<Vec<String>> {
    let lock: Lock = toml::from_str(lock).context("the Cargo.lock cannot be read")?;
    let package = |name: &str| lock.package.iter().find(|package| package.name == name);
    let found = CRATES.iter().filter_map(|name| package(name));
    Ok(found.map(|package| format!("{} {}", package.name, package.version)).collect())
}

/// The name and the version that a program starts its answer with.
fn version(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout);
    Some(text.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}
