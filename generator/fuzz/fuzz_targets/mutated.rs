//! Descriptions that were changed as trees, through the whole pipeline.
//!
//! The bytes are the description, so that what is found can become a fixture as it is.
#![no_main]

use generator_fuzz::{check, input, mutate, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        check(&input(text));
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::in_place(data, size, max_size, seed)
});
