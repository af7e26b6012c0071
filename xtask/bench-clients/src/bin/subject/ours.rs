//! github-release-assets: its generated calls, and its recipes where something is verified.

use anyhow::ensure;
use bench_clients::{ASSET, NAME, OWNER, PAGE, RELEASE, REPO, TOKEN, UPLOAD_NAME};
use github_release_assets::{Body, Client};

use crate::{Job, Outcome, Task};

const ASSET_ID: i64 = ASSET as i64;
const RELEASE_ID: i64 = RELEASE as i64;

pub(crate) async fn run(task: Task, job: &Job) -> Outcome {
    let client = Client::builder().base_url(&job.api).uploads_url(&job.api).token(TOKEN).build()?;
    match task {
        Task::Upload => {
            let body = Body::from_path(&job.file).await?;
            let asset = client.upload_release_asset(OWNER, REPO, RELEASE_ID, UPLOAD_NAME, body).await?;
            ensure!(asset.name == UPLOAD_NAME, "another asset");
        }
        Task::UploadVerified => {
            let release = client.release(OWNER, REPO, RELEASE_ID);
            let done = release.upload_file(&job.file).name(UPLOAD_NAME).await?;
            ensure!(done.attempts == 1 && done.verified.digest().is_some(), "not sent and verified");
        }
        Task::Download => {
            let mut bytes = client.download_release_asset(OWNER, REPO, ASSET_ID).await?;
            let mut file = tokio::fs::File::create(&job.file).await?;
            bytes.write_to(&mut file).await?;
        }
        Task::DownloadVerified => {
            let done = client.download_to(OWNER, REPO, ASSET_ID, &job.file).await?;
            ensure!(!done.already_there && done.verified.digest().is_some(), "not received and verified");
        }
        Task::Gets => {
            for _ in 0..job.count {
                let asset = client.get_release_asset(OWNER, REPO, ASSET_ID).await?;
                ensure!(asset.name == NAME, "another asset");
            }
        }
        Task::Lists => {
            for _ in 0..job.count {
                let page = client.list_release_assets(OWNER, REPO, RELEASE_ID).await?;
                ensure!(page.len() == PAGE, "another page");
            }
        }
    }
    Ok(())
}
