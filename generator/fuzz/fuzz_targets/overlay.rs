//! Overlays that were changed as trees, each applied to one description.
#![no_main]

use generator::Source;
use generator_fuzz::{check, input, mutate, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const SPEC: &str = include_str!("../../../tests/fixtures/accept/overlaid.yaml");

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        let mut input = input(SPEC.to_owned());
        input.overlays.push(Source { name: "overlay.yaml".to_owned(), text });
        check(&input);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::in_place(data, size, max_size, seed)
});
