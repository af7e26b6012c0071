//! A connection whose bytes are counted, paced and cut.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

use crate::record::{Entry, Outcome};
use crate::sync::lock;

/// How an exchange breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut {
    /// The connection is reset (RST).
    Reset,
    /// Nothing more is read or written until the peer goes away.
    Stall,
    /// The connection is closed as if all were well (FIN).
    Close,
}

/// The slowness of a response: so many bytes, then a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    pub(crate) bytes: usize,
    pub(crate) pause: Duration,
    /// Whether the body comes at full speed.
    pub(crate) head_only: bool,
}

/// The handle by which an exchange decides what becomes of its connection.
#[derive(Debug, Clone, Default)]
pub(crate) struct Control(Arc<Mutex<Plan>>);

#[derive(Debug, Default)]
struct Plan {
    /// How much of the response may still be written, and what follows.
    budget: Option<(u64, Cut)>,
    /// What follows once all that was handed over is written.
    at_flush: Option<Cut>,
    /// What has happened.
    struck: Option<Cut>,
    pace: Option<Pace>,
    /// How much of the end of a head, `\r\n\r\n`, was written last.
    head_end: usize,
    entry: Option<Entry>,
}

impl Control {
    /// Forgets the exchange before.
    pub(crate) fn begin(&self, entry: Entry) {
        *lock(&self.0) = Plan { entry: Some(entry), ..Plan::default() };
    }

    /// Cuts the response after this many bytes, or at its end if that comes first.
    pub(crate) fn limit(&self, bytes: u64, cut: Cut) {
        let mut plan = lock(&self.0);
        if bytes == 0 {
            plan.strike(cut);
        } else {
            plan.budget = Some((bytes, cut));
        }
    }

    pub(crate) fn pace(&self, pace: Pace) {
        lock(&self.0).pace = Some(pace);
    }

    /// Breaks off now.
    pub(crate) fn strike(&self, cut: Cut) {
        lock(&self.0).strike(cut);
    }

    /// Breaks off once all that was handed over so far is written.
    pub(crate) fn strike_at_flush(&self, cut: Cut) {
        lock(&self.0).at_flush = Some(cut);
    }

    /// Says that the response has no more bytes.
    pub(crate) fn response_ends(&self) {
        let mut plan = lock(&self.0);
        if let Some((_, cut)) = plan.budget {
            plan.at_flush = Some(cut);
        }
    }

    /// How the exchange broke off, if it did.
    pub(crate) fn struck(&self) -> Option<Cut> {
        lock(&self.0).struck
    }
}

impl Plan {
    fn strike(&mut self, cut: Cut) {
        self.struck = Some(cut);
        if let Some(entry) = &self.entry {
            let status = match entry.outcome() {
                Outcome::Answered(status) => Some(status),
                _ => None,
            };
            entry.ends(Outcome::Cut { cut, status });
        }
    }

    /// How many of these bytes may be written at once.
    fn allowance(&self, wanted: usize) -> usize {
        let paced = self.pace.map_or(wanted, |pace| wanted.min(pace.bytes.max(1)));
        match self.budget {
            Some((left, _)) => paced.min(usize::try_from(left).unwrap_or(usize::MAX)),
            None => paced,
        }
    }

    /// Takes note of written bytes; gives the pause that is due.
    fn wrote(&mut self, bytes: &[u8]) -> Option<Duration> {
        if let Some((left, cut)) = self.budget {
            let left = left.saturating_sub(bytes.len() as u64);
            self.budget = Some((left, cut));
            if left == 0 {
                self.strike(cut);
            }
        }
        let pace = self.pace?;
        if pace.head_only && self.ends_head(bytes) {
            self.pace = None;
        }
        Some(pace.pause)
    }

    fn ends_head(&mut self, bytes: &[u8]) -> bool {
        const END: &[u8] = b"\r\n\r\n";
        bytes.iter().any(|byte| {
            self.head_end = match *byte {
                expected if expected == END[self.head_end] => self.head_end + 1,
                b'\r' => 1,
                _ => 0,
            };
            let ended = self.head_end == END.len();
            self.head_end %= END.len();
            ended
        })
    }
}

/// A stream that does what its [`Control`] says.
pub(crate) struct Wire {
    stream: TcpStream,
    control: Control,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(crate) fn new(stream: TcpStream, control: Control) -> Self {
        Self { stream, control, pause: None }
    }

    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        // The connection's task looks at what has struck after each poll, so nobody needs to be woken.
        if self.control.struck().is_some() {
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(cx));
            self.pause = None;
        }
        let allowance = {
            let plan = lock(&self.control.0);
            if plan.struck.is_some() {
                return Poll::Pending;
            }
            plan.allowance(bytes.len())
        };
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, &bytes[..allowance]))?;
        let pause = lock(&self.control.0).wrote(&bytes[..written]);
        self.pause = pause.map(|pause| Box::pin(tokio::time::sleep(pause)));
        Poll::Ready(Ok(written))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let is_free = {
            let plan = lock(&self.control.0);
            plan.struck.is_none() && plan.budget.is_none() && plan.pace.is_none()
        };
        if is_free && self.pause.is_none() {
            return Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        }
        let first = parts.iter().find(|part| !part.is_empty()).map_or(&[][..], |part| part);
        self.poll_write(cx, first)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        {
            let mut plan = lock(&self.control.0);
            if let (Some(cut), None) = (plan.at_flush.take(), plan.struck) {
                plan.strike(cut);
            }
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
