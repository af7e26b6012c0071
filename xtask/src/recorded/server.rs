//! The server as a process that ends with its owner.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How long the server may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; dropping it stops it.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    address: SocketAddr,
    log: PathBuf,
}

impl Server {
    /// Starts the script on a free port and waits until it answers; its output goes to `log`.
    pub(super) fn start(script: &Path, log: &Path) -> anyhow::Result<Self> {
        let address = free_address().context("there is no free port")?;
        let output = fs::File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let process = Command::new("node")
            .arg(script)
            .args(["--port", &address.port().to_string()])
            .args(["--fixtures-url", &format!("http://{address}")])
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .context("cannot run node")?;
        let mut server = Self { process, address, log: log.to_owned() };
        server.wait()?;
        Ok(server)
    }

    /// Where it answers, without a `/` at the end.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it has written so far.
    pub(super) fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_else(|error| format!("(its output is lost: {error})"))
    }

    fn wait(&mut self) -> anyhow::Result<()> {
        let start = Instant::now();
        while !answers(self.address).unwrap_or(false) {
            if let Some(status) = self.process.try_wait()? {
                bail!("the server ended at once ({status}):\n{}", self.said());
            }
            if start.elapsed() > PATIENCE {
                bail!("the server does not answer:\n{}", self.said());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// A port that nobody listens on just now.
fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether somebody at the address speaks HTTP and is well.
fn answers(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    write!(stream, "GET /ping HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut start = [0; 12];
    stream.read_exact(&mut start)?;
    Ok(start == *b"HTTP/1.1 200")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_waited_for_and_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("server.cjs");
        let text = "const port = process.argv[3];\n\
                    console.log('hello', process.argv[5]);\n\
                    setTimeout(() => require('http').createServer((_, r) => r.end()).listen(port, '127.0.0.1'), 200);\n";
        fs::write(&script, text).unwrap();
        let server = match Server::start(&script, &folder.path().join("log")) {
            // The tests of the workspace need no Node.
            Err(error) if error.to_string() == "cannot run node" => return,
            server => server.unwrap(),
        };
        assert_eq!(server.said(), format!("hello {}\n", server.url()));
        let address = server.address;
        assert!(answers(address).unwrap());
        drop(server);
        assert!(answers(address).is_err());

        fs::write(&script, "console.error('no'); process.exit(3);").unwrap();
        let error = Server::start(&script, &folder.path().join("log")).unwrap_err().to_string();
        assert!(error.starts_with("the server ended at once") && error.ends_with("no\n"), "{error}");
    }
}
