//! The bytes of an asset, held or made up as they are asked for.

use std::collections::VecDeque;
use std::ops::Range;

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// The largest piece that is handed over at once.
const PIECE: usize = 256 * 1024;

/// What an asset consists of.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Bytes(Bytes),
    /// A pattern over and over; at least [`PIECE`] bytes long unless it is empty.
    Repeating {
        pattern: Bytes,
        size: u64,
    },
    /// Bytes that were not kept.
    Dropped {
        size: u64,
    },
}

impl Content {
    pub(crate) fn repeating(pattern: &[u8], size: u64) -> Self {
        let pattern = if pattern.is_empty() { &[0] } else { pattern };
        let pattern = pattern.repeat(PIECE.div_ceil(pattern.len()));
        Self::Repeating { pattern: pattern.into(), size }
    }

    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Repeating { size, .. } | Self::Dropped { size } => *size,
        }
    }

    /// The bytes, if they are in memory.
    pub(crate) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes.clone()),
            Self::Repeating { .. } | Self::Dropped { .. } => None,
        }
    }

    /// The SHA-256 in hexadecimal digits.
    pub(crate) fn sha256(&self) -> String {
        let mut hasher = Sha256::new();
        let mut pieces = Pieces::default();
        pieces.push(self.part(0..self.size()));
        for piece in pieces {
            hasher.update(&piece);
        }
        hex(&hasher.finalize())
    }

    /// A part; what lies outside of the content is left out.
    pub(crate) fn part(&self, range: Range<u64>) -> Piece {
        let end = range.end.min(self.size());
        let start = range.start.min(end);
        match self {
            Self::Bytes(bytes) => Piece::Bytes(bytes.slice(start as usize..end as usize)),
            Self::Repeating { pattern, .. } => {
                Piece::Repeating { pattern: pattern.clone(), start, left: end - start }
            }
            Self::Dropped { .. } => Piece::Bytes(Bytes::new()),
        }
    }

    /// The byte at a place.
    pub(crate) fn byte(&self, at: u64) -> Option<u8> {
        self.part(at..at.saturating_add(1)).next()?.first().copied()
    }
}

/// A run of bytes to be sent.
#[derive(Debug)]
pub(crate) enum Piece {
    Bytes(Bytes),
    Repeating { pattern: Bytes, start: u64, left: u64 },
}

impl Piece {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::Repeating { left, .. } => *left,
        }
    }

    /// Takes some bytes off the front.
    fn next(&mut self) -> Option<Bytes> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => None,
            Self::Bytes(bytes) => Some(bytes.split_to(bytes.len().min(PIECE))),
            Self::Repeating { left: 0, .. } => None,
            Self::Repeating { pattern, start, left } => {
                let offset = (*start % pattern.len() as u64) as usize;
                let count = (pattern.len() - offset).min(usize::try_from(*left).unwrap_or(PIECE));
                *start += count as u64;
                *left -= count as u64;
                Some(pattern.slice(offset..offset + count))
            }
        }
    }
}

/// Runs of bytes, one after another.
#[derive(Debug, Default)]
pub(crate) struct Pieces(VecDeque<Piece>);

impl Pieces {
    pub(crate) fn push(&mut self, piece: Piece) {
        self.0.push_back(piece);
    }

    pub(crate) fn len(&self) -> u64 {
        self.0.iter().map(Piece::len).sum()
    }
}

impl Iterator for Pieces {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        loop {
            match self.0.front_mut()?.next() {
                Some(bytes) => return Some(bytes),
                None => self.0.pop_front(),
            };
        }
    }
}

impl From<Bytes> for Pieces {
    fn from(bytes: Bytes) -> Self {
        Self(VecDeque::from([Piece::Bytes(bytes)]))
    }
}

/// The SHA-256 of some bytes, in hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
