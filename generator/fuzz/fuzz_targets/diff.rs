//! Descriptions compared with what becomes of them by a few changes.
#![no_main]

use std::hash::{DefaultHasher, Hash, Hasher};

use generator::diff::{Comparison, compare};
use generator_fuzz::{input, mutate, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let Some(text) = text(data) else { return };
    let same = input(text);
    if let Ok(Comparison { changes, rust, .. }) = compare(&same, &same) {
        assert!(changes.is_empty() && rust.is_empty(), "{changes:?} {rust:?}");
    }
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    if let Some(changed) = mutate::mutate_text(data, hasher.finish()) {
        let _ = compare(&same, &input(changed));
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::in_place(data, size, max_size, seed)
});
