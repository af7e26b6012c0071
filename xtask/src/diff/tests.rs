//! What reports say of made-up comparisons; what they look like is seen in the snapshots of the command line.

use generator::Diagnostics;
use generator::diff::{Change, Comparison, Impact, RustChange, Verdict};

use super::{Options, markdown, text};

pub(super) fn change(impact: Impact, operation: &str, subject: &str, message: &str) -> Change {
    Change {
        code: "some-code",
        impact,
        operations: vec![operation.to_owned()],
        subject: subject.to_owned(),
        message: message.to_owned(),
        old: None,
        new: None,
    }
}

pub(super) fn comparison(changes: Vec<Change>) -> Comparison {
    let rust: Vec<RustChange> = Vec::new();
    let verdict = Verdict::of(&changes, &rust);
    Comparison {
        changes,
        rust,
        rust_missing: None,
        verdict,
        old_diagnostics: Diagnostics::default(),
        new_diagnostics: Diagnostics::default(),
    }
}

/// Many changes of each impact, each of an operation of its own.
pub(super) fn many(count: usize) -> Comparison {
    let impacts = [Impact::Breaking, Impact::Addition, Impact::Note, Impact::Prose];
    let of_impact = |impact: Impact| {
        (0..count).map(move |index| {
            let operation = format!("zoo/{impact:?}-{index:04}").to_lowercase();
            change(
                impact,
                &operation,
                "query parameter `name`",
                "became something else than what it was before",
            )
        })
    };
    comparison(impacts.into_iter().flat_map(of_impact).collect())
}

#[test]
fn a_terminal_is_80_columns_wide() {
    let long =
        "a rather long text that says what changed, with more words than one line has room for, twice over";
    let found = comparison(vec![change(Impact::Breaking, "zoo/get", "response 200", long)]);
    let report =
        text::render(&found, &Options { old: "a".repeat(70).as_str(), new: "b.yaml", ..Options::default() });
    assert!(report.lines().all(|line| line.chars().count() <= 80), "{report}");
    let name = "x".repeat(100);
    let found = comparison(vec![change(Impact::Breaking, "zoo/get", &name, "is gone")]);
    assert!(text::render(&found, &Options::default()).contains(&name), "a name stays in one piece");
}

#[test]
fn a_hundred_changes_stay_readable() {
    let found = many(120);
    let report = text::render(&found, &Options::default());
    assert!(report.contains("  … and 20 additions more; --verbose shows all"), "{report}");
    assert!(
        report.contains("  … and 95 notes more;") && report.contains("  … and 110 changes of wording more;")
    );
    assert_eq!(report.matches("zoo/breaking-").count(), 120, "what breaks is all there");
    let all = text::render(&found, &Options { verbose: true, ..Options::default() });
    assert_eq!((all.matches("\n  zoo/").count(), all.contains('…')), (480, false));
}

#[test]
fn many_operations_are_named_when_all_is_wanted() {
    let mut change = change(Impact::Note, "zoo/a", "schema `animal`", "is another");
    change.operations.extend(["zoo/b".to_owned(), "zoo/c".to_owned()]);
    let found = comparison(vec![change]);
    let shown = |verbose| text::render(&found, &Options { verbose, ..Options::default() });
    assert!(shown(false).contains("  zoo/a and 2 more; --verbose names all\n"), "{}", shown(false));
    assert!(shown(true).contains("  zoo/a, zoo/b, zoo/c\n"), "{}", shown(true));
}

#[test]
fn descriptions_do_not_control_the_terminal() {
    let found = comparison(vec![change(Impact::Note, "zoo/\u{1b}[2J", "\u{1b}[31mred", "is\u{7} `\u{9b}x`")]);
    for color in [false, true] {
        let report = text::render(&found, &Options { color, verbose: true, ..Options::default() });
        let ours = ["\u{1b}[1m", "\u{1b}[1;33m", "\u{1b}[2m", "\u{1b}[0m"];
        let rest = ours.iter().fold(report.clone(), |text, code| text.replace(code, ""));
        assert!(rest.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
        assert_eq!(report.contains("\u{1b}["), color);
    }
}

#[test]
fn where_no_client_is_the_report_says_why() {
    let mut found = comparison(vec![change(Impact::Note, "zoo/get", "response 200", "is another")]);
    found.rust_missing = Some("the new description has <b>no</b> name".to_owned());
    let line = "The verdict is by the wire alone: the new description has <b>no</b> name.";
    assert!(text::render(&found, &Options::default()).contains(line));
    let escaped = markdown::render(&found, &Options::default());
    assert!(escaped.contains("alone: the new description has &lt;b&gt;no&lt;/b&gt; name."), "{escaped}");
}
