//! Who is measured at what, and the command of each.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;

use super::programs::Programs;
use super::server::Server;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Task {
    /// A file goes up.
    Upload,
    /// A file goes up, and its digest is compared with the server's.
    UploadVerified,
    /// A file comes down.
    Download,
    /// A file comes down, and its digest is compared with the server's.
    DownloadVerified,
    /// The JSON of one asset, again and again.
    Gets,
    /// A page of 30 assets, again and again.
    Lists,
}

impl Task {
    /// Whether a file comes out of it.
    pub(super) fn is_download(self) -> bool {
        matches!(self, Self::Download | Self::DownloadVerified)
    }

    /// Whether it is about many requests, and not about one large body.
    pub(super) fn is_repeated(self) -> bool {
        matches!(self, Self::Gets | Self::Lists)
    }

    /// The same without the comparison.
    pub(super) fn unverified(self) -> Option<Self> {
        match self {
            Self::UploadVerified => Some(Self::Upload),
            Self::DownloadVerified => Some(Self::Download),
            _ => None,
        }
    }

    /// Its name on the command line.
    fn name(self) -> &'static str {
        match self {
            Self::Upload => "upload",
            Self::UploadVerified => "upload-verified",
            Self::Download => "download",
            Self::DownloadVerified => "download-verified",
            Self::Gets => "gets",
            Self::Lists => "lists",
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Ours,
    Reqwest,
    Octocrab,
    Curl,
}

/// All, in the order in which they run.
pub(super) const SUBJECTS: [Subject; 4] = [Subject::Ours, Subject::Reqwest, Subject::Octocrab, Subject::Curl];

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ours => "github-release-assets",
            Self::Reqwest => "reqwest",
            Self::Octocrab => "octocrab",
            Self::Curl => "curl",
        })
    }
}

/// What the commands need to know.
#[derive(Debug)]
pub(super) struct Job {
    /// The URL of the API, without a `/` at the end.
    pub(super) api: String,
    /// The test file, which goes up.
    pub(super) source: PathBuf,
    /// Its digest: 64 hexadecimal digits.
    pub(super) sha256: String,
    /// Where the test file comes down.
    pub(super) output: PathBuf,
    /// How often a small request is repeated.
    pub(super) count: usize,
    /// The command that prints the digest of a file as its first word.
    pub(super) hasher: &'static str,
}

impl Job {
    pub(super) fn new(server: &Server, source: &Path, output: &Path, count: usize) -> Self {
        Self {
            api: server.api().to_owned(),
            source: source.to_owned(),
            sha256: server.sha256().to_owned(),
            output: output.to_owned(),
            count,
            hasher: hasher(),
        }
    }
}

impl Subject {
    /// The command that does a task under the stopwatch.
    pub(super) fn command(self, programs: &Programs, task: Task, job: &Job) -> Command {
        let mut command = Command::new(&programs.measure);
        match self {
            Self::Ours => in_rust(&mut command, programs, "ours", task, job),
            Self::Reqwest => in_rust(&mut command, programs, "reqwest", task, job),
            Self::Octocrab => in_rust(&mut command, programs, "octocrab", task, job),
            Self::Curl => curl(&mut command, task, job),
        }
        // Loopback needs no proxy.
        command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
        command
    }
}

fn in_rust(command: &mut Command, programs: &Programs, client: &str, task: Task, job: &Job) {
    let file = if task.is_download() { &job.output } else { &job.source };
    command.arg(&programs.subject).args([client, task.name()]);
    command.args(["--api", &job.api]).arg("--file").arg(file).args(["--count", &job.count.to_string()]);
}

/// Scripts whose arguments are a file, the digest that the server has of it, the hasher, and the command of curl.
const DOWNLOAD_AND_COMPARE: &str = r#"file=$1 digest=$2 hasher=$3; shift 3
"$@" && test "$($hasher "$file" | cut -d' ' -f1)" = "$digest""#;
const UPLOAD_AND_COMPARE: &str = r#"file=$1 hasher=$3; shift 3
digest=$($hasher "$file" | cut -d' ' -f1)
"$@" | grep -q "sha256:$digest""#;

/// curl reads no configuration, fails at a status that is an error, and reuses its connection.
fn curl(command: &mut Command, task: Task, job: &Job) {
    let script = match task {
        Task::UploadVerified => Some((UPLOAD_AND_COMPARE, &job.source)),
        Task::DownloadVerified => Some((DOWNLOAD_AND_COMPARE, &job.output)),
        _ => None,
    };
    if let Some((script, file)) = script {
        command.args(["sh", "-c", script, "sh"]).arg(file).args([&job.sha256, job.hasher]);
    }
    command.args(["curl", "-q", "-fsS"]);
    for header in ["Authorization: Bearer ghp_0", "X-GitHub-Api-Version: 2026-03-10"] {
        command.args(["-H", header]);
    }
    let accept = if task.is_download() { "application/octet-stream" } else { "application/vnd.github+json" };
    command.args(["-H", &format!("Accept: {accept}")]);
    let releases = format!("{}/repos/octo/demo/releases", job.api);
    let asset = format!("{releases}/assets/1000000001");
    let page = format!("{releases}/1/assets");
    match task {
        Task::Upload | Task::UploadVerified => {
            command.args(["-H", "Content-Type: application/octet-stream", "-X", "POST", "-T"]);
            command.arg(&job.source).arg(format!("{page}?name=upload.bin"));
        }
        Task::Download | Task::DownloadVerified => {
            command.arg("-L").arg("-o").arg(&job.output).arg(asset);
        }
        Task::Gets => repeated(command, &asset, job.count),
        Task::Lists => repeated(command, &page, job.count),
    }
}

/// One URL as often as wanted: curl counts through a range in brackets. The server looks at no query.
fn repeated(command: &mut Command, url: &str, count: usize) {
    command.args(["-o", "/dev/null"]).arg(format!("{url}?[1-{count}]"));
}

/// OpenSSL where it is, because it hashes several times as fast as coreutils do.
fn hasher() -> &'static str {
    let mut openssl = Command::new("openssl");
    let found = openssl.arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => "openssl dgst -sha256 -r",
        _ => "sha256sum",
    }
}
