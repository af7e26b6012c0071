//! Uploads a file to a release, exactly once, or replaces an asset without ever losing the old one.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example upload -- octo/demo v1.2.0 dist/tool.tar.gz --label "Linux x86-64"
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use github_release_assets::{Release, ReplaceFile, TransferError, UploadFile, types::ReleaseAsset};
use indicatif::{HumanBytes, ProgressBar};

/// Uploads a file to a release. The token is taken from GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    place: cli::Place,
    /// The file to upload.
    file: PathBuf,
    /// Replaces the asset that has the name. The old one stays until the new one is complete and verified.
    #[arg(long)]
    replace: bool,
    /// The name that the asset gets; the name of the file if not given.
    #[arg(long)]
    name: Option<String>,
    /// A text that GitHub shows in place of the name.
    #[arg(long)]
    label: Option<String>,
    /// The media type; guessed from the name if not given.
    #[arg(long)]
    content_type: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    cli::end(upload(Args::parse()).await)
}

async fn upload(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let release = args.place.find().await?;
    let bar = cli::bar("");
    let result = match args.replace {
        false => add(&release, &args, bar.clone()).await,
        true => replace(&release, &args, bar.clone()).await,
    };
    // Before anything is printed: the bar owns its line until then.
    bar.finish_and_clear();
    let (asset, renamed_from) = result?;
    println!("{} is there: {}, asset {}", asset.name, HumanBytes(asset.size.unsigned_abs()), asset.id);
    println!("{}", asset.browser_download_url);
    if let Some(name) = renamed_from {
        println!("note: GitHub has renamed {name} to {}", asset.name);
    }
    Ok(())
}

/// The asset, and the name that it was to have if GitHub has given it another one.
type Outcome = Result<(ReleaseAsset, Option<String>), TransferError>;

async fn add(release: &Release, args: &Args, bar: ProgressBar) -> Outcome {
    let mut upload: UploadFile = release.upload_file(&args.file);
    if let Some(name) = &args.name {
        upload = upload.name(name);
    }
    if let Some(label) = &args.label {
        upload = upload.label(label);
    }
    if let Some(media_type) = &args.content_type {
        upload = upload.content_type(media_type);
    }
    let done = upload.on_progress(move |progress| cli::show(&bar, progress)).await?;
    if done.attempts > 1 {
        eprintln!("it took {} attempts; left behind and deleted: {}", done.attempts, done.cleaned_up.len());
    }
    Ok((done.asset, done.renamed_from))
}

async fn replace(release: &Release, args: &Args, bar: ProgressBar) -> Outcome {
    let mut replace: ReplaceFile = release.replace_file(&args.file);
    if let Some(name) = &args.name {
        replace = replace.name(name);
    }
    if let Some(label) = &args.label {
        replace = replace.label(label);
    }
    if let Some(media_type) = &args.content_type {
        replace = replace.content_type(media_type);
    }
    let done = replace.on_progress(move |progress| cli::show(&bar, progress)).await?;
    match done.old {
        Some(old) => eprintln!("it has taken the place of asset {old}"),
        None if done.already_there => eprintln!("the release had this very file"),
        None => {}
    }
    Ok((done.asset, done.renamed_from))
}
