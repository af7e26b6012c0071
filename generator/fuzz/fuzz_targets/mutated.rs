//! Descriptions that were changed as trees, through the whole pipeline.
//!
//! The bytes are the description, so that what is found can become a fixture as it is.
#![no_main]

use generator_fuzz::{check, input, mutate, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        check(&input(text));
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match mutate::mutate_text(&data[..size], seed.into()) {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});
