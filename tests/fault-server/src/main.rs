//! The fault server by hand: somebody starts it, points a client at it, and watches.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::time::Duration;

use clap::{Parser, ValueEnum};
use fault_server::{
    AssetState, Cut, Fault, Framing, Github, Operation, Origin, Outcome, Recorded, Reply, Repository,
};

/// A small GitHub on loopback with one release, and faults on demand.
///
/// It prints its addresses and a line for each request, until it is interrupted.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// The port of the API; uploads, store and elsewhere get the next three. Free ports if it is not given.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port_base: u16,
    /// The repository.
    #[arg(long, value_name = "OWNER/NAME", default_value = "octo/demo", value_parser = repository_name)]
    repo: (String, String),
    /// The tag of its release.
    #[arg(long, default_value = "v1.0.0")]
    tag: String,
    /// The token to require; without it everybody is let in.
    #[arg(long)]
    token: Option<String>,
    /// What goes wrong, once; can be given more than once.
    #[arg(long, value_name = "NAME")]
    fault: Vec<Preset>,
}

/// Faults that are worth watching a client recover from.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Preset {
    /// An upload is answered with 502 and HTML.
    UploadFails,
    /// The same, and an empty asset in the state `starter` stays behind.
    UploadLeavesStarter,
    /// An upload is stored, but its answer never arrives.
    UploadAnswerLost,
    /// An upload is reset after 64 KiB.
    UploadReset,
    /// An upload is read no further after 64 KiB.
    UploadStalls,
    /// An upload is stored with one byte changed.
    UploadCorrupted,
    /// A download is closed after 64 KiB.
    DownloadCut,
    /// A download ends after 64 KiB as if that were all.
    DownloadTruncated,
    /// A download has one byte changed.
    DownloadCorrupted,
    /// The location of a download has expired.
    DownloadExpired,
    /// A request to the API is refused by the primary rate limit, which ends in 10 seconds.
    RateLimited,
    /// A request to the API is refused by a secondary limit, with `retry-after: 5`.
    SecondaryLimit,
}

impl Preset {
    fn fault(self) -> Fault {
        const BYTES: u64 = 64 * 1024;
        let upload_fails = Fault::reply(Reply::bad_gateway_html()).on(Operation::UploadAsset);
        match self {
            Self::UploadFails => upload_fails,
            Self::UploadLeavesStarter => upload_fails.leaving(AssetState::Starter),
            Self::UploadAnswerLost => Fault::cut_response(0, Cut::Reset).on(Operation::UploadAsset),
            Self::UploadReset => Fault::cut_request(BYTES, Cut::Reset).on(Operation::UploadAsset),
            Self::UploadStalls => Fault::cut_request(BYTES, Cut::Stall).on(Operation::UploadAsset),
            Self::UploadCorrupted => Fault::stored_bytes_differ(),
            Self::DownloadCut => Fault::truncated(BYTES, Framing::Promised),
            Self::DownloadTruncated => Fault::truncated(BYTES, Framing::Consistent),
            Self::DownloadCorrupted => Fault::flipped_byte(0),
            Self::DownloadExpired => Fault::expired_location(),
            Self::RateLimited => Fault::reply(Reply::rate_limited_primary(10)).at(Origin::Api),
            Self::SecondaryLimit => Fault::reply(Reply::secondary_limit(Some(5))).at(Origin::Api),
        }
    }
}

fn repository_name(text: &str) -> Result<(String, String), String> {
    match text.split_once('/') {
        Some((owner, name)) if !owner.is_empty() && !name.is_empty() && !name.contains('/') => {
            Ok((owner.to_owned(), name.to_owned()))
        }
        _ => Err("this is not of the form OWNER/NAME".to_owned()),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let options = Options::parse();
    let github = Github::start_at(options.port_base).await?;
    let repository = github.repository(&options.repo.0, &options.repo.1);
    let release = repository.add_release(options.tag.as_str());
    if let Some(token) = options.token {
        repository.require_token(token);
    }
    for preset in options.fault {
        repository.inject(preset.fault());
    }
    let mut out = io::stdout();
    writeln!(out, "api        {}", github.api_url())?;
    writeln!(out, "uploads    {}", github.uploads_url())?;
    writeln!(out, "store      {}", github.store_url())?;
    writeln!(out, "elsewhere  {}", github.elsewhere_url())?;
    let (owner, name) = options.repo;
    writeln!(out, "release    {release} ({} in {owner}/{name})", options.tag)?;
    out.flush()?;
    tokio::select! {
        result = watch(&github, &repository, &mut out) => result,
        result = tokio::signal::ctrl_c() => result,
    }
}

/// Prints a line for each request once it is known what became of it.
async fn watch(github: &Github, repository: &Repository, out: &mut impl Write) -> io::Result<()> {
    let mut told = BTreeSet::new();
    loop {
        let mut requests = repository.requests();
        requests.extend(github.unclaimed());
        requests.sort_by_key(|request| request.number);
        for request in requests.iter().filter(|request| request.outcome != Outcome::Pending) {
            if told.insert(request.number) {
                writeln!(out, "{}", line(request))?;
            }
        }
        out.flush()?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn line(request: &Recorded) -> String {
    let Recorded { number, origin, method, target, body_length, outcome, .. } = request;
    let outcome = match outcome {
        Outcome::Pending => "pending".to_owned(),
        Outcome::Answered(status) => status.to_string(),
        Outcome::Cut { cut, status: Some(status) } => format!("{status}, then {cut:?}"),
        Outcome::Cut { cut, status: None } => format!("{cut:?}"),
        Outcome::Abandoned => "the client went away".to_owned(),
    };
    let body = if *body_length > 0 { format!(", {body_length} bytes") } else { String::new() };
    format!("#{number} {origin}: {method} {target}{body} -> {outcome}")
}
