//! One client doing one task, as a program that uses it well would: what is measured is this process from its start to
//! its end.
#![forbid(unsafe_code)]

mod digest;
mod octo;
mod ours;
mod plain;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Does a task with a client.
#[derive(Parser)]
struct Args {
    /// The client.
    client: Client,
    /// What to do.
    task: Task,
    /// Everything that a task needs to know.
    #[command(flatten)]
    job: Job,
}

/// What a task needs to know.
#[derive(clap::Args)]
struct Job {
    /// The URL of the API, which takes uploads as well.
    #[arg(long)]
    api: String,
    /// The file to upload, or to write.
    #[arg(long)]
    file: PathBuf,
    /// How often to repeat a task that takes no time.
    #[arg(long)]
    count: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Client {
    /// github-release-assets: its generated calls, and its recipes where something is verified.
    Ours,
    /// reqwest by itself.
    Reqwest,
    /// octocrab.
    Octocrab,
}

#[derive(Clone, Copy, ValueEnum)]
enum Task {
    /// Uploads the file.
    Upload,
    /// The same, and compares its digest with what the API says it is.
    UploadVerified,
    /// Downloads the asset into the file.
    Download,
    /// The same, and compares its digest with what the API says it is.
    DownloadVerified,
    /// Gets the asset's JSON, again and again.
    Gets,
    /// Gets a page of the list of assets, again and again.
    Lists,
}

/// What goes wrong ends the program with a message.
type Outcome = anyhow::Result<()>;

#[tokio::main]
async fn main() -> Outcome {
    let args = Args::parse();
    match args.client {
        Client::Ours => ours::run(args.task, &args.job).await,
        Client::Reqwest => plain::run(args.task, &args.job).await,
        Client::Octocrab => octo::run(args.task, &args.job).await,
    }
}
