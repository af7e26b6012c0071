//! reqwest by itself, with the types of our own client to decode JSON into, so that only the way there differs.

use anyhow::ensure;
use bench_clients::{API_VERSION, ASSET, NAME, OWNER, PAGE, RELEASE, REPO, TOKEN, UPLOAD_NAME};
use futures_util::TryStreamExt;
use github_release_assets::types::ReleaseAsset;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Body, Client, RequestBuilder};
use serde::de::DeserializeOwned;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use crate::digest::Passing;
use crate::{Job, Outcome, Task};

const JSON: &str = "application/vnd.github+json";
const BYTES: &str = "application/octet-stream";
/// How much of a file is read at once. `Body::from(File)` reads 4 KiB, each on another thread, and takes many times as
/// long; somebody who cares finds that out.
const CHUNK: usize = 64 << 10;

pub(crate) async fn run(task: Task, job: &Job) -> Outcome {
    let http = Client::builder().user_agent("bench").build()?;
    let releases = format!("{}/repos/{OWNER}/{REPO}/releases", job.api);
    let asset = format!("{releases}/assets/{ASSET}");
    let page = format!("{releases}/{RELEASE}/assets");
    match task {
        Task::Upload => {
            upload(&http, &page, None, job).await?;
        }
        Task::UploadVerified => {
            let passing = Passing::default();
            let asset = upload(&http, &page, Some(passing.clone()), job).await?;
            passing.compare(asset.digest.as_deref())?;
        }
        Task::Download => download(&http, &asset, None, job).await?,
        Task::DownloadVerified => {
            let passing = Passing::default();
            let digest = get::<ReleaseAsset>(&http, &asset).await?.digest;
            download(&http, &asset, Some(&passing), job).await?;
            passing.compare(digest.as_deref())?;
        }
        Task::Gets => {
            for _ in 0..job.count {
                let asset: ReleaseAsset = get(&http, &asset).await?;
                ensure!(asset.name == NAME, "another asset");
            }
        }
        Task::Lists => {
            for _ in 0..job.count {
                let page: Vec<ReleaseAsset> = get(&http, &page).await?;
                ensure!(page.len() == PAGE, "another page");
            }
        }
    }
    Ok(())
}

async fn upload(
    http: &Client,
    page: &str,
    passing: Option<Passing>,
    job: &Job,
) -> anyhow::Result<ReleaseAsset> {
    let file = File::open(&job.file).await?;
    let length = file.metadata().await?.len();
    let bytes = ReaderStream::with_capacity(file, CHUNK);
    let body = match passing {
        Some(passing) => Body::wrap_stream(bytes.inspect_ok(move |bytes| passing.add(bytes))),
        None => Body::wrap_stream(bytes),
    };
    let request = http
        .post(format!("{page}?name={UPLOAD_NAME}"))
        .header(CONTENT_TYPE, BYTES)
        // Without it, the body would be sent in chunks of unknown number, which GitHub refuses.
        .header(CONTENT_LENGTH, length)
        .body(body);
    let asset: ReleaseAsset = api(request, JSON).send().await?.error_for_status()?.json().await?;
    ensure!(asset.name == UPLOAD_NAME, "another asset");
    Ok(asset)
}

async fn download(http: &Client, asset: &str, passing: Option<&Passing>, job: &Job) -> Outcome {
    let mut response = api(http.get(asset), BYTES).send().await?.error_for_status()?;
    let mut file = File::create(&job.file).await?;
    while let Some(bytes) = response.chunk().await? {
        if let Some(passing) = passing {
            passing.add(&bytes);
        }
        file.write_all(&bytes).await?;
    }
    Ok(file.flush().await?)
}

async fn get<T: DeserializeOwned>(http: &Client, url: &str) -> anyhow::Result<T> {
    Ok(api(http.get(url), JSON).send().await?.error_for_status()?.json().await?)
}

/// What each request to the API has.
fn api(request: RequestBuilder, accept: &str) -> RequestBuilder {
    request.header(ACCEPT, accept).header("x-github-api-version", API_VERSION).bearer_auth(TOKEN)
}
