//! Downloads an asset of a release, goes on where an earlier download broke off, and verifies the file.
//!
//! ```sh
//! cargo run --example download -- octo/demo latest tool.tar.gz
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use indicatif::HumanBytes;

/// Downloads an asset of a release. A private repository needs a token in GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    place: cli::Place,
    /// The name of the asset.
    asset: String,
    /// The file to write, or a folder that exists.
    #[arg(long, value_name = "PATH", default_value = ".")]
    output: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = tokio::select! {
        result = download(Args::parse()) => result,
        // What has arrived is kept for the next time.
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
    };
    cli::end(result)
}

async fn download(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let release = args.place.find().await?;
    let bar = cli::bar("");
    let shown = bar.clone();
    let download = release.download_to(&args.asset, args.output);
    let result = download.on_progress(move |progress| cli::show(&shown, progress)).await;
    // Before anything is printed: the bar owns its line until then.
    bar.finish_and_clear();
    let done = result?;
    println!("{}: {}", done.path.display(), HumanBytes(done.asset.size.unsigned_abs()));
    match done.verified.digest() {
        Some(digest) => println!("verified: {digest}"),
        None => println!("note: GitHub has no digest of it, so only the size was compared"),
    }
    Ok(())
}
