//! Uploads a file to a release.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example upload -- octo/demo 1234567 dist/tool.tar.gz --label "Linux x86-64"
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use github_release_assets::{Body, Client, is_already_exists};
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

/// Uploads a file to a release. The token is taken from GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    /// The repository.
    #[arg(value_name = "OWNER/REPO", value_parser = owner_and_repo)]
    repository: (String, String),
    /// The id of the release.
    release_id: i64,
    /// The file to upload.
    file: PathBuf,
    /// The file name that the asset gets; the name of the file if not given.
    #[arg(long)]
    name: Option<String>,
    /// A text that GitHub shows in place of the file name.
    #[arg(long)]
    label: Option<String>,
    /// The media type; guessed from the name if not given.
    #[arg(long)]
    content_type: Option<String>,
    /// The URL of the API, for GitHub Enterprise Server: https://HOST/api/v3.
    #[arg(long, value_name = "URL", requires = "uploads_url")]
    api_url: Option<String>,
    /// The URL that takes uploads, for GitHub Enterprise Server: https://HOST/api/uploads.
    #[arg(long, value_name = "URL")]
    uploads_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Err(error) = upload(Args::parse()).await else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn upload(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("GITHUB_TOKEN").unwrap_or_default();
    if token.is_empty() {
        return Err("GITHUB_TOKEN is not set, and an upload needs a token".into());
    }
    let mut builder = Client::builder().token(token);
    if let Some(url) = args.api_url {
        builder = builder.base_url(url);
    }
    if let Some(url) = args.uploads_url {
        builder = builder.uploads_url(url);
    }
    let client = builder.build()?;

    let file_name = args.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = args.name.or(file_name).ok_or("the path ends in no file name: give one with --name")?;
    let body = Body::from_path(&args.file).await;
    let body = body.map_err(|error| format!("{}: {error}", args.file.display()))?;
    let bar = bar(body.len())?;
    let shown = bar.clone();
    let body = body.on_progress(move |sent| shown.set_position(sent));

    let (owner, repo) = args.repository;
    let mut request = client.upload_release_asset(&owner, &repo, args.release_id, &name, body);
    if let Some(label) = &args.label {
        request = request.label(label);
    }
    if let Some(media_type) = &args.content_type {
        request = request.content_type(media_type);
    }
    let result = request.await;
    // Before anything is printed: the bar owns its line until then.
    bar.finish_and_clear();

    let asset = match result {
        Err(error) if is_already_exists(&error) => {
            return Err(format!("{error}\nDelete that asset first, or give another --name.").into());
        }
        result => result?,
    };
    println!("{} is uploaded: {}, asset {}", asset.name, HumanBytes(asset.size.unsigned_abs()), asset.id);
    println!("{}", asset.browser_download_url);
    if asset.name != name {
        println!("note: GitHub has renamed {name} to {}", asset.name);
    }
    Ok(())
}

fn bar(length: u64) -> Result<ProgressBar, Box<dyn std::error::Error>> {
    // Where standard error is no terminal, the bar hides itself.
    Ok(ProgressBar::new(length).with_style(ProgressStyle::with_template(
        "{wide_bar} {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta} left",
    )?))
}

fn owner_and_repo(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('/') {
        Some((owner, repo)) if !owner.is_empty() && !repo.is_empty() => {
            Ok((owner.to_owned(), repo.to_owned()))
        }
        _ => Err("expected OWNER/REPO, such as octo/demo"),
    }
}
