//! `cargo xtask ci --recorded`: the tests that talk to a server which replays GitHub's recorded traffic.
//!
//! The server is `@octokit/fixtures-server`; it is installed once into `target/recorded`.

mod server;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::ci::{cargo, heading};
use crate::console::{Console, Status};

use server::Server;

const PACKAGE: &str = "@octokit/fixtures-server";
const VERSION: &str = "8.1.7";

/// The variable that tells the tests where the server is.
pub const SERVER: &str = "RECORDED_SERVER";

/// The tests to run: all in modules of this name, which are ignored unless asked for.
const TESTS: [&str; 5] = ["test", "--workspace", "--", "recorded::", "--ignored"];

/// Installs and starts the server and runs the tests against it.
pub fn run(root: &Path, console: &mut Console<'_>) -> anyhow::Result<Status> {
    require("node")?;
    let folder = root.join("target/recorded");
    install(&folder, console)?;
    ensure_tests(root)?;

    let script = folder.join("node_modules").join(PACKAGE).join("bin/server.js");
    let server = Server::start(&script, &folder.join("server.log"))?;
    let command = format!("{SERVER}={} cargo {}", server.url(), TESTS.join(" "));
    heading("the client understands recorded traffic", &command, console)?;
    let status = cargo().args(TESTS).env(SERVER, server.url()).current_dir(root).status();
    if status.context("cannot run cargo")?.success() {
        return Ok(Status::Fine);
    }
    writeln!(console.err, "\nthe server said:\n{}", server.said())?;
    writeln!(
        console.err,
        "failed: the client understands recorded traffic\nto repeat it: cargo xtask ci --recorded"
    )?;
    Ok(Status::Differs)
}

/// Makes sure that a program is there.
fn require(program: &str) -> anyhow::Result<()> {
    let found = tool(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => Ok(()),
        _ => bail!("`{program}` cannot be run: install Node.js 20 or later, which brings node and npm"),
    }
}

/// A command of Node's, which are scripts on Windows.
fn tool(name: &str) -> Command {
    Command::new(if cfg!(windows) && name == "npm" { "npm.cmd" } else { name })
}

/// Installs the server unless the right version of it is there.
fn install(folder: &Path, console: &mut Console<'_>) -> anyhow::Result<()> {
    let installed =
        fs::read(folder.join("node_modules").join(PACKAGE).join("package.json")).unwrap_or_default();
    let installed: serde_json::Value = serde_json::from_slice(&installed).unwrap_or_default();
    if installed["version"] == VERSION {
        return Ok(());
    }
    require("npm")?;
    heading("the server is installed", &format!("npm install {PACKAGE}@{VERSION}"), console)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let manifest = serde_json::json!({ "private": true, "dependencies": { PACKAGE: VERSION } });
    let path = folder.join("package.json");
    fs::write(&path, format!("{manifest:#}\n"))
        .with_context(|| format!("cannot write {}", path.display()))?;
    let status = tool("npm")
        .args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--prefix"])
        .arg(folder)
        .current_dir(folder)
        .status()
        .context("cannot run npm")?;
    ensure!(status.success(), "npm could not install {PACKAGE}@{VERSION}");
    Ok(())
}

/// Makes sure that there is something to run: a filter that matches nothing would pass.
fn ensure_tests(root: &Path) -> anyhow::Result<()> {
    let output = cargo()
        .args(TESTS)
        .args(["--list", "--format", "terse"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    ensure!(output.status.success(), "the tests do not build");
    let names = String::from_utf8_lossy(&output.stdout);
    ensure!(
        names.lines().any(|line| line.ends_with(": test")),
        "there is no ignored test in a module `recorded`"
    );
    Ok(())
}
