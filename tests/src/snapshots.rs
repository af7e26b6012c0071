//! The fixtures: descriptions of one construct each, and what the generator makes of them.

mod compile;
mod fixture;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::hostile::complete;
pub(crate) use compile::{cargo, target_folder};
use fixture::Fixture;
use generator::{Output, Severity, api_surface, generate, surface};

/// How long a snapshot may be that a person is to read.
const LINES: usize = 150;

/// Files of the emitted code that show best what becomes of a construct.
const CODE: [(&str, &str); 16] = [
    ("all-of-merged", "types/boat.rs"),
    ("body-fields", "operations/ice_cake.rs"),
    ("body-multipart", "operations/leave_note.rs"),
    ("discriminator-on-parent", "types/pet.rs"),
    ("enums", "types/lamp_state.rs"),
    ("errors", "operations/pass.rs"),
    ("features", "types/mod.rs"),
    ("hostile-docs", "operations/docs.rs"),
    ("keywords", "types/type_.rs"),
    ("one-of-tagged", "types/shape.rs"),
    ("pages", "operations/list_stars.rs"),
    ("parameters-header", "operations/doors.rs"),
    ("presence", "types/parcel.rs"),
    ("recursive", "types/node.rs"),
    ("several-statuses", "operations/start_job.rs"),
    ("streams", "operations/watch.rs"),
];

#[test]
fn accepted_descriptions_lower_to_their_outlines() {
    each(&Fixture::all("accept"), |fixture| {
        let output = accepted(fixture);
        let warnings = xtask::render::render(&output.diagnostics, &fixture.sources(), false);
        let text = match warnings.is_empty() {
            true => output.outline,
            false => format!("{}\n{warnings}", output.outline),
        };
        assert_snapshot("accept", &fixture.name, &fixture.path, &text);
    });
}

#[test]
fn chosen_files_of_the_emitted_code_read_well() {
    let mut chosen = Fixture::all("accept");
    chosen.retain(|fixture| CODE.iter().any(|(name, _)| *name == fixture.name));
    assert_eq!(chosen.len(), CODE.len(), "a fixture of each name");
    each(&chosen, |fixture| {
        let output = accepted(fixture);
        let (_, path) = CODE.iter().find(|(name, _)| *name == fixture.name).expect("a file");
        let file = output.files.iter().find(|file| file.path == *path);
        let file = file.unwrap_or_else(|| panic!("{}: there is no {path}", fixture.name));
        assert_snapshot("code", &fixture.name, &fixture.path, &file.contents);
    });
}

#[test]
fn refused_descriptions_say_where_and_what_to_do() {
    each(&Fixture::all("reject"), |fixture| {
        let output = generate(&fixture.input);
        assert!(output.diagnostics.has_errors(), "no error");
        assert!(output.files.is_empty() && output.outline.is_empty(), "files came out");
        complete(&output.diagnostics);
        let text = xtask::render::render(&output.diagnostics, &fixture.sources(), false);
        assert_snapshot("reject", &fixture.name, &fixture.path, &text);
    });
}

#[test]
fn the_same_description_gives_the_same_bytes() {
    let workspace = fixture::workspace();
    for fixture in Fixture::all("accept").iter().chain([&workspace]) {
        let (first, second) = (accepted(fixture), accepted(fixture));
        assert_eq!(first.files, second.files, "{}", fixture.name);
        assert_eq!(first.outline, second.outline, "{}", fixture.name);
        assert_eq!(first.diagnostics, second.diagnostics, "{}", fixture.name);
        assert!(first.files.is_sorted_by(|a, b| a.path < b.path), "{}", fixture.name);
    }
}

#[test]
fn the_public_api_is_the_same_whether_printed_or_not() {
    let workspace = fixture::workspace();
    for fixture in Fixture::all("accept").iter().chain([&workspace]) {
        let printed = surface::surface(&accepted(fixture).files).expect("code that parses");
        let (unprinted, diagnostics) = api_surface(&fixture.input);
        assert!(!diagnostics.has_errors() && !printed.is_empty(), "{}", fixture.name);
        assert!(unprinted == printed, "{}", fixture.name);
    }
}

#[test]
fn every_path_is_a_plain_name_below_the_generated_folder() {
    let is_plain = |name: &str| {
        let name = name.strip_suffix(".rs").unwrap_or_default();
        !name.is_empty() && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    for fixture in Fixture::all("accept") {
        for file in accepted(&fixture).files {
            let name = file.path.split_once('/').map_or(file.path.as_str(), |(folder, name)| {
                assert!(["operations", "types"].contains(&folder), "{}: {}", fixture.name, file.path);
                name
            });
            assert!(is_plain(name), "{}: {}", fixture.name, file.path);
            // Windows has devices of these names in every folder.
            assert!(!["aux.rs", "con.rs", "nul.rs", "prn.rs"].contains(&name), "{}: {name}", fixture.name);
        }
    }
}

#[test]
fn fixtures_are_small() {
    for fixture in Fixture::all("accept").iter().chain(&Fixture::all("reject")) {
        for source in fixture.sources() {
            let lines = source.text.lines().count();
            assert!(lines <= 60, "{} has {lines} lines", source.name);
        }
    }
}

/// What the generator makes of a fixture, which must be without errors.
fn accepted(fixture: &Fixture) -> Output {
    let output = generate(&fixture.input);
    let errors = output.diagnostics.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let shown = xtask::render::render(&output.diagnostics, &fixture.sources(), false);
    assert!(!errors, "{} is refused:\n{shown}", fixture.name);
    assert!(!output.files.is_empty(), "{} gives no files", fixture.name);
    complete(&output.diagnostics);
    output
}

/// Tries every fixture, so that one run tells of all that fail.
fn each(fixtures: &[Fixture], check: impl Fn(&Fixture)) {
    let fails = |fixture: &&Fixture| catch_unwind(AssertUnwindSafe(|| check(fixture))).is_err();
    let failed: Vec<&str> = fixtures.iter().filter(fails).map(|fixture| fixture.name.as_str()).collect();
    assert!(failed.is_empty(), "{} fixtures failed, as shown above: {}", failed.len(), failed.join(", "));
}

fn assert_snapshot(folder: &str, name: &str, input: &Path, text: &str) {
    let lines = text.lines().count();
    assert!(lines <= LINES, "the snapshot {folder}/{name} would have {lines} lines, more than {LINES}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixture::root().join("tests/snapshots").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_input_file(input);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
