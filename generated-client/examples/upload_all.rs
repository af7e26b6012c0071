//! Uploads many files to a release, several at a time, with a bar for each.
//!
//! ```sh
//! GITHUB_TOKEN=… cargo run --example upload_all -- octo/demo v1.2.0 dist/*
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use indicatif::MultiProgress;

/// Uploads many files to a release. The token is taken from GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    place: cli::Place,
    /// The files to upload.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Replaces assets that have the names.
    #[arg(long)]
    replace: bool,
    /// How many files are uploaded at the same time.
    #[arg(long, default_value_t = 4)]
    concurrency: usize,
}

#[tokio::main]
async fn main() -> ExitCode {
    cli::end(upload_all(Args::parse()).await)
}

async fn upload_all(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let release = args.place.find().await?;
    let all = MultiProgress::new();
    let bar = |path: &PathBuf| all.add(cli::bar(path.display().to_string()));
    let bars: HashMap<_, _> = args.files.iter().map(|path| (path.clone(), bar(path))).collect();

    let uploads = release.upload_all(args.files).replace(args.replace).concurrency(args.concurrency);
    let reports = uploads.on_progress(move |path, progress| cli::show(&bars[path], progress)).await?;
    all.clear()?;

    let failed = reports.iter().filter(|report| report.result.is_err()).count();
    for report in &reports {
        match &report.result {
            Ok(done) => println!("{}: asset {}, {}", report.path.display(), done.asset.id, done.asset.name),
            Err(error) => eprintln!("{}: {error}", report.path.display()),
        }
    }
    match failed {
        0 => Ok(()),
        _ => Err(format!("{failed} of {} files are not there", reports.len()).into()),
    }
}
