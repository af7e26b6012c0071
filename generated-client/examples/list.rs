//! Lists all assets of a release.
//!
//! ```sh
//! cargo run --example list -- octo/demo 1234567
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::process::ExitCode;

use clap::Parser;
use github_release_assets::Client;
use indicatif::HumanBytes;

/// Lists all assets of a release. A private repository needs a token in GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    /// The repository.
    #[arg(value_name = "OWNER/REPO", value_parser = owner_and_repo)]
    repository: (String, String),
    /// The id of the release.
    release_id: i64,
    /// The URL of the API, for GitHub Enterprise Server: https://HOST/api/v3.
    #[arg(long, value_name = "URL")]
    api_url: Option<String>,
    /// The URL that takes uploads, for GitHub Enterprise Server: https://HOST/api/uploads.
    #[arg(long, value_name = "URL")]
    uploads_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = list(Args::parse()).await else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn list(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Client::builder();
    if let Some(token) = std::env::var("GITHUB_TOKEN").ok().filter(|token| !token.is_empty()) {
        builder = builder.token(token);
    }
    if let Some(url) = args.api_url {
        builder = builder.base_url(url);
    }
    if let Some(url) = args.uploads_url {
        builder = builder.uploads_url(url);
    }
    let client = builder.build()?;

    let (owner, repo) = args.repository;
    // Pages as large as GitHub gives them: fewer requests, and the items come one by one all the same.
    let mut assets = client.list_release_assets(&owner, &repo, args.release_id).per_page(100).items();
    let mut count = 0;
    while let Some(asset) = assets.next().await.transpose()? {
        // Other states than `uploaded` are left by uploads that failed.
        let size = HumanBytes(asset.size.unsigned_abs()).to_string();
        println!("{:>11}  {:>11}  {:<8}  {}", asset.id, size, asset.state.as_str(), asset.name);
        count += 1;
    }
    // Not on standard output, so that another program can read the lines.
    eprintln!("{count} {}", if count == 1 { "asset" } else { "assets" });
    Ok(())
}

fn owner_and_repo(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('/') {
        Some((owner, repo)) if !owner.is_empty() && !repo.is_empty() => {
            Ok((owner.to_owned(), repo.to_owned()))
        }
        _ => Err("expected OWNER/REPO, such as octo/demo"),
    }
}
