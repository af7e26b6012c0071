//! The recipes against a GitHub of our own, which fails on demand.

mod blocking;
mod download;
mod download_all;
mod file_name;
mod policy;
mod random;
mod release;
mod replace;
mod stage;
mod upload;
mod upload_all;

use std::{path::PathBuf, time::Duration};

use fault_server::{Asset, Operation, Recorded};
use github_release_assets::{ClientBuilder, Release};

use stage::{Stage, TOKEN, policy};

/// What the tests of uploads need beyond that.
impl Stage {
    /// A client that tries again at once, and does not lose patience on a busy machine.
    fn builder(&self) -> ClientBuilder {
        stage::builder(&self.github).idle_timeout(Duration::from_secs(20))
    }

    /// The release, known by its id.
    fn target(&self) -> Release {
        self.target_of(self.builder())
    }

    /// The same for another client.
    fn target_of(&self, builder: ClientBuilder) -> Release {
        builder.build().unwrap().release("octo", "demo", self.release_id)
    }

    /// Writes a file.
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    fn assets(&self) -> Vec<Asset> {
        self.repository.assets(self.release_id)
    }

    /// The names of all assets and what is in them, sorted.
    fn content(&self) -> Vec<(String, String)> {
        let text = |asset: &Asset| String::from_utf8(asset.bytes.clone().unwrap().to_vec()).unwrap();
        let mut content: Vec<_> =
            self.assets().iter().map(|asset| (asset.name.clone(), text(asset))).collect();
        content.sort();
        content
    }

    /// The only asset.
    fn only_asset(&self) -> Asset {
        let mut assets = self.assets();
        assert_eq!(assets.len(), 1, "{assets:#?}");
        assets.remove(0)
    }

    /// How often an operation was asked for.
    fn count(&self, operation: Operation) -> usize {
        self.requests(operation).len()
    }

    /// The statuses of all uploads so far.
    fn uploads(&self) -> Vec<Option<u16>> {
        self.requests(Operation::UploadAsset).iter().map(Recorded::status).collect()
    }

    /// The JSON of the assets as the API shows them, to be shown again later.
    async fn shown(&self) -> serde_json::Value {
        let assets = self.target().assets().try_collect().await.unwrap();
        serde_json::to_value(assets).unwrap()
    }
}

/// Waits until something is so, for ten seconds at most.
async fn until(what: &str, condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waiting).await.unwrap_or_else(|_| panic!("never: {what}"));
}
