//! What has to hold whatever goes into the generator; the targets say what goes in.
//!
//! A check that fails panics, which is how libFuzzer learns of it.

pub mod mutate;

mod emitted;
mod found;

use generator::{Files, Input, Options, Output, Source, generate};

/// A description that arrived as bytes, if it is text; the generator never sees anything else.
pub fn text(data: &[u8]) -> Option<String> {
    std::str::from_utf8(data).ok().map(str::to_owned)
}

/// A description without overlays and other files.
///
/// Names that collide are numbered, so that more descriptions come to code.
pub fn input(spec: String) -> Input {
    Input {
        spec: Source { name: "api.yaml".to_owned(), text: spec },
        overlays: Vec::new(),
        files: Files::default(),
        options: Options { crate_name: "fuzzed".to_owned(), number_collisions: true, ..Options::default() },
    }
}

/// Runs the generator, now and then twice, and checks what came out.
///
/// # Panics
///
/// When something does not hold.
pub fn check(input: &Input) -> Output {
    let output = generate(input);
    found::check(&output.diagnostics, &input.sources());
    assert_eq!(output.files.is_empty(), output.diagnostics.has_errors(), "{:?}", output.diagnostics);
    output.files.iter().for_each(emitted::check);
    // Hardly ever is the second time another, and it takes as long as the first.
    if input.spec.text.len() % 8 == 0 {
        let again = generate(input);
        assert!(
            output.files == again.files && output.outline == again.outline,
            "other bytes the second time"
        );
        assert_eq!(output.diagnostics, again.diagnostics, "other diagnostics the second time");
    }
    output
}
