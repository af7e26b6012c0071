//! Lists the assets of a release, also those that failed uploads have left behind.
//!
//! ```sh
//! cargo run --example list -- octo/demo latest
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod cli;

use std::process::ExitCode;

use clap::Parser;
use indicatif::HumanBytes;

/// Lists the assets of a release. A private repository needs a token in GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    place: cli::Place,
}

#[tokio::main]
async fn main() -> ExitCode {
    cli::end(list(Args::parse()).await)
}

async fn list(args: Args) -> Result<(), Box<dyn std::error::Error>> {
    let mut assets = args.place.find().await?.assets();
    let mut count = 0;
    while let Some(asset) = assets.next().await.transpose()? {
        // Other states than `uploaded` and `open` are left by uploads that failed.
        let size = HumanBytes(asset.size.unsigned_abs()).to_string();
        println!("{:>11}  {:>11}  {:<8}  {}", asset.id, size, asset.state.as_str(), asset.name);
        count += 1;
    }
    // Not on standard output, so that another program can read the lines.
    eprintln!("{count} {}", if count == 1 { "asset" } else { "assets" });
    Ok(())
}
