//! The server as its user holds it.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, mpsc};
use std::thread;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::connection::accept;
use crate::operation::Origin;
use crate::record::Recorded;
use crate::repository::Repository;
use crate::state::{Server, Urls};
use crate::sync::lock;

const ORIGINS: [Origin; 4] = [Origin::Api, Origin::Uploads, Origin::Store, Origin::Elsewhere];

/// A small GitHub on loopback. It runs until it is dropped: then all its listeners, connections and late
/// operations end.
#[derive(Debug)]
pub struct Github {
    server: Arc<Server>,
    _running: Running,
}

/// What ends the server by being dropped.
#[derive(Debug)]
enum Running {
    Here { _listeners: JoinSet<()> },
    OnThread { _stop: oneshot::Sender<()> },
}

impl Drop for Github {
    fn drop(&mut self) {
        self.server.stop();
    }
}

impl Github {
    /// Starts on the current runtime, on four free ports of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// There is no free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(0).await
    }

    /// Starts on the current runtime: the API at this port, uploads, store and elsewhere at the next three;
    /// 0 stands for free ports.
    ///
    /// # Errors
    ///
    /// A port is not free.
    pub async fn start_at(port: u16) -> io::Result<Self> {
        let mut listeners = Vec::new();
        for (index, origin) in (0..).zip(ORIGINS) {
            let port = if port == 0 { 0 } else { port.saturating_add(index) };
            listeners.push((origin, TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?));
        }
        let url = |index: usize| listeners[index].1.local_addr().map(|address| format!("http://{address}"));
        let urls = Urls { api: url(0)?, uploads: url(1)?, store: url(2)?, elsewhere: url(3)? };
        let server = Arc::new(Server::new(urls));
        let mut tasks = JoinSet::new();
        for (origin, listener) in listeners {
            tasks.spawn(accept(Arc::clone(&server), origin, listener));
        }
        Ok(Self { server, _running: Running::Here { _listeners: tasks } })
    }

    /// Starts on a thread of its own: for callers without a runtime, and for a server that many runtimes
    /// share.
    ///
    /// # Errors
    ///
    /// There is no free port, or no thread.
    pub fn start_on_thread() -> io::Result<Self> {
        let (started, server) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let run = move || {
            let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => runtime,
                Err(error) => return drop(started.send(Err(error))),
            };
            runtime.block_on(async move {
                let github = Self::start().await;
                let server = github.as_ref().map(|github| Arc::clone(&github.server));
                // The sender of this never sends: it is dropped with the `Github` that is handed out.
                if started
                    .send(server.map_err(|error| io::Error::new(error.kind(), error.to_string())))
                    .is_ok()
                {
                    let _ = stopped.await;
                }
            });
        };
        thread::Builder::new().name("fault-server".to_owned()).spawn(run)?;
        let server = server.recv().map_err(io::Error::other)??;
        Ok(Self { server, _running: Running::OnThread { _stop: stop } })
    }

    /// Where the REST API is, without a slash at the end.
    #[must_use]
    pub fn api_url(&self) -> &str {
        &self.server.urls.api
    }

    /// Where uploads are taken, without a slash at the end.
    #[must_use]
    pub fn uploads_url(&self) -> &str {
        &self.server.urls.uploads
    }

    /// Where the bytes are, without a slash at the end.
    #[must_use]
    pub fn store_url(&self) -> &str {
        &self.server.urls.store
    }

    /// Where nobody should go, without a slash at the end. Everything is recorded and answered with 200;
    /// see [`Repository::elsewhere_url`].
    #[must_use]
    pub fn elsewhere_url(&self) -> &str {
        &self.server.urls.elsewhere
    }

    /// The repository of this name, created if there is none yet. Releases, assets, settings, faults and
    /// records belong to a repository, so tests with repositories of their own can share a server.
    #[must_use]
    pub fn repository(&self, owner: &str, name: &str) -> Repository {
        Repository::new(Arc::clone(&self.server), self.server.repository(owner, name))
    }

    /// Forgets a repository and all that belongs to it.
    pub fn remove(&self, repository: &Repository) {
        self.server.forget(repository.repo());
    }

    /// Forgets everything.
    pub fn reset(&self) {
        self.server.clear();
    }

    /// The requests that named no repository of the server.
    #[must_use]
    pub fn unclaimed(&self) -> Vec<Recorded> {
        lock(&self.server.unclaimed).iter().map(crate::record::Entry::snapshot).collect()
    }
}
