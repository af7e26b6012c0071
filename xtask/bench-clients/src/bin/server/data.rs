//! The test file: bytes that no transport can make smaller, the same ones in every run.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use bench_clients::digest_text;
use sha2::{Digest, Sha256};

const BLOCK: usize = 1 << 20;

/// Writes the file and gives its digest.
pub(crate) fn write(path: &Path, size: u64) -> io::Result<String> {
    let mut file = File::create(path)?;
    let mut hash = Sha256::new();
    let mut state = 0;
    let mut block = vec![0; BLOCK];
    let mut left = size;
    while left > 0 {
        block.chunks_exact_mut(8).for_each(|word| word.copy_from_slice(&next(&mut state).to_le_bytes()));
        let part = &block[..usize::try_from(left).unwrap_or(BLOCK).min(BLOCK)];
        hash.update(part);
        file.write_all(part)?;
        left -= part.len() as u64;
    }
    // What is still to be written to the disk would be written while somebody is measured.
    file.sync_all()?;
    Ok(digest_text(&hash.finalize()))
}

/// SplitMix64 (Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
