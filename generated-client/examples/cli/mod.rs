//! What the example programs share: which release, at which GitHub, and how progress looks.
#![allow(dead_code, reason = "no program needs all of it")]

use std::process::ExitCode;

use clap::Args;
use github_release_assets::{Client, Error, Progress, Release};
use indicatif::{ProgressBar, ProgressStyle};

/// Where the release is. A token is taken from GITHUB_TOKEN.
#[derive(Args)]
pub(crate) struct Place {
    /// The repository.
    #[arg(value_name = "OWNER/REPO", value_parser = owner_and_repo)]
    repository: (String, String),
    /// The tag of the release; `latest` for the latest one, `id:1234567` for a draft.
    release: String,
    /// The URL of the API, for GitHub Enterprise Server: https://HOST/api/v3.
    #[arg(long, value_name = "URL")]
    api_url: Option<String>,
    /// The URL that takes uploads, for GitHub Enterprise Server: https://HOST/api/uploads.
    #[arg(long, value_name = "URL")]
    uploads_url: Option<String>,
}

impl Place {
    /// Finds the release.
    pub(crate) async fn find(&self) -> Result<Release, Error> {
        let (client, (owner, repo)) = (self.client()?, &self.repository);
        match (self.release.as_str(), self.release.strip_prefix("id:").map(str::parse)) {
            ("latest", _) => client.find_latest_release(owner, repo).await,
            (_, Some(Ok(id))) => Ok(client.release(owner, repo, id)),
            (tag, _) => client.find_release(owner, repo, tag).await,
        }
    }

    fn client(&self) -> Result<Client, Error> {
        let mut builder = Client::builder();
        if let Some(token) = std::env::var("GITHUB_TOKEN").ok().filter(|token| !token.is_empty()) {
            builder = builder.token(token);
        }
        if let Some(url) = &self.api_url {
            builder = builder.base_url(url);
        }
        if let Some(url) = &self.uploads_url {
            builder = builder.uploads_url(url);
        }
        builder.build()
    }
}

fn owner_and_repo(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('/') {
        Some((owner, repo)) if !owner.is_empty() && !repo.is_empty() => {
            Ok((owner.to_owned(), repo.to_owned()))
        }
        _ => Err("expected OWNER/REPO, such as octo/demo"),
    }
}

/// A progress bar with a text before it. Where standard error is no terminal, it hides itself.
pub(crate) fn bar(text: impl Into<String>) -> ProgressBar {
    let template = "{msg} {wide_bar} {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::no_length().with_style(style).with_message(text.into())
}

/// Shows on a bar how far a transfer has come.
pub(crate) fn show(bar: &ProgressBar, progress: Progress) {
    if let Some(total) = progress.total {
        bar.set_length(total);
    }
    bar.set_position(progress.bytes);
}

/// Says what went wrong, if anything did.
pub(crate) fn end(result: Result<(), Box<dyn std::error::Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
