//! `cargo xtask diff` as its user meets it: two files, or a workspace in a git repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::console::{Console, Status};

use super::Ran;

const OLD: &str = "\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /animals:
    get:
      operationId: zoo/list
      responses:
        '200':
          description: All animals.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/animal'}}}}
    post:
      operationId: zoo/add
      parameters: [{name: keeper, in: query, schema: {type: string}}]
      responses: {'204': {description: Added.}}
  /gates:
    get: {operationId: gates/list, responses: {'204': {description: None.}}}
components:
  schemas:
    animal:
      type: object
      properties:
        name:
          type: string
          description: What keepers call it.
        label: {type: string}
        state: {type: string, enum: [awake, asleep]}
";

/// What breaks callers, adds to the API, and changes words: one of each and a little more.
const EDITS: [(&str, &str); 5] = [
    ("in: query, schema", "in: query, required: true, schema"),
    ("label: {type: string}", "digest: {type: string}"),
    ("[awake, asleep]", "[awake, asleep, playing]"),
    ("description: What keepers call it.", "description: 'The name that <b>@keepers</b> gave it, see #12.'"),
    ("get: {operationId: gates/list", "post: {operationId: gates/open"),
];

/// An edit that only adds.
const ADDITION: (&str, &str) =
    ("label: {type: string}", "label: {type: string}\n        age: {type: integer}");

const CONFIG: &str = "spec = \"zoo.yaml\"\ncrate = \"zoo\"\noutput = \"../zoo\"\n";
const MANIFEST: &str = "[workspace.package]\nversion = \"0.1.0\"\n";
const MEMBER: &str = "[package]\nname = \"zoo\"\nversion.workspace = true\n";
const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n- Animals.\n";

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(OLD.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// A workspace in a folder of its own.
struct World(tempfile::TempDir);

impl World {
    fn new() -> Self {
        let world = Self(tempfile::tempdir().expect("a temporary folder"));
        for folder in ["spec", "zoo"] {
            fs::create_dir(world.path(folder)).expect("a folder");
        }
        for (path, text) in [
            ("spec/zoo.yaml", OLD),
            ("spec/codegen.toml", CONFIG),
            ("Cargo.toml", MANIFEST),
            ("zoo/Cargo.toml", MEMBER),
            ("CHANGELOG.md", CHANGELOG),
        ] {
            world.write(path, text);
        }
        world
    }

    /// A workspace that is committed as it is.
    fn committed() -> Self {
        let world = Self::new();
        world.git(&["init", "--quiet"]);
        world.commit();
        world
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).expect("a writable file");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&[
            "-c",
            "user.name=Tests",
            "-c",
            "user.email=tests@example.com",
            "commit",
            "--quiet",
            "-m",
            "x",
        ]);
    }

    fn git(&self, arguments: &[&str]) {
        let ran = Command::new("git").current_dir(self.0.path()).args(arguments).output().expect("git");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }

    fn diff(&self, arguments: &[&str]) -> Ran {
        diff_in(self.0.path(), arguments)
    }
}

fn diff_in(root: &Path, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, color: false };
    let arguments = ["cargo xtask", "diff"].iter().chain(arguments).map(|argument| (*argument).into());
    let status = xtask::run_in(root, arguments, &mut console);
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Ran { status, out: text(out), err: text(err) }
}

/// Compares two texts as files, with further arguments.
fn diff_files(old: &str, new: &str, arguments: &[&str]) -> Ran {
    let world = World::new();
    world.write("old.yaml", old);
    world.write("new.yaml", new);
    let paths = [world.path("old.yaml"), world.path("new.yaml")];
    let paths: Vec<&str> = paths.iter().map(|path| path.to_str().expect("a text")).collect();
    let ran = world.diff(&[&paths[..], arguments].concat());
    let folder = world.0.path().to_str().expect("a text");
    Ran { out: ran.out.replace(folder, "."), err: ran.err.replace(folder, "."), ..ran }
}

