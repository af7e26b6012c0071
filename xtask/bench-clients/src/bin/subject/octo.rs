//! octocrab: what its API for release assets offers. It takes an upload as bytes in memory.

use anyhow::ensure;
use bench_clients::{ASSET, NAME, OWNER, PAGE, RELEASE, REPO, TOKEN, UPLOAD_NAME};
use futures_util::TryStreamExt;
use octocrab::Octocrab;
use octocrab::models::repos::Asset;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::digest::Passing;
use crate::{Job, Outcome, Task};

pub(crate) async fn run(task: Task, job: &Job) -> Outcome {
    let client = Octocrab::builder().base_uri(job.api.as_str())?.personal_token(TOKEN).build()?;
    let repo = client.repos(OWNER, REPO);
    match task {
        Task::Upload => {
            upload(&client, None, job).await?;
        }
        Task::UploadVerified => {
            let passing = Passing::default();
            let asset = upload(&client, Some(&passing), job).await?;
            passing.compare(asset.digest.as_deref())?;
        }
        Task::Download => download(&client, None, job).await?,
        Task::DownloadVerified => {
            let passing = Passing::default();
            let digest = repo.release_assets().get(ASSET).await?.digest;
            download(&client, Some(&passing), job).await?;
            passing.compare(digest.as_deref())?;
        }
        Task::Gets => {
            for _ in 0..job.count {
                let asset = repo.release_assets().get(ASSET).await?;
                ensure!(asset.name == NAME, "another asset");
            }
        }
        Task::Lists => {
            for _ in 0..job.count {
                let page = repo.releases().assets(RELEASE).send().await?;
                ensure!(page.items.len() == PAGE, "another page");
            }
        }
    }
    Ok(())
}

async fn upload(client: &Octocrab, passing: Option<&Passing>, job: &Job) -> anyhow::Result<Asset> {
    let bytes = tokio::fs::read(&job.file).await?;
    if let Some(passing) = passing {
        passing.add(&bytes);
    }
    let repo = client.repos(OWNER, REPO);
    let asset = repo.releases().upload_asset(RELEASE, UPLOAD_NAME, bytes.into()).send().await?;
    ensure!(asset.name == UPLOAD_NAME, "another asset");
    Ok(asset)
}

async fn download(client: &Octocrab, passing: Option<&Passing>, job: &Job) -> Outcome {
    let repo = client.repos(OWNER, REPO);
    let mut stream = std::pin::pin!(repo.release_assets().stream(ASSET).await?);
    let mut file = File::create(&job.file).await?;
    while let Some(bytes) = stream.try_next().await? {
        if let Some(passing) = passing {
            passing.add(&bytes);
        }
        file.write_all(&bytes).await?;
    }
    Ok(file.flush().await?)
}
