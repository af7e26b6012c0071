//! `cargo xtask sync` as a maintainer meets it: pages of an invented library, in the form of GitHub's, are edited one
//! place at a time.

mod conflicts;
mod edits;
mod page_alone;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use xtask::console::{Console, Status};

/// The reference page, and the page about one of its endpoints.
const PAGES: [&str; 2] = ["desks.md", "upload-plan.md"];

/// A workspace whose description says what the pages say, and copies of the pages.
struct World(tempfile::TempDir);

/// What a run gave; the report with single spaces, as lines break where they like.
struct Ran {
    status: Status,
    report: String,
    errors: String,
}

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a temporary folder"));
        fs::create_dir(world.path("spec")).expect("a new folder");
        for (fixture, path) in [
            ("codegen.toml", "spec/codegen.toml"),
            ("desks.yaml", "spec/desks.yaml"),
            (PAGES[0], PAGES[0]),
            (PAGES[1], PAGES[1]),
        ] {
            let text = fs::read_to_string(fixtures().join(fixture)).expect("a fixture");
            fs::write(world.path(path), text).expect("a writable file");
        }
        let ran = world.sync(&["--date", "2026-01-20"]);
        assert_eq!(ran.status, Status::Fine, "{}{}", ran.report, ran.errors);
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect("a text")
    }

    /// Replaces the first `old` of a file.
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no `{old}`");
        fs::write(self.path(path), text.replacen(old, new, 1)).expect("a writable file");
    }

    /// Compares with both pages.
    fn sync(&self, arguments: &[&str]) -> Ran {
        self.sync_with(&PAGES, arguments)
    }

    fn sync_with(&self, sources: &[&str], arguments: &[&str]) -> Ran {
        let mut line: Vec<OsString> = vec!["cargo xtask".into(), "sync".into()];
        for source in sources {
            line.extend(["--from".into(), self.path(source).into()]);
        }
        line.extend(arguments.iter().map(|argument| (*argument).into()));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut console = Console { out: &mut out, err: &mut err, color: false };
        let status = xtask::run_in(self.0.path(), line, &mut console);
        let folder = format!("{}/", self.0.path().display());
        let words = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8").replace(&folder, "");
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Ran { status, report: words(out), errors: words(err) }
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/upstream")
}

#[test]
fn a_description_that_says_what_its_sources_say_is_left_alone() {
    let world = World::new();
    let (spec, lock) = (world.read("spec/desks.yaml"), world.read("spec/upstream.lock"));
    for arguments in [&["--check"][..], &[]] {
        let ran = world.sync(arguments);
        assert_eq!(ran.status, Status::Fine, "{}", ran.report);
        assert!(ran.report.ends_with("spec/desks.yaml says what its sources say."), "{}", ran.report);
        assert_eq!(
            (world.read("spec/desks.yaml"), world.read("spec/upstream.lock")),
            (spec.clone(), lock.clone())
        );
    }
    assert_eq!(spec, fs::read_to_string(fixtures().join("desks.yaml")).expect("a fixture"));
}

#[test]
fn the_lock_records_names_digests_the_day_and_fingerprints_but_no_words() {
    let world = World::new();
    let lock = world.read("spec/upstream.lock");
    for part in [
        "name = \"desks.md\"",
        "kind = \"reference-page\"",
        "kind = \"endpoint-page\"",
        "date = \"2026-01-20\"",
        "sha256 = \"",
        "\"library/upload-plan-of-room: query parameter `name`\" = [\"desks.md\", \"upload-plan.md\"]",
    ] {
        assert!(lock.contains(part), "no `{part}` in\n{lock}");
    }
    assert!(!lock.contains("repaired"), "words of the page are in the lock");
    let status = world.sync_with(&[], &[]);
    assert_eq!(status.status, Status::Fine);
    assert!(status.report.contains("desks.md (2026-01-20) reference page"), "{}", status.report);
}

#[test]
fn another_copy_of_a_source_is_the_same_source() {
    let world = World::new();
    fs::rename(world.path("desks.md"), world.path("download.md")).expect("a new name");
    world.edit("download.md", "It is shown to readers.", "Readers see it.");
    let ran = world.sync_with(&["download.md"], &["--check"]);
    assert_eq!(ran.status, Status::Differs);
    assert!(
        ran.report.contains("prose of library/upload-plan-of-room changed, 1 sentence"),
        "{}",
        ran.report
    );
    assert_eq!(world.sync_with(&["download.md"], &["--date", "2026-02-01"]).status, Status::Fine);
    let lock = world.read("spec/upstream.lock");
    assert!(lock.contains("download.md") && !lock.contains("\"desks.md\""), "{lock}");
}

