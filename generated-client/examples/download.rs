//! Downloads an asset of a release.
//!
//! ```sh
//! cargo run --example download -- octo/demo 7654321
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use github_release_assets::Client;
use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

/// Downloads an asset of a release. A private repository needs a token in GITHUB_TOKEN.
#[derive(Parser)]
struct Args {
    /// The repository.
    #[arg(value_name = "OWNER/REPO", value_parser = owner_and_repo)]
    repository: (String, String),
    /// The id of the asset.
    asset_id: i64,
    /// The file to write; the asset's name in the current folder if not given.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replaces the file if it is there.
    #[arg(long)]
    force: bool,
    /// The URL of the API, for GitHub Enterprise Server: https://HOST/api/v3.
    #[arg(long, value_name = "URL")]
    api_url: Option<String>,
    /// The URL that takes uploads, for GitHub Enterprise Server: https://HOST/api/uploads.
    #[arg(long, value_name = "URL")]
    uploads_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = tokio::select! {
        result = download(Args::parse()) => result,
        // What drops the download removes its temporary file.
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
    };
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}

async fn download(args: Args) -> Result<(), Box<dyn std::error::Error>> {
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
    let output = match args.output {
        Some(path) => path,
        None => {
            let asset = client.get_release_asset(&owner, &repo, args.asset_id).await?;
            // A name from elsewhere must not lead out of the current folder.
            Path::new(&asset.name).file_name().ok_or("the asset's name is no file name: use --output")?.into()
        }
    };
    let refusal = || format!("{} is there already: use --force to replace it", output.display());
    // Better now than after a gigabyte.
    if !args.force && output.exists() {
        return Err(refusal().into());
    }

    let mut bytes = client.download_release_asset(&owner, &repo, args.asset_id).await?;
    let bar = progress_bar(bytes.content_length())?;
    let (file, temporary) = temporary_beside(&output)?.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let size = bytes.write_to(&mut bar.wrap_async_write(&mut file)).await?;
    file.sync_all().await?;
    bar.finish_and_clear();

    // Only what is complete gets the name, in one step; the file may have come into being since we looked.
    let renamed = if args.force { temporary.persist(&output) } else { temporary.persist_noclobber(&output) };
    renamed.map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => refusal(),
        _ => error.to_string(),
    })?;
    println!("{}: {}", output.display(), HumanBytes(size));
    Ok(())
}

/// An empty file in the folder of the output, because a rename does not cross file systems.
fn temporary_beside(output: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".download-");
    // A temporary file is for its owner's eyes only; a download is a file as any other, subject to the umask.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// A bar, or a spinner if the length is not known. Where standard error is no terminal, it hides itself.
fn progress_bar(length: Option<u64>) -> Result<ProgressBar, indicatif::style::TemplateError> {
    let template = match length {
        Some(_) => "{wide_bar} {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta} left",
        None => "{spinner} {binary_bytes}  {binary_bytes_per_sec}",
    };
    let bar = length.map_or_else(ProgressBar::no_length, ProgressBar::new);
    Ok(bar.with_style(ProgressStyle::with_template(template)?))
}

fn owner_and_repo(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('/') {
        Some((owner, repo)) if !owner.is_empty() && !repo.is_empty() => {
            Ok((owner.to_owned(), repo.to_owned()))
        }
        _ => Err("expected OWNER/REPO, such as octo/demo"),
    }
}
