//! Any bytes through the whole pipeline.
#![no_main]

use generator_fuzz::{check, input, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        check(&input(text));
    }
});