#[test]
fn a_new_operation_is_listed_and_taken_in_when_it_is_selected() {
    let world = World::new();
    let new = "## Move a desk\n\n```\nPUT /rooms/{room}/desks/{desk_id}/place\n```\n\nMoves it.\n\n### Parameters\n\n#### Path and query parameters\n\n- **`room`** (string) (required)\n\n- **`desk_id`** (integer) (required)\n\n#### Body parameters\n\n- **`place`** (string) (required)\n  Where to.\n\n### HTTP response status codes\n\n- **200** - OK\n\n### Code examples\n\n#### Example\n\n**Request:**\n\n```curl\ncurl -L \\\n  -X PUT \\\n  https://api.library.example/rooms/ROOM/desks/DESK_ID/place\n```\n\n**Response schema (Status: 200):**\n\nSame response schema as [Get a desk](#get-a-desk).\n\n## Give a desk back";
    world.edit("desks.md", "## Give a desk back", new);
    let listed = world.sync(&["--check"]);
    assert_eq!(listed.status, Status::Fine, "{}", listed.report);
    let line = "library/move-desk: PUT /rooms/{room}/desks/{desk_id}/place (desks.md:236)";
    assert!(listed.report.contains(line), "{}", listed.report);
    let misspelt = world.sync(&["--select", "library/mvoe-*"]);
    assert_eq!(misspelt.status, Status::Bad, "{}", misspelt.report);
    assert!(misspelt.errors.contains("no operation of these sources has an id like `library/mvoe-*`"));
    let taken = world.sync(&["--select", "library/move-*"]);
    assert_eq!(taken.status, Status::Fine, "{}", taken.report);
    let spec = world.read("spec/desks.yaml");
    let operation = spec.split("/place:").nth(1).expect("the new path");
    for part in ["operationId: library/move-desk", "parameters/desk-id\"", "schemas/desk\"", "- place"] {
        assert!(operation.contains(part), "no `{part}` in\n{operation}");
    }
    assert!(!operation.contains("Where to."), "words of the page are in our description");
    assert_eq!(world.sync(&["--check"]).status, Status::Fine);
}

#[test]
fn a_page_alone_becomes_a_description_that_says_what_it_says() {
    let world = World::new();
    let out = world.path("new.yaml");
    let out = out.to_str().expect("a text");
    let ran = world.sync_with(&PAGES[..1], &["--out", out]);
    assert_eq!(ran.status, Status::Fine, "{}{}", ran.report, ran.errors);
    assert!(world.read("new.yaml").contains("Desks that are being repaired are left out."));
    // What the page says and nothing else: compared with it again, nothing has drifted.
    world.edit("spec/codegen.toml", "desks.yaml", "../new.yaml");
    world.edit("spec/codegen.toml", "library/\"", "\"");
    let again = world.sync_with(&PAGES[..1], &["--check"]);
    assert_eq!(again.status, Status::Fine, "{}{}", again.report, again.errors);
    let refused = world.sync_with(&PAGES[..1], &["--out", out]);
    assert_eq!(refused.status, Status::Bad);
    assert!(refused.errors.contains("exists"), "{}", refused.errors);
}

#[test]
fn what_cannot_be_read_is_shown_with_its_line_and_nothing_is_written() {
    let world = World::new();
    world.edit("desks.md", "* `width`: integer, minimum: 60", "* `width`: integre, minimum: 60");
    let before = world.read("spec/desks.yaml");
    for arguments in [&["--check"][..], &[]] {
        let ran = world.sync(arguments);
        assert_eq!(ran.status, Status::Bad, "{}", ran.report);
        assert!(ran.errors.contains("desks.md:60:"), "{}", ran.errors);
        assert!(ran.errors.contains("* `width`: integre, minimum: 60"), "{}", ran.errors);
    }
    assert_eq!(world.read("spec/desks.yaml"), before);
    world.edit("upload-plan.md", "route: POST", "rout: POST");
    let ran = world.sync_with(&PAGES[1..], &["--check"]);
    assert_eq!(ran.status, Status::Bad);
    assert!(ran.errors.contains("neither a reference page"), "{}", ran.errors);
}