/// Compares a report with the one that was looked at.
fn assert_report(name: &str, report: &str) {
    assert!(report.lines().count() <= 60, "{report}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(xtask::workspace_root().join("tests/snapshots/diff"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn the_three_reports_read_well() {
    for format in ["text", "markdown"] {
        let ran = diff_files(OLD, &edited(&EDITS), &["--format", format]);
        assert_eq!((ran.status, ran.err.as_str()), (Status::Differs, ""));
        assert_report(format, &ran.out);
    }
    let removed = edited(&[("        label: {type: string}\n", "")]);
    assert_report("json", &diff_files(OLD, &removed, &["--format", "json"]).out);
}

#[test]
fn the_exit_code_says_whether_something_breaks() {
    for (edits, status, start) in [
        (&[][..], Status::Fine, "No changes"),
        (&[ADDITION], Status::Fine, "Minor: "),
        (&[("What keepers call it.", "How keepers call it.")], Status::Fine, "Patch: "),
        (&[("https://api.example.com", "https://other.example.com")], Status::Differs, "Major: "),
        (&EDITS, Status::Differs, "Major: "),
    ] {
        let ran = diff_files(OLD, &edited(edits), &[]);
        assert_eq!((ran.status, ran.err.as_str()), (status, ""), "{}", ran.out);
        assert!(ran.out.lines().any(|line| line.starts_with(start)), "{start}: {}", ran.out);
    }
    let ran = diff_files(OLD, &edited(&EDITS), &["--include", "gates/l*", "--strip-prefix", "gates/"]);
    assert!(ran.out.contains("`Client::list()` is gone") && !ran.out.contains("zoo/"), "{}", ran.out);
}

#[test]
fn what_cannot_be_compared_is_told_with_its_place() {
    let broken = diff_files(OLD, &OLD.replace("openapi: 3.0.3", "openapi: 3.0.3\nopenapi"), &[]);
    assert_eq!((broken.status, broken.out.as_str()), (Status::Bad, ""));
    assert!(broken.err.starts_with("error[") && broken.err.contains("/new.yaml:"), "{}", broken.err);
    let nothing = diff_files(OLD, OLD, &["--include", "dogs/*"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (Status::Bad, ""));
    assert!(nothing.err.contains("no operation id matches `dogs/*`"), "{}", nothing.err);
    let absent = diff_in(Path::new("."), &["no/such/old.yaml", "no/such/new.yaml"]);
    assert_eq!((absent.status, absent.out.as_str()), (Status::Bad, ""));
    assert!(absent.err.contains("no/such/old.yaml"), "{}", absent.err);
    assert_eq!(diff_in(Path::new("."), &["a.yaml"]).status, Status::Bad);
}

#[test]
fn a_revision_is_compared_with_the_working_tree() {
    let world = World::committed();
    let same = world.diff(&["--base", "HEAD"]);
    assert_eq!((same.status, same.err.as_str()), (Status::Fine, ""), "{}", same.out);
    assert!(same.out.contains("From HEAD to the working tree\nNo changes"), "{}", same.out);

    world.write("spec/zoo.yaml", &edited(&[ADDITION]));
    let added = world.diff(&["--base", "HEAD"]);
    assert_eq!((added.status, added.err.as_str()), (Status::Differs, ""), "{}", added.out);
    for step in [
        "  - raise `version` in `Cargo.toml` from 0.1.0 to 0.1.1\n",
        "  - add an entry below `## [Unreleased]` in `CHANGELOG.md`\n",
    ] {
        assert!(added.out.contains(step), "{step}: {}", added.out);
    }

    world.write("Cargo.toml", &MANIFEST.replace("0.1.0", "0.1.1"));
    world.write("CHANGELOG.md", &CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Ages.\n"));
    let done = world.diff(&["--base", "HEAD"]);
    assert_eq!(done.status, Status::Fine, "{}", done.out);
    assert!(!done.out.contains("To do"), "{}", done.out);

    // A crate can have a version of its own, and the description another name. What is on its way is not released.
    world.commit();
    world.write("zoo/Cargo.toml", &MEMBER.replace("version.workspace = true", "version = \"0.1.1\""));
    world.write("spec/codegen.toml", &CONFIG.replace("zoo.yaml", "other.yaml"));
    world.write("spec/other.yaml", &edited(&EDITS));
    let other = world.diff(&["--base", "HEAD"]);
    assert_eq!(other.status, Status::Differs);
    for words in ["Breaking (", "  - raise `version` in `zoo/Cargo.toml` from 0.1.1 to 0.2.0\n"] {
        assert!(other.out.contains(words), "{words}: {}", other.out);
    }
    // What breaks is fine once the version and the changelog announce it.
    world.write("zoo/Cargo.toml", &MEMBER.replace("version.workspace = true", "version = \"0.2.0\""));
    let changelog = CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Ages.\n- No gates.\n");
    world.write("CHANGELOG.md", &changelog);
    let announced = world.diff(&["--base", "HEAD"]);
    assert_eq!(announced.status, Status::Fine, "{}", announced.out);
    assert!(announced.out.contains("Breaking (") && !announced.out.contains("To do"), "{}", announced.out);
}

#[test]
fn the_overlays_and_options_are_those_of_each_side() {
    let world = World::committed();
    let overlay = "overlay: 1.0.0\ninfo: {title: More, version: '1'}\nactions:\n  - target: $.components.schemas.animal.properties\n    update: {age: {type: integer}}\n";
    world.write("spec/overlay.yaml", overlay);
    world.write(
        "spec/codegen.toml",
        &format!("{CONFIG}overlays = [\"overlay.yaml\"]\nstrip-prefix = \"zoo/\"\n"),
    );
    let ran = world.diff(&["--base", "HEAD", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let items: Vec<&str> = report["rust"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|change| change["item"].as_str())
        .collect();
    for item in ["Animal::age: Option<i64>", "Client::zoo_add()", "Client::add()"] {
        assert!(items.contains(&item), "{item}: {items:?}");
    }
    assert_eq!(report["version"]["required"], "0.2.0", "what was called otherwise breaks");
}

#[test]
fn what_git_refuses_is_said_clearly() {
    let world = World::new();
    let outside = world.diff(&["--base", "HEAD"]);
    assert!(outside.err.contains("is not in a git repository"), "{}", outside.err);
    world.git(&["init", "--quiet"]);
    fs::rename(world.path("spec"), world.path("elsewhere")).expect("a folder");
    world.commit();
    fs::rename(world.path("elsewhere"), world.path("spec")).expect("a folder");
    for (revision, expected) in [
        ("no-such-branch", "there is no revision `no-such-branch` here: give a commit, branch or tag"),
        ("--upload-pack=x", "there is no revision"),
        ("HEAD", "cannot read spec/codegen.toml at revision `HEAD`: "),
    ] {
        let ran = world.diff(&[&format!("--base={revision}")]);
        assert_eq!((ran.status, ran.out.as_str()), (Status::Bad, ""), "{revision}");
        assert!(ran.err.contains(expected), "{revision}: {}", ran.err);
    }
    world.write("spec/codegen.toml", "spec = 1\n");
    world.commit();
    let broken = world.diff(&["--base", "HEAD"]);
    assert!(broken.err.contains("--> HEAD:spec/codegen.toml:1:8"), "{}", broken.err);
}
