//! The API: every answer is ready before the first request.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};

use bench_clients::{ASSET, OWNER, RELEASE, REPO};

use crate::documents::{self, Content};
use crate::http::{Connection, Head, answer};
use crate::{store, url};

const JSON: &str = "Content-Type: application/json; charset=utf-8\r\n\
                    ETag: W/\"5f0c\"\r\n\
                    X-GitHub-Request-Id: 0F2A:5D:1:2:3\r\n\
                    X-RateLimit-Limit: 5000\r\n\
                    X-RateLimit-Remaining: 4999\r\n\
                    X-RateLimit-Reset: 4102444800\r\n";

/// The API's answers.
pub(crate) struct Api {
    size: u64,
    /// Before the query, all paths start so.
    releases: String,
    release: Vec<u8>,
    asset: Vec<u8>,
    page: Vec<u8>,
    created: Vec<u8>,
    redirect: Vec<u8>,
    gone: Vec<u8>,
    unknown: Vec<u8>,
    refused: Vec<u8>,
}

impl Api {
    pub(crate) fn new(address: SocketAddr, store: SocketAddr, size: u64, digest: &str) -> Self {
        let api = url(address);
        let content = Content { size, digest };
        let asset = documents::asset(&api, &content).to_string();
        let uploaded = documents::uploaded(&api, &content).to_string();
        let page = documents::page(&api, &content).to_string();
        let location = format!("Location: {}{}?signature=0f2a\r\n", url(store), store::PATH);
        Self {
            size,
            releases: format!("/repos/{OWNER}/{REPO}/releases/"),
            release: answer("200 OK", JSON, documents::release(&api).to_string().as_bytes()),
            asset: answer("200 OK", JSON, asset.as_bytes()),
            page: answer("200 OK", JSON, page.as_bytes()),
            created: answer("201 Created", JSON, uploaded.as_bytes()),
            redirect: answer("302 Found", &location, b""),
            gone: answer("204 No Content", "", b""),
            unknown: answer("404 Not Found", JSON, br#"{"message":"Not Found"}"#),
            refused: answer("400 Bad Request", JSON, br#"{"message":"The size is another one"}"#),
        }
    }

    /// Answers what comes over a connection.
    pub(crate) fn answer(&self, stream: TcpStream) -> io::Result<()> {
        let mut connection = Connection::new(stream);
        while let Some(head) = connection.head()? {
            let length = connection.drain(&head)?;
            let answer = self.choose(&head, length);
            connection.stream().write_all(answer)?;
        }
        Ok(())
    }

    fn choose(&self, head: &Head, length: u64) -> &[u8] {
        let (method, target) = head.start();
        let path = target.split('?').next().unwrap_or_default();
        let Some(path) = path.strip_prefix(&self.releases) else { return &self.unknown };
        let asset = path.strip_prefix("assets/").and_then(|id| id.parse::<u64>().ok());
        let release = path.split('/').next().and_then(|id| id.parse::<u64>().ok());
        let wants_bytes = head.header("accept").is_some_and(|accept| accept == "application/octet-stream");
        match (method, asset, release) {
            ("GET", Some(ASSET), _) if wants_bytes => &self.redirect,
            ("GET", Some(ASSET), _) => &self.asset,
            ("DELETE", Some(_), _) => &self.gone,
            ("GET", None, Some(RELEASE)) if path.ends_with("/assets") => &self.page,
            ("GET", None, Some(RELEASE)) => &self.release,
            ("POST", None, Some(RELEASE)) if length == self.size => &self.created,
            ("POST", None, Some(RELEASE)) => &self.refused,
            _ => &self.unknown,
        }
    }
}
