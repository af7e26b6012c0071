//! The client that a page alone makes, beside the committed one.

use std::collections::BTreeMap;
use std::fs;

use generator::diff::Impact;
use generator::{Files, Input, Options, Source};

use super::fixtures;

/// The operations of the page.
const ASSETS: &str = "repos/*release-asset*";

/// What is generated from the page, with the options of the committed client.
fn page() -> Input {
    let world = tempfile::tempdir().expect("a temporary folder");
    let (page, out) = (fixtures().join("release-assets.md"), world.path().join("page.yaml"));
    let line = [
        "cargo xtask".into(),
        "sync".into(),
        "--from".into(),
        page.into(),
        "--out".into(),
        out.clone().into(),
    ];
    let (mut report, mut errors) = (Vec::new(), Vec::new());
    let mut console = xtask::console::Console { out: &mut report, err: &mut errors, color: false };
    let status = xtask::run_in(&xtask::workspace_root(), line, &mut console);
    assert_eq!(status, xtask::console::Status::Fine, "{}", String::from_utf8_lossy(&errors));
    input(
        Source { name: "page.yaml".to_owned(), text: fs::read_to_string(out).expect("a text") },
        Vec::new(),
        "",
    )
}

/// What the committed client is generated from, with or without its overlay.
fn committed(with_overlay: bool) -> Input {
    let read = |name: &str| {
        let text = fs::read_to_string(xtask::workspace_root().join("spec").join(name)).expect("a text");
        Source { name: name.to_owned(), text }
    };
    let overlays = if with_overlay { vec![read("overlay.yaml")] } else { Vec::new() };
    let mut input = input(read("release-assets.yaml"), overlays, "repos/");
    input.options.include = vec![ASSETS.to_owned()];
    input
}

fn input(spec: Source, overlays: Vec<Source>, strip_prefix: &str) -> Input {
    let options = Options {
        crate_name: "github-release-assets".to_owned(),
        strip_prefix: (!strip_prefix.is_empty()).then(|| strip_prefix.to_owned()),
        ..Options::default()
    };
    Input { spec, overlays, files: Files::default(), options }
}

/// The emitted files without their docs, and without what operations are called in errors.
fn code(input: &Input) -> BTreeMap<String, String> {
    let output = generator::generate(input);
    assert!(!output.diagnostics.has_errors(), "{:?}", output.diagnostics);
    let is_code =
        |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with("#![doc");
    let files = output.files.into_iter().map(|file| {
        let code: Vec<String> =
            file.contents.lines().filter(is_code).map(|line| line.replace("repos/", "")).collect();
        (file.path, code.join("\n"))
    });
    files.collect()
}

#[test]
fn it_sends_and_reads_what_the_committed_one_does_without_its_overlay() {
    let (page, committed) = (code(&page()), code(&committed(false)));
    assert_eq!(page.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (path, code) in &page {
        assert_same(path, code, &committed[path]);
    }
}

fn assert_same(path: &str, page: &str, committed: &str) {
    let diff = similar::TextDiff::from_lines(page, committed);
    assert!(
        page == committed,
        "`spec/release-assets.yaml` and `tests/fixtures/upstream/release-assets.md`, which stands for GitHub's page, \
         do not say the same: change the other one too\n{}",
        diff.unified_diff().context_radius(1).header(&format!("{path} of the page"), path)
    );
}

#[test]
fn what_the_overlay_adds_is_the_whole_difference() {
    let comparison = generator::diff::compare(&page(), &committed(true)).expect("two descriptions");
    let wire = comparison.changes.iter().filter(|change| change.impact != Impact::Prose);
    let wire = wire.map(|change| format!("{}: {} [{}]", change.subject, change.message, change.code));
    let rust = comparison.rust.iter().map(|change| format!("Rust: {} {}", change.item, change.message));
    let lines: Vec<String> = wire.chain(rust).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(xtask::workspace_root().join("tests/snapshots/sync"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("page_alone", lines.join("\n")));
}
