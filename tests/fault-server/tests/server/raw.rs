//! A client that knows nothing of connections, redirects or retries: one request on one connection, and all
//! that came back.

use std::io::ErrorKind;
use std::time::Duration;

use fault_server::{Github, Repository};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a peer may be silent before it counts as stalled, where that is expected.
const SILENCE: Duration = Duration::from_secs(1);

/// How long anything else may take.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// How the bytes that came back ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Closed,
    Reset,
    Stalled,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    /// The body, without chunks.
    pub(crate) body: Vec<u8>,
    pub(crate) raw: Vec<u8>,
    pub(crate) end: End,
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    patience: Duration,
}

pub(crate) fn ask(method: &'static str, url: impl Into<String>) -> Ask {
    let ask = Ask { method, url: url.into(), headers: Vec::new(), body: Vec::new(), patience: SOON };
    ask.header("user-agent", "raw/1").header("connection", "close")
}

pub(crate) async fn get(url: impl Into<String>) -> Got {
    ask("GET", url).send().await
}

/// Waits until something holds, for as long as a slow machine may take and no longer.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    let wait = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(timeout(SOON, wait).await.is_ok(), "this never came: {what}");
}

/// The server, one repository, one release.
pub(crate) struct Scene {
    pub(crate) github: Github,
    pub(crate) repository: Repository,
    pub(crate) release: i64,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        let github = Github::start().await.unwrap();
        let repository = github.repository("octo", "demo");
        let release = repository.add_release("v1.0.0");
        Self { github, repository, release }
    }

    /// An address in the API, below the repository.
    pub(crate) fn api(&self, path: &str) -> String {
        format!("{}/repos/octo/demo/{path}", self.github.api_url())
    }

    pub(crate) fn asset_url(&self, id: i64) -> String {
        self.api(&format!("releases/assets/{id}"))
    }

    pub(crate) fn list_url(&self) -> String {
        self.api(&format!("releases/{}/assets", self.release))
    }

    pub(crate) fn upload(&self, query: &str, body: impl AsRef<[u8]>) -> Ask {
        let path = format!("repos/octo/demo/releases/{}/assets{query}", self.release);
        ask("POST", format!("{}/{path}", self.github.uploads_url()))
            .header("content-type", "application/zip")
            .body(body)
    }

    /// The location of an asset's bytes, asked for at the API.
    pub(crate) async fn location(&self, id: i64) -> String {
        let found = ask("GET", self.asset_url(id)).header("accept", "application/octet-stream").send().await;
        assert_eq!((found.status, found.body.len()), (302, 0));
        found.header("location").unwrap().to_owned()
    }
}

impl Ask {
    pub(crate) fn header(mut self, name: &str, value: impl ToString) -> Self {
        self.headers.push((name.to_owned(), value.to_string()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(given, _)| given != name);
        self
    }

    /// Sets the body, with its length.
    pub(crate) fn body(self, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref().to_vec();
        let ask = self.header("content-length", body.len());
        Self { body, ..ask }
    }

    /// Sends only the first bytes of the body.
    pub(crate) fn only(mut self, bytes: usize) -> Self {
        self.body.truncate(bytes);
        self
    }

    /// Takes a silence for the end.
    pub(crate) fn until_silent(mut self) -> Self {
        self.patience = SILENCE;
        self
    }

    fn authority(&self) -> String {
        self.url.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned()
    }

    /// The bytes of the head.
    pub(crate) fn head(&self) -> Vec<u8> {
        let authority = self.authority();
        let target = self.url.strip_prefix("http://").unwrap().strip_prefix(&authority).unwrap();
        let target = if target.is_empty() { "/" } else { target };
        let mut head = format!("{} {target} HTTP/1.1\r\nhost: {authority}\r\n", self.method);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// Opens a connection and sends the request; whoever no longer listens is no error.
    pub(crate) async fn open(&self) -> TcpStream {
        let mut stream = TcpStream::connect(self.authority()).await.unwrap();
        stream.write_all(&self.head()).await.unwrap();
        let _ = timeout(self.patience, stream.write_all(&self.body)).await;
        stream
    }

    pub(crate) async fn send(&self) -> Got {
        let mut stream = self.open().await;
        Got::read(&mut stream, self).await
    }
}

impl Got {
    /// Reads to the end.
    pub(crate) async fn read(stream: &mut TcpStream, ask: &Ask) -> Self {
        let mut raw = Vec::new();
        let mut part = vec![0; 64 * 1024];
        let end = loop {
            match timeout(ask.patience, stream.read(&mut part)).await {
                Err(_) => break End::Stalled,
                Ok(Ok(0)) => break End::Closed,
                Ok(Ok(count)) => raw.extend_from_slice(&part[..count]),
                Ok(Err(error)) => {
                    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
                    break End::Reset;
                }
            }
        };
        Self::parse(raw, end, ask.method)
    }

    /// Takes the bytes apart; a head that is not whole has the status 0.
    fn parse(raw: Vec<u8>, end: End, method: &str) -> Self {
        let Some(split) = raw.windows(4).position(|window| window == b"\r\n\r\n") else {
            return Self { status: 0, headers: Vec::new(), body: Vec::new(), raw, end };
        };
        let head = String::from_utf8(raw[..split].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| line.split_once(": ").unwrap());
        let headers: Vec<_> = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
        let mut got = Self { status, headers, body: raw[split + 4..].to_vec(), raw, end };
        if got.header("transfer-encoding") == Some("chunked") && method != "HEAD" {
            got.body = without_chunks(&got.body);
        }
        got
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The content of chunks; panics unless there is a last one.
fn without_chunks(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = rest.windows(2).position(|window| window == b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap(), 16).unwrap();
        body.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 2 + size + 2..];
        if size == 0 {
            return body;
        }
    }
}
