//! Downloads all assets of a release into a folder, several at a time, with a bar for each.
//!
//! ```sh
//! cargo run --example download_all -- octo/demo v1.2.0 out
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use clap::Parser;
use indicatif::MultiProgress;

/// Downloads all assets of a release. A private repository needs a token in GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    place: cli::Place,
    /// The folder, which must exist.
    folder: PathBuf,
    /// Downloads only assets whose names contain this text.
    #[arg(long, default_value = "")]
    matching: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    cli::end(download_all(Args::parse()).await)
}

async fn download_all(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let release = args.place.find().await?;
    let (all, bars) = (MultiProgress::new(), Mutex::new(HashMap::new()));
    let shown = all.clone();
    let downloads = release
        .download_all(args.folder)
        .filter(move |asset| asset.name.contains(&args.matching))
        .on_progress(move |asset, progress| {
            let mut bars = bars.lock().unwrap_or_else(PoisonError::into_inner);
            let bar = bars.entry(asset.id).or_insert_with(|| shown.add(cli::bar(&asset.name)));
            cli::show(bar, progress);
        });
    let reports = downloads.await?;
    all.clear()?;

    let failed = reports.iter().filter(|report| report.result.is_err()).count();
    for report in &reports {
        match &report.result {
            Ok(done) if done.already_there => println!("{}: was there already", done.path.display()),
            Ok(done) => println!("{}", done.path.display()),
            Err(error) => eprintln!("{}: {error}", report.asset.name),
        }
    }
    match failed {
        0 => Ok(()),
        _ => Err(format!("{failed} of {} assets are not there", reports.len()).into()),
    }
}
