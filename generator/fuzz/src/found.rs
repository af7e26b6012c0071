//! Diagnostics: each says what, where and what to do.

use generator::{Diagnostics, Location, Source};

/// Checks that diagnostics are complete, and that their places are in the texts.
pub(crate) fn check(diagnostics: &Diagnostics, sources: &[Source]) {
    for diagnostic in &diagnostics.0 {
        assert_ne!(diagnostic.code, "internal", "{diagnostic:?}");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?}");
        assert!(diagnostic.help.is_some(), "{diagnostic:?}");
        assert_ne!(diagnostic.location.is_some(), diagnostic.is_elsewhere, "{diagnostic:?}");
        let related = diagnostic.related.iter().filter_map(|related| related.location.as_ref());
        related.chain(&diagnostic.location).for_each(|location| check_place(location, sources));
    }
}

fn check_place(location: &Location, sources: &[Source]) {
    let source = sources.iter().find(|source| source.name == location.source);
    let source = source.unwrap_or_else(|| panic!("no text has the name of {location:?}"));
    assert!(location.line > 0 && location.column > 0, "{location:?}");
    // A byte order mark is not counted.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let mark = source.text.len() - text.len();
    let offset = location.offset;
    assert!(
        [offset, offset + mark].iter().any(|offset| source.text.is_char_boundary(*offset)),
        "{location:?}"
    );
}
