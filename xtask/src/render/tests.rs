use std::time::{Duration, Instant};

use super::*;

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// The place of the first `needle` in a source.
fn find(source: &Source, needle: &str) -> Location {
    let offset = source.text.find(needle).expect("the needle is in the text");
    let line_start = source.text[..offset].rfind('\n').map_or(0, |end| end + 1);
    Location {
        source: source.name.clone(),
        line: source.text[..offset].matches('\n').count() + 1,
        column: source.text[line_start..offset].chars().count() + 1,
        offset,
        length: needle.len(),
    }
}

fn warnings(count: usize) -> Diagnostics {
    let pointer = Pointer::root().join("paths");
    Diagnostics(
        (0..count).map(|index| Diagnostic::warning(&pointer, "odd", format!("no. {index}"))).collect(),
    )
}

#[test]
fn a_diagnostic_shows_its_line_its_pointer_its_help_and_what_it_is_related_to() {
    let spec = source("spec/api.yaml", "openapi: 3.0.3\npaths:\n  /pets:\n    $ref: '#/nö'\n");
    let overlay = source("overlay.yaml", "actions:\n  - target: $.paths\n");
    let pointer = Pointer::root().join("paths").join("/pets");
    let mut diagnostic = Diagnostic::error(&pointer, "dangling-reference", "`#/nö` does not exist")
        .help("correct the reference")
        .related(&Pointer::root().join("paths"), "it was changed here")
        .at(find(&spec, "'#/nö'"));
    diagnostic.related[0].location = Some(find(&overlay, "$.paths"));
    assert_eq!(
        render(&Diagnostics(vec![diagnostic]), &[spec, overlay], false),
        "\
error[dangling-reference]: `#/nö` does not exist
 --> spec/api.yaml:4:11
  |
4 |     $ref: '#/nö'
  |           ^^^^^^
  |
  = at: /paths/~1pets
  = help: correct the reference
note: it was changed here
 --> overlay.yaml:2:13
  |
2 |   - target: $.paths
  |             -------
  = at: /paths

1 error
"
    );
}

#[test]
fn without_a_place_the_pointer_has_to_do() {
    let diagnostic = Diagnostic::warning(&Pointer::root().join("info"), "no-license", "there is no licence");
    let text = render(&Diagnostics(vec![diagnostic]), &[], false);
    assert_eq!(text, "warning[no-license]: there is no licence\n |\n = at: /info\n\n1 warning\n");
}

#[test]
fn a_line_of_megabytes_is_cut_and_quickly_so() {
    let filler = "\"é\": 1, ".repeat(1_000_000);
    let spec = source("big.json", &format!("{{{filler}\"here\": 1, {filler}}}"));
    let place = find(&spec, "\"here\"");
    let diagnostics = Diagnostics(vec![Diagnostic::error(&Pointer::root(), "odd", "odd").at(place); 100]);

    let start = Instant::now();
    let text = render(&diagnostics, &[spec], false);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    let first = text.split("\n\n").next().unwrap();
    assert!(first.contains(" --> big.json:1:8000002\n"), "{first}");
    assert!(first.contains("\n1 | …") && first.ends_with(" ^^^^^^"), "{first}");
    assert!(first.lines().all(|line| line.chars().count() < 150), "{first}");
}

#[test]
fn places_at_the_edges_of_a_text_are_shown() {
    let around = |text, offset, length| {
        let Excerpt { text, highlighted, is_cut } = excerpt::around(text, offset, length);
        (text, highlighted, is_cut)
    };
    assert_eq!(around("", 0, 0), (String::new(), 0..0, false));
    assert_eq!(around("a\r\nbc\r\nd", 4, 9), ("bc".to_owned(), 1..2, false));
    assert_eq!(around("ab", 9, 1), ("ab".to_owned(), 2..2, false));
    assert_eq!(around("é\n", 1, 1), ("é".to_owned(), 0..2, false));
    let (text, highlighted, is_cut) = around(&"x".repeat(1000), 500, 1000);
    assert_eq!((&text[highlighted], is_cut), ("x".repeat(70).as_str(), true));
}

#[test]
fn many_of_a_kind_are_counted_unless_all_are_wanted() {
    let mut diagnostics = warnings(100);
    diagnostics.push(Diagnostic::error(&Pointer::root(), "worse", "an error"));
    let some = render_some(&diagnostics, &[], false);
    assert!(some.contains("no. 4\n") && !some.contains("no. 5\n") && some.contains("an error"), "{some}");
    assert!(some.contains("\n… and 95 more warnings of kind odd (--verbose shows all)\n"), "{some}");
    assert!(some.ends_with("\n1 error, 100 warnings\n"), "{some}");

    let all = render(&diagnostics, &[], false);
    assert!(all.contains("no. 99\n") && !all.contains("more warnings"), "{all}");
    assert!(!render_some(&warnings(5), &[], false).contains("more"));

    let errors =
        (0..100_000).map(|index| Diagnostic::error(&Pointer::root(), "worse", format!("no. {index}")));
    let some = render_some(&Diagnostics(errors.collect()), &[], false);
    assert!(some.contains("no. 4\n") && some.lines().count() < 20, "{some}");
    assert!(
        some.ends_with("\n… and 99995 more errors of kind worse (--verbose shows all)\n100000 errors\n"),
        "{some}"
    );
    assert_eq!(render(&Diagnostics::default(), &[], false), "");
}

#[test]
fn colours_are_used_only_when_asked_for() {
    assert!(render(&warnings(1), &[], true).contains('\u{1b}'));
    assert!(!render(&warnings(1), &[], false).contains('\u{1b}'));
}
