//! Any text as a page of documentation.
#![no_main]

use generator::{Source, upstream};
use generator_fuzz::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some(text) = text(data) {
        let source = Source { name: "page.md".to_owned(), text };
        let read = upstream::read(&source);
        for place in read.places.values() {
            assert!(source.text.is_char_boundary(place.offset), "{place:?}");
        }
        for diagnostic in &read.diagnostics.0 {
            assert!(diagnostic.location.is_some(), "{diagnostic:?}");
        }
    }
});
