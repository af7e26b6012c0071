//! The store: sends the test file, whole or from some byte on.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use crate::http::{Connection, Head, answer};

/// Where the file is.
pub(crate) const PATH: &str = "/data";

/// The file and what identifies it.
pub(crate) struct Store {
    file: PathBuf,
    size: u64,
    etag: String,
}

impl Store {
    pub(crate) fn new(file: PathBuf, size: u64, digest: &str) -> Self {
        let digits = digest.trim_start_matches("sha256:");
        Self { file, size, etag: format!("\"{digits}\"") }
    }

    /// Answers what comes over a connection.
    pub(crate) fn answer(&self, stream: TcpStream) -> io::Result<()> {
        let mut connection = Connection::new(stream);
        while let Some(head) = connection.head()? {
            connection.drain(&head)?;
            let (method, target) = head.start();
            if method != "GET" || target.split('?').next() != Some(PATH) {
                connection.stream().write_all(&answer("404 Not Found", "", b""))?;
                continue;
            }
            match self.start(&head) {
                Some(start) if start > 0 && start >= self.size => {
                    let range = format!("Content-Range: bytes */{}\r\n", self.size);
                    let answer = answer("416 Range Not Satisfiable", &range, b"");
                    connection.stream().write_all(&answer)?;
                }
                start => self.send(start, connection.stream())?,
            }
        }
        Ok(())
    }

    /// The byte that a request wants to start at, if it wants a range of what is here. A range with an end is answered
    /// in full, as a server may (RFC 9110, 14.2).
    fn start(&self, head: &Head) -> Option<u64> {
        let is_same = head.header("if-range").is_none_or(|etag| etag == self.etag);
        let range = head.header("range").filter(|_| is_same)?;
        range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
    }

    fn send(&self, start: Option<u64>, stream: &mut TcpStream) -> io::Result<()> {
        let size = self.size;
        let first = start.unwrap_or(0);
        let (status, range) = match start {
            Some(first) => {
                let last = size.saturating_sub(1);
                ("206 Partial Content", format!("Content-Range: bytes {first}-{last}/{size}\r\n"))
            }
            None => ("200 OK", String::new()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{range}ETag: {}\r\nAccept-Ranges: bytes\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            size - first,
            self.etag
        );
        stream.write_all(head.as_bytes())?;
        let mut file = File::open(&self.file)?;
        file.seek(SeekFrom::Start(first))?;
        // From a file to a socket, the standard library lets the kernel copy (sendfile).
        match io::copy(&mut file.take(size - first), stream)? {
            sent if sent == size - first => Ok(()),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}
