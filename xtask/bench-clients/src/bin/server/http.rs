//! As much of HTTP/1.1 as the clients speak: requests with a known length, answers with one.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::os::fd::AsRawFd;

use nix::sys::socket::{MsgFlags, recv};

/// How much is thrown away at once.
const DRAINED: usize = 4 << 20;
/// No head of a client under test is longer.
const HEAD: usize = 16 << 10;

/// A connection that takes one request after another.
pub(crate) struct Connection {
    stream: TcpStream,
    /// What was read and does not belong to the head of the last request.
    rest: Vec<u8>,
}

/// The head of a request.
pub(crate) struct Head {
    text: String,
}

impl Head {
    /// The method and the target.
    pub(crate) fn start(&self) -> (&str, &str) {
        let mut words = self.text.lines().next().unwrap_or_default().split(' ');
        (words.next().unwrap_or_default(), words.next().unwrap_or_default())
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.text.lines().skip(1).filter_map(|line| line.split_once(':'));
        headers.filter(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, rest: Vec::new() }
    }

    /// The connection itself, to write an answer to.
    pub(crate) fn stream(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// Reads the next head; `None` when the client has hung up.
    pub(crate) fn head(&mut self) -> io::Result<Option<Head>> {
        let mut part = [0; 4096];
        loop {
            if let Some(end) = self.rest.windows(4).position(|four| four == b"\r\n\r\n") {
                let rest = self.rest.split_off(end + 4);
                let head = std::mem::replace(&mut self.rest, rest);
                let text = String::from_utf8(head).map_err(|_| ErrorKind::InvalidData)?;
                return Ok(Some(Head { text }));
            }
            let length = match self.stream.read(&mut part) {
                Err(error) if error.kind() == ErrorKind::ConnectionReset => 0,
                length => length?,
            };
            match length {
                0 if self.rest.is_empty() => return Ok(None),
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                _ if self.rest.len() > HEAD => return Err(ErrorKind::InvalidData.into()),
                _ => self.rest.extend_from_slice(&part[..length]),
            }
        }
    }

    /// Takes the body that a head announces and forgets it; gives its length.
    pub(crate) fn drain(&mut self, head: &Head) -> io::Result<u64> {
        if head.header("transfer-encoding").is_some() {
            return Err(io::Error::new(ErrorKind::InvalidData, "a body without a length"));
        }
        let length = head.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        if head.header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let here = usize::try_from(length).unwrap_or(usize::MAX).min(self.rest.len());
        self.rest.drain(..here);
        let mut left = length - here as u64;
        // With this flag, what has arrived is dropped where it is and not copied (tcp(7)): the memory behind the buffer
        // is never touched.
        let mut untouched = if left > 0 { vec![0; DRAINED] } else { Vec::new() };
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(DRAINED).min(DRAINED);
            match recv(self.stream.as_raw_fd(), &mut untouched[..most], MsgFlags::MSG_TRUNC)? {
                0 => return Err(ErrorKind::UnexpectedEof.into()),
                dropped => left -= dropped as u64,
            }
        }
        Ok(length)
    }
}

/// A whole answer.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}
