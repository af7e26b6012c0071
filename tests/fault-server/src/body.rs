//! The bodies of responses.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::content::Pieces;
use crate::wire::{Control, Cut};

/// How a body says where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By its length.
    Length,
    /// By the last chunk.
    Chunked,
    /// By the end of the connection.
    Connection,
    /// By being broken off; the head may have promised more.
    Cut(Cut),
}

/// A response body.
#[derive(Debug)]
pub(crate) struct ServedBody {
    pieces: Pieces,
    left: u64,
    ending: Ending,
    control: Control,
}

impl ServedBody {
    pub(crate) fn new(pieces: Pieces, ending: Ending, control: Control) -> Self {
        let left = pieces.len();
        if left == 0 && ending == Ending::Length {
            control.response_ends();
        }
        Self { pieces, left, ending, control }
    }
}

impl Body for ServedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(bytes) = self.pieces.next() else {
            return match self.ending {
                Ending::Cut(cut) => {
                    // The connection's task looks at what has struck after each poll, so nobody is woken.
                    self.control.strike_at_flush(cut);
                    Poll::Pending
                }
                Ending::Length | Ending::Chunked | Ending::Connection => {
                    self.control.response_ends();
                    Poll::Ready(None)
                }
            };
        };
        self.left = self.left.saturating_sub(bytes.len() as u64);
        // A body with a length is not asked again after its last byte.
        if self.left == 0 && self.ending == Ending::Length {
            self.control.response_ends();
        }
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0 && self.ending == Ending::Length
    }

    fn size_hint(&self) -> SizeHint {
        match self.ending {
            Ending::Length => SizeHint::with_exact(self.left),
            Ending::Chunked | Ending::Connection | Ending::Cut(_) => SizeHint::new(),
        }
    }
}
